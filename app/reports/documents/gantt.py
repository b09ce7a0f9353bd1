"""実施スケジュール: actions as bars over months, milestones in a lane of their own, and today as a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from app.domain.calendar import wareki_short
from app.domain.terms import Stage
from app.reports.content import Milestone, Plan, PlannedAction
from app.reports.documents.gantt_bars import LATE, hatch, is_late, put_bar
from app.reports.documents.gantt_scale import Scale, charts_of
from app.reports.documents.profile import NOBODY
from app.reports.page_kit import paper, styles
from app.reports.page_kit.cells import PAD_X
from app.reports.page_kit.flow import Flow
from app.reports.page_kit.ink import Fill, Frame, Page, Rule
from app.reports.page_kit.setting import Align, SetLine, first_lines, put, put_lines, set_text
from app.reports.page_kit.styles import Style

_TITLE_RIGHT: Final = paper.LEFT + 44 * paper.MM
_OWNER_RIGHT: Final = paper.LEFT + 62 * paper.MM
_HEAD_ROW: Final = 12.0
_LANE: Final = 20.0
_ROW: Final = 16.0
_BAND: Final = 13.0
_LEGEND: Final = 30.0
_MOST_ROWS: Final = 18
_LEAST_ROWS: Final = 3
_MOST_LINES: Final = 3

_HEAD: Final = Style(8, 12, bold=True)
_MONTH: Final = Style(8, 12)
_ITEM: Final = Style(8.5, 11)
_PARENT: Final = Style(8.5, 11, bold=True)
_DIAMOND: Final = Style(9, 10)
_LABEL: Final = Style(7.5, 9)
_PARENT_BAR: Final = 8.0
_PART_BAR: Final = 5.0
_SAMPLE: Final = 18.0

LEAST_HEIGHT: Final = 2 * _HEAD_ROW + 2 * _LANE + _LEAST_ROWS * _ROW + _LEGEND
"""What a chart needs on a page so that it may begin there."""


@dataclass(frozen=True, slots=True)
class _Lane:
    """One line of the chart: an action, or a 段階 that the actions under it belong to."""

    titles: list[SetLine]
    owners: list[SetLine]
    style: Style
    height: float
    action: PlannedAction | None = None


def gantt(flow: Flow, plan: Plan) -> None:
    """Draw the chart; over a year there is one for each 年度, over 18 rows it goes on on the next page."""
    today = plan.imprint.printed_at.date()
    charts = charts_of(plan.since, plan.until)
    for months in charts:
        scale = Scale(months, _OWNER_RIGHT, paper.RIGHT)
        ends = (months is charts[0], months is charts[-1])
        rest = _lanes([action for action in plan.actions if _belongs(action, scale, today, *ends)])
        while True:
            rest = _Chart(flow, scale, today).draw(plan.milestones, rest)
            if not rest:
                break
            flow.start_page()


def _belongs(action: PlannedAction, scale: Scale, today: date, is_first: bool, is_last: bool) -> bool:
    """Whether `action` stands in the chart of these months: each stands in one at least.

    What lies before all charts stands in the first, what lies after them in the last.
    """
    start = action.starts_on or action.due_on
    end = max((day for day in (action.due_on, action.done_on) if day), default=None)
    if start is None or end is None or is_late(action, today):
        return True
    return (is_last or start <= scale.last_day) and (is_first or end >= scale.first_day)


def _lanes(actions: Sequence[PlannedAction]) -> list[_Lane]:
    """A lane for each action: those without a stage, then each stage under its name, once."""
    of_stage: dict[Stage | None, list[PlannedAction]] = {stage: [] for stage in (None, *Stage)}
    stage_of: dict[str, Stage | None] = {}
    for action in actions:
        stage = stage_of[action.key] = stage_of.get(action.parent or "", action.stage)
        of_stage.setdefault(stage, []).append(action)
    lanes = []
    for stage, members in of_stage.items():
        if stage is not None and members:
            lanes.append(_Lane(set_text(stage.term, _HEAD, paper.BODY_WIDTH), [], _HEAD, _BAND))
        lanes += map(_action_lane, members)
    return lanes


def _action_lane(action: PlannedAction) -> _Lane:
    style = _ITEM if action.parent else _PARENT
    indent = style.size if action.parent else 0.0
    width = _TITLE_RIGHT - paper.LEFT - 2 * PAD_X - indent
    titles = [line._replace(indent=indent) for line in first_lines(action.title, style, width, _MOST_LINES)]
    owners = first_lines(action.owner or NOBODY, _ITEM, _OWNER_RIGHT - _TITLE_RIGHT - PAD_X, _MOST_LINES)
    height = max(_ROW, max(len(titles), len(owners)) * style.leading + 5)
    return _Lane(titles, owners, style, height, action)


class _Chart:
    """One page's part of the chart."""

    def __init__(self, flow: Flow, scale: Scale, today: date) -> None:
        self._flow = flow
        self._page: Page = flow.page
        self._scale = scale
        self._today = today

    def draw(self, milestones: Sequence[Milestone], lanes: Sequence[_Lane]) -> list[_Lane]:
        """Draw what fits and return the lanes that do not."""
        flow = self._flow
        labels = _stacked([stone for stone in milestones if self._scale.shows(stone.on)], self._scale)
        depth = _LANE * max(1, 1 + max((level for _, _, level in labels), default=0))
        flow.need(min(LEAST_HEIGHT, 2 * _HEAD_ROW + depth + sum(lane.height for lane in lanes) + _LEGEND))
        self._page = flow.page
        top = flow.y
        self._put_head()
        self._put_milestone_lane(depth)
        count = _fitting(lanes, flow.room - _LEGEND)
        self._put_grid(top, flow.y - sum(lane.height for lane in lanes[:count]))
        for lane in lanes[:count]:
            self._put_lane(lane)
        self._put_milestones(labels, top - 2 * _HEAD_ROW)
        self._put_today(top - 2 * _HEAD_ROW)
        self._put_outline(top)
        self._put_legend()
        return list(lanes[count:])

    def _put_head(self) -> None:
        page, flow, scale = self._page, self._flow, self._scale
        top, bottom = flow.y, flow.y - 2 * _HEAD_ROW
        page.drawings.append(Fill(paper.LEFT, bottom, paper.BODY_WIDTH, 2 * _HEAD_ROW, styles.HEAD_FILL))
        baseline = _HEAD.baseline(top - _HEAD_ROW / 2)
        for text, start, end in (
            ("実施項目", paper.LEFT, _TITLE_RIGHT),
            ("担当", _TITLE_RIGHT, _OWNER_RIGHT),
        ):
            put(page, text, _HEAD, x=(start + end) / 2, baseline=baseline, align=Align.CENTRE)
        for year, months in groupby(enumerate(scale.months), key=lambda numbered: numbered[1].era_year):
            self._put_year(year, [number for number, _ in months], top)
        for number, month in enumerate(scale.months):
            x = scale.left + (number + 0.5) * scale.month_width
            baseline = _MONTH.baseline(top - _HEAD_ROW)
            put(page, f"{month.number}", _MONTH, x=x, baseline=baseline, align=Align.CENTRE)
        page.drawings.append(Rule(scale.left, top - _HEAD_ROW, scale.right, top - _HEAD_ROW, styles.INNER))
        page.drawings.append(Rule(paper.LEFT, bottom, paper.RIGHT, bottom, styles.OUTER))
        flow.y = bottom

    def _put_year(self, year: str, numbers: Sequence[int], top: float) -> None:
        scale = self._scale
        start = scale.left + numbers[0] * scale.month_width
        middle = start + len(numbers) * scale.month_width / 2
        put(self._page, year, _HEAD, x=middle, baseline=_HEAD.baseline(top), align=Align.CENTRE)
        self._page.drawings.append(Rule(start, top, start, top - 2 * _HEAD_ROW, styles.TABLE_RULE))

    def _put_milestone_lane(self, depth: float) -> None:
        baseline = self._flow.y - depth / 2 - 0.36 * _PARENT.size
        put(self._page, "主要期日", _PARENT, x=paper.LEFT + PAD_X, baseline=baseline)
        self._flow.y -= depth
        y = self._flow.y
        self._page.drawings.append(Rule(paper.LEFT, y, paper.RIGHT, y, styles.TABLE_RULE))

    def _put_grid(self, top: float, bottom: float) -> None:
        page, scale = self._page, self._scale
        for number in range(1, len(scale.months)):
            x = scale.left + number * scale.month_width
            page.drawings.append(Rule(x, top - _HEAD_ROW, x, bottom, styles.INNER, 0.7))
        for x in (_TITLE_RIGHT, _OWNER_RIGHT):
            page.drawings.append(Rule(x, top, x, bottom, styles.TABLE_RULE))

    def _put_lane(self, lane: _Lane) -> None:
        page, flow = self._page, self._flow
        top, bottom = flow.y, flow.y - lane.height
        if lane.action is None:
            page.drawings.append(Fill(paper.LEFT, bottom, paper.BODY_WIDTH, lane.height, styles.ZEBRA_FILL))
        text_top = (top + bottom + len(lane.titles) * lane.style.leading) / 2
        put_lines(page, lane.titles, lane.style, x=paper.LEFT + PAD_X, top=text_top)
        owner_top = (top + bottom + len(lane.owners) * _ITEM.leading) / 2
        put_lines(page, lane.owners, _ITEM, x=_TITLE_RIGHT + PAD_X / 2, top=owner_top)
        page.drawings.append(Rule(paper.LEFT, bottom, paper.RIGHT, bottom, styles.INNER, 0.7))
        if lane.action is not None:
            height = _PART_BAR if lane.action.parent else _PARENT_BAR
            put_bar(page, lane.action, self._scale, (top + bottom) / 2, height, self._today)
        flow.y = bottom

    def _put_milestones(self, labels: Sequence[tuple[Milestone, float, int]], top: float) -> None:
        for stone, x, level in labels:
            middle = top - (level + 0.5) * _LANE
            length = _LABEL.length(stone.title)
            half = _DIAMOND.size / 2
            left = x - half - 1 - length
            self._page.drawings.append(Fill(left - 1, middle - 5, length + 2, 10, 1.0))
            put(self._page, stone.title, _LABEL, x=left, baseline=middle - 0.36 * _LABEL.size)
            baseline = middle - 0.36 * _DIAMOND.size
            put(self._page, "◆", _DIAMOND, x=x, baseline=baseline, align=Align.CENTRE)

    def _put_today(self, top: float) -> None:
        if not self._scale.shows(self._today):
            return
        x, bottom = self._scale.start_of(self._today), self._flow.y
        self._page.drawings.append(Rule(x, top, x, bottom - 3, 1.0, dash=(3, 2)))
        label = f"今日 {wareki_short(self._today)}"
        half = _LABEL.length(label) / 2
        at = min(max(x, self._scale.left + half), self._scale.right - half)
        put(self._page, label, _LABEL, x=at, baseline=bottom - 10.5, align=Align.CENTRE)

    def _put_outline(self, top: float) -> None:
        bottom = self._flow.y
        self._page.drawings.append(Frame(paper.LEFT, bottom, paper.BODY_WIDTH, top - bottom, styles.OUTER))

    def _put_legend(self) -> None:
        page, x, middle = self._page, paper.LEFT, self._flow.y - 21
        baseline = middle - 0.36 * _LABEL.size
        for text in ("予定", "実績", "遅れ"):
            _put_sample(page, text, x, middle)
            x += _SAMPLE + 3
            x += put(page, text, _LABEL, x=x, baseline=baseline) + 12
        put(page, f"{LATE}　期限を過ぎたもの　　◆　主要期日", _LABEL, x=x, baseline=baseline)
        self._flow.y -= _LEGEND


def _put_sample(page: Page, text: str, x: float, middle: float) -> None:
    bottom = middle - _PART_BAR / 2
    if text == "実績":
        page.drawings.append(Fill(x, bottom, _SAMPLE, _PART_BAR, styles.BAR_FILL))
    elif text == "遅れ":
        hatch(page, x, bottom, _SAMPLE, _PART_BAR)
    page.drawings.append(Frame(x, bottom, _SAMPLE, _PART_BAR, styles.OUTER))


def _fitting(lanes: Sequence[_Lane], room: float) -> int:
    """How many lanes go on this page: at most 18, and never a 段階 or parent without what follows it."""
    count = 0
    height = 0.0
    for lane in lanes[:_MOST_ROWS]:
        height += lane.height
        if height > room:
            break
        count += 1
    if count < len(lanes):
        while count > 1 and _leads(lanes[count - 1], lanes[count]):
            count -= 1
    return max(count, 1)


def _leads(lane: _Lane, following: _Lane) -> bool:
    if lane.action is None:
        return True
    return following.action is not None and following.action.parent == lane.action.key


def _stacked(milestones: Sequence[Milestone], scale: Scale) -> list[tuple[Milestone, float, int]]:
    """Each milestone with its x and the lane in which its label touches no other."""
    ends: list[float] = []
    placed = []
    for stone in sorted(milestones, key=lambda stone: stone.on):
        half = _DIAMOND.size / 2
        length = _LABEL.length(stone.title)
        x = max(scale.start_of(stone.on), scale.left + length + half + 2)
        left = x - half - 1 - length
        level = next((level for level, end in enumerate(ends) if end < left), len(ends))
        ends[level : level + 1] = [x + half + 2]
        placed.append((stone, x, level))
    return placed
