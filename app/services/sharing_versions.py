"""Which programs a team uses, and from which version on they may send (design-sync 9)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.errors import VersionUnknown
from app.faults import told
from app.rows.sharing import DeviceVersionRow, TeamVersions
from app.services.sharing_access import TeamAccess
from app.services.sharing_report import last_report
from app.services.sharing_standing import Standing, program
from app.sharing.membership.batch import Draft
from app.sharing.places.stopping import Stop
from db.base import Connection

_NUMBER = re.compile(r"\d+")


class VersionActs(TeamAccess):
    """What was agreed on never falls again: a program that sends must know all that was written since."""

    def versions(self) -> TeamVersions:
        """The programs of the team as their heads tell. Raises TeamMissing."""
        _, standing = self._standing()
        with told(), self._store.reading() as connection:
            devices = _devices(connection, standing)
        known = standing.membership
        choices = _choices(devices, known.least_schema)
        return TeamVersions(program().app, known.least_app, known.least_schema, choices, devices)

    def require_version(self, app: str, stop: Stop | None = None) -> str:
        """Let programs older than a version receive only; the code of what keeps the 置き場 from hearing it.

        Raises AdministratorOnly, VersionUnknown.
        """
        found = self.versions()
        if app not in found.choices:
            raise VersionUnknown
        schema = max(each.schema for each in found.devices if each.app == app)

        def drafting(standing: Standing, _connection: Connection) -> Draft:
            self._require_administrator(standing)
            return standing.desk(self._now_ms()).require(schema, app)

        return self._act(drafting, stop=stop)


def _devices(connection: Connection, standing: Standing) -> tuple[DeviceVersionRow, ...]:
    known = last_report(connection)
    contacts = {each.device: each for each in (known[0].contacts if known else ())}
    rows = []
    for device in standing.membership.active():
        name, contact = device.name, contacts.get(device.id.hex())
        if device.id == standing.identity.device:
            rows.append(DeviceVersionRow(device.id.hex(), name, program().app, program().schema, True))
        else:
            app, schema = (contact.app, contact.schema) if contact else ("", 0)
            rows.append(DeviceVersionRow(device.id.hex(), name, app, schema, False))
    return tuple(sorted(rows, key=lambda row: (not row.is_own, row.name, row.id)))


def _choices(devices: Iterable[DeviceVersionRow], least_schema: int) -> tuple[str, ...]:
    """Of what this program knows and the team does not require yet, the oldest version of each schema."""
    oldest: dict[int, str] = {}
    for each in devices:
        if each.app and least_schema < each.schema <= program().schema:
            oldest[each.schema] = min(each.app, oldest.get(each.schema, each.app), key=_in_order)
    return tuple(app for _, app in sorted(oldest.items()))


def _in_order(app: str) -> tuple[tuple[int, ...], str]:
    return tuple(int(number) for number in _NUMBER.findall(app)), app
