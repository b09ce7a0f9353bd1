"""The vectors of `build_spec/specification/objects.md`, both ways: made again, and read."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.sharing.objects import blobs, heads, packs, parts, segment, vault_file
from app.sharing.objects.container import SealedObject, parse
from tests.sharing.objects.changes import listed
from tests.sharing.objects.make_vectors import (
    MAKE,
    Told,
    changes_of,
    file_of,
    head_of,
    header_of,
    made,
    raw,
    segment_of,
)


def vector(name: str) -> tuple[Told, dict[str, Any]]:
    kept = json.loads((files("tests.sharing.objects") / "vectors" / f"{name}.json").read_text("utf-8"))
    return kept["told"], kept["made"]


def test_every_vector_is_there_and_is_looked_at() -> None:
    kept = {each.name for each in (files("tests.sharing.objects") / "vectors").iterdir()}
    assert kept == {f"{name}.json" for name in MAKE}
    assert MAKE.keys() == READ.keys()


@pytest.mark.parametrize("name", MAKE)
def test_the_same_description_makes_the_same_bytes(name: str) -> None:
    told, kept = vector(name)
    assert made(name, told) == kept


@pytest.mark.parametrize("name", MAKE)
def test_the_bytes_say_what_was_described(name: str) -> None:
    told, kept = vector(name)
    data = raw(kept["hex"]) if "hex" in kept else MAKE[name](told)
    assert READ[name](told, data)


def author_of(told: Told) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(raw(told["author_seed"])).public_key().public_bytes_raw()


def accepted(told: Told, data: bytes) -> SealedObject:
    """Look at the container, and compare all of its header."""
    parsed = parse(data, raw(told["header"]["vault"]))
    parsed.check_signature(author_of(told))
    assert parsed.header == header_of(told)
    return parsed


def opened(told: Told, data: bytes) -> bytes:
    return accepted(told, data).open_body(raw(told["epoch_key"]))


def reads_body(told: Told, data: bytes) -> bool:
    return opened(told, data) == raw(told["body"])


def reads_segment(told: Told, data: bytes) -> bool:
    read = segment.decode(opened(told, data))
    return read == segment_of(told) and listed(read.changes) == changes_of(told)


def reads_head(told: Told, data: bytes) -> bool:
    return heads.decode(opened(told, data)) == head_of(told)


def reads_pack(told: Told, data: bytes) -> bool:
    accepted(told, data)
    pack = packs.open_pack(BytesIO(data), raw(told["header"]["vault"]))
    held = [packs.read_entry(pack, entry).hex() for entry in packs.entries(pack)]
    return held == told["objects"]


def reads_blob(told: Told, data: bytes) -> bool:
    accepted(told, data)
    blob = blobs.open_blob(BytesIO(data), raw(told["header"]["vault"]))
    return b"".join(blobs.blob_chunks(blob, raw(told["blob_key"]))) == file_of(told)


def reads_vault_file(told: Told, data: bytes) -> bool:
    accepted(told, data)
    read = vault_file.read(data)
    return [[suite, key.hex()] for suite, key in read.wrapping_keys] == told["wrapping_keys"]


def reads_parts(told: Told, data: bytes) -> bool:
    size = told["part_bytes"]
    sources = [BytesIO(data[at : at + size]) for at in range(0, len(data), size)]
    assert all(parts.read_part(source).carry_id == raw(told["carry_id"]) for source in sources)
    return b"".join(parts.join(reversed(sources))) == raw(told["carried"])


READ: dict[str, Callable[[Told, bytes], bool]] = {
    "key-log-entry": reads_body,
    "deflated": reads_body,
    "segment": reads_segment,
    "head": reads_head,
    "pack": reads_pack,
    "carry-file": reads_pack,
    "carry-parts": reads_parts,
    "blob": reads_blob,
    "blob-of-two-chunks": reads_blob,
    "vault-file": reads_vault_file,
}


@pytest.mark.parametrize("name", MAKE)
def test_the_specification_names_the_vector(name: str) -> None:
    page = Path(__file__).parents[3] / "build_spec" / "specification" / "objects.md"
    _, kept = vector(name)
    assert f"| {name} | {kept['bytes']:,} | `{kept['sha256'][:16]}` |" in page.read_text("utf-8")
