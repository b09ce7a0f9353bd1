"""The team of a store and the way to its 置き場: what all that a person does to share is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from threading import Timer
from uuid import UUID

from app.errors import (
    AdministratorOnly,
    AppError,
    PlaceUnreachable,
    SeniorAdministrator,
    TeamMemberMissing,
    TeamMissing,
    TeamNotJoined,
    Unavailable,
)
from app.faults import told
from app.place_faults import address_fault
from app.place_keys import PlaceKeys, open_with_keys
from app.rows.sharing import ActNote, RoundReport
from app.secrets import KeyRing
from app.services.sharing_rounds import Round, RoundWishes
from app.services.sharing_standing import Standing, publish, standing_of
from app.services.sharing_state import TeamIdentity, read_identity
from app.sharing.membership.acts import CutMark
from app.sharing.membership.batch import Draft
from app.sharing.membership.state import Device, Status
from app.sharing.places.address import Address, AddressUnusable, read_address
from app.sharing.places.place import Place
from app.sharing.places.stopping import Stop, Stopped
from app.workplace import Workplace
from db.base import Connection
from db.mirror import Mirror

OpenAt = Callable[[str], tuple[Place, str]]
"""Opens a 置き場; gives it with its address as it is kept."""
Drafting = Callable[[Standing, Connection], Draft]
DraftingAbout = Callable[[Standing, Connection, Device], Draft]
NEWS_WAIT_S = 20.0
"""How long an act waits for news of the 置き場 before it counts here: a stolen laptop does not wait."""


def open_at_address(address: str, key_ring: KeyRing | None = None) -> tuple[Place, str]:
    """The 置き場 at an address. Raises what is wrong with that, PlaceKeysMissing, Unavailable."""
    read = checked_address(address)
    return open_with_keys(read, PlaceKeys(key_ring or KeyRing())), str(read)


def checked_address(address: str) -> Address:
    """Raises what is wrong with it."""
    try:
        return read_address(address)
    except AddressUnusable as unusable:
        raise address_fault(unusable) from None


class TeamAccess:
    """Everything here may wait on the 置き場; run it beside the window."""

    def __init__(
        self, place: Workplace, open_at: OpenAt | None = None, key_ring: KeyRing | None = None
    ) -> None:
        self._place = place
        self._store = place.store
        self._key_ring = key_ring or KeyRing()
        self._open_at = open_at or partial(open_at_address, key_ring=self._key_ring)

    @staticmethod
    def new_stop() -> Stop:
        """A wish to stop that can be handed to what waits on the 置き場, and asked for from any thread."""
        return Stop()

    # standing

    def _standing(self) -> tuple[TeamIdentity, Standing]:
        """Raises TeamMissing."""
        with told(), self._store.reading() as connection:
            standing = _standing_in(connection)
            return standing.identity, standing

    @staticmethod
    def _require_member(standing: Standing) -> Device:
        if standing.own is None or not standing.own.is_active:
            raise TeamNotJoined
        return standing.own

    def _require_administrator(self, standing: Standing) -> Device:
        own = self._require_member(standing)
        if not own.is_administrator:
            raise AdministratorOnly
        return own

    # the 置き場

    @contextmanager
    def _opened(self, address: str) -> Iterator[tuple[Place, str]]:
        place, kept_address = self._open_at(address)
        try:
            yield place, kept_address
        finally:
            place.close()

    def _round(self, identity: TeamIdentity, place: Place, stop: Stop, wishes: RoundWishes) -> RoundReport:
        return Round(self._place, identity, place, stop, wishes).run()

    def _try_round(self, stop: Stop) -> str:
        """One round, if the 置き場 answers; else the code of what is in the way."""
        identity, _ = self._standing()
        try:
            with self._opened(identity.address) as (place, _):
                return self._round(identity, place, stop, RoundWishes()).fault
        except AppError as fault:
            if isinstance(fault, Unavailable) or fault.code.startswith("place."):
                return fault.code
            raise

    def _look_for_news(self) -> str:
        """A round that an act does not wait for longer than NEWS_WAIT_S."""
        stop = Stop()
        timer = Timer(NEWS_WAIT_S, stop.ask)
        timer.daemon = True
        timer.start()
        try:
            return self._try_round(stop)
        except Stopped:
            return PlaceUnreachable.code
        finally:
            timer.cancel()

    # acting

    def _act(self, *draftings: Drafting, stop: Stop | None = None) -> str:
        """Publish acts, all or none: they count here at once, elsewhere as soon as the 置き場 is told.

        Returns the code of what is in the way of that, "" for nothing. A drafting may refuse by raising.
        Raises SeniorAdministrator for what only somebody more senior may do.
        """
        fault = self._look_for_news()
        with told(), self._store.writing_raw() as connection:
            standing = _standing_in(connection)
            for drafting in draftings:
                standing = _published(connection, standing, drafting(standing, connection))
        return fault or self._try_round(stop or Stop())

    def _act_on(self, named: str, *draftings: DraftingAbout, stop: Stop | None) -> ActNote:
        """Acts about a device of the team. Raises TeamMemberMissing, and what a drafting does."""
        names: list[str] = []

        def about(drafting: DraftingAbout, standing: Standing, connection: Connection) -> Draft:
            device = device_named(standing, named)
            names.append(device.name)
            return drafting(standing, connection, device)

        fault = self._act(*(partial(about, each) for each in draftings), stop=stop)
        return ActNote(names[-1], fault)

    def _now_ms(self) -> int:
        return int(self._place.now().timestamp() * 1000)


def _standing_in(connection: Connection) -> Standing:
    identity = read_identity(connection)
    if identity is None:
        raise TeamMissing
    return standing_of(connection, identity)


def _published(connection: Connection, standing: Standing, draft: Draft) -> Standing:
    """Raises SeniorAdministrator, within the transaction, for an act that nobody would let count."""
    after = publish(connection, standing, draft)
    new = after.log.entries.keys() - standing.log.entries.keys()
    if not new.isdisjoint(after.membership.void):
        raise SeniorAdministrator
    return after


def device_named(standing: Standing, named: str) -> Device:
    """The device of the team with this name, or whose id begins so. Raises TeamMemberMissing."""
    found = [
        each
        for each in standing.membership.devices.values()
        if each.status is not Status.REMOVED
        and (each.name == named or each.id.hex().startswith(named.lower()))
    ]
    if len(found) != 1:
        raise TeamMemberMissing(count=len(found))
    return found[0]


def cuts_of(connection: Connection, standing: Standing, device: bytes, within: bytes = b"") -> list[CutMark]:
    """Marks behind all that arrived here of a device; `within` one compartment of the vault, or all."""
    streams = sorted(Mirror(connection).streams_of(device).items())
    return [
        CutMark(stream, last)
        for stream, (_, last, epoch) in streams
        if not within or standing.compartments.get(epoch, (None, b""))[0] == within
    ]


def in_bytes(record_id: str) -> bytes:
    """The id of a record as the vault has it."""
    return UUID(record_id).bytes
