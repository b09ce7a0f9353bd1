"""Record ids that follow from what the record is, so that every device makes the same one."""

from __future__ import annotations

from hashlib import sha256
from uuid import UUID

ID_BYTES = 16


def master_id(kind: str, code: str) -> bytes:
    """The id of a master entry (`kind` such as "prompt", and its fixed code), 16 bytes.

    Master entries ship with the program; only edits of them are changes, and those need an id to stand on.
    """
    return sha256(b"master\x00" + kind.encode() + b"\x00" + code.encode()).digest()[:ID_BYTES]


def link_id(left: bytes, kind: str, right: bytes) -> bytes:
    """The id of the record that links two others, 16 bytes. Raises ValueError for ids of another length.

    Two people who set the same link offline make one record. The ids' fixed length keeps the parts apart.
    """
    if len(left) != ID_BYTES or len(right) != ID_BYTES:
        raise ValueError("a link joins two record ids of 16 bytes")
    return sha256(b"link" + left + kind.encode() + right).digest()[:ID_BYTES]


def dependent_id(owner_id: str, kind: str, code: str = "") -> str:
    """The id, as text, of a record of which its owner has one for each kind and code.

    Two devices that make it offline make the same one: an answer to an intake question, the plan of a year.
    """
    digest = sha256(
        b"dependent\x00" + UUID(owner_id).bytes + kind.encode() + b"\x00" + code.encode()
    ).digest()
    return str(UUID(bytes=digest[:ID_BYTES]))
