"""Objects that may be too large to hold: packs, carry files, blobs, verified where they lie."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import BinaryIO

from app.sharing.objects.container import (
    MOST_HEADER_BYTES,
    SIGNATURE_BYTES,
    Header,
    check_name,
    check_signature,
    read_header,
    signed_bytes,
)
from app.sharing.objects.malformed import MalformedObject
from app.sharing.objects.pieces import pieces, read_at, size_of


@dataclass(frozen=True, slots=True)
class LargeObject:
    """An object in a file that stays open while it is read; whole by its own account, as `parse` says it."""

    header: Header
    id: bytes
    signed: bytes
    source: BinaryIO
    size: int

    @property
    def content_end(self) -> int:
        """Where the signature begins."""
        return self.size - SIGNATURE_BYTES

    def check_signature(self, author_key: bytes) -> None:
        """Raise MalformedObject unless the holder of this Ed25519 public key (32 bytes) made the object."""
        check_signature(author_key, self.signed, read_at(self.source, self.content_end, SIGNATURE_BYTES))


def parse_large(
    source: BinaryIO, vault: bytes, kinds: frozenset[int], name_id: bytes | None = None
) -> LargeObject:
    """Look at an object of one of these types in an open file, in the order of acceptance."""
    size = size_of(source)
    start = read_at(source, 0, min(size, MOST_HEADER_BYTES + 1))
    header = read_header(start, size, vault)
    if header.type not in kinds:
        raise MalformedObject("an object of another type")
    hashed = sha256()
    for piece in pieces(source, 0, size - SIGNATURE_BYTES):
        hashed.update(piece)
    signed = signed_bytes(header.type, hashed.digest())
    hashed.update(read_at(source, size - SIGNATURE_BYTES, SIGNATURE_BYTES))
    check_name(hashed.digest(), name_id)
    return LargeObject(header, hashed.digest(), signed, source, size)
