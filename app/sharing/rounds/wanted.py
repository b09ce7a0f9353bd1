"""What the heads of others promise and this device does not hold yet (design-sync 6.5, 6.8)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from app.sharing.objects.container import ObjectType
from app.sharing.objects.heads import Head, PackTip, StreamTip
from app.sharing.objects.names import Name, pack_name

WORTH_A_PACK: Final = 20
"""So many missing segments make a pack the quicker way."""
_STREAM_IN_NAME: Final = 4


class Held(Protocol):
    """What this device holds."""

    def missing(self, ids: Iterable[bytes]) -> Sequence[bytes]:
        """Those of some ids that are not held."""

    def count_all(self, stream: bytes) -> int:
        """How many numbers of a stream are held."""

    def count_in(self, stream: bytes, first: int, last: int) -> int:
        """How many numbers of a stream are held, from `first` to `last`."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Names of packs worth fetching, and of missing segments that are in none of them.

    `needs_listing`: older ones may be missing too that no head names.
    """

    packs: tuple[str, ...]
    names: tuple[str, ...]
    needs_listing: bool

    def __bool__(self) -> bool:
        return bool(self.packs or self.names or self.needs_listing)


def wanted_of(device: bytes, head: Head, held: Held) -> Wanted:
    """What a head names."""
    packs = _packs_worth_it(head, held)
    names: list[str] = []
    needs_listing = False
    missing = set(held.missing([each for tip in head.streams for each in tip.newest]))
    for tip in head.streams:
        by_id = dict(zip(tip.newest, range(tip.next_sequence - 1, -1, -1), strict=False))
        stretches = [each for each in tip.packs if each.id in packs]
        loose = [each for each in by_id if each in missing and not _is_in(by_id[each], stretches)]
        names += [_name(device, tip, by_id[each], each) for each in loose]
        coming = len(loose) + sum(_lacking(tip, each, held) for each in stretches)
        needs_listing |= held.count_all(tip.stream) + coming < tip.next_sequence
    names += [Name(ObjectType.DEPOSIT, id=each).path for each in held.missing(head.deposits)]
    return Wanted(tuple(_pack_names(device, head, packs)), tuple(names), needs_listing)


def promised(heads: Iterable[Head]) -> Iterator[tuple[bytes, int]]:
    """(stream, objects it must have by now) as anybody's head says, of streams of all devices."""
    for head in heads:
        yield from ((tip.stream, tip.next_sequence) for tip in head.streams)
        yield from ((tip.stream, tip.sequence + 1) for tip in head.tips)


def _packs_worth_it(head: Head, held: Held) -> set[bytes]:
    lacking: dict[bytes, int] = {}
    for tip in head.streams:
        if held.count_all(tip.stream) >= tip.next_sequence:
            continue  # else every round would count through the packs of what is complete
        for each in tip.packs:
            lacking[each.id] = lacking.get(each.id, 0) + _lacking(tip, each, held)
    return {pack for pack, count in lacking.items() if count >= WORTH_A_PACK}


def _lacking(tip: StreamTip, pack: PackTip, held: Held) -> int:
    return pack.last - pack.first + 1 - held.count_in(tip.stream, pack.first, pack.last)


def _is_in(sequence: int, stretches: Iterable[PackTip]) -> bool:
    return any(each.first <= sequence <= each.last for each in stretches)


def _pack_names(device: bytes, head: Head, packs: set[bytes]) -> Iterator[str]:
    for pack in sorted(packs):
        stretches = [each for tip in head.streams for each in tip.packs if each.id == pack]
        first, last = min(each.first for each in stretches), max(each.last for each in stretches)
        yield pack_name(device, first, last, pack).path


def _name(device: bytes, tip: StreamTip, sequence: int, short_id: bytes) -> str:
    return Name(ObjectType.SEGMENT, device, tip.stream[:_STREAM_IN_NAME], sequence, id=short_id).path
