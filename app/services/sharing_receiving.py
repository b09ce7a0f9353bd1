"""What others put into the 置き場 and is not here yet: found by heads, or by looking everything through."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.services.sharing_inbox import Inbox
from app.services.sharing_looking import Listed, Looking, SeenHead
from app.services.sharing_progress import Progress
from app.services.sharing_standing import Standing
from app.services.sharing_state import RoundNotes
from app.sharing.objects.container import ObjectType
from app.sharing.objects.names import Name, read_name
from app.sharing.places.place import Entry
from app.sharing.rounds.wanted import WORTH_A_PACK, Wanted, promised, wanted_of
from db.mirror import Mirror
from db.packs import Packs
from db.store import Store

UNKNOWN = bytes(16)


@dataclass
class Found:
    """What looking found out. `entries` is everything that lies there, None after a look at heads only.

    `lists_own_head`: a head of this device lies there, in whatever state. `missing` counts, by device,
    objects that somebody told of and that are not here. `dealt_with` are heads with nothing left to fetch.
    """

    own_head: SeenHead | None = None
    lists_own_head: bool = False
    entries: tuple[Entry, ...] | None = None
    missing: Counter[bytes] = field(default_factory=Counter)
    dealt_with: dict[str, str] = field(default_factory=dict)


class Receiving:
    """Finds and fetches, under one standing."""

    def __init__(
        self,
        store: Store,
        looking: Looking,
        standing: Standing,
        inbox: Inbox,
        notes: RoundNotes,
        progress: Progress,
    ) -> None:
        self._notes = notes
        self._store = store
        self._looking = looking
        self._standing = standing
        self._inbox = inbox
        self._progress = progress
        self._answers: dict[bytes, Wanted] = {}
        self._own = standing.identity.device
        self._beyond = frozenset(notes.newer)

    def receive(self, listed: Listed, *, look_through: bool) -> Found:
        """Fetch what heads name; then list what they leave open, or everything."""
        entries, heads = listed.entries, listed.heads
        found = Found(own_head=next((each for each in heads if each.device == self._own), None))
        found.lists_own_head = self._own in _devices_of(entries)
        if look_through:
            found.entries = self._looking.below_each(("p/", "s/", "d/"))
            self._take_listed(found.entries, listed)
            self._take(self._speaking_for_gone(found.entries))
        else:
            self._follow(listed)
        self._count_missing(heads, found)
        found.dealt_with = {each.name: each.mark for each in heads if self._is_dealt_with(each)}
        return found

    def _follow(self, listed: Listed) -> None:
        others = [each for each in listed.heads if each.device != self._own]
        wanted = {each.device: self._wanted(each) for each in others}
        self._take([name for each in wanted.values() for name in (*each.packs, *each.names)])
        open_ones = {device for device, each in wanted.items() if each.needs_listing}
        open_ones |= {each.device for each in others if self._wanted(each)}
        open_ones |= self._without_head(listed.entries)
        if any(each.device == self._own and each.id != self._notes.head_id for each in listed.heads):
            open_ones.add(self._own)
        for device in sorted(open_ones):
            prefixes = [f"{directory}/{device.hex()}/" for directory in ("p", "s")]
            self._take_listed(self._looking.below_each(prefixes), listed)

    def _without_head(self, entries: Iterable[Entry]) -> set[bytes]:
        members = {each.id for each in self._standing.membership.active()}
        return members - _devices_of(entries) - {self._own}

    def _wanted(self, seen: SeenHead) -> Wanted:
        """What a head names and is not here; asked of the store again once something came."""
        if seen.id not in self._answers:
            with self._store.reading() as connection:
                self._answers[seen.id] = wanted_of(seen.device, seen.head, Mirror(connection))
        return self._answers[seen.id]

    def _is_dealt_with(self, seen: SeenHead) -> bool:
        """Whether everything has arrived that a head tells of: the next round need not read it again."""
        if self._wanted(seen) or any(each not in self._standing.log.entries for each in seen.head.key_log):
            return False
        with self._store.reading() as connection:
            held = Mirror(connection).count_all
            return all(held(stream) >= count for stream, count in promised([seen.head]))

    def _take_listed(self, entries: Iterable[Entry], listed: Listed) -> None:
        """Packs first where they are the quicker way; last where what they hold lies nowhere else."""
        entries = list(entries)
        packs, missing = self._new_packs(entries), self._missing_of(entries)
        short, numbers = self._short_of(listed, missing), _numbers(missing)
        first = [each for each in packs if _device_in(each) in short or _gain(each, numbers) >= WORTH_A_PACK]
        self._take(first)
        self._take(self._missing_of(entries))
        self._take(set(packs).difference(first, self._needless(packs, listed)))

    def _needless(self, packs: Iterable[str], listed: Listed) -> Iterator[str]:
        """Packs of devices of which, by their heads, nothing is missing.

        An old head that came back names none of the newer ones. Of who is in the team another head comes;
        of who is out nobody tells any more, and a pack may be all that is left.
        """
        complete = {each.device for each in listed.heads if not self._wanted(each)}
        quiet = listed.dealt_with & {each.id for each in self._standing.membership.active()}
        named = {pack.id for each in listed.heads for tip in each.head.streams for pack in tip.packs}
        for each in packs:
            own = read_name(each)
            if own and (own.device in quiet or (own.device in complete and own.id in named)):
                yield each

    def _new_packs(self, entries: Iterable[Entry]) -> list[str]:
        named = {each.name: read_name(each.name) for each in entries}
        ids = {
            each.id: name for name, each in named.items() if each and each.id and _is_a(ObjectType.PACK, each)
        }
        with self._store.reading() as connection:
            return [ids[each] for each in Mirror(connection).missing(ids)]

    def _short_of(self, listed: Listed, missing: Iterable[str]) -> set[bytes]:
        """Devices of which, by their heads, more is missing than lies there loose."""
        loose = Counter(map(_device_in, missing))
        with self._store.reading() as connection:
            held = Mirror(connection).count_all
            lacking = {
                each.device: sum(tip.next_sequence - held(tip.stream) for tip in each.head.streams)
                for each in listed.heads
            }
        return {device for device, count in lacking.items() if count > loose[device]}

    def _speaking_for_gone(self, entries: Iterable[Entry]) -> list[str]:
        """Packs that may hold what is here, and lies there neither loose nor in a pack that is known."""
        lying = {named.id for each in entries if (named := read_name(each.name))}
        with self._store.reading() as connection:
            loose = Packs(connection).loose()
        gone = {each.device for each in loose if each.short_id not in lying}
        return [each for each in self._new_packs(entries) if _device_in(each) in gone] if gone else []

    def _missing_of(self, entries: Iterable[Entry]) -> list[str]:
        """Names of segments that are not held; of others, those that do not say what they are."""
        named = {entry.name: read_name(entry.name) for entry in entries}
        ids = {
            each.id: name
            for name, each in named.items()
            if each and each.id and each.type in {ObjectType.SEGMENT, ObjectType.DEPOSIT}
        }
        with self._store.reading() as connection:
            missing = Mirror(connection).missing(ids)
        return [*(ids[each] for each in missing), *(name for name, each in named.items() if each is None)]

    def _take(self, names: Iterable[str]) -> None:
        wanted = [each for each in names if each not in self._beyond]
        if not wanted:
            return
        self._answers.clear()
        self._progress.expect(len(wanted))
        for name, data in self._looking.fetch(wanted):
            self._inbox.take(name, data)
            self._progress.step()
        self._inbox.flush()

    def _count_missing(self, heads: Iterable[SeenHead], found: Found) -> None:
        heads = list(heads)
        if not heads:
            return
        with self._store.reading() as connection:
            mirror = Mirror(connection)
            authors = {stream: device for stream, (device, _, _) in mirror.newest().items()}
            authors.update((tip.stream, each.device) for each in heads for tip in each.head.streams)
            told: dict[bytes, int] = {}
            for stream, count in promised(each.head for each in heads):
                told[stream] = max(told.get(stream, 0), count)
            for stream, count in told.items():
                lacking = count - mirror.count_all(stream)
                if lacking > 0:
                    found.missing[authors.get(stream, UNKNOWN)] += lacking


def _devices_of(entries: Iterable[Entry]) -> set[bytes | None]:
    return {_device_in(each.name) for each in entries} - {None}


def _device_in(name: str) -> bytes | None:
    named = read_name(name)
    return named.device if named else None


def _is_a(kind: ObjectType, name: Name | None) -> bool:
    return name is not None and name.type is kind


def _numbers(names: Iterable[str]) -> dict[bytes | None, list[int]]:
    """Sequence numbers that names of segments tell, by device, in their order."""
    found: dict[bytes | None, list[int]] = {}
    for named in map(read_name, names):
        if named is not None and named.first is not None:
            found.setdefault(named.device, []).append(named.first)
    return {device: sorted(numbers) for device, numbers in found.items()}


def _gain(pack: str, missing: Mapping[bytes | None, Sequence[int]]) -> int:
    """How many of the missing segments a pack may hold, as far as names tell."""
    own = read_name(pack)
    if own is None or own.first is None or own.last is None:
        return 0
    numbers = missing.get(own.device, ())
    return bisect_right(numbers, own.last) - bisect_left(numbers, own.first)
