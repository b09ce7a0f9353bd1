"""Sharing: making a team, joining one, its devices, and rounds of synchronisation (design-sync 8.4)."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from uuid import UUID

from app.crypto.recovery_words import spell
from app.domain.terms import TeamRole
from app.errors import (
    AdministratorOnly,
    InvitationExpired,
    InvitationOfAnotherTeam,
    InvitationSpent,
    InvitationUnreadable,
    JoinRequestMissing,
    PlaceEmptied,
    PlaceTaken,
    TeamMemberMissing,
    TeamMissing,
    TeamNotJoined,
    TeamThere,
)
from app.faults import told
from app.place_faults import address_fault, place_fault
from app.place_keys import PlaceKeys, open_with_keys
from app.rows.sharing import DeviceRow, RequestRow, RoundReport, TeamOverview
from app.secrets import KeyRing
from app.services.sharing_looking import Looking
from app.services.sharing_rounds import Round, RoundWishes
from app.services.sharing_standing import (
    Standing,
    add_entries,
    keep_keys,
    program,
    publish,
    standing_of,
)
from app.services.sharing_state import TeamIdentity, read_identity, write_identity
from app.sharing.membership.acts import CutMark, Role
from app.sharing.membership.desk import Newcomer
from app.sharing.membership.epochs import KeyRing as EpochKeys
from app.sharing.membership.founding import found_team
from app.sharing.membership.invitations import (
    Invitation,
    InvitationState,
    new_invitation,
    read_file,
    read_text,
    text_of,
)
from app.sharing.membership.joining import JoinRequest, NotInvited, read_request, request_to_join
from app.sharing.membership.keys import SEED_BYTES, PublicKeys, new_device_keys, root_keys
from app.sharing.membership.state import Device, Status
from app.sharing.objects import vault_file
from app.sharing.objects.container import ObjectType, SealedObject
from app.sharing.objects.malformed import MalformedObject
from app.sharing.objects.names import VAULT_FILE
from app.sharing.places.address import AddressUnusable, read_address
from app.sharing.places.place import Content, Failed, Missing, Place
from app.sharing.places.stopping import Stop
from app.sharing.rounds.roots import make_vault_file, root_of
from app.sharing.rounds.sealing import Sealer
from app.workplace import Workplace
from db.base import Connection
from db.mirror import Mirror
from db.store import Author

_ROLES = {
    Role.ADMINISTRATOR: TeamRole.ADMINISTRATOR,
    Role.MEMBER: TeamRole.MEMBER,
    Role.VIEWER: TeamRole.VIEWER,
}
_STATUSES = {Status.ACTIVE: "使用中", Status.SUSPENDED: "停止中", Status.REMOVED: "外れた端末"}


OpenAt = Callable[[str], tuple[Place, str]]
"""Opens a 置き場; gives it with its address as it is kept."""


def open_at_address(address: str) -> tuple[Place, str]:
    """The 置き場 at an address. Raises what is wrong with that, PlaceKeysMissing, Unavailable."""
    try:
        read = read_address(address)
    except AddressUnusable as unusable:
        raise address_fault(unusable) from None
    return open_with_keys(read, PlaceKeys(KeyRing())), str(read)


class SharingService:
    """What a person does to share. Everything here may wait on the 置き場; run it beside the window."""

    def __init__(self, place: Workplace, open_at: OpenAt | None = None) -> None:
        self._place = place
        self._store = place.store
        self._open_at = open_at or open_at_address

    # a team begins

    def create(self, address: str, name: str, stop: Stop | None = None) -> tuple[str, ...]:
        """Make a team in an empty 置き場; return the 24 words of its recovery sheet, kept nowhere else.

        Raises TeamThere, PlaceTaken, and what the place's failures are.
        """
        self._require_no_team()
        stop = stop or Stop()
        with self._opened(address) as (place, kept_address):
            _require_empty(place, stop)
            seed = os.urandom(SEED_BYTES)
            root, keys = root_keys(seed), new_device_keys()
            vault = UUID(self._place.team_id).bytes
            made = make_vault_file(vault, root)
            identity = TeamIdentity(vault, root.public, keys, kept_address, made)
            first = Newcomer(keys.public, UUID(self._place.user_id).bytes, name)
            draft = found_team(vault, root.public, first, self._now_ms())
            entry = Sealer(vault, root, program()).entry(draft, draft.keys[0].key)
            ring = EpochKeys(vault, {each.name: each.key for each in draft.keys})
            with told(), self._store.writing_raw() as connection:
                add_entries(connection, [entry], placed=False)
                keep_keys(connection, ring)
                self._become(connection, identity)
            Round(self._place, identity, place, stop, RoundWishes(refill=True)).run()
        return spell(seed)

    # somebody comes

    def invite(self) -> str:
        """The text of a new invitation, good for seven days and one device. Raises AdministratorOnly."""
        identity, standing = self._standing()
        self._require_administrator(standing)
        made = new_invitation(
            identity.vault, identity.root, identity.keys.public, identity.address, self._now_ms()
        )
        text = text_of(made)
        with told(), self._store.writing_raw() as connection:
            kept = (*identity.invitations, text)
            write_identity(connection, replace(identity, invitations=kept))
        return text

    def join(self, invitation: bytes, name: str, address: str = "", stop: Stop | None = None) -> str:
        """Ask to join with an invitation; return the 20 digits that both sides compare.

        The 置き場 is where the invitation says, or at `address`. Raises what is wrong with the invitation,
        TeamThere, and what the place's failures are.
        """
        self._require_no_team()
        invited = _read(invitation)
        if invited.state(self._now_ms(), ()) is InvitationState.EXPIRED:
            raise InvitationExpired
        stop = stop or Stop()
        with self._opened(address or invited.place_hint) as (place, kept_address):
            file, root = _vault_of(invited, place, stop)
            keys = new_device_keys()
            sealed = request_to_join(invited, keys, UUID(self._place.user_id).bytes, name)
            request = Sealer(invited.vault, keys, program()).join_request(sealed.data)
            identity = TeamIdentity(
                invited.vault, root, keys, kept_address, file, request.data, sealed.digits
            )
            with told(), self._store.writing_raw() as connection:
                self._become(connection, identity)
            Round(self._place, identity, place, stop, RoundWishes()).run()
        return sealed.digits

    def approve(
        self, digits: str, role: TeamRole, companies: Collection[str] = (), stop: Stop | None = None
    ) -> str:
        """Admit the device that shows these digits; its name. `companies` are ids of companies.

        Raises AdministratorOnly, JoinRequestMissing, InvitationSpent, InvitationExpired.
        """
        identity, _ = self._standing()
        stop = stop or Stop()
        with self._opened(identity.address) as (place, _):
            self._round(identity, place, stop, RoundWishes())
            identity, standing = self._standing()
            self._require_administrator(standing)
            request = self._request(identity, place, stop, digits)
            self._require_usable(identity, standing, request)
            chosen = [UUID(company).bytes for company in companies]
            with told(), self._store.writing_raw() as connection:
                publish(
                    connection,
                    standing,
                    standing.desk(self._now_ms()).approve(request.newcomer, Role[role.name], chosen),
                )
            self._round(identity, place, stop, RoundWishes())
        return request.newcomer.name

    def give_company(self, company: str, named: str, stop: Stop | None = None) -> None:
        """Let the person of a device into a company, with all that was ever written of it.

        Raises AdministratorOnly, TeamMemberMissing.
        """
        identity, _ = self._standing()
        stop = stop or Stop()
        with self._opened(identity.address) as (place, _):
            self._round(identity, place, stop, RoundWishes())
            identity, standing = self._standing()
            self._require_administrator(standing)
            user = _device_named(standing, named).user
            with told(), self._store.writing_raw() as connection:
                publish(connection, standing, standing.desk(self._now_ms()).grant(UUID(company).bytes, user))
            self._round(identity, place, stop, RoundWishes())

    # somebody goes

    def stop_device(self, named: str, stop: Stop | None = None) -> str:
        """Suspend a device at once, by its name or the beginning of its id; an administrator removes it.

        Work that arrived here before still counts. Raises TeamMemberMissing.
        """
        identity, _ = self._standing()
        stop = stop or Stop()
        with self._opened(identity.address) as (place, _):
            self._round(identity, place, stop, RoundWishes())
            identity, standing = self._standing()
            device = _device_named(standing, named)
            with told(), self._store.writing_raw() as connection:
                cuts = _cuts(Mirror(connection), device.id)
                is_ours = standing.own is not None and standing.own.is_administrator
                desk = standing.desk(self._now_ms())
                draft = desk.remove({device.id: cuts}) if is_ours else desk.stop(device.id, cuts)
                publish(connection, standing, draft)
            self._round(identity, place, stop, RoundWishes())
        return device.name

    # looking and agreeing

    def overview(self, stop: Stop | None = None, *, with_requests: bool = False) -> TeamOverview:
        """The team as the store knows it; those who ask to join are looked up in the 置き場."""
        identity, standing = self._standing()
        requests: tuple[RequestRow, ...] = ()
        if with_requests and standing.own and standing.own.is_administrator:
            with self._opened(identity.address) as (place, _):
                found = self._requests(identity, place, stop or Stop())
                admitted = standing.membership.devices
                requests = tuple(
                    RequestRow(each.newcomer.name, each.digits)
                    for each in found
                    if each.newcomer.public.device_id not in admitted
                )
        devices = sorted(standing.membership.devices.values(), key=lambda each: (each.name, each.id))
        return TeamOverview(
            identity.address,
            tuple(_row(each, identity) for each in devices),
            requests,
            identity.digits,
        )

    def synchronise(
        self, address: str = "", wishes: RoundWishes | None = None, stop: Stop | None = None
    ) -> RoundReport:
        """One round with the 置き場, or with the one at `address`. Raises TeamMissing and as `Round.run`."""
        identity, _ = self._standing()
        with self._opened(address or identity.address) as (place, _):
            return self._round(identity, place, stop or Stop(), wishes or RoundWishes())

    # what these are made of

    def _round(self, identity: TeamIdentity, place: Place, stop: Stop, wishes: RoundWishes) -> RoundReport:
        return Round(self._place, identity, place, stop, wishes).run()

    @contextmanager
    def _opened(self, address: str) -> Iterator[tuple[Place, str]]:
        place, kept_address = self._open_at(address)
        try:
            yield place, kept_address
        finally:
            place.close()

    def _standing(self) -> tuple[TeamIdentity, Standing]:
        with told(), self._store.reading() as connection:
            identity = read_identity(connection)
            if identity is None:
                raise TeamMissing
            return identity, standing_of(connection, identity)

    def _require_no_team(self) -> None:
        with told(), self._store.reading() as connection:
            if read_identity(connection) is not None:
                raise TeamThere

    @staticmethod
    def _require_administrator(standing: Standing) -> None:
        if standing.own is None:
            raise TeamNotJoined
        if not standing.own.is_administrator:
            raise AdministratorOnly

    def _become(self, connection: Connection, identity: TeamIdentity) -> None:
        write_identity(connection, identity)
        device = str(UUID(bytes=identity.device))
        self._store.write_as(connection, Author(self._place.user_id, device))

    def _now_ms(self) -> int:
        return int(self._place.now().timestamp() * 1000)

    def _request(self, identity: TeamIdentity, place: Place, stop: Stop, digits: str) -> JoinRequest:
        wanted = _only_digits(digits)
        for each in self._requests(identity, place, stop):
            if _only_digits(each.digits) == wanted:
                return each
        raise JoinRequestMissing

    @staticmethod
    def _requests(identity: TeamIdentity, place: Place, stop: Stop) -> list[JoinRequest]:
        """Requests that answer an invitation of this device, and whose keys signed them."""
        looking = Looking(place, stop, identity)
        names = [entry.name for entry in looking.below("j/")]
        invitations = [read_text(text) for text in identity.invitations]
        found = (
            _request_in(sealed, invitations, identity)
            for sealed in looking.objects(names, ObjectType.JOIN_REQUEST)
        )
        return [each for each in found if each is not None]

    def _require_usable(self, identity: TeamIdentity, standing: Standing, request: JoinRequest) -> None:
        for invitation in map(read_text, identity.invitations):
            if invitation.id == request.newcomer.invitation:
                state = invitation.state(self._now_ms(), standing.membership.spent)
                if state is InvitationState.SPENT:
                    raise InvitationSpent
                if state is InvitationState.EXPIRED:
                    raise InvitationExpired


def _require_empty(place: Place, stop: Stop) -> None:
    vault = place.get(VAULT_FILE, stop)
    entries = place.list("k/", stop)
    for answer in (vault, entries):
        if isinstance(answer, Failed):
            raise place_fault(answer)
    if not isinstance(vault, Missing) or (not isinstance(entries, Failed) and entries.entries):
        raise PlaceTaken


def _read(invitation: bytes) -> Invitation:
    try:
        return read_file(invitation)
    except MalformedObject as malformed:
        raise InvitationUnreadable from malformed


def _vault_of(invited: Invitation, place: Place, stop: Stop) -> tuple[bytes, PublicKeys]:
    answer = place.get(VAULT_FILE, stop)
    if isinstance(answer, Failed):
        raise place_fault(answer)
    if not isinstance(answer, Content):
        raise PlaceEmptied
    try:
        root = root_of(vault_file.read(answer.content, invited.vault))
    except MalformedObject:
        raise InvitationOfAnotherTeam from None
    if root.root_fingerprint != invited.root_fingerprint:
        raise InvitationOfAnotherTeam
    return answer.content, root


def _request_in(
    sealed: SealedObject, invitations: list[Invitation], identity: TeamIdentity
) -> JoinRequest | None:
    try:
        request = read_request(sealed.content, invitations, identity.keys)
        if request is not None:
            sealed.check_signature(request.newcomer.public.signing)
    except (MalformedObject, NotInvited):
        return None
    return request


def _device_named(standing: Standing, named: str) -> Device:
    found = [
        each
        for each in standing.membership.devices.values()
        if each.status is not Status.REMOVED
        and (each.name == named or each.id.hex().startswith(named.lower()))
    ]
    if len(found) != 1:
        raise TeamMemberMissing(count=len(found))
    return found[0]


def _cuts(mirror: Mirror, device: bytes) -> list[CutMark]:
    streams = mirror.streams_of(device)
    return [CutMark(stream, last) for stream, (_, last, _) in sorted(streams.items())]


def _row(device: Device, identity: TeamIdentity) -> DeviceRow:
    is_own = device.id == identity.device
    return DeviceRow(device.id.hex(), device.name, _ROLES[device.role].term, _STATUSES[device.status], is_own)


def _only_digits(text: str) -> str:
    return "".join(each for each in text if each.isdecimal())
