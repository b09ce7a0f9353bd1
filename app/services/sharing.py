"""Sharing: making a team, its people and devices, its 置き場, and rounds (design-sync 8.4)."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from app.crypto.recovery_words import entropy_of
from app.domain.folding import fold
from app.domain.terms import DeviceStatus
from app.errors import PlaceTaken
from app.faults import told
from app.rows.sharing import NO_TEAM, DeviceRow, RequestRow, RoundReport, TeamOverview, TeamStanding
from app.services.sharing_devices import DeviceActs
from app.services.sharing_held_work import count_open
from app.services.sharing_members import MemberActs
from app.services.sharing_overview import TeamView, standing_here
from app.services.sharing_places import PlaceActs, is_empty
from app.services.sharing_rounds import Round, RoundWishes
from app.services.sharing_sheets import SheetActs, draw_sheet
from app.services.sharing_standing import add_entries, keep_keys, program, standing_of
from app.services.sharing_state import TeamIdentity, read_identity
from app.services.sharing_versions import VersionActs
from app.services.sharing_wiping import LastActs
from app.sharing.membership.desk import Newcomer
from app.sharing.membership.epochs import KeyRing as EpochKeys
from app.sharing.membership.founding import found_team
from app.sharing.membership.keys import new_device_keys, root_keys
from app.sharing.places.stopping import Stop
from app.sharing.rounds.roots import make_vault_file
from app.sharing.rounds.sealing import Sealer


class SharingService(MemberActs, DeviceActs, PlaceActs, SheetActs, VersionActs, LastActs):
    """What a person does to share. Everything here may wait on the 置き場; run it beside the window."""

    def create(
        self, address: str, name: str, stop: Stop | None = None, words: Sequence[str] = ()
    ) -> tuple[str, ...]:
        """Make a team in an empty 置き場; return the 24 words of its recovery sheet, kept nowhere else.

        `words` were drawn by `draw_sheet` before, and proved to be on paper. Raises TeamThere, PlaceTaken,
        PlaceInStoreFolder, and what the place's failures are.
        """
        self._require_no_team()
        self._require_apart(address)
        stop, words = stop or Stop(), tuple(words) or draw_sheet()
        with self._opened(address) as (place, kept_address):
            if not is_empty(place, stop):
                raise PlaceTaken
            root, keys = root_keys(entropy_of(words)), new_device_keys()
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
        return words

    def overview(self, stop: Stop | None = None, *, with_requests: bool = False) -> TeamOverview:
        """The team as the store knows it, NO_TEAM without one; those who ask are looked up in the 置き場."""
        with told(), self._store.reading() as connection:
            identity = read_identity(connection)
            if identity is None:
                return NO_TEAM
            standing = standing_of(connection, identity)
            view = TeamView(connection, standing)
            devices, members = view.devices(), view.members()
            renewal, sheets = view.renewal(), view.sheets()
            held = count_open(connection, standing)
        is_administrator = standing.own is not None and standing.own.is_administrator
        requests: tuple[RequestRow, ...] = ()
        unknown = 0
        if with_requests and is_administrator:
            requests, unknown = self._request_rows(identity, standing, stop or Stop())
        here = standing_here(standing)
        return TeamOverview(
            identity.address,
            devices,
            requests,
            identity.digits if here is TeamStanding.WAITING else "",
            here,
            is_administrator,
            members,
            renewal,
            sheets,
            self._invited_rows(identity, standing) if is_administrator else (),
            unknown,
            held,
        )

    def devices_like(self, words: str) -> tuple[DeviceRow, ...]:
        """Devices of others that are in the team and whose names hold these words, those in use first."""
        wanted = fold(words)
        found = [
            each
            for each in self.overview().devices
            if not each.is_own and each.status is not DeviceStatus.REMOVED and wanted in fold(each.name)
        ]
        return tuple(sorted(found, key=lambda each: (each.status is not DeviceStatus.ACTIVE, each.name)))

    def synchronise(
        self, address: str = "", wishes: RoundWishes | None = None, stop: Stop | None = None
    ) -> RoundReport:
        """One round with the 置き場, or with the one at `address`. Raises TeamMissing and as `Round.run`."""
        identity, _ = self._standing()
        with self._opened(address or identity.address) as (place, _):
            return self._round(identity, place, stop or Stop(), wishes or RoundWishes())
