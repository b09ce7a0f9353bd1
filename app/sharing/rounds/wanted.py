"""What the heads of others promise and this device does not hold yet (design-sync 6.5, 6.8)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.sharing.objects.container import ObjectType
from app.sharing.objects.heads import Head, StreamTip
from app.sharing.objects.names import Name

Missing = Callable[[Iterable[bytes]], Sequence[bytes]]
"""Those of some ids that are not held."""
_STREAM_IN_NAME = 4


@dataclass(frozen=True, slots=True)
class Wanted:
    """Names of objects that are missing, and whether older ones may be missing too that no head names."""

    names: tuple[str, ...]
    needs_listing: bool


def wanted_of(device: bytes, head: Head, held: Callable[[bytes], int], missing: Missing) -> Wanted:
    """What a head names. `held` gives how many objects of a stream are here."""
    names: list[str] = []
    needs_listing = False
    for tip in head.streams:
        by_id = dict(zip(tip.newest, range(tip.next_sequence - 1, -1, -1), strict=False))
        lacking = missing(by_id)
        names += [_name(device, tip, by_id[each], each) for each in lacking]
        needs_listing |= held(tip.stream) + len(lacking) < tip.next_sequence
    names += [Name(ObjectType.DEPOSIT, id=each).path for each in missing(head.deposits)]
    return Wanted(tuple(names), needs_listing)


def promised(heads: Iterable[Head]) -> Iterator[tuple[bytes, int]]:
    """(stream, objects it must have by now) as anybody's head says, of streams of all devices."""
    for head in heads:
        yield from ((tip.stream, tip.next_sequence) for tip in head.streams)
        yield from ((tip.stream, tip.sequence + 1) for tip in head.tips)


def _name(device: bytes, tip: StreamTip, sequence: int, short_id: bytes) -> str:
    return Name(ObjectType.SEGMENT, device, tip.stream[:_STREAM_IN_NAME], sequence, id=short_id).path
