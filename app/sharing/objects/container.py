"""The container that every object in the 置き場 has (design-sync 6.3; specification 2).

Acceptance goes in a fixed order, and nothing of the content is looked at before its author is proven:
`parse` compares length, magic, format, vault and name; `check_signature` the author; `open_body` decrypts.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.sharing.objects import plaintext
from app.sharing.objects.malformed import MalformedObject, NewerFormat

MAGIC: Final = b"\x89OSYN\r\n\x1a"
FORMAT: Final = 1
ID_BYTES: Final = 16
"""Of a vault, a device, a stream, an epoch."""
OBJECT_ID_BYTES: Final = 32
NAME_ID_BYTES: Final = 16
"""How much of an object's id its name carries."""
SALT_BYTES: Final = 32
KEY_BYTES: Final = 32
TAG_BYTES: Final = 16
SIGNATURE_BYTES: Final = 64
MOST_SEQUENCE: Final = (1 << 63) - 1
"""What every store can count to."""
MOST_HEADER_BYTES: Final = 0xFFFF
MOST_WHOLE_BYTES: Final = 40 << 20
"""Of an object that is read as a whole: the greatest body, its padding and its header."""

NO_ID: Final = bytes(ID_BYTES)
NO_OBJECT: Final = bytes(OBJECT_ID_BYTES)

_FIXED: Final = struct.Struct(">8sBBHIQ16s16s16sQ32s16s32s8s")
HEADER_BYTES: Final = _FIXED.size
LEAST_BYTES: Final = HEADER_BYTES + SIGNATURE_BYTES
_ONE_NONCE: Final = bytes(12)
_CONTEXT: Final = b"osy1"

Sign = Callable[[bytes], bytes]
"""An Ed25519 signature (64 bytes, RFC 8032) over the bytes it is given."""


class ObjectType(IntEnum):
    """What an object is; permanent numbers. A header may carry a number that only a newer program knows."""

    SEGMENT = 1
    KEY_LOG_ENTRY = 2
    HEAD = 3
    PACK = 4
    BLOB = 5
    JOIN_REQUEST = 6
    CARRY_FILE = 7
    VAULT_FILE = 8
    DEPOSIT = 9


@dataclass(frozen=True, slots=True)
class Header:
    """What whoever stores the object can see. All ids are bytes of a fixed length.

    `salt` is 32 fresh random bytes for every object: with it the key of the object is its own.
    """

    type: int
    vault: bytes
    device: bytes
    salt: bytes
    stream: bytes = NO_ID
    sequence: int = 0
    previous: bytes = NO_OBJECT
    epoch: bytes = NO_ID
    extensions: bytes = b""

    @property
    def size(self) -> int:
        """Bytes of the header with its extensions."""
        return HEADER_BYTES + len(self.extensions)

    def packed(self, content_bytes: int) -> bytes:
        """The header of an object with so long a content. Raises ValueError if a field does not fit."""
        for field, length in (
            (self.vault, ID_BYTES),
            (self.device, ID_BYTES),
            (self.stream, ID_BYTES),
            (self.previous, OBJECT_ID_BYTES),
            (self.epoch, ID_BYTES),
            (self.salt, SALT_BYTES),
        ):
            if len(field) != length:
                raise ValueError("an id or salt of another length")
        if self.size > MOST_HEADER_BYTES or not 0 <= self.sequence <= MOST_SEQUENCE:
            raise ValueError("extensions or a sequence number beyond the format")
        return (
            _FIXED.pack(
                MAGIC,
                FORMAT,
                self.type,
                self.size,
                0,
                self.size + content_bytes + SIGNATURE_BYTES,
                self.vault,
                self.device,
                self.stream,
                self.sequence,
                self.previous,
                self.epoch,
                self.salt,
                b"",
            )
            + self.extensions
        )


@dataclass(frozen=True, slots=True)
class SealedObject:
    """An object that is whole by its own account; who made it is known once `check_signature` has passed."""

    header: Header
    data: bytes
    id: bytes
    signed: bytes

    @property
    def content(self) -> bytes:
        """The bytes between header and signature, still as they lie there."""
        return self.data[self.header.size : -SIGNATURE_BYTES]

    def check_signature(self, author_key: bytes) -> None:
        """Raise MalformedObject unless the holder of this Ed25519 public key (32 bytes) made the object."""
        check_signature(author_key, self.signed, self.data[-SIGNATURE_BYTES:])

    def open_body(self, epoch_key: bytes, most_bytes: int = plaintext.MOST_BODY_BYTES) -> bytes:
        """Decrypt. Raises MalformedObject also when the key is another epoch's."""
        cipher = ChaCha20Poly1305(object_key(epoch_key, self.header))
        bound = self.data[: self.header.size]
        try:
            plain = cipher.decrypt(_ONE_NONCE, self.content, bound)
        except InvalidTag:
            raise MalformedObject("the content does not open") from None
        return plaintext.unwrap(plain, most_bytes)


def seal(header: Header, body: bytes, epoch_key: bytes, sign: Sign) -> bytes:
    """The complete object. Its header must never be used for another body: the salt makes the key."""
    return seal_plaintext(header, plaintext.wrap(body), epoch_key, sign)


def seal_plaintext(header: Header, plain: bytes, epoch_key: bytes, sign: Sign) -> bytes:
    """The complete object of a body that has its length, codec and padding already."""
    bound = header.packed(len(plain) + TAG_BYTES)
    return _signed(header, bound + _encrypted(header, bound, plain, epoch_key), sign)


def assemble(header: Header, content: bytes, sign: Sign) -> bytes:
    """The complete object of a content that needs no epoch key: public, or sealed in a way of its own."""
    return _signed(header, header.packed(len(content)) + content, sign)


def parse(data: bytes, vault: bytes, name_id: bytes | None = None) -> SealedObject:
    """Look at a whole object without opening it; `name_id` is what its name says its id begins with.

    Raises MalformedObject, or NewerFormat for an object that only needs a newer program.
    """
    if len(data) > MOST_WHOLE_BYTES:
        raise MalformedObject("more bytes than an object has")
    header = read_header(data[: MOST_HEADER_BYTES + 1], len(data), vault)
    hashed = sha256(memoryview(data)[:-SIGNATURE_BYTES])
    signed = signed_bytes(header.type, hashed.digest())
    hashed.update(data[-SIGNATURE_BYTES:])
    check_name(hashed.digest(), name_id)
    return SealedObject(header, data, hashed.digest(), signed)


def read_header(start: bytes, size: int, vault: bytes) -> Header:
    """The header of an object of `size` bytes, of which `start` are the first (64 KiB, or all of it)."""
    if len(start) < HEADER_BYTES or size < LEAST_BYTES:
        raise MalformedObject("shorter than any object")
    (magic, version, kind, header_bytes, zero, total, *ids, last) = _FIXED.unpack_from(start)
    own_vault, device, stream, sequence, previous, epoch, salt = ids
    if total != size:
        raise MalformedObject("not as long as it says")
    if magic != MAGIC:
        raise MalformedObject("does not begin like an object")
    if version != FORMAT:
        # The vault id lies at the same place in every format: what is not ours is not passed on.
        raise (NewerFormat if version > FORMAT and own_vault == vault else MalformedObject)(
            "of another format"
        )
    if own_vault != vault:
        raise MalformedObject("of another vault")
    fits = HEADER_BYTES <= header_bytes <= size - SIGNATURE_BYTES and sequence <= MOST_SEQUENCE
    if not fits or zero or last != bytes(8):
        raise MalformedObject("a header that contradicts itself")
    extensions = start[HEADER_BYTES:header_bytes]
    return Header(kind, vault, device, salt, stream, sequence, previous, epoch, extensions)


def check_name(object_id: bytes, name_id: bytes | None) -> None:
    """Raise MalformedObject if the name promises another object."""
    if name_id is not None and object_id[: len(name_id)] != name_id:
        raise MalformedObject("not the object of its name")


def check_signature(author_key: bytes, signed: bytes, signature: bytes) -> None:
    """Raise MalformedObject unless the signature over `signed_bytes` is this author's."""
    try:
        Ed25519PublicKey.from_public_bytes(author_key).verify(signature, signed)
    except (InvalidSignature, ValueError):
        raise MalformedObject("not signed by its author") from None


def signed_bytes(kind: int, digest: bytes) -> bytes:
    """What the author signs: the context, the type, and the hash of all bytes before the signature."""
    return _CONTEXT + bytes((kind,)) + digest


def object_key(epoch_key: bytes, header: Header) -> bytes:
    """The key of this one object: HKDF-SHA-256 (RFC 5869) of the epoch's key under the object's salt."""
    if len(epoch_key) != KEY_BYTES:
        raise ValueError("an epoch key has 32 bytes")
    purpose = _CONTEXT + b" object" + bytes((header.type,))
    return HKDF(SHA256(), KEY_BYTES, header.salt, purpose).derive(epoch_key)


def _encrypted(header: Header, bound: bytes, plain: bytes, epoch_key: bytes) -> bytes:
    return ChaCha20Poly1305(object_key(epoch_key, header)).encrypt(_ONE_NONCE, plain, bound)


def _signed(header: Header, before: bytes, sign: Sign) -> bytes:
    return before + sign(signed_bytes(header.type, sha256(before).digest()))
