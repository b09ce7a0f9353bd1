from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sharing.objects import blobs
from app.sharing.objects.blobs import blob_chunks, blob_size, open_blob, sealing_blob
from app.sharing.objects.container import HEADER_BYTES, SIGNATURE_BYTES, TAG_BYTES, ObjectType, assemble
from app.sharing.objects.large import LargeObject
from app.sharing.objects.malformed import MalformedObject
from tests.sharing.objects.factories import AUTHOR, AUTHOR_KEY, STRANGER_KEY, VAULT, drawn, header

KEY, OTHER_KEY = drawn(32, "blob key"), drawn(32, "other blob key")
HEADER = header(ObjectType.BLOB)
CHUNK = 64


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blobs, "CHUNK_BYTES", CHUNK)
    monkeypatch.setattr(blobs, "_SEALED_BYTES", CHUNK + TAG_BYTES)


def sealed(content: bytes) -> bytes:
    return b"".join(sealing_blob(HEADER, BytesIO(content), len(content), KEY, AUTHOR.sign))


def opened(data: bytes) -> LargeObject:
    blob = open_blob(BytesIO(data), VAULT)
    blob.check_signature(AUTHOR_KEY)
    return blob


def content(blob: LargeObject, key: bytes = KEY, first: int = 0) -> bytes:
    return b"".join(blob_chunks(blob, key, first))


SIZES = st.integers(0, 5 * CHUNK) | st.sampled_from([0, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK])


@given(SIZES)
def test_a_file_comes_back(size: int) -> None:
    blob = opened(sealed(drawn(size, "file")))
    assert blob_size(blob) == size
    assert content(blob) == drawn(size, "file")


@given(SIZES, st.integers(0, 5))
def test_a_file_can_be_read_from_any_chunk_on(size: int, first: int) -> None:
    assert content(opened(sealed(drawn(size, "file"))), first=first) == drawn(size, "file")[first * CHUNK :]


@given(st.integers(1, 4 * CHUNK), st.data())
def test_no_bit_may_flip_and_no_byte_be_missing(size: int, data: st.DataObject) -> None:
    whole = bytearray(sealed(drawn(size, "file")))
    with pytest.raises(MalformedObject):
        opened(bytes(whole[: data.draw(st.integers(0, len(whole) - 1))]))
    bit = data.draw(st.integers(0, len(whole) * 8 - 1))
    whole[bit // 8] ^= 1 << bit % 8
    with pytest.raises(MalformedObject):
        opened(bytes(whole))


STEP = CHUNK + TAG_BYTES


def resigned(*chunks: bytes) -> LargeObject:
    """What an author may sign who does not hold the key; of another length, so under another header."""
    return opened(assemble(HEADER, b"".join(chunks), AUTHOR.sign))


def chunks_of(data: bytes) -> list[bytes]:
    inner = data[HEADER_BYTES:-SIGNATURE_BYTES]
    return [inner[at : at + STEP] for at in range(0, len(inner), STEP)]


def check_place(order: tuple[int, ...]) -> None:
    """Raise MalformedObject unless the chunks are in this order; the header stays that of four chunks."""
    chunks = chunks_of(sealed(drawn(4 * CHUNK, "file")))
    content(resigned(*(chunks[number] for number in order)))


def test_chunks_in_order_are_read() -> None:
    check_place((0, 1, 2, 3))


@pytest.mark.parametrize("order", [(1, 0, 2, 3), (0, 1, 1, 3), (0, 1, 3, 2), (3, 1, 2, 0)])
def test_chunks_out_of_order_are_refused(order: tuple[int, ...]) -> None:
    with pytest.raises(MalformedObject, match="chunk"):
        check_place(order)


def test_what_comes_before_a_wrong_chunk_has_been_proven() -> None:
    chunks = chunks_of(sealed(drawn(4 * CHUNK, "file")))
    read = blob_chunks(resigned(chunks[0], chunks[1], chunks[3], chunks[2]), KEY)
    assert next(read) + next(read) == drawn(2 * CHUNK, "file")
    with pytest.raises(MalformedObject):
        next(read)


def test_the_last_chunk_alone_knows_that_it_is_the_last() -> None:
    """So a cut between chunks would be found even if the header said nothing of the length."""
    chunks = chunks_of(sealed(drawn(4 * CHUNK, "file")))
    cipher = blobs.ChaCha20Poly1305(KEY)
    header_of_four = HEADER.packed(4 * STEP)
    assert cipher.decrypt(blobs._nonce(2, 4 * CHUNK), chunks[2], header_of_four)
    with pytest.raises(blobs.InvalidTag):
        cipher.decrypt(blobs._nonce(2, 3 * CHUNK), chunks[2], header_of_four)


def test_the_mark_of_the_last_chunk_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blobs, "_nonce", lambda number, size: number.to_bytes(12))
    with pytest.raises(pytest.fail.Exception):
        test_the_last_chunk_alone_knows_that_it_is_the_last()


def test_nonces_that_do_not_count_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blobs, "_nonce", lambda number, size: bytes(12))
    with pytest.raises(pytest.fail.Exception):
        test_chunks_out_of_order_are_refused((1, 0, 2, 3))


@pytest.mark.parametrize("length", [0, TAG_BYTES - 1, STEP + TAG_BYTES, STEP + 1])
def test_a_length_that_is_not_whole_chunks_is_refused(length: int) -> None:
    with pytest.raises(MalformedObject):
        content(opened(assemble(HEADER, bytes(length), AUTHOR.sign)))


def test_missing_content_is_never_an_empty_file() -> None:
    assert len(chunks_of(sealed(b""))) == 1
    with pytest.raises(MalformedObject, match="whole chunks"):
        content(opened(assemble(HEADER, b"", AUTHOR.sign)))


def test_another_key_opens_nothing() -> None:
    with pytest.raises(MalformedObject, match="chunk"):
        content(opened(sealed(b"photo")), OTHER_KEY)


def test_another_author_is_refused() -> None:
    with pytest.raises(MalformedObject, match="signed"):
        open_blob(BytesIO(sealed(b"photo")), VAULT).check_signature(STRANGER_KEY)


@pytest.mark.parametrize("size", [99, 101])
def test_a_file_that_changes_while_it_is_sealed_is_told(size: int) -> None:
    with pytest.raises(ValueError, match="not as long"):
        b"".join(sealing_blob(HEADER, BytesIO(bytes(100)), size, KEY, AUTHOR.sign))


def test_nonces_are_those_of_the_specification() -> None:
    assert blobs._nonce(0, 1) == bytes(11) + b"\1"
    assert blobs._nonce(258, 300 * CHUNK) == bytes(9) + b"\1\2\0"


def test_another_object_is_no_blob() -> None:
    with pytest.raises(MalformedObject, match="type"):
        opened(assemble(header(ObjectType.SEGMENT), bytes(99), AUTHOR.sign))
