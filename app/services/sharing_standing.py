"""Where this device stands in its team: the key log as the store holds it, and what it makes possible."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.resources import files
from weakref import WeakKeyDictionary

from app.services.sharing_state import TeamIdentity
from app.sharing.membership.batch import Draft
from app.sharing.membership.desk import Desk
from app.sharing.membership.epochs import EpochKey, KeyRing
from app.sharing.membership.keys import PrivateKeys
from app.sharing.membership.names import ROSTER, TEAM
from app.sharing.membership.quarantine import is_bounded
from app.sharing.membership.sealing import age, sealing_epoch
from app.sharing.membership.state import Device, Membership
from app.sharing.objects.container import NO_ID, ObjectType, SealedObject, parse
from app.sharing.objects.names import name_of, pack_name
from app.sharing.rounds.key_log import NOTHING_READ, KeyLog, read_key_log
from app.sharing.rounds.sealing import Program, Sealer
from db.base import Connection
from db.migrating import schema_number
from db.mirror import HeldObject, Mirror, ObjectState


@dataclass(frozen=True)
class Standing:
    """The team as far as this device can tell, and the keys it holds."""

    identity: TeamIdentity
    ring: KeyRing
    log: KeyLog

    @property
    def membership(self) -> Membership:
        """What the key log says."""
        return self.log.membership

    @property
    def own(self) -> Device | None:
        """What the team knows of this device, None until it is admitted."""
        return self.membership.devices.get(self.identity.device)

    @property
    def may_write(self) -> bool:
        """Whether new work of this device counts."""
        return self.own is not None and self.own.may_write

    @property
    def is_too_old(self) -> bool:
        """Whether the team has agreed on programs that are newer than this one: it receives, and keeps."""
        return self.membership.least_schema > program().schema

    def desk(self, now_ms: int) -> Desk:
        """Drafts in the name of this device."""
        return Desk(self.membership, self.ring, self.identity.device, now_ms)

    @cached_property
    def sealer(self) -> Sealer:
        """Seals in the name of this device."""
        return Sealer(self.identity.vault, self.identity.keys, program())

    @cached_property
    def compartments(self) -> dict[bytes, tuple[bytes, bytes]]:
        """(compartment, key) by epoch, of epochs that can be opened."""
        return {epoch: (held, key) for (held, epoch), key in self.ring.all().items()}

    def key_to_seal(self, compartment: bytes) -> EpochKey | None:
        """The epoch for new changes; None while there is none whose key is held."""
        epoch = sealing_epoch(self.membership, compartment)
        key = self.ring.key(*epoch.name) if epoch else None
        return EpochKey(self.identity.vault, compartment, key) if key else None

    def key_for_head(self) -> EpochKey | None:
        """The roster epoch for a head: one that was stopped may read it, rather than that nobody hears."""
        if sealing := self.key_to_seal(ROSTER):
            return sealing
        held = [each for each in self.membership.epochs_of(ROSTER) if self.ring.key(*each.name)]
        epoch = max(held, key=age, default=None)
        key = self.ring.key(*epoch.name) if epoch else None
        return EpochKey(self.identity.vault, ROSTER, key) if key else None

    def is_bounded(self, device: bytes) -> bool:
        """Whether some work of the device may not count."""
        return is_bounded(self.membership, device)

    def in_vault(self, compartment: bytes) -> bytes:
        """The vault's name for a compartment of the store."""
        return TEAM if compartment == self.identity.vault else compartment

    def in_store(self, compartment: bytes) -> bytes:
        """The store's name for a compartment of the vault: the team's records bear the team's id."""
        return self.identity.vault if compartment == TEAM else compartment


@cache
def program() -> Program:
    """What others are told of this program."""
    version = files("resources").joinpath("version.txt").read_text(encoding="utf-8").strip()
    return Program(version, schema_number())


_MadeOf = tuple[bytes, object, frozenset[bytes], frozenset[object]]
_last: WeakKeyDictionary[object, tuple[_MadeOf, KeyLog]] = WeakKeyDictionary()
"""By the connections of an open store what was made last of its key log, and of what; it ends with them."""


def standing_of(connection: Connection, identity: TeamIdentity) -> Standing:
    """Where the device stands, from what the store holds.

    A key log is judged as a whole, which takes longer the longer the team lives; an idle round must not.
    """
    mirror = Mirror(connection)
    held = {(compartment, epoch): key for epoch, (compartment, key) in mirror.epochs().items()}
    ring = KeyRing(identity.vault, held)
    proven = mirror.ids_of_type(ObjectType.KEY_LOG_ENTRY)  # nothing else is kept
    made_of = (identity.device, identity.root, proven, frozenset(held))
    known, log = _last.get(connection.engine.pool, (None, None))
    if log is None or known != made_of:
        goes_on = log and known and known[:2] == made_of[:2] and known[2] <= proven
        read = log.entries if log and goes_on else NOTHING_READ
        unread = mirror.bytes_of_type(ObjectType.KEY_LOG_ENTRY, but=read)
        sealed = [parse(data, identity.vault) for data in unread]
        log = read_key_log(sealed, ring, identity.keys, identity.root, proven, read=read)
        if len(ring.all()) == len(held):  # else what comes to light with the log would be missing next time
            _last[connection.engine.pool] = made_of, log
    return Standing(identity, ring, log)


def remember(connection: Connection, standing: Standing) -> None:
    """Spare the next one the work, where the store holds this log and these keys by now."""
    identity, log = standing.identity, standing.log
    made_of = (identity.device, identity.root, frozenset(log.entries), frozenset(standing.ring.all()))
    _last[connection.engine.pool] = made_of, log


def keep_keys(connection: Connection, ring: KeyRing) -> None:
    """Keep all keys of a ring in the store."""
    rows = [(epoch, compartment, key) for (compartment, epoch), key in ring.all().items()]
    Mirror(connection).keep_epochs(rows)


def publish(
    connection: Connection, standing: Standing, draft: Draft, signer: PrivateKeys | None = None
) -> Standing:
    """Put an entry into the outbox, and stand where it leads. `signer` is the root, for its own entries."""
    identity, ring = standing.identity, standing.ring
    for made in draft.keys:
        ring.add(made.compartment, made.id, made.key)
    roster_key = ring.key(ROSTER, draft.epoch)
    if roster_key is None:
        raise ValueError("an entry under a key that is not held")
    sealer = Sealer(identity.vault, signer, program()) if signer else standing.sealer
    add_entries(connection, [sealer.entry(draft, roster_key)], placed=False)
    keep_keys(connection, ring)
    return standing_of(connection, identity)


def add_entries(connection: Connection, entries: Iterable[SealedObject], *, placed: bool | None) -> None:
    """Keep key-log entries."""
    mirror = Mirror(connection)
    for sealed in entries:
        held = held_object(sealed, name_of(sealed.header, sealed.id).path, ObjectState.APPLIED)
        mirror.add(held, sealed.data, placed=placed)


def held_object(sealed: SealedObject, name: str, state: ObjectState) -> HeldObject:
    """An object as the mirror notes it."""
    header = sealed.header
    return HeldObject(
        sealed.id, header.type, header.device, header.stream, header.sequence, header.epoch, name, state
    )


def pack_object(device: bytes, object_id: bytes, sequences: Collection[int]) -> HeldObject:
    """A pack of segments with these numbers as the mirror notes it."""
    name = pack_name(device, min(sequences), max(sequences), object_id).path
    return HeldObject(object_id, ObjectType.PACK, device, NO_ID, 0, NO_ID, name, ObjectState.APPLIED)


def admitted(identity: TeamIdentity) -> TeamIdentity:
    """The same identity once the team has admitted this device."""
    return replace(identity, request=b"", digits="")
