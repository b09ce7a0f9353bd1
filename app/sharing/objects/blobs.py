"""Blobs: one file in sealed chunks, written and read a chunk at a time (design-sync 7.1; specification 9).

The chunks are those of the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015): the number of a
chunk and whether it is the last are its nonce, so none can be left out, moved, or cut off at the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from app.sharing.objects.container import TAG_BYTES, Header, ObjectType, Sign, signed_bytes
from app.sharing.objects.large import LargeObject, parse_large
from app.sharing.objects.malformed import MalformedObject
from app.sharing.objects.pieces import read_at

CHUNK_BYTES: Final = 1 << 20
_SEALED_BYTES: Final = CHUNK_BYTES + TAG_BYTES
_NUMBER_BYTES: Final = 11
_BLOBS: Final = frozenset((ObjectType.BLOB,))


def sealing_blob(header: Header, source: BinaryIO, size: int, blob_key: bytes, sign: Sign) -> Iterator[bytes]:
    """The blob of a file of `size` bytes, in pieces to be written one after the other.

    `blob_key` are 32 random bytes for this blob only. Raises ValueError, after which what was written is
    worthless, if the file is not as long as it was.
    """
    bound = header.packed(size + _chunks(size) * TAG_BYTES)
    hashed = sha256(bound)
    yield bound
    for sealed in _sealed(ChaCha20Poly1305(blob_key), bound, source, size):
        hashed.update(sealed)
        yield sealed
    yield sign(signed_bytes(header.type, hashed.digest()))


def open_blob(source: BinaryIO, vault: bytes, name_id: bytes | None = None) -> LargeObject:
    """A blob in an open file, looked at in the order of acceptance."""
    return parse_large(source, vault, _BLOBS, name_id)


def blob_size(blob: LargeObject) -> int:
    """Bytes of the file that the blob is of. Raises MalformedObject if it has no such length."""
    sealed = blob.content_end - blob.header.size
    chunks = -(-sealed // _SEALED_BYTES)
    size = sealed - chunks * TAG_BYTES
    if size < 0 or _chunks(size) != chunks:
        raise MalformedObject("not whole chunks")
    return size


def blob_chunks(blob: LargeObject, blob_key: bytes, first: int = 0) -> Iterator[bytes]:
    """The file from chunk `first` on, a MiB at a time; an empty file is one empty chunk.

    Each chunk is proven when it comes. Raises MalformedObject at the first that is not the one of its place.
    """
    cipher = ChaCha20Poly1305(blob_key)
    bound = read_at(blob.source, 0, blob.header.size)
    size = blob_size(blob)
    for number in range(first, _chunks(size)):
        start = blob.header.size + number * _SEALED_BYTES
        sealed = read_at(blob.source, start, min(_SEALED_BYTES, blob.content_end - start))
        try:
            yield cipher.decrypt(_nonce(number, size), sealed, bound)
        except InvalidTag:
            raise MalformedObject("a chunk that is not the one of its place") from None


def _sealed(cipher: ChaCha20Poly1305, bound: bytes, source: BinaryIO, size: int) -> Iterator[bytes]:
    for number in range(_chunks(size)):
        wanted = min(CHUNK_BYTES, size - number * CHUNK_BYTES)
        chunk = source.read(wanted)
        if len(chunk) != wanted:
            raise ValueError("a file that is not as long as it was")
        yield cipher.encrypt(_nonce(number, size), chunk, bound)
    if source.read(1):
        raise ValueError("a file that is not as long as it was")


def _chunks(size: int) -> int:
    return max(1, -(-size // CHUNK_BYTES))


def _nonce(number: int, size: int) -> bytes:
    is_last = number == _chunks(size) - 1
    return number.to_bytes(_NUMBER_BYTES) + bytes((is_last,))
