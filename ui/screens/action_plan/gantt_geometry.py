"""Where everything of a 線表 lies, in px at 標準 and by plain values: no widget, no painter, no clock.

x counts from the left edge of the time part, y from the top of the first row; the view adds its scroll
position and scales by the text step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.calendar import fiscal_year_span
from app.domain.terms import ActionStatus, Stage
from app.rows.action_plans import ActionRow, PlanSheet, StageGroup

DAY_WIDTH = 734 / 184
"""184 days on 734 px: half a year beside the task column of a window 1366 wide."""
STAGE_ROW, TASK_ROW, AXIS = 26, 32, 44
BAR_HEIGHT, DIAMOND = 16, 18
NO_STAGE = "段階なし"

Widths = Callable[[str], float]
"""Width of words in px at 標準."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Days to x. `first` is the 1st of a month, `last` the last day of one."""

    first: date
    last: date
    day_width: float = DAY_WIDTH

    @property
    def width(self) -> float:
        """All days together."""
        return ((self.last - self.first).days + 1) * self.day_width

    def x(self, day: date) -> float:
        """Left edge of a day."""
        return (day - self.first).days * self.day_width

    def months(self) -> Iterator[date]:
        """The 1st of every month."""
        month = self.first
        while month <= self.last:
            yield month
            month = _next_month(month)

    def mondays(self) -> Iterator[date]:
        """Every Monday."""
        monday = self.first + timedelta(days=-self.first.weekday() % 7)
        while monday <= self.last:
            yield monday
            monday += timedelta(days=7)


@dataclass(frozen=True, slots=True)
class StageLine:
    """The row that heads the actions of a stage."""

    top: int
    words: str
    stage: Stage | None
    height: int = STAGE_ROW


@dataclass(frozen=True, slots=True)
class TaskLine:
    """The row of one action."""

    top: int
    action: ActionRow
    height: int = TASK_ROW


Line = StageLine | TaskLine


@dataclass(frozen=True, slots=True)
class Bar:
    """The shape of an action: a bar from `left` to `right`, or a diamond around `left` when it is one day.

    `filled` is the share of the bar that stands for progress, `label` the day written behind it.
    """

    left: float
    right: float
    is_one_day: bool
    filled: float
    label: str

    @property
    def label_left(self) -> float:
        """Where the words behind the shape begin."""
        return self.left + 2 + 16 if self.is_one_day else self.right + 7


@dataclass(frozen=True, slots=True)
class Signpost:
    """A 主要期日: its line at `x`, its words in stage row number `lane`."""

    x: float
    words: str
    lane: int


def days_shown(sheet: PlanSheet) -> tuple[date, date]:
    """First and last day of the plan's period, or of the 年度, stretched to every action and 主要期日."""
    first, last = fiscal_year_span(sheet.fiscal_year)
    days = [day for action in sheet.actions for day in (action.start_on, action.due_on) if day]
    days += [milestone.due_on for milestone in sheet.milestones if milestone.due_on]
    return min([sheet.plan.starts_on or first, *days]), max([sheet.plan.ends_on or last, *days])


def scale_for(span: tuple[date, date], room: float) -> Scale:
    """Whole months around the days to be shown, stretched where `room` is wider than they need."""
    first = span[0].replace(day=1)
    last = _next_month(span[1].replace(day=1)) - timedelta(days=1)
    days = (last - first).days + 1
    return Scale(first, last, max(DAY_WIDTH, room / days))


def first_shown(scale: Scale, today: date) -> date:
    """The month that stands at the left edge at first: three weeks before today are in sight."""
    wanted = max(scale.first, today - timedelta(days=21))
    return min(wanted.replace(day=1), scale.last)


def lines_of(groups: Iterable[StageGroup], task_row: int = TASK_ROW) -> list[Line]:
    """The rows from top to bottom: each stage, below it its actions, each `task_row` high."""
    lines: list[Line] = []
    top = 0
    for group in groups:
        lines.append(StageLine(top, group.stage.term if group.stage else NO_STAGE, group.stage))
        top += STAGE_ROW
        for action in group.actions:
            lines.append(TaskLine(top, action, task_row))
            top += task_row
    return lines


def height_of(lines: Sequence[Line]) -> int:
    """All rows together."""
    return lines[-1].top + lines[-1].height if lines else 0


def line_at(lines: Sequence[Line], y: float) -> Line | None:
    """The row at a height."""
    return next((line for line in lines if line.top <= y < line.top + line.height), None)


def bar_of(action: ActionRow, scale: Scale) -> Bar | None:
    """The shape of an action; None where it has no day at all. A single day known stands for one day."""
    start, due = action.start_on or action.due_on, action.due_on or action.start_on
    if start is None or due is None:
        return None
    label = f"{due.month}/{due.day}"
    if start == due:
        weekday = "月火水木金土日"[due.weekday()]
        unended = "〜" if action.due_on is None else ""
        return Bar(scale.x(start), scale.x(start), True, 0.0, f"{label}({weekday}){unended}")
    shows_progress = action.status is ActionStatus.DOING
    filled = action.progress_percent / 100 if shows_progress else 0.0
    return Bar(scale.x(start), scale.x(due + timedelta(days=1)), False, filled, label)


def signposts(
    milestones: Iterable[tuple[date, str]], scale: Scale, lanes: int, width_of: Widths
) -> list[Signpost]:
    """The 主要期日, soonest first; words that would meet others go to the next stage row."""
    ends = [float("-inf")] * max(1, lanes)
    placed: list[Signpost] = []
    for day, title in sorted(milestones):
        words = f"{title} {day.month}/{day.day}"
        x = scale.x(day)
        lane = next((number for number, end in enumerate(ends) if end < x), 0)
        ends[lane] = x + 8 + width_of(words) + 8
        placed.append(Signpost(x, words, lane))
    return placed


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
