from __future__ import annotations

import struct
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import msgpack
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sharing.objects import packs
from app.sharing.objects.container import (
    HEADER_BYTES,
    SIGNATURE_BYTES,
    Header,
    ObjectType,
    assemble,
    parse,
    seal,
)
from app.sharing.objects.large import LargeObject
from app.sharing.objects.malformed import MalformedObject, NewerFormat
from app.sharing.objects.packs import Enclosed, entries, open_pack, packing, read_entry
from tests.sharing.objects.factories import AUTHOR, AUTHOR_KEY, EPOCH_KEY, VAULT, drawn, header

ONE = seal(header(), b"one", EPOCH_KEY, AUTHOR.sign)
TWO = seal(header(ObjectType.KEY_LOG_ENTRY), b"two", EPOCH_KEY, AUTHOR.sign)
PACK = header(ObjectType.PACK)


def packed(objects: Sequence[bytes], of: Header = PACK) -> bytes:
    return b"".join(packing(of, [Enclosed.of(each) for each in objects], AUTHOR.sign))


def opened(data: bytes) -> LargeObject:
    pack = open_pack(BytesIO(data), VAULT)
    pack.check_signature(AUTHOR_KEY)
    return pack


def unpacked(data: bytes) -> list[bytes]:
    pack = opened(data)
    return [read_entry(pack, entry) for entry in entries(pack)]


@given(
    st.lists(
        st.binary(min_size=1, max_size=400).filter(lambda data: data[9:10] not in {b"\4", b"\7"}), max_size=6
    ),
    st.sampled_from(sorted(packs.PACKS)),
)
def test_objects_come_out_as_they_went_in(objects: list[bytes], kind: int) -> None:
    assert unpacked(packed(objects, header(kind))) == objects


def test_a_pack_is_an_object_like_any_other() -> None:
    data = packed([ONE, TWO])
    parsed = parse(data, VAULT)
    parsed.check_signature(AUTHOR_KEY)
    assert parsed.id == opened(data).id
    open_pack(BytesIO(data), VAULT, parsed.id[:16])
    with pytest.raises(MalformedObject, match="name"):
        open_pack(BytesIO(data), VAULT, drawn(16, "other"))


def test_what_was_packed_is_what_stood_alone() -> None:
    for data, again in zip((ONE, TWO), unpacked(packed([ONE, TWO])), strict=True):
        assert parse(again, VAULT) == parse(data, VAULT)


@given(st.data())
def test_no_bit_of_a_pack_may_flip_and_no_byte_be_missing(data: st.DataObject) -> None:
    whole = bytearray(packed([ONE, TWO]))
    with pytest.raises(MalformedObject):
        opened(bytes(whole[: data.draw(st.integers(0, len(whole) - 1))]))
    bit = data.draw(st.integers(0, len(whole) * 8 - 1))
    whole[bit // 8] ^= 1 << bit % 8
    with pytest.raises(MalformedObject):
        opened(bytes(whole))


def test_large_objects_are_never_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.sharing.objects.pieces.PIECE_BYTES", 100)
    data = packed([ONE, TWO])
    pack = opened(data)
    assert max(map(len, packs.entry_pieces(pack, entries(pack)[0]))) == 100
    assert unpacked(data) == [ONE, TWO]
    monkeypatch.setattr(packs, "MOST_WHOLE_BYTES", len(ONE) - 1)
    with pytest.raises(MalformedObject, match="more bytes"):
        unpacked(data)


def forged(index: Any, objects: bytes = ONE, length: int | None = None) -> bytes:
    """A pack that is signed, with an index of one's own making."""
    packed_index = index if isinstance(index, bytes) else msgpack.packb(index)
    end = struct.pack(">I", len(packed_index) if length is None else length)
    return assemble(PACK, objects + packed_index + end, AUTHOR.sign)


def sizes(*numbers: int) -> bytes:
    return struct.pack(f">{len(numbers)}Q", *numbers)


ID = parse(ONE, VAULT).id
FORGED = {
    "not MessagePack": forged(b"\xc1"),
    "a map": forged({}),
    "no version": forged([]),
    "version 0": forged([0, ID, sizes(len(ONE))]),
    "no sizes": forged([1, ID]),
    "half an id": forged([1, ID[:31], sizes(len(ONE))]),
    "ids in a list": forged([1, [ID], sizes(len(ONE))]),
    "half a size": forged([1, ID, sizes(len(ONE))[:7]]),
    "more ids than sizes": forged([1, ID * 2, sizes(len(ONE))]),
    "something left out": forged([1, ID, sizes(len(ONE) - 1)]),
    "beyond the index": forged([1, ID, sizes(len(ONE) + 1)]),
    "nothing but an index": forged([1, b"", b""]),
    "sizes beyond all numbers": forged([1, ID * 2, sizes(1 << 63, (1 << 63) + len(ONE))]),
    "an object of no size": forged([1, ID * 2, sizes(len(ONE), 0)]),
    "an index before the pack": forged([1, ID, sizes(len(ONE))], length=1 << 20),
    "an index without end": forged([1, ID, sizes(len(ONE))], length=0xFFFFFFFF),
    "another object than its id": forged([1, drawn(32, "other"), sizes(len(ONE))]),
    "no index": assemble(PACK, b"\0\0\0", AUTHOR.sign),
    "a pack in a pack": packed([packed([ONE])]),
    "a carry file in a pack": packed([packed([ONE], header(ObjectType.CARRY_FILE))]),
}


@pytest.mark.parametrize("wrong", FORGED)
def test_an_index_that_does_not_fit_is_refused(wrong: str) -> None:
    with pytest.raises(MalformedObject):
        unpacked(FORGED[wrong])


def test_the_forger_can_also_write_what_fits() -> None:
    assert unpacked(forged([1, ID, sizes(len(ONE)), "more"])) == [ONE]


def test_a_newer_index_is_told_from_a_broken_one() -> None:
    with pytest.raises(NewerFormat):
        unpacked(forged([2, {}]))


def test_an_index_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    data = packed([ONE])
    assert packs.MOST_INDEX_BYTES == 16 << 20
    index_bytes = int.from_bytes(data[-SIGNATURE_BYTES - 4 : -SIGNATURE_BYTES])
    monkeypatch.setattr(packs, "MOST_INDEX_BYTES", index_bytes)
    assert unpacked(data) == [ONE]
    monkeypatch.setattr(packs, "MOST_INDEX_BYTES", index_bytes - 1)
    with pytest.raises(MalformedObject, match="index"):
        unpacked(data)
    with pytest.raises(ValueError, match="more objects"):
        packed([ONE])


def test_another_object_is_no_pack() -> None:
    with pytest.raises(MalformedObject, match="type"):
        opened(ONE)


@pytest.mark.parametrize("size", [len(ONE) - 1, len(ONE) + 1])
def test_an_object_that_changed_while_it_was_packed_is_told(size: int) -> None:
    with pytest.raises(ValueError, match="not as long"):
        b"".join(packing(PACK, [Enclosed(ID, size, (ONE,))], AUTHOR.sign))


def test_a_file_cut_while_it_is_read_is_told() -> None:
    source = BytesIO(packed([ONE, TWO]))
    pack = open_pack(source, VAULT)
    source.truncate(HEADER_BYTES + 9)
    with pytest.raises(MalformedObject, match="shorter"):
        pack.check_signature(AUTHOR_KEY)
    with pytest.raises(MalformedObject, match="shorter"):
        entries(pack)


def test_offsets_follow_from_sizes() -> None:
    first, second = entries(opened(packed([ONE, TWO])))
    assert (first.offset, second.offset) == (HEADER_BYTES, HEADER_BYTES + len(ONE))
    assert second.offset + second.size < len(packed([ONE, TWO])) - SIGNATURE_BYTES


def test_an_index_that_is_not_compared_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The mutant believes where objects begin, and forgets to ask where they end."""
    real = packs._entries
    monkeypatch.setattr(packs, "_entries", lambda index, start: real(index, start)[:0])
    with pytest.raises((AssertionError, MalformedObject)):
        test_the_forger_can_also_write_what_fits()
