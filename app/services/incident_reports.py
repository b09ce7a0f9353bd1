"""事故報告 of a lost device: facts from the key log, and counts of what it could read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TypeVar
from uuid import UUID

from app.clock import JAPAN
from app.domain.calendar import fiscal_year, wareki_short
from app.domain.terms import Confidentiality
from app.errors import TeamMemberMissing, TeamMissing
from app.faults import told
from app.reports.content import Imprint
from app.reports.documents.incident import TITLE, incident
from app.reports.incident import IncidentReport, ReadableCompany
from app.reports.output import write
from app.rows.printing import PrintedFile
from app.rows.sharing import RenewalRow
from app.services.sharing_overview import ROLES, TeamView
from app.services.sharing_standing import Standing, standing_of
from app.services.sharing_state import read_identity
from app.services.team import TeamService
from app.sharing.membership.acts import Remove, Stop
from app.sharing.membership.entries import Entry
from app.sharing.membership.state import Device
from app.workplace import Workplace
from db.reading import Found, Reading

Against = TypeVar("Against", Stop, Remove)


class IncidentReportService:
    """Makes the report in memory; nothing of it is kept. `renewal_words` says how far new keys have come."""

    def __init__(
        self, place: Workplace, renewal_words: Callable[[RenewalRow | None], str], *, is_practice: bool
    ) -> None:
        self._place = place
        self._renewal_words = renewal_words
        self._is_practice = is_practice

    def paper(self, device: str) -> PrintedFile:
        """The pages for the device with this id. Raises TeamMissing, TeamMemberMissing."""
        with told(), self._place.store.reading() as connection:
            identity = read_identity(connection)
            if identity is None:
                raise TeamMissing
            standing = standing_of(connection, identity)
            reading = Reading(connection)
            report = self._report(standing, TeamView(connection, standing), reading, device)
            imprint = self._imprint(reading)
        document = incident(report, imprint)
        return PrintedFile(TITLE, write([document]), len(document.pages))

    def _report(self, standing: Standing, view: TeamView, reading: Reading, named: str) -> IncidentReport:
        device = standing.membership.devices.get(bytes.fromhex(named))
        if device is None:
            raise TeamMemberMissing(count=0)
        stopped, stop = _last(standing, device, Stop)
        removed, removal = _last(standing, device, Remove)
        admitted = standing.log.entries.get(device.admitted_in)
        author = standing.membership.devices.get(stopped.author) if stopped else None
        reason = (stop.reason if stop else "") or (removal.reason if removal else "")
        return IncidentReport(
            device.name,
            view.name_of(device.user),
            ROLES[device.role].term,
            _at(admitted.time_ms) if admitted else None,
            _at(view.sent.get(device.id, 0)),
            _at(stopped.time_ms) if stopped else None,
            view.name_of(author.user) if author else "",
            reason,
            _at(removed.time_ms) if removed else None,
            self._renewal_words(view.renewal()),
            _companies(standing, view, reading, device, self._place.today()),
        )

    def _imprint(self, reading: Reading) -> Imprint:
        now = self._place.now().astimezone(JAPAN)
        team = TeamService(self._place).read(reading)
        user = reading.record("person", self._place.user_id) or {}
        return Imprint(
            confidentiality=Confidentiality.TEAM,
            team=f"{team.region} プロデューサーチーム".strip(),
            region=team.region,
            fiscal_year=fiscal_year(now.date()),
            printed_by=user.get("name") or "",
            printed_at=now,
            watermark="練習用" if self._is_practice else "",
        )


def _companies(
    standing: Standing, view: TeamView, reading: Reading, device: Device, today: date
) -> tuple[ReadableCompany, ...]:
    """Those whose key it ever had, as far as they can be seen here; others are named to nobody."""
    found = []
    for company in view.seen():
        if any(device.id in epoch.holders for epoch in standing.membership.epochs_of(company)):
            record = reading.record("company", str(UUID(bytes=company)))
            visits = reading.records("support_session", company_id=str(UUID(bytes=company)))
            held = [day for each in visits if (day := _day_of(each)) and day <= today]
            newest = wareki_short(max(held)) if held else ""
            files = len(reading.records("attachment", company_id=str(UUID(bytes=company))))
            found.append(ReadableCompany((record or {}).get("name") or "", len(held), newest, files))
    return tuple(sorted(found, key=lambda each: each.name))


def _day_of(visit: Found) -> date | None:
    starts_at: datetime | None = visit["starts_at"]
    return starts_at.date() if starts_at else None


def _last(standing: Standing, device: Device, kind: type[Against]) -> tuple[Entry | None, Against | None]:
    """The newest valid act of a kind against a device, by its author's clock."""
    found = [
        (entry, act)
        for entry in standing.log.entries.values()
        if entry.id not in standing.membership.void
        for act in entry.acts
        if isinstance(act, kind) and act.device == device.id
    ]
    return max(found, key=lambda pair: pair[0].time_ms) if found else (None, None)


def _at(milliseconds: int) -> datetime | None:
    return datetime.fromtimestamp(milliseconds / 1000, UTC).astimezone(JAPAN) if milliseconds else None
