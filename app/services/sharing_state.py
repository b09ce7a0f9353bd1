"""What a store keeps of its team, in markers, never shared: identity and keys, and notes between rounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from app.bootstrap import DEVICE
from app.sharing.membership.keys import PrivateKeys, PublicKeys
from db.base import Connection
from db.store import read_marker, write_marker

_IDENTITY, _NOTES = "sharing", "sharing_notes"


@dataclass(frozen=True, slots=True)
class TeamIdentity:
    """The vault, its root, this device's keys, and the address of the 置き場.

    `vault` is the id of the team. `vault_file` and, until the team has admitted this device, `request` are
    whole objects to be put again where the 置き場 lost them. `invitations` are those that this device gave.
    """

    vault: bytes
    root: PublicKeys
    keys: PrivateKeys = field(repr=False)
    address: str
    vault_file: bytes = field(repr=False)
    request: bytes = field(default=b"", repr=False)
    digits: str = ""
    invitations: tuple[str, ...] = field(default=(), repr=False)

    @property
    def device(self) -> bytes:
        """The id of this device in the team."""
        return self.keys.public.device_id


@dataclass(frozen=True, slots=True)
class RoundNotes:
    """What the next round goes on from; losing it costs only work.

    `head` is the counter of the last own head, `head_id` its object, `said` a digest of what it said.
    `seen` has the mark of each head that was dealt with. `looked_through_ms` is when the whole place was last
    listed, `due`, by its number, when another's object is to be healed, `checked` the number of the object
    that was last read back, `tidied_ms` when it was last looked whether segments need not lie loose any more,
    `program` is the version that last tried what newer ones made, and `newer` are names of objects that it
    need not fetch again. `gap_since_ms` is since when keys are missing that this administrator leaves to more
    senior ones, else 0.
    """

    head: int = 0
    head_id: bytes = b""
    said: bytes = b""
    seen: Mapping[str, str] = field(default_factory=dict)
    looked_through_ms: int = 0
    due: Mapping[str, int] = field(default_factory=dict)
    checked: int = 0
    tidied_ms: int = 0
    gap_since_ms: int = 0
    program: str = ""
    newer: tuple[str, ...] = ()


def read_identity(connection: Connection) -> TeamIdentity | None:
    """The team of this store, None as long as it shares with nobody."""
    kept: Any = read_marker(connection, _IDENTITY)
    if kept is None:
        return None
    return TeamIdentity(
        kept["vault"],
        PublicKeys.from_raw(kept["root"]),
        PrivateKeys.from_raw(kept["keys"]),
        kept["address"],
        kept["vault_file"],
        kept["request"],
        kept["digits"],
        tuple(kept["invitations"]),
    )


def write_identity(connection: Connection, identity: TeamIdentity | None) -> None:
    """Keep it, together with the device id that changes are written under."""
    if identity is None:
        write_marker(connection, _IDENTITY, None)
        return
    kept = {
        "vault": identity.vault,
        "root": identity.root.raw,
        "keys": identity.keys.raw,
        "address": identity.address,
        "vault_file": identity.vault_file,
        "request": identity.request,
        "digits": identity.digits,
        "invitations": list(identity.invitations),
    }
    write_marker(connection, _IDENTITY, kept)
    write_marker(connection, DEVICE, str(UUID(bytes=identity.device)))


def read_notes(connection: Connection) -> RoundNotes:
    """Notes of the round before."""
    kept: Any = read_marker(connection, _NOTES)
    return RoundNotes(**{**kept, "newer": tuple(kept.get("newer", ()))}) if kept else RoundNotes()


def write_notes(connection: Connection, notes: RoundNotes) -> None:
    """Keep notes for the next round."""
    write_marker(connection, _NOTES, asdict(notes))
