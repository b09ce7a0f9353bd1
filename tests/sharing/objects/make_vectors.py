"""The objects of the test vectors, each made from what its description says."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

import msgpack
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.sharing.objects import blobs, heads, packs, parts, plaintext, segment, vault_file
from app.sharing.objects.container import Header, seal_plaintext
from app.sharing.objects.heads import Head, PackTip, StreamTip
from app.sharing.objects.segment import Segment
from app.sharing.objects.tips import Tip
from tests.sharing.objects.logged import LoggedChange, gathered

Told = Mapping[str, Any]
raw = bytes.fromhex


def sign_of(told: Told) -> Callable[[bytes], bytes]:
    return Ed25519PrivateKey.from_private_bytes(raw(told["author_seed"])).sign


def header_of(told: Told) -> Header:
    """The header as it is described; fields that are not named are zero."""
    return Header(
        **{name: raw(value) if isinstance(value, str) else value for name, value in told["header"].items()}
    )


def value_of(told: Any) -> bytes | None:
    return None if told is None else msgpack.packb(told["is"])


def changes_of(told: Told) -> list[LoggedChange]:
    return [
        LoggedChange(
            raw(each["id"]),
            raw(each["record"]),
            each["type"],
            each["field"],
            each["kind"],
            value_of(each["value"]),
            (each["ms"] << 16) + each["counter"],
            raw(each["user"]),
            *(tuple(map(raw, each[name])) for name in ("seen", "known", "covers")),
        )
        for each in told["changes"]
    ]


def tips_of(told: Told) -> tuple[Tip, ...]:
    return tuple(Tip(raw(stream), sequence, raw(begin)) for stream, sequence, begin in told["tips"])


def segment_of(told: Told) -> Segment:
    return Segment(
        told["sealed_ms"], told["app"], told["schema"], gathered(changes_of(told)), tips=tips_of(told)
    )


def head_of(told: Told) -> Head:
    streams = (
        StreamTip(
            raw(stream),
            raw(compartment),
            next_sequence,
            raw(last),
            tuple(map(raw, newest)),
            tuple(PackTip(first, final, raw(own)) for first, final, own in of_packs),
        )
        for stream, compartment, next_sequence, last, newest, of_packs in told["streams"]
    )
    return Head(
        told["counter"],
        told["clock_ms"],
        told["app"],
        told["schema"],
        tuple(streams),
        tips_of(told),
        tuple(map(raw, told["key_log"])),
    )


def file_of(told: Told) -> bytes:
    """The file of a blob: a short text, again and again, of so many bytes."""
    text = told["file"].encode()
    size: int = told["size"]
    return (text * (size // len(text) + 1))[:size]


def sealed(told: Told, body: bytes) -> bytes:
    """The body in codec 0, which any program writes alike; a deflater may differ."""
    plain = plaintext.padded(plaintext.PLAIN, body)
    return seal_plaintext(header_of(told), plain, raw(told["epoch_key"]), sign_of(told))


def make_body(told: Told) -> bytes:
    return sealed(told, raw(told["body"]))


def make_deflated(told: Told) -> bytes:
    plain = plaintext.padded(plaintext.ZLIB, raw(told["deflated"]))
    return seal_plaintext(header_of(told), plain, raw(told["epoch_key"]), sign_of(told))


def make_segment(told: Told) -> bytes:
    return sealed(told, segment.encode(segment_of(told)))


def make_head(told: Told) -> bytes:
    return sealed(told, heads.encode(head_of(told)))


def make_pack(told: Told) -> bytes:
    objects = [packs.Enclosed.of(raw(each)) for each in told["objects"]]
    return b"".join(packs.packing(header_of(told), objects, sign_of(told)))


def make_blob(told: Told) -> bytes:
    file = file_of(told)
    sealing = blobs.sealing_blob(
        header_of(told), BytesIO(file), len(file), raw(told["blob_key"]), sign_of(told)
    )
    return b"".join(sealing)


def make_vault_file(told: Told) -> bytes:
    author = Ed25519PrivateKey.from_private_bytes(raw(told["author_seed"]))
    keys = tuple((suite, raw(key)) for suite, key in told["wrapping_keys"])
    file = vault_file.VaultFile(raw(told["header"]["vault"]), author.public_key().public_bytes_raw(), keys)
    return vault_file.make(file, raw(told["header"]["salt"]), author.sign)


def make_parts(told: Told) -> bytes:
    """All parts one after the other."""
    return b"".join(parts.split(BytesIO(raw(told["carried"])), raw(told["carry_id"]), told["part_bytes"]))


MAKE: Mapping[str, Callable[[Told], bytes]] = {
    "key-log-entry": make_body,
    "deflated": make_deflated,
    "segment": make_segment,
    "head": make_head,
    "pack": make_pack,
    "carry-file": make_pack,
    "carry-parts": make_parts,
    "blob": make_blob,
    "blob-of-two-chunks": make_blob,
    "vault-file": make_vault_file,
}


def made(name: str, told: Told) -> dict[str, Any]:
    """What the vector says of its object: all of it if it is short, else its hash alone."""
    data = MAKE[name](told)
    digest = hashlib.sha256(data).hexdigest()
    return {"sha256": digest, "bytes": len(data)} | ({"hex": data.hex()} if len(data) < 10_000 else {})
