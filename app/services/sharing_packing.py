"""Own segments are put together into packs, and later no longer lie loose beside them (design-sync 6.6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.services.sharing_looking import SeenHead
from app.services.sharing_standing import Standing, pack_object
from app.sharing.objects import segment
from app.sharing.objects.container import parse
from app.sharing.objects.malformed import MalformedObject
from app.sharing.places.many import delete_many
from app.sharing.places.place import Content, Deleted, Entry, Place
from app.sharing.places.stopping import Stop
from app.sharing.rounds.packing import PackRules, due, is_held_by_all
from db.mirror import Mirror
from db.packs import HeldPack, LooseSegment, Packs
from db.store import Store


class Packing:
    """Packs in the name of one device. Two at once, or a stop anywhere, make nothing but more packs."""

    def __init__(
        self, store: Store, place: Place, stop: Stop, standing: Standing, rules: PackRules, now_ms: int
    ) -> None:
        self._store = store
        self._place = place
        self._stop = stop
        self._standing = standing
        self._rules = rules
        self._now_ms = now_ms
        self._own = standing.identity.device

    def pack(self) -> set[int]:
        """Make the packs that are due; their numbers. They go out as every object does."""
        with self._store.reading() as connection:
            loose = [each for each in Packs(connection).loose(self._own) if each.is_placed]
        made: set[int] = set()
        for group in due(loose, self._rules, self._now_ms, self._sealed_ms):
            self._stop.check()
            number = self._make(group)
            made.update(() if number is None else (number,))
        return made

    def tidy(self, entries: Iterable[Entry], heads: Iterable[SeenHead]) -> None:
        """Remove loose what everybody has, once its pack was read back; `entries` is what lies there."""
        listed = {entry.name for entry in entries}
        tips = self._tips(heads)
        for pack in self.ripe():
            with self._store.reading() as connection:
                members = Packs(connection).in_pack(pack.number)
            stretches = [(stream, sequence) for _, stream, sequence in members]
            if pack.place_name in listed and is_held_by_all(stretches, tips) and self._reads_back(pack):
                self._take_away(pack, [name for name, _, _ in members if name in listed])

    def ripe(self) -> list[HeldPack]:
        """Own packs that are old enough to stand alone."""
        with self._store.reading() as connection:
            return Packs(connection).untidied(self._own, self._now_ms - self._rules.keep_loose_ms)

    def _make(self, group: Sequence[LooseSegment]) -> int | None:
        """One pack in one transaction; None where another process packed one of these just now."""
        with self._store.writing_raw() as connection:
            mirror, packs = Mirror(connection), Packs(connection)
            if {each.number for each in group} & packs.members():
                return None
            contents = [mirror.bytes_of(each.number) for each in group]
            frame = self._standing.sealer.pack(contents)
            held = pack_object(self._own, frame.id, [each.sequence for each in group])
            size = len(frame.head) + sum(map(len, contents)) + len(frame.tail)
            number = mirror.note(held, size, placed=False)
            if number is not None:
                packs.add(number, frame.head, frame.tail, [each.number for each in group], self._now_ms)
            return number

    def _sealed_ms(self, loose: LooseSegment) -> int | None:
        with self._store.reading() as connection:
            data = Mirror(connection).bytes_of(loose.number)
        sealed = parse(data, self._standing.identity.vault)
        _, key = self._standing.compartments.get(sealed.header.epoch, (b"", b""))
        try:
            return segment.decode(sealed.open_body(key)).sealed_ms if key else None
        except MalformedObject:
            return None

    def _tips(self, heads: Iterable[SeenHead]) -> list[dict[bytes, int] | None]:
        told = {each.device: {tip.stream: tip.sequence for tip in each.head.tips} for each in heads}
        return [told.get(each.id) for each in self._standing.membership.active() if each.id != self._own]

    def _reads_back(self, pack: HeldPack) -> bool:
        answer = self._place.get(pack.place_name, self._stop)
        with self._store.reading() as connection:
            data = Mirror(connection).bytes_of(pack.number)
        return isinstance(answer, Content) and answer.content == data

    def _take_away(self, pack: HeldPack, names: Iterable[str]) -> None:
        """Never again for the same pack: what comes back has its reason."""
        for _, answer in delete_many(self._place, names, self._stop):
            if not isinstance(answer, Deleted):
                return
        with self._store.writing_raw() as connection:
            Packs(connection).tidied(pack.number)
