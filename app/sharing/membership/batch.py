"""The acts of one entry as they come together, and the draft they make."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.sharing.membership.acts import Act
from app.sharing.membership.entries import body_of, extension_of
from app.sharing.membership.epochs import EpochKey, KeyRing
from app.sharing.membership.keys import PublicKeys, RandomBytes
from app.sharing.membership.names import ROSTER, TEAM
from app.sharing.membership.renewing import Recipients, carrying, renewal, sharing, wraps_of
from app.sharing.membership.sealing import Gap, age, gap_of, sealing_epoch
from app.sharing.membership.state import Epoch, Membership
from app.sharing.membership.wraps import Wrap

MOST_IN_EXTENSION: Final = 50
"""Wraps of suite 2 that fit into the header of a container."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry to be sealed under roster epoch `epoch` and signed by `author`.

    `keys` are epoch keys that the entry makes: the author puts them into its ring once the entry is sent.
    """

    author: bytes
    epoch: bytes
    body: bytes
    extension: bytes
    keys: tuple[EpochKey, ...]


NOBODY: Final[Recipients] = {}


@dataclass(frozen=True, slots=True)
class Seat:
    """Who writes, when, and with what knowledge and keys. `now_ms` since 1970, UTC, is for showing."""

    membership: Membership
    ring: KeyRing
    author: bytes
    now_ms: int
    random_bytes: RandomBytes


class RosterKeyMissing(Exception):
    """The device holds no roster key yet, so it can put nothing into the key log."""


class Batch:
    """The acts of one entry, as they come together."""

    def __init__(self, seat: Seat, leaving: frozenset[bytes], joining: Recipients) -> None:
        self._membership = seat.membership
        self._ring = seat.ring
        self._author = seat.author
        self._now_ms = seat.now_ms
        self._random_bytes = seat.random_bytes
        self._leaving = leaving
        self._joining = joining
        self._keys: list[EpochKey] = []
        self._epoch = _entry_epoch(seat.membership, seat.ring)
        self.acts: list[Act] = []

    def add(self, act: Act | None) -> None:
        """Take an act in, if there is one."""
        if act is not None:
            self.acts.append(act)

    def renew(self, compartment: bytes, also: Recipients = NOBODY) -> None:
        """A new epoch for those who stay and those who come, if its author may have the key."""
        entitled = {each.id: each.public for each in self._membership.entitled(compartment)}
        recipients = self._with_roots({**entitled, **also})
        if compartment in {ROSTER, TEAM}:
            recipients.update(self._joining)
        if self._author in recipients:
            made = renewal(self._ring, compartment, recipients, self._random_bytes)
            self.acts.append(made.act)
            self._keys.append(made.key)

    def serve(self, compartment: bytes, recipients: Recipients) -> None:
        """The key of a compartment for further devices, and older keys that they could not reach."""
        sealing = sealing_epoch(self._membership, compartment)
        if sealing is None:
            self.renew(compartment, recipients)
            return
        self.add(sharing(self._ring, sealing, recipients))
        if gap := gap_of(self._membership, compartment):
            self.add(carrying(self._ring, sealing, gap.uncarried, self._random_bytes))

    def mend(self, gap: Gap) -> None:
        """Close a gap as far as the keys held here allow."""
        if gap.needs_epoch:
            self.renew(gap.compartment)
            return
        sealing = sealing_epoch(self._membership, gap.compartment)
        if sealing is None:
            return
        entitled = self._membership.entitled(gap.compartment)
        due = self._with_roots({each.id: each.public for each in entitled})
        if gap.compartment != ROSTER or sealing != self._epoch:
            self.add(sharing(self._ring, sealing, {each: due[each] for each in gap.unserved}))
        self.add(carrying(self._ring, sealing, gap.uncarried, self._random_bytes))

    def carry_roster(self) -> None:
        """All older roster keys under the one that newcomers are given, so that they read the whole log.

        The entry that made this epoch may carry them too, but it is sealed under a key that who was left out
        then, by a stop notice that was lifted since, does not have.
        """
        if self._epoch:
            older = self._ring.epochs_of(ROSTER)
            self.add(carrying(self._ring, self._epoch, older, self._random_bytes))

    def roster_wraps(self) -> tuple[Wrap, ...]:
        """Wraps of the epoch under which this entry is sealed, for those who lack it: newcomers first."""
        if self._epoch is None or not self.is_by_administrator():
            return ()
        key = self._ring.key(*self._epoch.name)
        due = self._with_roots({each.id: each.public for each in self._membership.active()})
        due.update(self._joining)
        unserved = [each for each in due if each not in self._epoch.holders]
        unserved.sort(key=lambda each: (each not in self._joining, each))
        chosen = {each: due[each] for each in unserved[:MOST_IN_EXTENSION]}
        return wraps_of(EpochKey(self._ring.vault, ROSTER, key), chosen) if key else ()

    def draft(self) -> Draft:
        """The entry's bytes. Raises RosterKeyMissing."""
        if self._epoch is None:
            raise RosterKeyMissing
        wraps = self.roster_wraps()
        if wraps:
            self.carry_roster()
        body = body_of(self._now_ms, self._membership.heads, self.acts)
        return Draft(self._author, self._epoch.id, body, extension_of(wraps), tuple(self._keys))

    def is_by_administrator(self) -> bool:
        """Whether the author looks after keys: a root or an administrator."""
        device = self._membership.devices.get(self._author)
        if device is not None:
            return device.is_administrator
        return any(root.root_id == self._author for root in self._membership.roots)

    def _with_roots(self, recipients: Recipients) -> dict[bytes, PublicKeys]:
        """Those who do not leave, the newest root, and the root that writes this entry."""
        due = {each: public for each, public in recipients.items() if each not in self._leaving}
        for root in self._membership.roots:
            if root == self._membership.root or root.root_id == self._author:
                due[root.root_id] = root
        return due


def _entry_epoch(membership: Membership, ring: KeyRing) -> Epoch | None:
    """The roster epoch for an entry: the sealing one, else the newest held.

    A stop notice or a removal cannot wait for new keys, and a device that is excluded may well read that.
    """
    sealing = sealing_epoch(membership, ROSTER)
    if sealing and ring.key(*sealing.name):
        return sealing
    held = [epoch for epoch in membership.epochs_of(ROSTER) if ring.key(*epoch.name)]
    return max(held, key=age, default=None)
