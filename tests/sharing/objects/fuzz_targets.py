"""What the parsers of objects are fed: each takes any bytes, and may raise nothing but MalformedObject.

A target goes past what chance would never hit, a length or a hash, by making it right first. What a parser
accepts must also come out the same when it is written and read again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from app.sharing.objects import blobs, heads, names, packs, parts, plaintext, segment, vault_file
from app.sharing.objects.container import LEAST_BYTES, ObjectType, assemble, parse
from tests.sharing.objects.factories import AUTHOR, EPOCH_KEY, VAULT, header

CORPUS = Path(__file__).parent / "corpus"
_MOST_INFLATED = 1 << 20


def container(data: bytes) -> None:
    """Any bytes as an object, the length in it made right."""
    whole = data[:16] + len(data).to_bytes(8) + data[24:] if len(data) >= LEAST_BYTES else data
    parsed = parse(whole, VAULT)
    assert parsed.header.packed(len(parsed.content)) + parsed.content + whole[-64:] == whole


def sealed_body(data: bytes) -> None:
    """Any bytes as what was encrypted."""
    assert len(plaintext.unwrap(data, _MOST_INFLATED)) <= _MOST_INFLATED


def segment_body(data: bytes) -> None:
    """Any bytes as the body of a segment."""
    read = segment.decode(data)
    assert segment.decode(segment.encode(read)) == read


def head_body(data: bytes) -> None:
    """Any bytes as the body of a head."""
    read = heads.decode(data)
    again = heads.decode(heads.encode(read))
    assert (again.counter, again.tips, again.key_log) == (read.counter, read.tips, read.key_log)


def pack(data: bytes) -> None:
    """Any bytes between the header and the signature of a pack."""
    opened = packs.open_pack(BytesIO(assemble(header(ObjectType.PACK), data, _not_signed)), VAULT)
    for entry in packs.entries(opened):
        packs.read_entry(opened, entry)


def carry_part(data: bytes) -> None:
    """Any bytes as a part, its hash made right."""
    front = parts.PART_HEADER_BYTES
    whole = data[: front - 32] + sha256(data[front:]).digest() + data[front:] if len(data) >= front else data
    assert b"".join(parts.join([BytesIO(whole), BytesIO(whole)])) == whole[front:]


def blob(data: bytes) -> None:
    """Any bytes between the header and the signature of a blob."""
    opened = blobs.open_blob(BytesIO(assemble(header(ObjectType.BLOB), data, _not_signed)), VAULT)
    assert blobs.blob_size(opened) < max(len(data), 1)
    for chunk in blobs.blob_chunks(opened, EPOCH_KEY):
        assert len(chunk) <= blobs.CHUNK_BYTES


def vault(data: bytes) -> None:
    """Any bytes as the content of a vault file."""
    whole = assemble(header(ObjectType.VAULT_FILE), data, AUTHOR.sign)
    read = vault_file.read(whole)
    assert vault_file.read(vault_file.make(read, bytes(32), AUTHOR.sign)) == read


def name(data: bytes) -> None:
    """Any text as a name in a place."""
    path = data.decode(errors="replace")
    found = names.read_name(path)
    assert found is None or (names.is_worth_reading(path) and names.read_name(found.path) == found)


def _not_signed(_: bytes) -> bytes:
    return bytes(64)


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "container": container,
    "sealed-body": sealed_body,
    "segment-body": segment_body,
    "head-body": head_body,
    "pack": pack,
    "carry-part": carry_part,
    "blob": blob,
    "vault-file": vault,
    "name": name,
}
