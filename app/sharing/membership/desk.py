"""What a device, or the root with its sheet in hand, puts into the key log: one draft for one action.

A draft is complete: a removal comes with new keys for everything the device had, an admission with the keys
of all that the newcomer may read (design-sync 8.4). Sealing, signing and sending are others' work.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.sharing.membership import acts
from app.sharing.membership.acts import Act, CutMark, Role
from app.sharing.membership.batch import NOBODY, Batch, Draft, Seat
from app.sharing.membership.epochs import KeyRing
from app.sharing.membership.keys import PublicKeys, RandomBytes
from app.sharing.membership.names import TEAM
from app.sharing.membership.renewing import Recipients
from app.sharing.membership.sealing import gaps, sealing_epoch
from app.sharing.membership.state import Membership


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A device that asks to join, as an administrator has confirmed it."""

    public: PublicKeys
    user: bytes
    name: str
    invitation: bytes = acts.NO_INVITATION


class Desk:
    """Drafts of one author under one state of the team. Whether acts will count, `evaluate` decides."""

    def __init__(
        self,
        membership: Membership,
        ring: KeyRing,
        author: bytes,
        now_ms: int,
        random_bytes: RandomBytes = os.urandom,
    ) -> None:
        self._membership = membership
        self._seat = Seat(membership, ring, author, now_ms, random_bytes)

    def approve(self, newcomer: Newcomer, role: Role, companies: Iterable[bytes]) -> Draft:
        """Admit a device with the keys of the team and of these companies. A second device has its user's."""
        added = acts.Add(newcomer.public, newcomer.user, role, newcomer.name, newcomer.invitation)
        chosen = sorted({*companies, *self._companies_of(newcomer.user)})
        batch = self._batch(joining={added.device: newcomer.public})
        batch.add(added)
        devices = {added.device: newcomer.public}
        batch.serve(TEAM, devices)
        for company in chosen:
            self._let_in(batch, company, newcomer.user, devices)
        return batch.draft()

    def stop(self, device: bytes, cuts: Sequence[CutMark] = (), reason: str = "") -> Draft:
        """Suspend a device at once. Any member may; an administrator's program then renews the keys."""
        return self._of(acts.Stop(device, tuple(cuts), reason))

    def lift(self, device: bytes) -> Draft:
        """End the stop notices for a device that are known here."""
        return self._of(acts.Lift(device))

    def remove(self, cuts_by_device: Mapping[bytes, Sequence[CutMark]], reason: str = "") -> Draft:
        """Remove devices, for instance all of one person, with new keys for everything they had."""
        batch = self._batch(leaving=set(cuts_by_device))
        for device, cuts in sorted(cuts_by_device.items()):
            batch.add(acts.Remove(device, tuple(cuts), reason))
        for compartment in self._membership.compartments():
            sealing = sealing_epoch(self._membership, compartment)
            if sealing is None or not sealing.holders.isdisjoint(cuts_by_device):
                batch.renew(compartment)
        return batch.draft()

    def leave(self, cuts: Sequence[CutMark] = ()) -> Draft:
        """Take one's own device out of the team; its work up to `cuts` counts.

        An administrator's program then renews the keys.
        """
        return self._of(acts.Leave(tuple(cuts)))

    def set_role(self, device: bytes, role: Role, cuts: Sequence[CutMark] = ()) -> Draft:
        """Change what a device may do; `cuts` bound its work when it becomes 閲覧."""
        return self._of(acts.SetRole(device, role, tuple(cuts)))

    def create_company(self, compartment: bytes, users: Iterable[bytes]) -> Draft:
        """Give a company keys of its own, held by the devices of these users and by the root."""
        return self.create_companies([compartment], users)

    def create_companies(self, compartments: Iterable[bytes], users: Iterable[bytes]) -> Draft:
        """The same for several companies in one entry: every entry has to be judged with all before it."""
        holders = frozenset(users)
        batch = self._batch()
        for compartment in compartments:
            self._create(batch, compartment, holders)
        return batch.draft()

    def grant(self, compartment: bytes, user: bytes) -> Draft:
        """Let a user into a company, with its key for all the user's devices."""
        batch = self._batch()
        self._let_in(batch, compartment, user, self._devices_of({user}))
        return batch.draft()

    def withdraw(self, compartment: bytes, user: bytes, cuts: Sequence[CutMark] = ()) -> Draft:
        """Take a company from a user, with a new key for those who stay."""
        batch = self._batch(leaving={each.id for each in self._membership.active() if each.user == user})
        batch.add(acts.Withdraw(compartment, user, tuple(cuts)))
        batch.renew(compartment)
        return batch.draft()

    def renew(self, compartment: bytes) -> Draft:
        """A new key for everybody entitled."""
        batch = self._batch()
        batch.renew(compartment)
        return batch.draft()

    def accept(self, objects: Iterable[bytes]) -> Draft:
        """Take quarantined objects, or deposits, in after all."""
        return self._of(acts.Accept(tuple(sorted(objects))))

    def decline(self, objects: Iterable[bytes]) -> Draft:
        """Leave them out, for the time being."""
        return self._of(acts.Decline(tuple(sorted(objects))))

    def require(self, schema: int, app: str = "") -> Draft:
        """Let nobody send whose program knows less than this schema, which the version `app` has."""
        return self._of(acts.Require(schema, app))

    def endorse_root(self, public: PublicKeys) -> Draft:
        """Vouch for a new recovery sheet; it counts once all administrators, or an older root, have."""
        return self._of(acts.EndorseRoot(public))

    def mend(self) -> Draft | None:
        """What an administrator's program publishes by itself: keys that are missing, as far as held here."""
        batch = self._batch()
        if not batch.is_by_administrator():
            return None
        for compartment in sorted(self._membership.unadopted):
            users = self._membership.users.get(compartment)
            if users:
                batch.add(acts.CreateCompartment(compartment, tuple(sorted(users))))
        orphans = self._orphans()
        for orphan, heirs in orphans.items():
            self._create(batch, orphan, heirs)
        for gap in gaps(self._membership):
            if gap.compartment not in orphans:
                batch.mend(gap)
        return batch.draft() if batch.acts or batch.roster_wraps() else None

    def _let_in(self, batch: Batch, company: bytes, user: bytes, devices: Recipients) -> None:
        """A company that is nobody's yet begins here, as its author's: else nobody would make it a key."""
        users = self._membership.users.get(company, frozenset())
        if user not in users:
            batch.add(acts.Grant(company, user))
        if users:
            batch.serve(company, devices)
        else:
            self._create(batch, company, self._own_user(), devices)

    def _create(
        self, batch: Batch, company: bytes, users: Collection[bytes], also: Recipients = NOBODY
    ) -> None:
        batch.add(acts.CreateCompartment(company, tuple(sorted(users))))
        batch.renew(company, {**self._devices_of(users), **also})

    def _orphans(self) -> dict[bytes, set[bytes]]:
        """Companies that were given and never begun, as programs before this one did it: no key, no author.

        By company who is to have it: nothing is sealed there yet, so whoever gives it a key learns nothing.
        """
        known = self._membership
        return {
            company: {*users, *self._own_user()}
            for company, users in known.users.items()
            if users and not known.epochs_of(company) and not known.administrators(company)
        }

    def _own_user(self) -> tuple[bytes, ...]:
        device = self._membership.devices.get(self._seat.author)
        return (device.user,) if device else ()

    def _devices_of(self, users: Collection[bytes]) -> dict[bytes, PublicKeys]:
        return {each.id: each.public for each in self._membership.active() if each.user in users}

    def _of(self, act: Act) -> Draft:
        batch = self._batch()
        batch.add(act)
        return batch.draft()

    def _companies_of(self, user: bytes) -> list[bytes]:
        return [company for company, users in self._membership.users.items() if user in users]

    def _batch(self, leaving: Iterable[bytes] = (), joining: Recipients | None = None) -> Batch:
        return Batch(self._seat, frozenset(leaving), joining or {})
