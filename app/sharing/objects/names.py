"""Where an object lies in the 置き場, and what a name there says (design-sync 6.2; specification 3).

A name is a hint: readers take any object under any name, and only compare the id if the name has one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from app.sharing.objects.container import NAME_ID_BYTES, Header, ObjectType

VAULT_FILE: Final = "vault.osy"
DIRECTORIES: Final = ("k", "j", "h", "s", "p", "b", "d")
_BUCKET: Final = 1000
_STREAM_BYTES: Final = 4

_PATHS: Final = {
    ObjectType.VAULT_FILE: VAULT_FILE,
    ObjectType.KEY_LOG_ENTRY: "k/{id}.osy",
    ObjectType.JOIN_REQUEST: "j/{id}.osy",
    ObjectType.HEAD: "h/{device}.osy",
    ObjectType.SEGMENT: "s/{device}/{bucket}/{stream}-{first}-{id}.osy",
    ObjectType.PACK: "p/{device}/{first}-{last}-{id}.osy",
    ObjectType.BLOB: "b/{id2}/{id}.osy",
    ObjectType.DEPOSIT: "d/{id}.osy",
}
_PARTS: Final = {
    "{id}": "(?P<id>[0-9a-f]{32})",
    "{id2}": "[0-9a-f]{2}",
    "{device}": "(?P<device>[0-9a-f]{32})",
    "{bucket}": "[0-9]{5,17}",
    "{stream}": "(?P<stream>[0-9a-f]{8})",
    "{first}": "(?P<first>[0-9]{8,20})",
    "{last}": "(?P<last>[0-9]{8,20})",
}
_PATTERNS: Final = {
    kind: re.compile(
        "".join(_PARTS.get(piece) or re.escape(piece) for piece in re.split(r"(\{\w+\})", path)), re.ASCII
    )
    for kind, path in _PATHS.items()
}


@dataclass(frozen=True, slots=True)
class Name:
    """What a name says; parts that names of its type do not have are None.

    `id` are the first 16 bytes of the object's id, `stream` the first 4 of the stream's. `first` is the
    sequence number of a segment, `first` and `last` the least and greatest of those in a pack.
    """

    type: ObjectType
    device: bytes | None = None
    stream: bytes | None = None
    first: int | None = None
    last: int | None = None
    id: bytes | None = None

    @property
    def path(self) -> str:
        """The name below the root of the place, with `/` between directories."""
        own, first = _hex(self.id), self.first or 0
        return _PATHS[self.type].format(
            id=own,
            id2=own[:2],
            device=_hex(self.device),
            bucket=bucket(first),
            stream=_hex(self.stream),
            first=f"{first:08}",
            last=f"{self.last or 0:08}",
        )


def name_of(header: Header, object_id: bytes) -> Name:
    """The name of any object but a pack, whose numbers its content gives."""
    own = object_id[:NAME_ID_BYTES]
    match header.type:
        case ObjectType.VAULT_FILE:
            return Name(ObjectType.VAULT_FILE)
        case ObjectType.HEAD:
            return Name(ObjectType.HEAD, device=header.device)
        case ObjectType.SEGMENT:
            stream = header.stream[:_STREAM_BYTES]
            return Name(ObjectType.SEGMENT, header.device, stream, header.sequence, id=own)
        case ObjectType.KEY_LOG_ENTRY | ObjectType.JOIN_REQUEST | ObjectType.BLOB | ObjectType.DEPOSIT:
            return Name(ObjectType(header.type), id=own)
    raise ValueError("not named by its header")


def pack_name(device: bytes, first: int, last: int, object_id: bytes) -> Name:
    """The name of a pack of segments with sequence numbers from `first` to `last`."""
    return Name(ObjectType.PACK, device, None, first, last, object_id[:NAME_ID_BYTES])


def read_name(path: str) -> Name | None:
    """What the path says; None for any other name, under which an object may lie nevertheless."""
    for kind, pattern in _PATTERNS.items():
        if found := pattern.fullmatch(path):
            return Name(kind, **{part: _value(part, text) for part, text in found.groupdict().items()})
    return None


def is_worth_reading(path: str) -> bool:
    """Whether an object may lie there: below a known directory or the vault file, and not half written."""
    directory, slash, _ = path.partition("/")
    return path == VAULT_FILE or (bool(slash) and directory in DIRECTORIES and not path.endswith(".tmp"))


def bucket(sequence: int) -> str:
    """The directory that a segment of this number lies in: a thousand of them to each."""
    return f"{sequence // _BUCKET:05}"


def _hex(raw: bytes | None) -> str:
    return (raw or b"").hex()


def _value(part: str, text: str) -> Any:
    return int(text) if part in {"first", "last"} else bytes.fromhex(text)
