"""支援経過記録: all visits to one company, a card each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from app.domain.calendar import wareki
from app.domain.terms import Mark, PersonSide
from app.reports.content import History, Visit
from app.reports.document import Document
from app.reports.documents.profile import company_profile, day_and_hours, homework_text, next_visit
from app.reports.page_kit import paper, styles
from app.reports.page_kit.cells import PAD_X, Cell, Row
from app.reports.page_kit.flow import Flow
from app.reports.page_kit.headings import title_block
from app.reports.page_kit.ink import Fill, Rule
from app.reports.page_kit.prose import laid_out, put_prose
from app.reports.page_kit.rows import RowPlacer, place_rows
from app.reports.page_kit.setting import Align, SetLine, put, set_item, set_text, single
from app.reports.page_kit.styles import Style
from app.reports.page_kit.tables import label_cell

_TEXT: Final = styles.CARD
_LABEL_WIDTH: Final = 20 * paper.MM
_EDGES: Final = (paper.LEFT, paper.LEFT + _LABEL_WIDTH, paper.RIGHT)
_TEXT_WIDTH: Final = paper.BODY_WIDTH - _LABEL_WIDTH - 2 * PAD_X
_BAND_HEIGHT: Final = 20.0
_GAP: Final = 7.0
_DATE_AT: Final = 14 * paper.MM
_METHOD_AT: Final = 80 * paper.MM
_LEAST_LINES: Final = 3
_KEPT_WHOLE_UP_TO: Final = 130.0
_TIGHTER_BY: Final = 1.0
_GROUPS: Final = (
    (Mark.DECISION, "決定"),
    (Mark.ISSUE, "課題"),
    (Mark.FACT, "事実"),
    (Mark.DEADLINE, "期限"),
)


def history(content: History) -> Document:
    """Lay out the record of one company."""
    cards = [_Card(visit, _rows(visit)) for visit in content.visits]

    def fill(flow: Flow, tighter_by: float) -> None:
        _fill(flow, content, [card.tighter(tighter_by) for card in cards] if tighter_by else cards)

    flow = laid_out(fill, _TIGHTER_BY)
    return Document(content.name, content.company, content.imprint, tuple(flow.pages))


class _Card(NamedTuple):
    """A visit and its rows, whose lines are set once however often they are placed."""

    visit: Visit
    rows: list[Row]

    def tighter(self, points: float) -> _Card:
        return _Card(self.visit, [row.tighter(points) for row in self.rows])


def _fill(flow: Flow, content: History, cards: list[_Card]) -> None:
    notes = [
        f"対象期間　{wareki(content.since)}～{wareki(content.until)}",
        f"記録件数　{len(cards)}件",
    ]
    title_block(flow, content.name, notes, content.imprint.approvals)
    company_profile(flow, content.company)
    for card in cards:
        flow.skip(_GAP)
        _place(flow, card)
    if not cards:
        flow.skip(_GAP)
        put_prose(flow, set_text("この期間の面談の記録はありません。", _TEXT, paper.BODY_WIDTH), _TEXT)


def _place(flow: Flow, card: _Card) -> None:
    visit = card.visit
    flow.need(_height_to_keep(card.rows))
    flow.bookmark(f"No.{visit.number}　{wareki(visit.on)}")

    def band(continued: bool) -> None:
        _band(flow, visit, continued=continued)

    place_rows(RowPlacer(flow, paper.LEFT, paper.RIGHT, band), card.rows)


def _height_to_keep(rows: list[Row]) -> float:
    """Height of the whole card when it is short, else of its band and the rows that begin it."""
    whole = _BAND_HEIGHT + sum(row.height for row in rows)
    if whole <= _KEPT_WHOLE_UP_TO:
        return whole
    height, lines = _BAND_HEIGHT, 0
    for row in rows:
        height += row.least_to_show
        lines += row.line_count
        if lines >= _LEAST_LINES:
            break
    return height


def _band(flow: Flow, visit: Visit, *, continued: bool) -> None:
    page, top = flow.page, flow.y
    bottom = top - _BAND_HEIGHT
    page.drawings.append(Fill(paper.LEFT, bottom, paper.BODY_WIDTH, _BAND_HEIGHT, styles.BAND_FILL))
    page.drawings.append(Rule(paper.LEFT, bottom, paper.RIGHT, bottom, styles.TABLE_RULE))
    baseline = styles.BAND.baseline(top)
    put(page, f"No.{visit.number}", styles.BAND, x=paper.LEFT + PAD_X, baseline=baseline)
    date_at = paper.LEFT + _DATE_AT
    if continued:
        put(page, f"{wareki(visit.on)}（前頁からの続き）", styles.BAND, x=date_at, baseline=baseline)
    else:
        when = day_and_hours(visit.on, visit.starts, visit.ends)
        put(page, when, styles.BAND, x=date_at, baseline=baseline)
        _put_method(flow, visit, baseline)
    flow.y = bottom


def _put_method(flow: Flow, visit: Visit, baseline: float) -> None:
    style, x = styles.BAND_DETAIL, paper.LEFT + _METHOD_AT
    x += put(flow.page, visit.method.term, style, x=x, baseline=baseline)
    if visit.location == visit.method.term:
        return
    room = paper.RIGHT - PAD_X - x - style.size
    where = single(visit.location, style, room).text
    put(flow.page, where, style, x=paper.RIGHT - PAD_X, baseline=baseline, align=Align.RIGHT)


def _rows(visit: Visit) -> list[Row]:
    rows = [_row("出席", _attendance(visit), styles.FOOT)]
    if visit.purpose:
        rows.append(_row("目的", set_text(visit.purpose, _TEXT, _TEXT_WIDTH), _TEXT))
    for mark, label in _GROUPS:
        rows += _items(label, (line.text for line in visit.marked(mark)))
    rows += _items("宿題", _homework(visit))
    rows += _items("その他の\n記録", (line.text for line in visit.marked(None)))
    if when := next_visit(visit):
        rows.append(_row("次回", set_text(when, styles.FOOT, _TEXT_WIDTH), styles.FOOT))
    return rows


def _attendance(visit: Visit) -> list[SetLine]:
    sides = [f"（{side.term}）{names}" for side in PersonSide if (names := visit.names(side))]
    return set_text("　".join(sides) or "―", styles.FOOT, _TEXT_WIDTH)


def _homework(visit: Visit) -> list[str]:
    """The tasks; a line marked 宿題 that none came of speaks for itself."""
    return [
        *map(homework_text, visit.homework),
        *(line.text for line in visit.marked(Mark.HOMEWORK) if not line.homework),
    ]


def _items(label: str, texts: Iterable[str]) -> list[Row]:
    lines = [line for text in texts for line in set_item("・", text, _TEXT, _TEXT_WIDTH, running=True)]
    return [_row(label, lines, _TEXT)] if lines else []


def _row(label: str, lines: list[SetLine], style: Style) -> Row:
    return Row((label_cell(label, _LABEL_WIDTH), Cell(lines, style)), _EDGES)
