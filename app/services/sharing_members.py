"""Who may do what, and who sees which company: roles, and companies given and taken (settled 16, 34)."""

from __future__ import annotations

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

        def drafting(standing: Standing, _connection: Connection, device: Device) -> Draft:
            own = self._require_administrator(standing)
            compartment, desk = in_bytes(company), standing.desk(self._now_ms())
            if compartment in standing.membership.users:
                return desk.grant(compartment, device.user)
            return desk.create_company(compartment, {own.user, device.user})

        return self._act_on(named, drafting, stop)

    def withdraw_company(self, company: str, named: str, stop: Stop | None = None) -> ActNote:
        """Take a company from the person of a device, with a new key for those who stay.

        What arrived here before still counts; what the person wrote since is kept as 預かり. Raises
        AdministratorOnly, TeamMemberMissing, LastHolder.
        """

        def drafting(standing: Standing, connection: Connection, device: Device) -> Draft:
            self._require_administrator(standing)
            compartment = in_bytes(company)
            if standing.membership.users.get(compartment, frozenset()) <= {device.user}:
                raise LastHolder
            cuts = [
                mark
                for each in standing.membership.devices.values()
                if each.user == device.user
                for mark in cuts_of(connection, standing, each.id, within=compartment)
            ]
            return standing.desk(self._now_ms()).withdraw(compartment, device.user, cuts)

        return self._act_on(named, drafting, stop)

    def set_role(self, named: str, role: TeamRole, stop: Stop | None = None) -> ActNote:
        """Change what a device may do. Raises AdministratorOnly, TeamMemberMissing, LastAdministrator."""

        def drafting(standing: Standing, connection: Connection, device: Device) -> Draft:
            self._require_administrator(standing)
            if role is not TeamRole.ADMINISTRATOR:
                require_another_administrator(standing, {device.id})
            cuts = cuts_of(connection, standing, device.id) if role is TeamRole.VIEWER else ()
            return standing.desk(self._now_ms()).set_role(device.id, Role[role.name], cuts)

        return self._act_on(named, drafting, stop)


def require_another_administrator(standing: Standing, leaving: set[bytes]) -> None:
    """Raise LastAdministrator when nobody who looks after people and keys would be left."""
    there: list[Device] = [each for each in standing.membership.active() if each.is_administrator]
    if there and all(each.id in leaving for each in there):
        raise LastAdministrator
