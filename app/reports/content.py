"""What each document says, as plain values: no ids of the store, no layout.

Lines marked 秘密 and items above the chosen 取扱 are left out before these are made. Texts are as they were
typed. Each part knows the `place` that the check before printing names.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import ClassVar

from app.domain.calendar import wareki_short
from app.domain.terms import ActionStatus, Confidentiality, Mark, PersonSide, SessionMethod, Stage


@dataclass(frozen=True, slots=True)
class Imprint:
    """What stands on every page of one printing, and the boxes for seals on the first."""

    confidentiality: Confidentiality
    team: str
    region: str
    fiscal_year: int
    printed_by: str
    printed_at: datetime
    """With the zone that the page shows."""
    edition: int = 1
    """版, counted from 1."""
    approvals: tuple[str, ...] = ()
    """Names of the 決裁欄 from left to right; none draws no boxes."""
    watermark: str = ""
    """A word that stands across each page, such as 下書き or 練習用."""

    @property
    def place(self) -> str:
        """What the check before printing calls this part."""
        return "ページの上と下"


@dataclass(frozen=True, slots=True)
class Company:
    """企業. An empty text is one that is not known."""

    name: str
    corporate_number: str = ""
    """13 digits, empty for a sole proprietor."""
    representative: str = ""
    industry: str = ""
    address: str = ""
    employees: int | None = None

    @property
    def place(self) -> str:
        """What the check before printing calls this part."""
        return "企業の概要"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who took part; `body` is where they belong, with or without a role."""

    name: str
    side: PersonSide
    body: str = ""


@dataclass(frozen=True, slots=True)
class Homework:
    """宿題 with who does it by when. An empty owner is nobody yet."""

    text: str
    owner: str = ""
    due_on: date | None = None
    is_done: bool = False


@dataclass(frozen=True, slots=True)
class NoteLine:
    """One line of notes with its mark, and the homework that came of it."""

    text: str
    mark: Mark | None = None
    at: time | None = None
    homework: tuple[Homework, ...] = ()


@dataclass(frozen=True, slots=True)
class Visit:
    """面談, held or planned."""

    number: int
    on: date
    starts: time | None = None
    ends: time | None = None
    method: SessionMethod = SessionMethod.VISIT
    location: str = ""
    people: tuple[Person, ...] = ()
    purpose: str = ""
    lines: tuple[NoteLine, ...] = ()
    next_on: date | None = None
    next_starts: time | None = None

    @property
    def place(self) -> str:
        """What the check before printing calls this part."""
        return f"面談{self.number}（{wareki_short(self.on)}）"

    @property
    def homework(self) -> tuple[Homework, ...]:
        """All homework that came of this visit, in the order of the lines."""
        return tuple(item for line in self.lines for item in line.homework)

    def marked(self, mark: Mark | None) -> tuple[NoteLine, ...]:
        """The lines with this mark; None gives those without one."""
        return tuple(line for line in self.lines if line.mark is mark)

    def names(self, side: PersonSide) -> str:
        """The people of one side, in a row."""
        return "、".join(person.name for person in self.people if person.side is side)


@dataclass(frozen=True, slots=True)
class History:
    """支援経過記録 of one company: its visits from `since` to `until`, oldest first."""

    name: ClassVar = "支援経過記録"

    company: Company
    since: date
    until: date
    visits: tuple[Visit, ...]
    imprint: Imprint


@dataclass(frozen=True, slots=True)
class Minutes:
    """議事録 of one visit."""

    name: ClassVar = "議事録"

    company: Company
    visit: Visit
    imprint: Imprint


@dataclass(frozen=True, slots=True)
class Indicator:
    """目標指標. Values are texts, as they were typed; those that read as numbers are judged."""

    name: str
    baseline: str = ""
    target: str = ""
    actual: str = ""


@dataclass(frozen=True, slots=True)
class Milestone:
    """主要期日."""

    title: str
    on: date


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """すること on the chart. `parent` is the key of the action it is part of."""

    key: str
    title: str
    owner: str = ""
    starts_on: date | None = None
    due_on: date | None = None
    done_on: date | None = None
    progress: int = 0
    """Percent, 0 to 100."""
    status: ActionStatus = ActionStatus.OPEN
    stage: Stage | None = None
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Issue:
    """課題 with the view on intellectual property taken of it, and the 対応方針."""

    text: str
    response: str = ""
    perspective: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """支援計画書 of one company for `since` to `until`."""

    name: ClassVar = "支援計画書"

    company: Company
    goal: str
    since: date
    until: date
    imprint: Imprint
    indicators: tuple[Indicator, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    actions: tuple[PlannedAction, ...] = ()
    """Parents before their parts."""
    issues: tuple[Issue, ...] = ()

    @property
    def place(self) -> str:
        """What the check before printing calls this part."""
        return self.name


@dataclass(frozen=True, slots=True)
class DateToWatch:
    """A date that must not be missed, such as the end of a grace period."""

    on: date
    text: str


@dataclass(frozen=True, slots=True)
class VisitSheet:
    """訪問シート: one page to take along to `visit`; `earlier` are the last visits, newest first."""

    name: ClassVar = "訪問シート"

    company: Company
    visit: Visit
    imprint: Imprint
    homework: tuple[Homework, ...] = ()
    questions: tuple[str, ...] = ()
    dates: tuple[DateToWatch, ...] = ()
    earlier: tuple[Visit, ...] = ()

    @property
    def place(self) -> str:
        """What the check before printing calls this part."""
        return self.name
