"""What the key log says: devices, roles, companies, epochs, and whatever needs a person's eye."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.sharing.membership.acts import CutMark, Role
from app.sharing.membership.authority import VoidReason
from app.sharing.membership.epochs import EpochName
from app.sharing.membership.keys import PublicKeys
from app.sharing.membership.names import ROSTER, TEAM
from app.sharing.membership.stops import StopNotice


class Status(StrEnum):
    """Whether a device belongs to the team."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Device:
    """A device that was validly admitted. `seniority` orders administrators, 0 first; others have None.

    `cuts` are set when its work is bounded: by removal, a stop notice, or becoming 閲覧. Work that hangs
    before none of them is quarantined.
    """

    id: bytes
    user: bytes
    name: str
    public: PublicKeys
    role: Role
    status: Status
    admitted_in: bytes
    seniority: int | None
    cuts: frozenset[CutMark] | None

    @property
    def is_active(self) -> bool:
        """Neither removed nor suspended."""
        return self.status is Status.ACTIVE

    @property
    def is_administrator(self) -> bool:
        """Whether it looks after people and keys now."""
        return self.is_active and self.role is Role.ADMINISTRATOR

    @property
    def may_write(self) -> bool:
        """Whether its new work counts."""
        return self.is_active and self.role <= Role.MEMBER


@dataclass(frozen=True, slots=True)
class Epoch:
    """A valid epoch: who has its key, directly or under a newer one, and which older keys it carries."""

    compartment: bytes
    id: bytes
    depth: int
    holders: frozenset[bytes]
    carried: frozenset[bytes]

    @property
    def name(self) -> EpochName:
        """Compartment and epoch id."""
        return self.compartment, self.id


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A user who lost a company, and how far the user's devices' work in it counts."""

    compartment: bytes
    user: bytes
    cuts: frozenset[CutMark]


@dataclass(frozen=True, slots=True)
class Membership:
    """The state of a team: a pure function of its key log (`evaluation.evaluate`).

    `roots` by seniority. `users` has every company's users, also those without an active device. `heads`
    are the parents of the next entry. `accepted` are ids of quarantined objects and of deposits that were
    let in; of those in `declined` that holds only where they are not accepted as well. `least_schema` is
    what a program must know to send, `least_app` the version that knows it. `void` and `waiting` are for
    showing; `needs_newer` says that an act of a newer program was met.
    """

    roots: tuple[PublicKeys, ...]
    devices: Mapping[bytes, Device]
    users: Mapping[bytes, frozenset[bytes]]
    unadopted: frozenset[bytes]
    withdrawals: tuple[Withdrawal, ...]
    epochs: Mapping[EpochName, Epoch]
    notices: tuple[StopNotice, ...]
    accepted: frozenset[bytes]
    declined: frozenset[bytes]
    least_schema: int
    least_app: str
    spent: frozenset[bytes]
    heads: tuple[bytes, ...]
    void: Mapping[bytes, VoidReason]
    waiting: Mapping[bytes, frozenset[bytes]]
    needs_newer: bool
    _active: tuple[Device, ...] = field(init=False, repr=False, compare=False)
    _by_compartment: Mapping[bytes, tuple[Epoch, ...]] = field(init=False, repr=False, compare=False)
    """Found once: a team has hundreds of companies, and each asks for these."""

    def __post_init__(self) -> None:
        """Group what is asked for by compartment."""
        active = tuple(device for _, device in sorted(self.devices.items()) if device.is_active)
        found: dict[bytes, list[Epoch]] = {}
        for epoch in self.epochs.values():
            found.setdefault(epoch.compartment, []).append(epoch)
        object.__setattr__(self, "_active", active)
        object.__setattr__(self, "_by_compartment", {each: tuple(held) for each, held in found.items()})

    @property
    def root(self) -> PublicKeys:
        """The newest root: the sheet that is printed now."""
        return self.roots[-1]

    def compartments(self) -> tuple[bytes, ...]:
        """Every compartment of the vault, companies by id."""
        return (ROSTER, TEAM, *sorted(self.users))

    def active(self) -> tuple[Device, ...]:
        """Devices that belong to the team now, by id."""
        return self._active

    def epochs_of(self, compartment: bytes) -> tuple[Epoch, ...]:
        """Valid epochs of one compartment."""
        return self._by_compartment.get(compartment, ())

    def entitled(self, compartment: bytes) -> tuple[Device, ...]:
        """Active devices that may hold the keys of a compartment, by id."""
        if compartment in {ROSTER, TEAM}:
            return self.active()
        users = self.users.get(compartment, frozenset())
        return tuple(device for device in self.active() if device.user in users)

    def administrators(self, compartment: bytes = ROSTER) -> tuple[Device, ...]:
        """Administrators who may hold the keys of a compartment, the most senior first."""
        found = [device for device in self.entitled(compartment) if device.is_administrator]
        return tuple(sorted(found, key=lambda device: device.seniority or 0))

    def public_of(self, author: bytes) -> PublicKeys | None:
        """The keys of a root or of any admitted device, to check signatures and to wrap to."""
        for root in self.roots:
            if root.root_id == author:
                return root
        device = self.devices.get(author)
        return device.public if device else None
