"""The team's settings: region, project years, meeting name, approval boxes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.calendar import fiscal_year
from app.domain.ids import dependent_id
from app.workplace import TEAM_SCOPE, Workplace
from db.reading import Reading

APPROVAL_BOX_LIMIT = 6
"""As many 決裁欄 as stand side by side on A4 (domain facts 6.6)."""


@dataclass(frozen=True, slots=True)
class TeamRow:
    """The region in the 年度 of today. `approval_boxes` are the names over the boxes, left to right."""

    region: str
    meeting_name: str
    fiscal_year: int
    year_number: int
    approval_boxes: tuple[str, ...]


class TeamService:
    """Reads and writes the team's settings."""

    def __init__(self, place: Workplace) -> None:
        self._place = place

    def team(self) -> TeamRow:
        """The settings as they stand; empty words where nothing was set."""
        with self._place.reading() as reading:
            return self.read(reading)

    def read(self, reading: Reading) -> TeamRow:
        """The settings within a moment that shows more."""
        this_year = fiscal_year(self._place.today())
        found = reading.record("team", self._place.team_id) or {}
        years = reading.records("project_year", fiscal_year=this_year)
        boxes = found.get("approval_boxes") or ""
        return TeamRow(
            region=found.get("region") or "",
            meeting_name=found.get("meeting_name") or "連携会議",
            fiscal_year=this_year,
            year_number=years[0]["year_number"] if years else 1,
            approval_boxes=tuple(boxes.split("\n")) if boxes else (),
        )

    def change(self, values: Mapping[str, object]) -> None:
        """Write region or meeting name."""
        with self._place.action("チームの設定を変える", TEAM_SCOPE) as work:
            work.save("team", self._place.team_id, values, compartment=self._place.team_id)

    def set_approval_boxes(self, names: tuple[str, ...]) -> None:
        """Name the 決裁欄 from left to right; an empty tuple prints none."""
        kept = [name for name in names if name][:APPROVAL_BOX_LIMIT]
        self.change({"approval_boxes": "\n".join(kept)})

    def set_year_number(self, year_number: int) -> None:
        """Say which of the up to three project years this 年度 is."""
        year = fiscal_year(self._place.today())
        values = {"fiscal_year": year, "year_number": year_number}
        record = dependent_id(self._place.team_id, "project_year", str(year))
        with self._place.action("年度の設定を変える", TEAM_SCOPE) as work:
            work.save("project_year", record, values, compartment=self._place.team_id)
