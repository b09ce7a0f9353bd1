from __future__ import annotations

import struct
from hashlib import sha256
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sharing.objects import parts
from app.sharing.objects.joined_parts import is_part, open_joined
from app.sharing.objects.malformed import MalformedObject, NewerFormat
from app.sharing.objects.parts import (
    MAGIC,
    PART_HEADER_BYTES,
    PartDamaged,
    PartsMissing,
    join,
    split,
)
from app.sharing.objects.pieces import read_at, size_of
from tests.sharing.objects.factories import drawn

CARRY_ID = drawn(32, "carry")
CARRY = drawn(1000, "what is carried")


def cut(carried: bytes = CARRY, share: int = 300, carry_id: bytes = CARRY_ID) -> list[bytes]:
    return list(split(BytesIO(carried), carry_id, PART_HEADER_BYTES + share))


def joined(files: list[bytes]) -> bytes:
    return b"".join(join(map(BytesIO, files)))


@given(st.binary(min_size=1, max_size=900), st.integers(1, 1000), st.randoms())
def test_parts_join_in_any_order_and_with_repeats(carried: bytes, share: int, chance: object) -> None:
    files = cut(carried, share)
    assert all(len(file) <= PART_HEADER_BYTES + share for file in files)
    files += files[: len(files) // 2]
    chance.shuffle(files)  # type: ignore[attr-defined]
    assert joined(files) == carried


@given(st.sets(st.integers(0, 3), min_size=1, max_size=3))
def test_missing_parts_are_named(gone: set[int]) -> None:
    files = [file for number, file in enumerate(cut()) if number not in gone]
    with pytest.raises(PartsMissing) as told:
        joined(files)
    assert told.value.numbers == tuple(sorted(number + 1 for number in gone))
    assert told.value.count == 4


@given(st.integers(0, 3), st.integers(0, 100 * 8 - 1))
def test_a_damaged_part_is_named(which: int, bit: int) -> None:
    check_damage(which, bit)


def check_damage(which: int, bit: int) -> None:
    files = cut()
    hurt = bytearray(files[which])
    hurt[PART_HEADER_BYTES + bit // 8] ^= 1 << bit % 8
    files[which] = bytes(hurt)
    with pytest.raises(PartDamaged) as told:
        joined(files)
    assert told.value.number == which + 1


def test_a_part_cut_short_is_named() -> None:
    files = cut()
    files[2] = files[2][:-1]
    with pytest.raises(PartDamaged) as told:
        joined(files)
    assert told.value.number == 3


def test_no_bit_in_front_of_a_part_may_flip() -> None:
    for bit in range(PART_HEADER_BYTES * 8):
        files = cut()
        hurt = bytearray(files[1])
        hurt[bit // 8] ^= 1 << bit % 8
        files[1] = bytes(hurt)
        with pytest.raises(MalformedObject):
            joined(files)


def test_parts_of_two_carry_files_do_not_mix() -> None:
    other = cut(carry_id=drawn(32, "other"))
    with pytest.raises(MalformedObject, match="together"):
        joined(cut()[:2] + other[2:])
    with pytest.raises(MalformedObject, match="together"):
        joined(cut() + other)
    with pytest.raises(MalformedObject, match="together"):
        joined(cut() + cut(share=500))
    with pytest.raises(MalformedObject, match="together"):
        joined([])


def front(**fields: int) -> bytes:
    told = {"version": 1, "number": 1, "count": 1, "share": 9, "total": 9} | fields
    start = struct.pack(
        ">8sB3sIIIQ",
        parts.MAGIC,
        told["version"],
        b"",
        told["number"],
        told["count"],
        told["share"],
        told["total"],
    )
    return start + bytes(64) + bytes(9)


@pytest.mark.parametrize(
    "file",
    [
        b"",
        front()[:95],
        b"\x89OSYN" + front()[5:],
        front(version=0),
        front(number=0),
        front(number=2),
        front(count=2),
        front(share=0),
        front(total=0),
        front(total=10_001, share=1, count=10_001),
        front(total=(1 << 64) - 1, share=1, count=9),
        front()[:9] + b"\1" + front()[10:],
    ],
)
def test_a_part_that_contradicts_itself_is_refused(file: bytes) -> None:
    with pytest.raises(MalformedObject, match=r"part|format"):
        joined([file])


def test_a_newer_part_is_told_from_a_broken_one() -> None:
    with pytest.raises(NewerFormat):
        joined([front(version=2)])


def test_parts_too_small_are_not_cut() -> None:
    for share, carried in ((0, b"x"), (1, bytes(10_001))):
        with pytest.raises(ValueError, match="too small"):
            cut(carried, share)


def test_parts_that_are_not_compared_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "missing", lambda found: ())
    with pytest.raises(pytest.fail.Exception):
        test_parts_of_two_carry_files_do_not_mix()


def test_a_digest_that_is_not_compared_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "_share", lambda part, source: iter((source.read(),)))
    with pytest.raises(pytest.fail.Exception):
        check_damage(1, 7)


@given(st.binary(max_size=600), st.integers(1, 90), st.data())
def test_parts_read_as_one_file_wherever_one_looks(content: bytes, share: int, data: st.DataObject) -> None:
    content = content or b"?"
    cut = list(split(BytesIO(content), sha256(content).digest(), PART_HEADER_BYTES + share))
    joined = open_joined([BytesIO(part) for part in data.draw(st.permutations(cut))])
    assert size_of(joined) == len(content)
    at = data.draw(st.integers(0, len(content)))
    size = data.draw(st.integers(0, len(content) - at))
    assert read_at(joined, at, size) == content[at : at + size]
    assert (joined.seek(0), joined.read()) == (0, content)


def test_only_what_begins_like_a_part_is_one() -> None:
    assert is_part(BytesIO(MAGIC + b"more"))
    assert not is_part(BytesIO(MAGIC[:-1]))
    assert not is_part(BytesIO(b"\x89OSYN\r\n\x1a and more"))
