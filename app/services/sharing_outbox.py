"""What waits here goes out: sealed late, put, and believed only when it was seen again (design-sync 6.8)."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.services.sharing_columns import as_travelling
from app.services.sharing_progress import Progress
from app.services.sharing_standing import Standing, held_object, publish
from app.sharing.membership.epochs import EpochKey
from app.sharing.membership.names import TEAM
from app.sharing.objects.container import ID_BYTES, SealedObject
from app.sharing.objects.names import name_of
from app.sharing.objects.segment import SaveTooLarge
from app.sharing.objects.tips import BEGIN_BYTES, Tip
from app.sharing.places.many import put_many
from app.sharing.places.place import Failed, Listing, Place
from app.sharing.places.stopping import Stop
from app.sharing.rounds.sealing import Place as InStream
from db.base import Connection
from db.mirror import Mirror, ObjectState, StreamEnd
from db.store import Store
from db.unsent import after, forget_sealed, mark_sent, note_sealed, take_unsent, waiting_changes

MOST_CHANGES = 20_000
MOST_BYTES = 4 << 20
"""Of a segment."""
MOST_COMPANIES = 200
"""Of one entry of the key log."""


@dataclass
class Sent:
    """What a round sent: changes that were sealed in it, and how many of these were seen in the place.

    `too_large` counts changes of saves that no segment can hold.
    """

    sealed: dict[int, int] = field(default_factory=dict)
    confirmed: int = 0
    too_large: int = 0
    fault: Failed | None = None


class Outbox:
    """Seals and sends under one standing."""

    def __init__(self, store: Store, place: Place, stop: Stop, progress: Progress) -> None:
        self._store = store
        self._place = place
        self._stop = stop
        self._progress = progress
        self.sent = Sent()

    # sealing

    def seal(self, standing: Standing, now_ms: int) -> Standing:
        """Seal everything that may be sealed now; companies without keys get theirs first."""
        if not standing.may_write or standing.is_too_old:
            return standing
        with self._store.reading() as connection:
            waiting = waiting_changes(connection)
        standing = self._with_companies(standing, waiting, now_ms)
        for compartment, changes in waiting.items():
            key = standing.key_to_seal(standing.in_vault(compartment))
            left: Sequence[int] = changes if key else ()
            while key and left:
                left = self._seal_part(standing, key, left, now_ms)
                self._stop.check()
        return standing

    def _with_companies(self, standing: Standing, waiting: Iterable[bytes], now_ms: int) -> Standing:
        """Many companies to an entry: a log of one for each would be judged anew with every one of them."""
        known, own = standing.membership.users, standing.own
        new = [each for each in waiting if standing.in_vault(each) != TEAM and each not in known]
        for start in range(0, len(new) if own else 0, MOST_COMPANIES):
            part = new[start : start + MOST_COMPANIES]
            draft = standing.desk(now_ms).create_companies(part, [own.user] if own else ())
            with self._store.writing_raw() as connection:
                standing = publish(connection, standing, draft)
        return standing

    def _seal_part(
        self, standing: Standing, key: EpochKey, waiting: Sequence[int], now_ms: int
    ) -> Sequence[int]:
        """Seal the first of the changes that wait; those that wait after them."""
        with self._store.writing_raw() as connection:
            part = next(take_unsent(connection, waiting, MOST_CHANGES, MOST_BYTES), None)
            if part is None:
                return ()
            numbers, columns = part
            home = key.compartment
            mirror = Mirror(connection)
            end = mirror.own_stream(home) or StreamEnd(os.urandom(ID_BYTES), 0, bytes(32))
            at = InStream(end.stream, end.next_sequence, end.last)
            tips = _tips(mirror, standing.identity.device)
            try:
                made = as_travelling(columns)
                sealed = standing.sealer.segment(made, at, (home, key.id), key.key, now_ms, tips)
            except SaveTooLarge:  # it stays here, and what was saved after it goes on
                self.sent.too_large += len(numbers)
                return after(waiting, numbers)
            number = self._keep(connection, sealed)
            mark_sent(connection, numbers, number)
            note_sealed(connection, number, numbers)
            mirror.write_on(home, StreamEnd(end.stream, end.next_sequence + 1, sealed.id))
        self.sent.sealed[number] = len(numbers)
        return after(waiting, numbers)

    @staticmethod
    def _keep(connection: Connection, sealed: SealedObject) -> int:
        name = name_of(sealed.header, sealed.id).path
        number = Mirror(connection).add(
            held_object(sealed, name, ObjectState.APPLIED), sealed.data, placed=False
        )
        if number is None:
            raise ValueError("an object that was sealed before")
        return number

    # sending

    def send(self, again: Collection[int]) -> None:
        """Put what was not seen in the place yet, and look for it there; `again` whatever is seen."""
        with self._store.reading() as connection:
            waiting = Mirror(connection).to_place()
        if any(number not in self.sent.sealed and number not in again for number, _, _ in waiting):
            self.confirm(but=again)
        with self._store.reading() as connection:
            waiting = Mirror(connection).to_place()
        if not waiting:
            return
        self._progress.expect(len(waiting))
        for _, answer in put_many(self._place, self._contents(waiting), self._stop):
            if isinstance(answer, Failed):
                self.sent.fault = answer
                break
            self._progress.step()
        self.confirm()

    def confirm(self, but: Collection[int] = ()) -> None:
        """Believe what a listing shows in its full size."""
        with self._store.reading() as connection:
            waiting = [each for each in Mirror(connection).to_place() if each[0] not in but]
        seen = self._seen({f"{name.rpartition('/')[0]}/" for _, name, _ in waiting})
        found = [number for number, name, size in waiting if seen.get(name) == size]
        if found:
            with self._store.writing_raw() as connection:
                Mirror(connection).placed(found)
                forget_sealed(connection, found)
            self.sent.confirmed += sum(self.sent.sealed.get(number, 0) for number in found)

    def _seen(self, directories: Iterable[str]) -> Mapping[str, int]:
        seen: dict[str, int] = {}
        for directory in sorted(directories):
            listing = self._place.list(directory, self._stop)
            if isinstance(listing, Listing):
                seen.update((entry.name, entry.size) for entry in listing.entries)
        return seen

    def _contents(self, waiting: Iterable[tuple[int, str, int]]) -> Iterable[tuple[str, bytes]]:
        for number, name, _ in waiting:
            with self._store.reading() as connection:
                data = Mirror(connection).bytes_of(number)
            yield name, data


def _tips(mirror: Mirror, own: bytes) -> list[Tip]:
    return [
        Tip(stream, sequence, object_id[:BEGIN_BYTES])
        for stream, (device, sequence, object_id) in mirror.newest().items()
        if device != own
    ]
