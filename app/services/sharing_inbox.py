"""Objects of others enter the store: proven, mirrored and applied, many changes at a time (6.8)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from io import BytesIO

from app.making_way import COURTESY
from app.services.sharing_columns import as_stored
from app.services.sharing_quarantine import settle_quarantine
from app.services.sharing_standing import Standing, held_object, pack_object
from app.sharing.membership.acts import Role
from app.sharing.membership.deposits import read_deposit
from app.sharing.membership.names import ROSTER
from app.sharing.objects import packs, segment
from app.sharing.objects.container import ObjectType, SealedObject, parse
from app.sharing.objects.malformed import MalformedObject, NewerFormat
from app.sharing.objects.names import name_of, read_name
from app.sharing.objects.packs import Frame
from app.sharing.objects.segment import Segment
from db.base import Connection
from db.change_columns import Arrived
from db.mirror import Mirror, ObjectState
from db.packs import Packs
from db.store import Store

MOST_CHANGES = 20_000
"""Of one transaction."""
_TYPE_AT = 9


@dataclass
class Taken:
    """What a round took in. `surprises` are own streams with objects that this device did not know.

    `newer` are names of what a newer program made in a form of which this one cannot even tell the author.
    """

    changes: int = 0
    objects: int = 0
    no_key: int = 0
    unproven: int = 0
    damaged: set[str] = field(default_factory=set)
    newer: set[str] = field(default_factory=set)
    surprises: set[bytes] = field(default_factory=set)
    touched: set[tuple[str, str]] = field(default_factory=set)


class Inbox:
    """Takes objects in under one standing; `is_in_place`: what is taken in was seen in the 置き場."""

    def __init__(
        self,
        store: Store,
        standing: Standing,
        now_ms: int,
        *,
        is_in_place: bool = True,
        most_changes: int = MOST_CHANGES,
    ) -> None:
        """`most_changes` of one transaction, as far as single objects hold no more."""
        self._store = store
        self._is_in_place = is_in_place
        self._now_ms = now_ms
        self._standing = standing
        self._most_changes = most_changes
        self._waiting: list[tuple[SealedObject, Segment | None]] = []
        self._packs: list[tuple[bytes, Frame, Sequence[bytes]]] = []
        self._changes = 0
        self.taken = Taken()

    def take(self, name: str, data: bytes) -> None:
        """An object as it was found under a name; what is damaged is counted and left."""
        COURTESY.make_way()
        with self._counting(name):
            if data[_TYPE_AT : _TYPE_AT + 1] != bytes((ObjectType.PACK,)):
                named = read_name(name)
                self._take_one(data, named.id if named else None)
            else:
                self._take_pack(name, data)
        if self._changes >= self._most_changes:
            self.flush()

    @contextmanager
    def _counting(self, name: str) -> Iterator[None]:
        try:
            yield
        except NewerFormat:
            self.taken.newer.add(name)
        except MalformedObject:
            self.taken.damaged.add(name)

    def flush(self) -> None:
        """Write what was taken."""
        waiting, self._waiting, self._changes = self._waiting, [], 0
        packs, self._packs = self._packs, []
        if waiting or packs:
            # They come in any order; in that of their streams a change follows what its author saw.
            waiting.sort(key=_stretch)
            with self._store.writing_raw() as connection:
                self._keep(connection, waiting)
                for pack in packs:
                    self._keep_pack(connection, *pack)

    def open_parked(self, *, is_new_program: bool) -> None:
        """Apply what came before its key did, or before a program that can read it."""
        with self._store.reading() as connection:
            mirror = Mirror(connection)
            parked = mirror.parked(self._standing.compartments)
            if is_new_program:
                parked += [number for number, _ in mirror.in_state(ObjectState.BEYOND)]
        for number in parked:
            with self._store.reading() as connection:
                data = Mirror(connection).bytes_of(number)
            self._reopen(number, parse(data, self._standing.identity.vault))

    def _reopen(self, number: int, sealed: SealedObject) -> None:
        try:
            opened = self._opened(sealed)
        except MalformedObject:
            return
        with self._store.writing_raw() as connection:
            Mirror(connection).set_state([number], self._state_of(sealed, opened))
            if opened is not None:
                self._apply(connection, [self._arrived(number, sealed, opened)])
                self._settle(connection, [sealed])

    def _take_pack(self, name: str, data: bytes) -> None:
        pack = packs.open_pack(BytesIO(data), self._standing.identity.vault)
        signer = self._standing.log.signers.get(pack.header.device)
        if signer is None:
            raise MalformedObject("a pack of nobody that is known")
        pack.check_signature(signer)
        entries = packs.entries(pack)
        for entry in entries:
            with self._counting(name):
                self._take_one(packs.read_entry(pack, entry), None)
        ids = [entry.id for entry in entries]
        self._packs.append((pack.header.device, packs.frame_of(pack, entries), ids))

    def _take_one(self, data: bytes, name_id: bytes | None) -> None:
        sealed = parse(data, self._standing.identity.vault, name_id)
        if sealed.header.type not in {ObjectType.SEGMENT, ObjectType.DEPOSIT}:
            return
        signer = self._standing.log.signers.get(sealed.header.device)
        if signer is None:
            self.taken.unproven += 1
            return
        sealed.check_signature(signer)
        if sealed.header.type == ObjectType.DEPOSIT:
            self._keep_deposit(sealed)
            return
        opened = self._opened(sealed)
        self._waiting.append((sealed, opened))
        self._changes += len(opened.changes) if opened else 0

    def _keep_deposit(self, sealed: SealedObject) -> None:
        """預かり is for administrators to open; everybody keeps it, so that no storage loses it."""
        read_deposit(sealed.content, self._standing.membership.public_of)
        held = held_object(sealed, name_of(sealed.header, sealed.id).path, ObjectState.APPLIED)
        is_own = sealed.header.device == self._standing.identity.device
        with self._store.writing_raw() as connection:
            Mirror(connection).add(held, sealed.data, placed=self._is_in_place if is_own else None)

    def _opened(self, sealed: SealedObject) -> Segment | None:
        """The segment, None without its key or beyond this program."""
        compartment, key = self._standing.compartments.get(sealed.header.epoch, (ROSTER, b""))
        if not key:
            return None
        if compartment == ROSTER:
            raise MalformedObject("changes under a key that is not for changes")
        try:
            return segment.decode(sealed.open_body(key))
        except NewerFormat:
            return None

    def _keep(self, connection: Connection, waiting: Iterable[tuple[SealedObject, Segment | None]]) -> None:
        mirror = Mirror(connection)
        own, current = self._standing.identity.device, mirror.own_streams()
        arrived, kept = [], []
        for sealed, opened in waiting:
            held = held_object(sealed, name_of(sealed.header, sealed.id).path, self._state_of(sealed, opened))
            is_own = sealed.header.device == own
            number = mirror.add(held, sealed.data, placed=self._is_in_place if is_own else None)
            if number is None:
                continue
            kept.append(sealed)
            self.taken.no_key += opened is None
            if is_own and sealed.header.stream in current:
                self.taken.surprises.add(sealed.header.stream)
            if opened is not None:
                arrived.append(self._arrived(number, sealed, opened))
        self.taken.objects += len(kept)
        if self.taken.surprises:
            mirror.leave_streams()
        self._apply(connection, arrived)
        self._settle(connection, kept)

    def _keep_pack(self, connection: Connection, device: bytes, frame: Frame, ids: Sequence[bytes]) -> None:
        """Note a pack of which everything is held: it can be made again, and speaks for what lies in it."""
        mirror = Mirror(connection)
        members = mirror.members(ids)
        if not ids or len(members) != len(ids) or {each.device for each in members} != {device}:
            return
        held = pack_object(device, frame.id, [each.sequence for each in members])
        is_own = device == self._standing.identity.device
        size = len(frame.head) + sum(each.size for each in members) + len(frame.tail)
        number = mirror.note(held, size, placed=self._is_in_place if is_own else None)
        if number is not None:
            numbers = [each.number for each in members]
            Packs(connection).add(number, frame.head, frame.tail, numbers, self._now_ms)

    def _apply(self, connection: Connection, arrived: list[Arrived]) -> None:
        if arrived:
            applied = self._store.apply(connection, arrived)
            self.taken.changes += applied.new
            self.taken.touched.update((trace.record_type, trace.id) for trace in applied.traces)

    def _settle(self, connection: Connection, kept: Iterable[SealedObject]) -> None:
        authors = {each.header.device for each in kept}
        bounded = {each for each in authors if self._standing.is_bounded(each)}
        if bounded:
            settled = settle_quarantine(self._store, connection, self._standing, bounded)
            self.taken.touched.update(settled)

    def _state_of(self, sealed: SealedObject, opened: Segment | None) -> ObjectState:
        """The state to begin with; of what may not count, nothing does until that is settled."""
        if opened is None:
            has_key = sealed.header.epoch in self._standing.compartments
            return ObjectState.BEYOND if has_key else ObjectState.NO_KEY
        is_bounded = self._standing.is_bounded(sealed.header.device)
        return ObjectState.QUARANTINED if is_bounded else ObjectState.APPLIED

    def _arrived(self, number: int, sealed: SealedObject, opened: Segment) -> Arrived:
        compartment = self._standing.compartments[sealed.header.epoch][0]
        home = self._standing.in_store(compartment)
        columns = as_stored(opened.changes)
        users = self._proven_users(sealed.header.device, columns.users)
        return Arrived(number, home, sealed.header.device, replace(columns, users=users))

    def _proven_users(self, author: bytes, claimed: tuple[bytes, ...]) -> tuple[bytes, ...]:
        """Whose changes these are: the signature proves a device, and a device has one user.

        Another name is believed of administrators alone: they let in what others handed over.
        """
        device = self._standing.membership.devices.get(author)
        if device is None or device.role is Role.ADMINISTRATOR:
            return claimed
        return tuple(device.user for _ in claimed)


def _stretch(each: tuple[SealedObject, Segment | None]) -> tuple[bytes, int]:
    header = each[0].header
    return header.stream, header.sequence
