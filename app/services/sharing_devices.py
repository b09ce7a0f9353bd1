"""Somebody goes: a device is stopped at once, confirmed or let back, removed, or leaves by itself (8.4)."""

from __future__ import annotations

from app.errors import OwnDevice, StopMissing
from app.faults import told
from app.rows.sharing import ActNote
from app.services.sharing_access import TeamAccess, cuts_of
from app.services.sharing_members import require_another_administrator
from app.services.sharing_rounds import RoundWishes
from app.services.sharing_standing import Standing, publish
from app.sharing.membership.batch import Draft
from app.sharing.membership.state import Device, Status
from app.sharing.places.stopping import Stop
from db.base import Connection


class DeviceActs(TeamAccess):
    """Devices are named by their name, or the beginning of their id."""

    def stop_device(self, named: str, reason: str = "", stop: Stop | None = None) -> ActNote:
        """Suspend a device at once, by any member; the programs of administrators renew the keys.

        Work that arrived here before still counts. Raises TeamNotJoined, TeamMemberMissing, OwnDevice.
        """

        def drafting(standing: Standing, connection: Connection, device: Device) -> Draft:
            self._require_member(standing)
            if device.id == standing.identity.device:
                raise OwnDevice
            cuts = cuts_of(connection, standing, device.id)
            return standing.desk(self._now_ms()).stop(device.id, cuts, reason)

        return self._act_on(named, drafting, stop=stop)

    def lift_stop(self, named: str, stop: Stop | None = None) -> ActNote:
        """The device was found, or stopped by mistake: it goes on. Raises AdministratorOnly, StopMissing."""

        def drafting(standing: Standing, _connection: Connection, device: Device) -> Draft:
            self._require_administrator(standing)
            if device.status is not Status.SUSPENDED:
                raise StopMissing
            return standing.desk(self._now_ms()).lift(device.id)

        return self._act_on(named, drafting, stop=stop)

    def remove_device(self, named: str, reason: str = "", stop: Stop | None = None) -> ActNote:
        """Take a device out for good, with new keys for all it could read; also confirms a stop notice.

        Raises AdministratorOnly, TeamMemberMissing, OwnDevice.
        """

        def drafting(standing: Standing, connection: Connection, device: Device) -> Draft:
            self._require_administrator(standing)
            if device.id == standing.identity.device:
                raise OwnDevice
            cuts = {device.id: cuts_of(connection, standing, device.id)}
            return standing.desk(self._now_ms()).remove(cuts, reason)

        return self._act_on(named, drafting, stop=stop)

    def remove_person(self, named: str, stop: Stop | None = None) -> ActNote:
        """End a person's part in the team: all devices, in one act. Raises as `remove_device`."""

        def drafting(standing: Standing, connection: Connection, device: Device) -> Draft:
            own = self._require_administrator(standing)
            if device.user == own.user:
                raise OwnDevice
            cuts = {
                each.id: cuts_of(connection, standing, each.id)
                for each in standing.membership.devices.values()
                if each.user == device.user and each.status is not Status.REMOVED
            }
            return standing.desk(self._now_ms()).remove(cuts)

        return self._act_on(named, drafting, stop=stop)

    def leave(self, stop: Stop | None = None) -> None:
        """Take this device out of the team, after all of its work was handed over.

        Raises LastAdministrator, TeamNotJoined, and what keeps the 置き場 from taking the rest.
        """
        identity, standing = self._standing()
        self._require_member(standing)
        require_another_administrator(standing, {identity.device})
        stop = stop or Stop()
        with self._opened(identity.address) as (place, _):
            self._round(identity, place, stop, RoundWishes())
            identity, standing = self._standing()
            with told(), self._store.writing_raw() as connection:
                cuts = cuts_of(connection, standing, identity.device)
                publish(connection, standing, standing.desk(self._now_ms()).leave(cuts))
            self._round(identity, place, stop, RoundWishes())
