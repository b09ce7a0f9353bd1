"""What an entry of the key log does: one frozen class for each kind of act (design-sync 8.3).

The numbers of kinds and roles are permanent. An act that only a newer program knows is kept as it came.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

from app.sharing.membership.epochs import NO_OLDER_KEYS, EpochName, OlderKeys
from app.sharing.membership.keys import PublicKeys
from app.sharing.membership.names import ID_BYTES
from app.sharing.membership.wraps import Wrap


class Role(IntEnum):
    """What a device may do; a smaller number may do more. A role of a newer program reads as 閲覧."""

    ADMINISTRATOR = 1
    """管理者: people and keys."""
    MEMBER = 2
    """チーム員: work."""
    VIEWER = 3
    """閲覧: reads, and may give a stop notice."""

    @classmethod
    def _missing_(cls, value: object) -> Role | None:
        return cls.VIEWER if isinstance(value, int) else None


class Kind(IntEnum):
    """Number of an act in the bytes of an entry."""

    ADD = 1
    STOP = 2
    LIFT = 3
    REMOVE = 4
    LEAVE = 5
    SET_ROLE = 6
    CREATE_COMPARTMENT = 7
    GRANT = 8
    WITHDRAW = 9
    NEW_EPOCH = 10
    SHARE_EPOCH = 11
    CARRY = 12
    ACCEPT = 13
    ENDORSE_ROOT = 14
    DECLINE = 15
    REQUIRE = 16


NO_INVITATION: Final = bytes(ID_BYTES)


@dataclass(frozen=True, slots=True)
class CutMark:
    """The last accepted object of one stream: what hangs before it counts, what follows is quarantined."""

    stream: bytes
    object_id: bytes


@dataclass(frozen=True, slots=True)
class Add:
    """Admit a device. `name` is what people call it and its user, as the joiner wrote it."""

    public: PublicKeys
    user: bytes
    role: Role
    name: str
    invitation: bytes = NO_INVITATION

    @property
    def device(self) -> bytes:
        """The id that follows from the keys."""
        return self.public.device_id


@dataclass(frozen=True, slots=True)
class Stop:
    """Suspend a device at once, by any member: it is lost, or behaves strangely. `reason` is for people."""

    device: bytes
    cuts: tuple[CutMark, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Lift:
    """End the stop notices for a device that this entry's author knew."""

    device: bytes


@dataclass(frozen=True, slots=True)
class Remove:
    """Remove a device, or a root by one more senior, for ever. Confirms a stop notice."""

    device: bytes
    cuts: tuple[CutMark, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Leave:
    """The author's own device is no longer one of the team; what hangs before `cuts` goes on to count."""

    cuts: tuple[CutMark, ...] = ()


@dataclass(frozen=True, slots=True)
class SetRole:
    """Change what a device may do. `cuts` bound the work of a device that becomes 閲覧."""

    device: bytes
    role: Role
    cuts: tuple[CutMark, ...] = ()


@dataclass(frozen=True, slots=True)
class CreateCompartment:
    """A company with keys of its own, and the users who hold them from the start."""

    compartment: bytes
    users: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Grant:
    """Let a user into a company."""

    compartment: bytes
    user: bytes


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Take a company from a user. `cuts` bound the work of the user's devices in it."""

    compartment: bytes
    user: bytes
    cuts: tuple[CutMark, ...] = ()


@dataclass(frozen=True, slots=True)
class NewEpoch:
    """A new key for a compartment, wrapped to everybody who may have it, with the older keys under it."""

    compartment: bytes
    epoch: bytes
    wraps: tuple[Wrap, ...]
    older: OlderKeys = NO_OLDER_KEYS

    @property
    def epoch_name(self) -> EpochName:
        """Compartment and epoch id."""
        return self.compartment, self.epoch


@dataclass(frozen=True, slots=True)
class ShareEpoch:
    """An epoch's key for further devices."""

    compartment: bytes
    epoch: bytes
    wraps: tuple[Wrap, ...]

    @property
    def epoch_name(self) -> EpochName:
        """Compartment and epoch id."""
        return self.compartment, self.epoch


@dataclass(frozen=True, slots=True)
class Carry:
    """Older keys for the holders of an epoch that did not carry them from the start."""

    compartment: bytes
    epoch: bytes
    older: OlderKeys

    @property
    def epoch_name(self) -> EpochName:
        """Compartment and epoch id."""
        return self.compartment, self.epoch


@dataclass(frozen=True, slots=True)
class Accept:
    """Take quarantined objects, or deposits, in after all."""

    objects: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Decline:
    """Leave quarantined objects, or deposits, out: they were looked at, and may still be accepted."""

    objects: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Require:
    """The least schema of a program that may send (design-sync 9). It never falls again.

    `app` is the version that its author knows to have that schema, for people.
    """

    schema: int
    app: str = ""


@dataclass(frozen=True, slots=True)
class EndorseRoot:
    """Vouch for a new recovery sheet."""

    public: PublicKeys


@dataclass(frozen=True, slots=True)
class Unknown:
    """An act of a newer program: without effect here; the team is told that a newer version is needed."""

    kind: int
    payload: bytes = field(repr=False)


Act = (
    Add
    | Stop
    | Lift
    | Remove
    | Leave
    | SetRole
    | CreateCompartment
    | Grant
    | Withdraw
    | NewEpoch
    | ShareEpoch
    | Carry
    | Accept
    | Decline
    | Require
    | EndorseRoot
    | Unknown
)
