"""Objects of others enter the store: proven, mirrored and applied, many changes at a time (6.8)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
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
from db.change_columns import Arrived, ChangeColumns, parts_of
from db.entering import begin, begun, end
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


@dataclass(frozen=True, slots=True)
class Piece:
    """So much of an object as enters in one transaction; no changes where it could not be opened."""

    sealed: SealedObject
    changes: ChangeColumns | None
    is_first: bool
    is_last: bool

    @property
    def size(self) -> int:
        """How many changes that are."""
        return len(self.changes.save) if self.changes else 0


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
        """`most_changes` of one transaction, as far as single saves hold no more."""
        self._store = store
        self._is_in_place = is_in_place
        self._now_ms = now_ms
        self._standing = standing
        self._most_changes = most_changes
        self._waiting: list[tuple[SealedObject, Segment | None]] = []
        self._packs: list[tuple[bytes, Frame, Sequence[bytes]]] = []
        self._changes = 0
        self._entering: int | None = None
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
        # They come in any order; in that of their streams a change follows what its author saw.
        waiting.sort(key=_stretch)
        pieces = (piece for sealed, opened in waiting for piece in self._pieces(sealed, opened))
        for turn in self._turns(pieces):
            COURTESY.make_way()
            with self._store.writing_raw() as connection:
                self._keep(connection, turn)
        if packs:
            with self._store.writing_raw() as connection:
                for pack in packs:
                    self._keep_pack(connection, *pack)

    def _pieces(self, sealed: SealedObject, opened: Segment | None) -> Iterator[Piece]:
        """An object as it enters: whole, or its changes one part after the other."""
        if opened is None:
            yield Piece(sealed, None, is_first=True, is_last=True)
            return
        parts = list(parts_of(as_stored(opened.changes), self._most_changes))
        for place, changes in enumerate(parts):
            yield Piece(sealed, changes, is_first=place == 0, is_last=place == len(parts) - 1)

    def _turns(self, pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
        """What enters in one transaction each: somebody who saves something waits for no more."""
        turn: list[Piece] = []
        filled = 0
        for piece in pieces:
            if turn and filled + piece.size > self._most_changes:
                yield turn
                turn, filled = [], 0
            turn.append(piece)
            filled += piece.size
        if turn:
            yield turn

    def open_parked(self, *, is_new_program: bool) -> None:
        """Apply what came before its key, or a program that can read it, and the rest of what has begun."""
        with self._store.reading() as connection:
            mirror = Mirror(connection)
            parked = {*begun(connection), *mirror.parked(self._standing.compartments)}
            if is_new_program:
                parked.update(number for number, _ in mirror.in_state(ObjectState.BEYOND))
        for number in sorted(parked):
            with self._store.reading() as connection:
                data = Mirror(connection).bytes_of(number)
            self._reopen(number, parse(data, self._standing.identity.vault))

    def _reopen(self, number: int, sealed: SealedObject) -> None:
        try:
            opened = self._opened(sealed)
        except MalformedObject:
            return
        for piece in self._pieces(sealed, opened):
            COURTESY.make_way()
            with self._store.writing_raw() as connection:
                if piece.is_first:
                    Mirror(connection).set_state([number], self._state_of(piece))
                self._note_progress(connection, number, piece)
                self._apply(connection, [self._arrived(number, piece)] if piece.changes else [])
                self._settle(connection, [sealed] if piece.is_last else [])

    @staticmethod
    def _note_progress(connection: Connection, number: int, piece: Piece) -> None:
        if piece.is_last:
            end(connection, number)
        elif piece.is_first:
            begin(connection, number)

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

    def _keep(self, connection: Connection, turn: Iterable[Piece]) -> None:
        mirror = Mirror(connection)
        current = mirror.own_streams()
        arrived, complete = [], []
        for piece in turn:
            if piece.is_first:
                self._entering = self._add(mirror, piece, current)
            number = self._entering
            if number is None:
                continue
            if not (piece.is_first and piece.is_last):
                self._note_progress(connection, number, piece)
            if piece.changes is not None:
                arrived.append(self._arrived(number, piece))
            if piece.is_last:
                complete.append(piece.sealed)
        if self.taken.surprises:
            mirror.leave_streams()
        self._apply(connection, arrived)
        self._settle(connection, complete)

    def _add(self, mirror: Mirror, piece: Piece, current: Collection[bytes]) -> int | None:
        """Hold the object of a piece; its number, None where it is held already."""
        sealed = piece.sealed
        held = held_object(sealed, name_of(sealed.header, sealed.id).path, self._state_of(piece))
        is_own = sealed.header.device == self._standing.identity.device
        number = mirror.add(held, sealed.data, placed=self._is_in_place if is_own else None)
        if number is not None:
            self.taken.objects += 1
            self.taken.no_key += piece.changes is None
            if is_own and sealed.header.stream in current:
                self.taken.surprises.add(sealed.header.stream)
        return number

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

    def _state_of(self, piece: Piece) -> ObjectState:
        """The state to begin with; of what may not count, nothing does until that is settled."""
        header = piece.sealed.header
        if piece.changes is None:
            has_key = header.epoch in self._standing.compartments
            return ObjectState.BEYOND if has_key else ObjectState.NO_KEY
        is_bounded = self._standing.is_bounded(header.device)
        return ObjectState.QUARANTINED if is_bounded else ObjectState.APPLIED

    def _arrived(self, number: int, piece: Piece) -> Arrived:
        if piece.changes is None:
            raise ValueError("an object that was not opened")
        header = piece.sealed.header
        home = self._standing.in_store(self._standing.compartments[header.epoch][0])
        users = self._proven_users(header.device, piece.changes.users)
        return Arrived(number, home, header.device, replace(piece.changes, users=users))

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
