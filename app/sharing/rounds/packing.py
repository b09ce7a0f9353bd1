"""When a device packs which of its segments, and when these need not lie loose any more (design-sync 6.6)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

_DAY_MS = 24 * 60 * 60 * 1000


@dataclass(frozen=True, slots=True)
class PackRules:
    """Packing is due with so many segments that are older than `age_ms`, or so many bytes of whatever age.

    A pack has about `pack_bytes`: as long as one connection needs for a few segments, several fetch several
    packs. What has half of that by itself is as good as a pack. Loose segments stay `keep_loose_ms`.
    """

    segments: int = 200
    age_ms: int = 7 * _DAY_MS
    gathered_bytes: int = 4 << 20
    pack_bytes: int = 1 << 20
    keep_loose_ms: int = 30 * _DAY_MS
    between_tidying_ms: int = _DAY_MS


class Segment(Protocol):
    """A segment that lies loose."""

    @property
    def stream(self) -> bytes:
        """Its stream."""

    @property
    def sequence(self) -> int:
        """Its number in the stream."""

    @property
    def size(self) -> int:
        """Its bytes."""


Loose = TypeVar("Loose", bound=Segment)


def due(
    loose: Sequence[Loose], rules: PackRules, now_ms: int, sealed_ms: Callable[[Loose], int | None]
) -> list[list[Loose]]:
    """What is to be packed now, pack by pack; `loose` are segments of one device, oldest first.

    `sealed_ms` says when a segment was sealed, None where that cannot be told.
    """
    small = [each for each in loose if each.size < rules.pack_bytes // 2]
    if not _is_due(small, rules, now_ms, sealed_ms):
        return []
    return _cut(sorted(small, key=lambda each: (each.stream, each.sequence)), rules.pack_bytes)


def _is_due(
    small: Sequence[Loose], rules: PackRules, now_ms: int, sealed_ms: Callable[[Loose], int | None]
) -> bool:
    if sum(each.size for each in small) >= rules.gathered_bytes:
        return True
    if len(small) < rules.segments:
        return False
    at = sealed_ms(small[rules.segments - 1])
    return at is not None and at <= now_ms - rules.age_ms


def _cut(segments: Iterable[Loose], most: int) -> list[list[Loose]]:
    packs: list[list[Loose]] = []
    filled = most
    for each in segments:
        if filled + each.size > most:
            packs.append([])
            filled = 0
        packs[-1].append(each)
        filled += each.size
    return [each for each in packs if len(each) > 1]


def is_held_by_all(
    stretches: Iterable[tuple[bytes, int]], tips: Iterable[Mapping[bytes, int] | None]
) -> bool:
    """Whether everybody says to hold each stream up to a number.

    `tips` are, of each device, the newest number that it holds by stream; None of one that says nothing.
    """
    wanted = list(stretches)
    return all(
        held is not None and all(held.get(stream, -1) >= last for stream, last in wanted) for held in tips
    )
