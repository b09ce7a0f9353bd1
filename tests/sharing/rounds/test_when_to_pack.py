"""What is packed when, and when it need not lie loose any more; what of packs a head makes one fetch."""

from collections.abc import Iterable
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from app.sharing.objects.heads import Head, PackTip, StreamTip
from app.sharing.objects.names import pack_name
from app.sharing.rounds.packing import PackRules, due, is_held_by_all
from app.sharing.rounds.wanted import wanted_of

RULES = PackRules(segments=4, age_ms=100, gathered_bytes=1000, pack_bytes=200)
NOW = 10_000
DEVICE, STREAM, OTHER = bytes(16), bytes([1]) * 16, bytes([2]) * 16


@dataclass(frozen=True)
class Loose:
    size: int
    sequence: int = 0
    stream: bytes = STREAM
    sealed_ms: int | None = NOW - 100


def of_sizes(*sizes: int) -> list[Loose]:
    return [Loose(size, number) for number, size in enumerate(sizes)]


def sizes(segments: list[Loose]) -> list[list[int]]:
    return [[each.size for each in pack] for pack in due(segments, RULES, NOW, lambda each: each.sealed_ms)]


def test_so_many_old_segments_are_packed() -> None:
    assert sizes(of_sizes(10, 10, 10)) == []
    assert sizes(of_sizes(10, 10, 10, 10)) == [[10, 10, 10, 10]]


def test_segments_that_are_young_or_of_no_known_age_wait() -> None:
    for sealed_ms in (NOW - 99, None):
        young = Loose(10, 3, sealed_ms=sealed_ms)
        assert sizes([*of_sizes(10, 10, 10), young]) == []


def test_so_many_bytes_are_packed_whatever_their_age_into_packs_of_their_size() -> None:
    young = [Loose(90, number, sealed_ms=NOW) for number in range(12)]
    assert sizes(young[:11]) == []
    assert sizes(young) == [[90, 90]] * 6


def test_what_is_as_good_as_a_pack_stays_alone() -> None:
    assert sizes(of_sizes(10, 100, 10, 10, 10)) == [[10, 10, 10, 10]]


def test_a_pack_holds_stretches_of_streams() -> None:
    mixed = [Loose(10, 1, OTHER), Loose(11, 0), Loose(12, 0, OTHER), Loose(13, 1)]
    assert sizes(mixed) == [[11, 13, 12, 10]]


@given(st.lists(st.builds(Loose, st.integers(1, 150), st.integers(0, 9), st.sampled_from([STREAM, OTHER]))))
def test_nothing_is_packed_twice_and_no_pack_is_beyond_its_size(segments: list[Loose]) -> None:
    packs = due(segments, RULES, NOW, lambda each: each.sealed_ms)
    packed = [each for pack in packs for each in pack]
    assert all(packed.count(each) <= segments.count(each) for each in packed)
    assert all(len(pack) > 1 and sum(each.size for each in pack) <= RULES.pack_bytes for pack in packs)


def test_what_everybody_tells_of_is_held_by_all() -> None:
    stretches = [(STREAM, 4), (OTHER, 2)]
    has_both, lacks_one = {STREAM: 4, OTHER: 9}, {STREAM: 3, OTHER: 2}
    assert is_held_by_all(stretches, [has_both, has_both])
    assert not is_held_by_all(stretches, [has_both, lacks_one])
    assert not is_held_by_all(stretches, [has_both, None])
    assert not is_held_by_all(stretches, [{STREAM: 4}])


class Holding:
    """A device that holds the first numbers of one stream."""

    def __init__(self, count: int) -> None:
        self._count = count

    def missing(self, ids: Iterable[bytes]) -> list[bytes]:
        numbered = {bytes([number]) * 16: number for number in range(256)}
        return [each for each in ids if numbered[each] >= self._count]

    def count_all(self, stream: bytes) -> int:
        return self._count

    def count_in(self, stream: bytes, first: int, last: int) -> int:
        return max(0, min(last, self._count - 1) - first + 1)


def head_of(count: int, *packs: PackTip) -> Head:
    newest = tuple(bytes([number]) * 16 for number in range(count - 1, max(-1, count - 65), -1))
    return Head(1, NOW, "", 1, (StreamTip(STREAM, bytes(16), count, bytes(32), newest, packs),))


def test_a_pack_is_fetched_where_much_of_it_is_missing() -> None:
    pack = PackTip(0, 199, bytes([9]) * 16)
    name = pack_name(DEVICE, 0, 199, pack.id).path
    wanted = wanted_of(DEVICE, head_of(210, pack), Holding(0))
    assert (wanted.packs, len(wanted.names), wanted.needs_listing) == ((name,), 10, False)
    nearly = wanted_of(DEVICE, head_of(210, pack), Holding(181))
    assert (nearly.packs, len(nearly.names), nearly.needs_listing) == ((), 29, False)
    assert not wanted_of(DEVICE, head_of(210, pack), Holding(210))


def test_what_neither_packs_nor_the_newest_name_is_looked_for_in_a_listing() -> None:
    pack = PackTip(100, 199, bytes([9]) * 16)
    assert wanted_of(DEVICE, head_of(210, pack), Holding(0)).needs_listing
    assert wanted_of(DEVICE, head_of(210), Holding(140)).needs_listing
    assert not wanted_of(DEVICE, head_of(210), Holding(146)).needs_listing


def test_a_head_that_promises_the_impossible_costs_no_more_than_its_bytes() -> None:
    most = 2**63 - 1
    tip = StreamTip(STREAM, bytes(16), most, bytes(32), (), (PackTip(0, most, bytes(16)),))
    wanted = wanted_of(DEVICE, Head(1, NOW, "", 1, (tip,)), Holding(0))
    assert len(wanted.packs) == 1
