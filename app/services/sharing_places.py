"""The 置き場 itself: whether it answers, what opens it, and moving to another one (design-sync 8.4)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from app.errors import InvitationOfAnotherTeam, PlaceInStoreFolder, PlaceOfAnotherTeam, PlaceRefused
from app.faults import told
from app.place_faults import place_fault
from app.place_keys import PlaceKeys
from app.services.sharing_access import TeamAccess, checked_address
from app.services.sharing_joining import read_invitation
from app.services.sharing_looking import Looking
from app.services.sharing_rounds import RoundWishes
from app.services.sharing_state import read_identity, write_identity
from app.sharing.membership.invitations import new_invitation, text_of
from app.sharing.objects.names import VAULT_FILE
from app.sharing.places.address import (
    DEFAULT_REGION,
    AzureAddress,
    FolderAddress,
    S3Address,
    WebDavAddress,
)
from app.sharing.places.credentials import Credentials, CredentialsUnusable
from app.sharing.places.opening import open_place
from app.sharing.places.place import Failed, Missing, Place
from app.sharing.places.stopping import Stop

_TRIAL = "trial.osy"


class PlaceKind(StrEnum):
    """The kinds of 置き場."""

    FOLDER = "folder"
    WEBDAV = "webdav"
    S3 = "s3"
    AZURE = "azure"


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """What a person enters about a 置き場; which fields count, `kind` says.

    `where` is the folder, the address of the collection, the bucket, or 「account/container」. `user` and
    `secret` go into the system's key ring and nowhere else.
    """

    kind: PlaceKind
    where: str
    prefix: str = ""
    endpoint: str = ""
    region: str = ""
    user: str = ""
    secret: str = ""

    @property
    def address(self) -> str:
        """The address as it is kept. Raises what is wrong with it."""
        return str(checked_address(self._written()))

    def _written(self) -> str:
        where, prefix = self.where.strip(), self.prefix.strip().strip("/")
        if self.kind is PlaceKind.S3:
            region = self.region.strip() or DEFAULT_REGION
            return str(S3Address(where, prefix, self.endpoint.strip(), region))
        if self.kind is PlaceKind.AZURE:
            account, _, container = where.partition("/")
            return str(AzureAddress(account, container, prefix, self.endpoint.strip()))
        return where


class PlaceState(StrEnum):
    """Whose a 置き場 is."""

    EMPTY = "empty"
    OURS = "ours"
    OTHERS = "others"


class PlaceActs(TeamAccess):
    """Trying, choosing and changing the 置き場."""

    def try_place(self, entry: PlaceEntry, stop: Stop | None = None) -> PlaceState:
        """Write to a 置き場, read it back, and see whose it is; nothing stays there, nothing is kept here.

        Raises what is in the way.
        """
        stop = stop or Stop()
        self._require_apart(entry.address)
        place = _opened_by(entry)
        try:
            _require_it_keeps(place, stop)
            return self._whose(place, stop)
        finally:
            place.close()

    def keep_keys(self, entry: PlaceEntry) -> str:
        """Keep what opens the 置き場 in the key ring; its address. Raises Unavailable without a key ring."""
        address = checked_address(entry.address)
        if not isinstance(address, FolderAddress):
            PlaceKeys(self._key_ring).keep(address, Credentials(entry.user, entry.secret))
        return str(address)

    def move(self, address: str, stop: Stop | None = None) -> str:
        """Share through another 置き場 from now on, and fill it from this device.

        Returns the code of what keeps it from being filled, or nothing. What opens it must be in the key
        ring. Raises PlaceOfAnotherTeam, PlaceInStoreFolder, TeamMissing, and the failures of the place; then
        the old one stays.
        """
        self._require_apart(address)
        identity, _ = self._standing()
        stop = stop or Stop()
        with self._opened(address) as (place, kept_address):
            if self._whose(place, stop) is PlaceState.OTHERS:
                raise PlaceOfAnotherTeam
            moved = replace(identity, address=kept_address)
            report = self._round(moved, place, stop, RoundWishes(look_through=True, refill=True))
        self._keep_address(kept_address)
        return report.fault

    def notice_of_place(self) -> str:
        """A text that tells members of the team where the 置き場 is now; nobody joins with it."""
        identity, standing = self._standing()
        self._require_member(standing)
        return text_of(
            new_invitation(
                identity.vault, identity.root, identity.keys.public, identity.address, self._now_ms()
            )
        )

    def place_in_notice(self, notice: bytes) -> str:
        """The address that a notice names, of this team only. Raises InvitationUnreadable,
        InvitationOfAnotherTeam.
        """
        identity, _ = self._standing()
        read = read_invitation(notice)
        if (read.vault, read.root_fingerprint) != (identity.vault, identity.root.root_fingerprint):
            raise InvitationOfAnotherTeam
        return read.place_hint

    def _require_apart(self, address: str) -> None:
        read = checked_address(address)
        if isinstance(read, FolderAddress):
            store = self._store.path.parent.resolve()
            if read.path.resolve().is_relative_to(store):
                raise PlaceInStoreFolder

    def _whose(self, place: Place, stop: Stop) -> PlaceState:
        with told(), self._store.reading() as connection:
            identity = read_identity(connection)
        if identity is not None:
            try:
                if Looking(place, stop, identity).has_vault_file():
                    return PlaceState.OURS
            except PlaceOfAnotherTeam:
                return PlaceState.OTHERS
        return PlaceState.EMPTY if is_empty(place, stop) else PlaceState.OTHERS

    def _keep_address(self, address: str) -> None:
        with told(), self._store.writing_raw() as connection:
            identity = read_identity(connection)
            if identity is not None:
                write_identity(connection, replace(identity, address=address))


def is_empty(place: Place, stop: Stop) -> bool:
    """Whether nobody shares there. Raises what the failures of a place are."""
    vault = place.get(VAULT_FILE, stop)
    entries = place.list("k/", stop)
    for answer in (vault, entries):
        if isinstance(answer, Failed):
            raise place_fault(answer)
    return isinstance(vault, Missing) and (isinstance(entries, Failed) or not entries.entries)


def entry_of(address: str) -> PlaceEntry:
    """What a person would have entered for an address. Raises what is wrong with it."""
    match checked_address(address):
        case S3Address(bucket, prefix, endpoint, region):
            return PlaceEntry(PlaceKind.S3, bucket, prefix, endpoint, region)
        case AzureAddress(account, container, prefix, endpoint):
            return PlaceEntry(PlaceKind.AZURE, f"{account}/{container}", prefix, endpoint)
        case WebDavAddress(url):
            return PlaceEntry(PlaceKind.WEBDAV, url)
        case folder:
            return PlaceEntry(PlaceKind.FOLDER, str(folder))


def _opened_by(entry: PlaceEntry) -> Place:
    """With what was typed, not with what the key ring holds."""
    address = checked_address(entry.address)
    try:
        return open_place(address, Credentials(entry.user, entry.secret))
    except CredentialsUnusable:
        raise PlaceRefused from None


def _require_it_keeps(place: Place, stop: Stop) -> None:
    """What is put must come back; a 置き場 that can be read only is of no use to begin with."""
    for answer in (place.put(_TRIAL, b"banso", stop), place.get(_TRIAL, stop), place.delete(_TRIAL, stop)):
        if isinstance(answer, Failed):
            raise place_fault(answer)
