"""Somebody comes: invitations, requests to join, and the approval of what was compared by voice."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from app.domain.terms import TeamRole
from app.errors import (
    InvitationExpired,
    InvitationOfAnotherTeam,
    InvitationSpent,
    InvitationUnreadable,
    JoinRequestMissing,
    PlaceEmptied,
    TeamThere,
)
from app.faults import told
from app.place_faults import place_fault
from app.rows.sharing import InvitedRow, RequestRow
from app.services.sharing_access import TeamAccess, device_named, in_bytes
from app.services.sharing_invitations import Invited, read_invited, write_invited
from app.services.sharing_looking import Looking
from app.services.sharing_rounds import Round, RoundWishes
from app.services.sharing_standing import Standing, program, publish
from app.services.sharing_state import TeamIdentity, read_identity, write_identity
from app.sharing.membership.acts import Role
from app.sharing.membership.invitations import (
    MOST_FILE_BYTES,
    Invitation,
    InvitationState,
    new_invitation,
    read_file,
    read_text,
    text_of,
)
from app.sharing.membership.joining import JoinRequest, NotInvited, read_request, request_to_join
from app.sharing.membership.keys import PublicKeys, new_device_keys
from app.sharing.objects import vault_file
from app.sharing.objects.container import ObjectType, SealedObject, parse
from app.sharing.objects.malformed import MalformedObject
from app.sharing.objects.names import VAULT_FILE, name_of
from app.sharing.places.place import Content, Failed, Place
from app.sharing.places.stopping import Stop
from app.sharing.rounds.roots import root_of
from app.sharing.rounds.sealing import Sealer
from db.base import Connection
from db.mirror import Mirror
from db.store import Author


def letter_in(path: Path) -> bytes:
    """The invitation, or the notice of a 置き場, that a file holds. Raises InvitationUnreadable."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_FILE_BYTES + 1)
    except OSError:
        raise InvitationUnreadable from None


@dataclass(frozen=True, slots=True)
class Requests:
    """Requests that answer an invitation of this device; `unknown` are others that this device can open."""

    known: tuple[JoinRequest, ...]
    unknown: int


@dataclass(frozen=True, slots=True)
class InvitationNote:
    """What an invitation says: who invites, to which 置き場, until when (ISO 8601, UTC)."""

    inviter: str
    address: str
    expires: str


class Joining(TeamAccess):
    """Inviting, asking to join, approving."""

    # inviting

    def invite(self, meant: Invited | None = None) -> str:
        """The text of a new invitation, good for seven days and one device. Raises AdministratorOnly.

        `meant` is what is proposed once somebody comes with it.
        """
        identity, standing = self._standing()
        own = self._require_administrator(standing)
        made = new_invitation(
            identity.vault,
            identity.root,
            identity.keys.public,
            identity.address,
            self._now_ms(),
            inviter_name=own.name,
        )
        text = text_of(made)
        with told(), self._store.writing_raw() as connection:
            kept = (*identity.invitations, text)
            write_identity(connection, replace(identity, invitations=kept))
            write_invited(connection, {**read_invited(connection), made.id.hex(): meant or Invited()})
        return text

    def withdraw_invitation(self, invitation: str) -> None:
        """Let nobody come with an invitation of this device any more; `invitation` is its id."""
        with told(), self._store.writing_raw() as connection:
            invited = read_invited(connection)
            gone = replace(invited.get(invitation, Invited()), is_withdrawn=True)
            write_invited(connection, {**invited, invitation: gone})

    # asking

    def join(self, invitation: bytes, name: str, address: str = "", stop: Stop | None = None) -> str:
        """Ask to join with an invitation; return the 20 digits that both sides compare.

        The 置き場 is where the invitation says, or at `address`. Raises what is wrong with the invitation,
        TeamThere, and what the place's failures are.
        """
        invited = read_invitation(invitation)
        self._require_may_join(invited.vault)
        if invited.state(self._now_ms(), ()) is InvitationState.EXPIRED:
            raise InvitationExpired
        stop = stop or Stop()
        with self._opened(address or invited.place_hint) as (place, kept_address):
            file, root = vault_of(invited, place, stop)
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

    def invitation_note(self, invitation: bytes) -> InvitationNote:
        """Read an invitation without using it. Raises InvitationUnreadable, InvitationExpired."""
        invited = read_invitation(invitation)
        if invited.state(self._now_ms(), ()) is InvitationState.EXPIRED:
            raise InvitationExpired
        expires = datetime.fromtimestamp(invited.expires_ms / 1000, UTC).isoformat()
        return InvitationNote(invited.inviter_name, invited.place_hint, expires)

    def withdraw_request(self, stop: Stop | None = None) -> None:
        """Ask no longer, as long as nobody has approved it. Raises TeamMissing, TeamThere."""
        identity, standing = self._standing()
        if standing.own is not None:
            raise TeamThere
        sealed = parse(identity.request, identity.vault)
        with self._opened(identity.address) as (place, _):
            answer = place.delete(name_of(sealed.header, sealed.id).path, stop or Stop())
            if isinstance(answer, Failed):
                raise place_fault(answer)
        with told(), self._store.writing_raw() as connection:
            write_identity(connection, None)

    def _require_no_team(self) -> None:
        """A store that has shared once goes on with that team, or is read only."""
        with told(), self._store.reading() as connection:
            if read_identity(connection) is not None or _has_shared(connection):
                raise TeamThere

    def _require_may_join(self, vault: bytes) -> None:
        """Alone, or asking in vain, or out of this very team: what was sealed once belongs to its vault."""
        with told(), self._store.reading() as connection:
            has_shared = _has_shared(connection)
            identity = read_identity(connection)
        if not has_shared:
            return
        if vault != UUID(self._place.team_id).bytes:
            raise TeamThere
        if identity is not None and self._is_in_use(identity):
            raise TeamThere

    def _is_in_use(self, identity: TeamIdentity) -> bool:
        _, standing = self._standing()
        return not identity.request and standing.own is not None and standing.own.is_active

    def _become(self, connection: Connection, identity: TeamIdentity) -> None:
        write_identity(connection, identity)
        Mirror(connection).leave_streams()
        device = str(UUID(bytes=identity.device))
        self._store.write_as(connection, Author(self._place.user_id, device))

    # approving

    def approve(
        self,
        digits: str,
        role: TeamRole,
        companies: Collection[str] = (),
        stop: Stop | None = None,
        *,
        person_of: str = "",
    ) -> str:
        """Admit the device that shows these digits; its name. `companies` are ids of companies.

        `person_of` names a device whose person the newcomer is: then it is that person's further device.
        Raises AdministratorOnly, JoinRequestMissing, InvitationSpent, InvitationExpired, TeamMemberMissing.
        """
        identity, _ = self._standing()
        stop = stop or Stop()
        with self._opened(identity.address) as (place, _):
            self._round(identity, place, stop, RoundWishes())
            identity, standing = self._standing()
            self._require_administrator(standing)
            request = self._request(identity, place, stop, digits)
            self._require_usable(identity, standing, request)
            newcomer = request.newcomer
            if person_of:
                newcomer = replace(newcomer, user=device_named(standing, person_of).user)
            chosen = [in_bytes(company) for company in companies]
            with told(), self._store.writing_raw() as connection:
                draft = standing.desk(self._now_ms()).approve(newcomer, Role[role.name], chosen)
                publish(connection, standing, draft)
            self._round(identity, place, stop, RoundWishes())
        return newcomer.name

    def _request(self, identity: TeamIdentity, place: Place, stop: Stop, digits: str) -> JoinRequest:
        wanted = _only_digits(digits)
        for each in self._requests(identity, place, stop).known:
            if _only_digits(each.digits) == wanted:
                return each
        raise JoinRequestMissing

    def _requests(self, identity: TeamIdentity, place: Place, stop: Stop) -> Requests:
        """Requests that answer an invitation of this device, and whose keys signed them."""
        with told(), self._store.reading() as connection:
            withdrawn = {each for each, of in read_invited(connection).items() if of.is_withdrawn}
        looking = Looking(place, stop, identity)
        names = [entry.name for entry in looking.below("j/")]
        invitations = [read_text(text) for text in identity.invitations]
        known, unknown = [], 0
        for sealed in looking.objects(names, ObjectType.JOIN_REQUEST):
            try:
                request = _request_in(sealed, invitations, identity)
            except NotInvited:
                unknown += 1
                continue
            if request is not None and request.newcomer.invitation.hex() not in withdrawn:
                known.append(request)
        return Requests(tuple(known), unknown)

    def _require_usable(self, identity: TeamIdentity, standing: Standing, request: JoinRequest) -> None:
        for invitation in map(read_text, identity.invitations):
            if invitation.id == request.newcomer.invitation:
                state = invitation.state(self._now_ms(), standing.membership.spent)
                if state is InvitationState.SPENT:
                    raise InvitationSpent
                if state is InvitationState.EXPIRED:
                    raise InvitationExpired

    # showing

    def _request_rows(
        self, identity: TeamIdentity, standing: Standing, stop: Stop
    ) -> tuple[tuple[RequestRow, ...], int]:
        """Those who wait in the 置き場, and how many ask without knowing an invitation."""
        with self._opened(identity.address) as (place, _):
            found = self._requests(identity, place, stop)
        waiting = [
            each for each in found.known if each.newcomer.public.device_id not in standing.membership.devices
        ]
        late = {each.id for each in self._given(identity) if not self._is_open(each, standing)}
        answered = [each.newcomer.invitation for each in waiting]
        rows = (
            RequestRow(
                each.newcomer.name,
                each.digits,
                each.newcomer.invitation.hex(),
                answered.count(each.newcomer.invitation) - 1,
                each.newcomer.invitation in late,
            )
            for each in waiting
        )
        return tuple(rows), found.unknown

    def _invited_rows(self, identity: TeamIdentity, standing: Standing) -> tuple[InvitedRow, ...]:
        with told(), self._store.reading() as connection:
            notes = read_invited(connection)
        rows = []
        for given in self._given(identity):
            note = notes.get(given.id.hex(), Invited())
            expires = datetime.fromtimestamp(given.expires_ms / 1000, UTC).isoformat()
            is_open = self._is_open(given, standing) and not note.is_withdrawn
            rows.append(InvitedRow(given.id.hex(), note.name, note.role, note.companies, expires, is_open))
        return tuple(rows)

    def _is_open(self, given: Invitation, standing: Standing) -> bool:
        return given.state(self._now_ms(), standing.membership.spent) is InvitationState.USABLE

    @staticmethod
    def _given(identity: TeamIdentity) -> Iterable[Invitation]:
        return map(read_text, identity.invitations)


def vault_of(invited: Invitation, place: Place, stop: Stop) -> tuple[bytes, PublicKeys]:
    """The vault file of the team that invited, and its root. Raises PlaceEmptied, InvitationOfAnotherTeam."""
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


def read_invitation(invitation: bytes) -> Invitation:
    """Raises InvitationUnreadable."""
    try:
        return read_file(invitation)
    except MalformedObject as malformed:
        raise InvitationUnreadable from malformed


def _has_shared(connection: Connection) -> bool:
    """A key log is held from the moment that a team has admitted this store, or that it made one."""
    return bool(Mirror(connection).ids_of_type(ObjectType.KEY_LOG_ENTRY))


def _request_in(
    sealed: SealedObject, invitations: list[Invitation], identity: TeamIdentity
) -> JoinRequest | None:
    """Raises NotInvited."""
    try:
        request = read_request(sealed.content, invitations, identity.keys)
        if request is not None:
            sealed.check_signature(request.newcomer.public.signing)
    except MalformedObject:
        return None
    return request


def _only_digits(text: str) -> str:
    return "".join(each for each in text if each.isdecimal())
