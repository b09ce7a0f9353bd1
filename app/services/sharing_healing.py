"""What the 置き場 lost or damaged is put there again: own objects at once, others' a while later (6.8, 8)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from app.services.sharing_standing import Standing
from app.services.sharing_state import RoundNotes
from app.sharing.objects.names import read_name
from app.sharing.places.many import get_many, put_many
from app.sharing.places.place import Content, Entry, Place, Stored
from app.sharing.places.stopping import Stop
from db.mirror import Mirror
from db.packs import Packs
from db.store import Store

MOST_A_ROUND = 200
MOST_READ_BACK = 50
"""How many objects a round that looks everything through reads back, to find what only looks whole."""


class Healing:
    """Compares the mirror with a listing of the whole place.

    `again` are own objects that have to be put again, whatever a listing may show of them. Objects up to the
    number `before` were held when the round began; later ones were read from the place just now.
    """

    def __init__(self, store: Store, place: Place, stop: Stop, standing: Standing, before: int) -> None:
        self._store = store
        self._before = before
        self._place = place
        self._stop = stop
        self._standing = standing
        self.again: set[int] = set()
        self.healed = 0
        self.damaged = 0

    def heal(
        self, entries: Iterable[Entry], notes: RoundNotes, now_ms: int, delay_ms: Callable[[], int]
    ) -> RoundNotes:
        """Let own objects go out again, put others' that are due, and note when the rest is.

        What is in a pack needs no healing by itself: its pack has it, and is healed like any object.
        """
        with self._store.reading() as connection:
            packed = Packs(connection).members()
            held = list(Mirror(connection).names())
        sizes = _sizes(entries)
        absent = {
            number: name
            for number, _, name, size, placed in held
            if placed != 0 and number not in packed and size not in sizes.get(_key(name), ())
        }
        present = {
            number: name
            for number, _, name, size, placed in held
            if placed != 0 and size in sizes.get(_key(name), ())
        }
        spoilt, checked = self._spoilt(present, notes.checked)
        absent.update(spoilt)
        own = {self._standing.identity.device, *(root.root_id for root in self._standing.membership.roots)}
        authors = {number: device for number, device, *_ in held}
        ours = [number for number in absent if authors[number] in own]
        self._let_own_go_again(ours)
        due = {
            str(number): notes.due.get(str(number)) or now_ms + delay_ms()
            for number in absent.keys() - set(ours)
        }
        ripe = [int(number) for number, at in due.items() if at <= now_ms][:MOST_A_ROUND]
        self._put({number: absent[number] for number in ripe})
        return replace(notes, due=due, checked=checked)

    def _let_own_go_again(self, numbers: Iterable[int]) -> None:
        self.again.update(numbers)
        if self.again:
            with self._store.writing_raw() as connection:
                Mirror(connection).placed(self.again, seen=False)
        self.healed += len(self.again)

    def _put(self, names: Mapping[int, str]) -> None:
        for _, answer in put_many(self._place, self._contents(names), self._stop):
            if not isinstance(answer, Stored):
                return
            self.healed += 1

    def _contents(self, names: Mapping[int, str]) -> Iterable[tuple[str, bytes]]:
        for number, name in names.items():
            with self._store.reading() as connection:
                data = Mirror(connection).bytes_of(number)
            yield name, data

    def _spoilt(self, present: Mapping[int, str], checked: int) -> tuple[dict[int, str], int]:
        """Objects whose bytes there are not theirs, among the next few after `checked`; where to go on."""
        in_turn = sorted(number for number in present if checked < number <= self._before)[:MOST_READ_BACK]
        numbers = {present[number]: number for number in in_turn}
        spoilt = {}
        for name, answer in get_many(self._place, numbers, self._stop):
            number = numbers[name]
            with self._store.reading() as connection:
                data = Mirror(connection).bytes_of(number)
            if isinstance(answer, Content) and answer.content != data:
                spoilt[number] = name
        self.damaged += len(spoilt)
        is_round = len(in_turn) < MOST_READ_BACK
        return spoilt, 0 if is_round else in_turn[-1]


def _sizes(entries: Iterable[Entry]) -> dict[object, set[int]]:
    sizes: dict[object, set[int]] = {}
    for entry in entries:
        sizes.setdefault(_key(entry.name), set()).add(entry.size)
    return sizes


def _key(name: str) -> object:
    """What tells an object by its name: its id, wherever a copy of it lies."""
    named = read_name(name)
    return (named.id if named else None) or name
