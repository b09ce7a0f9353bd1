"""Who may do what, and who sees which company: roles, and companies given and taken (settled 16, 34)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from app.domain.terms import TeamRole
from app.errors import LastAdministrator, LastHolder
from app.rows.sharing import ActNote
from app.services.sharing_access import TeamAccess, cuts_of, in_bytes
from app.services.sharing_standing import Standing
from app.sharing.membership.acts import Role
from app.sharing.membership.batch import Draft
from app.sharing.membership.state import Device
from app.sharing.places.stopping import Stop
from db.base import Connection


class MemberActs(TeamAccess):
    """People are named by one of their devices: by its name, or the beginning of its id."""

    def give_company(self, company: str, named: str, stop: Stop | None = None) -> ActNote:
        """Let the person of a device into a company, with all that was ever written of it.

        Raises AdministratorOnly, TeamMemberMissing.
        """
        return self._act_on(named, partial(self._giving, in_bytes(company)), stop=stop)

    def withdraw_company(self, company: str, named: str, stop: Stop | None = None) -> ActNote:
        """Take a company from the person of a device, with a new key for those who stay.

        What arrived here before still counts; what the person wrote since is kept as 預かり. Raises
        AdministratorOnly, TeamMemberMissing, LastHolder.
        """
        return self._act_on(named, partial(self._taking, in_bytes(company)), stop=stop)

    def change_companies(
        self, named: str, given: Iterable[str], taken: Iterable[str], stop: Stop | None = None
    ) -> ActNote:
        """Give and take several companies, all or none."""
        giving = (partial(self._giving, in_bytes(company)) for company in given)
        taking = (partial(self._taking, in_bytes(company)) for company in taken)
        return self._act_on(named, *giving, *taking, stop=stop)

    def _giving(self, company: bytes, standing: Standing, _connection: Connection, device: Device) -> Draft:
        own = self._require_administrator(standing)
        desk = standing.desk(self._now_ms())
        if company in standing.membership.users:
            return desk.grant(company, device.user)
        return desk.create_company(company, {own.user, device.user})

    def _taking(self, company: bytes, standing: Standing, connection: Connection, device: Device) -> Draft:
        self._require_administrator(standing)
        if standing.membership.users.get(company, frozenset()) <= {device.user}:
            raise LastHolder
        cuts = [
            mark
            for each in standing.membership.devices.values()
            if each.user == device.user
            for mark in cuts_of(connection, standing, each.id, within=company)
        ]
        return standing.desk(self._now_ms()).withdraw(company, device.user, cuts)

    def set_role(self, named: str, role: TeamRole, stop: Stop | None = None) -> ActNote:
        """Change what a device may do. Raises AdministratorOnly, TeamMemberMissing, LastAdministrator."""

        def drafting(standing: Standing, connection: Connection, device: Device) -> Draft:
            self._require_administrator(standing)
            if role is not TeamRole.ADMINISTRATOR:
                require_another_administrator(standing, {device.id})
            cuts = cuts_of(connection, standing, device.id) if role is TeamRole.VIEWER else ()
            return standing.desk(self._now_ms()).set_role(device.id, Role[role.name], cuts)

        return self._act_on(named, drafting, stop=stop)


def require_another_administrator(standing: Standing, leaving: set[bytes]) -> None:
    """Raise LastAdministrator when nobody who looks after people and keys would be left."""
    there: list[Device] = [each for each in standing.membership.active() if each.is_administrator]
    if there and all(each.id in leaving for each in there):
        raise LastAdministrator
