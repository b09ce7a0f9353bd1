"""預かり, the administrator's side: work that does not count by itself is looked at, and let in or left out.

Two kinds of it. What a member had not sent when the company was lost comes as deposits; letting one in
writes its changes here, from where they go to the team in the usual way, still in their author's name. What
a stopped or removed device sent too late lies quarantined on every device; letting it in is one entry of the
key log (design-sync 8.6). Leaving out is an entry as well, so that all administrators see one list; nothing
is thrown away, and what was left out may still be let in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID
from weakref import WeakKeyDictionary

from app.changes import Changes as Told
from app.errors import AdministratorOnly, CompanyKeyMissing, HeldWorkMissing, TeamMissing
from app.faults import told
from app.rows.sharing import HandedOverRow, HeldWorkKind, HeldWorkRow, HeldWorkState
from app.services.sharing_columns import as_stored
from app.services.sharing_deposits import handed_over
from app.services.sharing_held_words import HeldWords
from app.services.sharing_quarantine import settle_quarantine
from app.services.sharing_standing import Standing, publish, standing_of
from app.services.sharing_state import read_identity
from app.sharing.membership.deposits import open_deposit, read_deposit
from app.sharing.objects import segment
from app.sharing.objects.container import ObjectType, parse
from app.sharing.objects.malformed import MalformedObject
from app.sharing.objects.segment import Segment
from app.sync.clock import COUNTER_BITS
from app.workplace import Workplace
from db.base import Connection
from db.change_columns import Arrived
from db.mirror import HeldObject, Mirror, ObjectState
from db.reading import Reading
from db.store import Store
from db.unsent import carried, holds_all, take_back


@dataclass(frozen=True, slots=True)
class HeldWork:
    """A parcel: its object with its number, what is in it, and the company in the store's name."""

    number: int
    held: HeldObject
    home: bytes
    made: Segment

    @property
    def is_deposit(self) -> bool:
        """Whether a member handed it over; else it came after a stop."""
        return self.held.type == ObjectType.DEPOSIT

    def arrived(self) -> Arrived:
        """Its changes, for the store."""
        return Arrived(self.number, self.home, self.held.device, as_stored(self.made.changes))


def state_of(standing: Standing, object_id: bytes) -> HeldWorkState:
    """What administrators said of a parcel."""
    if object_id in standing.membership.accepted:
        return HeldWorkState.ACCEPTED
    is_declined = object_id in standing.membership.declined
    return HeldWorkState.DECLINED if is_declined else HeldWorkState.OPEN


def held_work(connection: Connection, standing: Standing) -> Iterator[HeldWork]:
    """Every parcel that this device can open, oldest first."""
    every = (_work(connection, standing, *each) for each in _parcels(connection))
    yield from (each for each in every if each is not None)


def _parcels(connection: Connection) -> list[tuple[int, HeldObject]]:
    mirror = Mirror(connection)
    return [*mirror.of_type(ObjectType.DEPOSIT), *mirror.in_state(ObjectState.QUARANTINED)]


def _work(connection: Connection, standing: Standing, number: int, held: HeldObject) -> HeldWork | None:
    try:
        found = _opened(Mirror(connection), standing, number, held)
    except MalformedObject:
        return None
    return HeldWork(number, held, standing.in_store(found[0]), found[1]) if found else None


def _opened(
    mirror: Mirror, standing: Standing, number: int, held: HeldObject
) -> tuple[bytes, Segment] | None:
    sealed = parse(mirror.bytes_of(number), standing.identity.vault)
    if held.type == ObjectType.DEPOSIT:
        deposit = read_deposit(sealed.content, standing.membership.public_of)
        body = open_deposit(deposit, standing.identity.device, standing.identity.keys)
        return (deposit.compartment, segment.decode(body)) if body is not None else None
    compartment, key = standing.compartments.get(held.epoch, (b"", b""))
    return (compartment, segment.decode(sealed.open_body(key))) if key else None


def count_open(connection: Connection, standing: Standing) -> int:
    """How many parcels wait for a word of this administrator; 0 for anybody else."""
    if not (standing.own and standing.own.is_administrator):
        return 0
    return sum(1 for _ in _open_work(connection, standing))


def _open_work(connection: Connection, standing: Standing) -> Iterator[HeldWork]:
    """Parcels that wait for a word; what needs none once will never need one, and is not opened again."""
    done = _done.setdefault(connection.engine.pool, set())
    for number, held in _parcels(connection):
        if number in done or state_of(standing, held.id) is not HeldWorkState.OPEN:
            continue
        work = _work(connection, standing, number, held)
        if work is not None and not _is_all_here(connection, work):
            yield work
        elif held.type == ObjectType.DEPOSIT:
            done.add(number)


_done: WeakKeyDictionary[object, set[int]] = WeakKeyDictionary()
"""By the connections of an open store the numbers of deposits that are another's to open, or all here."""


def _is_all_here(connection: Connection, work: HeldWork) -> bool:
    return work.is_deposit and holds_all(connection, as_stored(work.made.changes))


class HeldWorkService:
    """預かり of one store. Works on the store alone: what is decided goes out with the next round."""

    def __init__(self, place: Workplace) -> None:
        self._place = place
        self._store: Store = place.store

    # the administrator

    def rows(self) -> tuple[HeldWorkRow, ...]:
        """Every parcel that this administrator can open, open ones first, each before what builds on it.

        Empty for who is no administrator. Raises TeamMissing.
        """
        with told(), self._store.reading() as connection:
            standing = self._standing(connection)
            if not (standing.own and standing.own.is_administrator):
                return ()
            words = HeldWords(Reading(connection), self._place)
            found = [
                self._row(connection, standing, words, each)
                for each in held_work(connection, standing)
                if state_of(standing, each.held.id) is not HeldWorkState.OPEN
                or not _is_all_here(connection, each)
            ]
        return tuple(sorted(found, key=_waiting_first))

    def accept(self, ids: Collection[str]) -> int:
        """Let parcels in, by their ids or the beginnings of these; the number of changes in them.

        Raises AdministratorOnly, HeldWorkMissing, CompanyKeyMissing.
        """
        with told(), self._store.writing_raw() as connection:
            standing = self._administrator(connection)
            chosen = self._chosen(connection, standing, ids)
            if any(not can_accept(standing, each) for each in chosen):
                raise CompanyKeyMissing
            deposits = [each for each in chosen if each.is_deposit]
            touched: set[tuple[str, str]] = set()
            if deposits:
                applied = self._store.apply(connection, [each.arrived() for each in deposits])
                touched.update((trace.record_type, trace.id) for trace in applied.traces)
                take_back(connection, [each.number for each in deposits])
            draft = standing.desk(self._now_ms()).accept([each.held.id for each in chosen])
            standing = publish(connection, standing, draft)
            touched |= settle_quarantine(self._store, connection, standing)
        if touched:
            self._place.feed.publish(Told(frozenset(touched), origin="place"))
        return sum(len(each.made.changes) for each in chosen)

    def decline(self, ids: Collection[str]) -> int:
        """Leave parcels out; as `accept`, but that no key is needed."""
        with told(), self._store.writing_raw() as connection:
            standing = self._administrator(connection)
            chosen = self._chosen(connection, standing, ids)
            draft = standing.desk(self._now_ms()).decline([each.held.id for each in chosen])
            publish(connection, standing, draft)
        return sum(len(each.made.changes) for each in chosen)

    # the member

    def handed_over(self) -> tuple[HandedOverRow, ...]:
        """What this device handed over, the newest first. Raises TeamMissing."""
        with told(), self._store.reading() as connection:
            standing = self._standing(connection)
            reading = Reading(connection)
            found = [
                self._handed_over(reading, standing, number, held)
                for number, held in handed_over(connection, standing)
                if carried(connection, number).changes
            ]
        return tuple(sorted(found, key=lambda row: row.at, reverse=True))

    # what these are made of

    def _standing(self, connection: Connection) -> Standing:
        identity = read_identity(connection)
        if identity is None:
            raise TeamMissing
        return standing_of(connection, identity)

    def _administrator(self, connection: Connection) -> Standing:
        standing = self._standing(connection)
        if not (standing.own and standing.own.is_administrator):
            raise AdministratorOnly
        return standing

    @staticmethod
    def _chosen(connection: Connection, standing: Standing, ids: Collection[str]) -> list[HeldWork]:
        every = list(held_work(connection, standing))
        chosen = []
        for wanted in ids:
            found = [each for each in every if each.held.id.hex().startswith(wanted.lower())]
            if len(found) != 1 or not wanted:
                raise HeldWorkMissing
            chosen += found
        return chosen

    def _row(
        self, connection: Connection, standing: Standing, words: HeldWords, work: HeldWork
    ) -> HeldWorkRow:
        device = standing.membership.devices.get(work.held.device)
        company = str(UUID(bytes=work.home)) if work.home != standing.identity.vault else ""
        return HeldWorkRow(
            id=work.held.id.hex(),
            kind=HeldWorkKind.HANDED_OVER if work.is_deposit else HeldWorkKind.AFTER_THE_STOP,
            state=state_of(standing, work.held.id),
            device=device.name if device else "",
            company_id=company,
            company=words.company(company),
            at=datetime.fromtimestamp(work.made.sealed_ms / 1000, UTC),
            changes=len(work.made.changes),
            lines=words.lines(work.made.changes),
            can_accept=can_accept(standing, work),
        )

    @staticmethod
    def _handed_over(reading: Reading, standing: Standing, number: int, held: HeldObject) -> HandedOverRow:
        load = carried(reading.connection, number)
        is_company = load.compartment != standing.identity.vault
        company = str(UUID(bytes=load.compartment)) if is_company else ""
        record = reading.record("company", company) if company else None
        at = datetime.fromtimestamp((load.time >> COUNTER_BITS) / 1000, UTC)
        name = (record or {}).get("name") or ""
        return HandedOverRow(held.id.hex(), state_of(standing, held.id), company, name, at, load.changes)

    def _now_ms(self) -> int:
        return int(self._place.now().timestamp() * 1000)


def _waiting_first(row: HeldWorkRow) -> tuple[bool, float]:
    """What waits from the oldest on, as it was written; what was answered from the newest back."""
    at, is_open = row.at.timestamp(), row.state is HeldWorkState.OPEN
    return (not is_open, at if is_open else -at)


def can_accept(standing: Standing, work: HeldWork) -> bool:
    """Whether the team can be sent what is let in: a company that nobody knows yet begins with it."""
    home = standing.in_vault(work.home)
    is_new = home == work.home and home not in standing.membership.users
    return not work.is_deposit or is_new or standing.key_to_seal(home) is not None
