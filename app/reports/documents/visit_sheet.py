"""訪問シート: the one page to take along, with room to write."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from app.domain.calendar import wareki_short
from app.domain.terms import Mark, PersonSide
from app.reports.content import DateToWatch, Homework, Visit, VisitSheet
from app.reports.document import Document
from app.reports.documents.profile import NOBODY, day_and_hours
from app.reports.page_kit import paper, styles
from app.reports.page_kit.cells import PAD_X, Cell, Row
from app.reports.page_kit.flow import Flow
from app.reports.page_kit.headings import section, title_block
from app.reports.page_kit.ink import Rule
from app.reports.page_kit.rows import RowPlacer, place_rows
from app.reports.page_kit.setting import SetLine, first_lines, put_lines, single
from app.reports.page_kit.styles import Style
from app.reports.page_kit.tables import label_cell

_TEXT: Final = Style(10, 15)
_STRONG: Final = Style(10, 15, bold=True)
_FACT: Final = Style(9.5, 13)
_LABEL: Final = 20 * paper.MM
_VALUE: Final = paper.BODY_WIDTH - _LABEL - 2 * PAD_X
_OWNER_AT: Final = 112 * paper.MM
_DUE_AT: Final = 145 * paper.MM
_HALF: Final = 82 * paper.MM
_DATE_WIDTH: Final = 20 * paper.MM
_WRITING_LINE: Final = 23.0
_LATE: Final = "▲"

_MOST_HOMEWORK: Final = 5
_MOST_QUESTIONS: Final = 6
_MOST_QUESTION_LINES: Final = 9
_MOST_DATES: Final = 3
_MOST_EARLIER: Final = 3
_GIST_ORDER: Final = (Mark.DECISION, Mark.ISSUE, Mark.FACT, None)


def visit_sheet(content: VisitSheet) -> Document:
    """Lay out the sheet, always one page: what is too long is cut with …, what is too many is counted."""
    flow = Flow()
    visit = content.visit
    when = day_and_hours(visit.on, visit.starts, visit.ends)
    notes = [f"第{visit.number}回　{when}　{visit.method.term}"]
    title_block(flow, content.name, notes, content.imprint.approvals)
    _particulars(flow, content)
    _homework(flow, content.homework, content.imprint.printed_at.date())
    _questions_and_dates(flow, content)
    _earlier(flow, content.earlier)
    _writing_space(flow)
    return Document(content.name, content.company, content.imprint, tuple(flow.pages))


def _particulars(flow: Flow, content: VisitSheet) -> None:
    company, visit = content.company, content.visit
    records = (
        ("企業", "　".join(text for text in (company.name, company.representative) if text)),
        ("場所", visit.location or company.address),
        ("参加者", _people(visit)),
        ("ねらい", visit.purpose),
    )
    edges = (paper.LEFT, paper.LEFT + _LABEL, paper.RIGHT)
    rows = [
        Row((label_cell(label, _LABEL), Cell(first_lines(text, _TEXT, _VALUE, 2), _TEXT)), edges)
        for label, text in records
    ]
    place_rows(RowPlacer(flow, paper.LEFT, paper.RIGHT), rows)


def _people(visit: Visit) -> str:
    return "　".join(f"（{side.term}）{visit.names(side)}" for side in PersonSide if visit.names(side))


def _homework(flow: Flow, items: Sequence[Homework], today: date) -> None:
    note = f"{_LATE} 期限を過ぎたもの" if any(_is_late(item, today) for item in items) else ""
    section(flow, _counted("持ち越しの宿題", len(items), _MOST_HOMEWORK), note=note)
    for item in items[:_MOST_HOMEWORK]:
        _homework_line(flow, item, today)
    if not items:
        _put_line(flow, "持ち越しの宿題はありません。")


def _is_late(item: Homework, today: date) -> bool:
    return item.due_on is not None and item.due_on < today and not item.is_done


def _homework_line(flow: Flow, item: Homework, today: date) -> None:
    is_late = _is_late(item, today)
    _put_at(flow, [single(f"□ {item.text}", _TEXT, _OWNER_AT - PAD_X)], 0.0)
    _put_at(flow, [single(item.owner or NOBODY, _TEXT, _DUE_AT - _OWNER_AT - PAD_X)], _OWNER_AT)
    due = wareki_short(item.due_on) if item.due_on else "期限なし"
    style = _STRONG if is_late else _TEXT
    _put_at(flow, [single(f"{_LATE if is_late else ''}{due}", style, 25 * paper.MM)], _DUE_AT, style)
    flow.y -= _TEXT.leading


def _questions_and_dates(flow: Flow, content: VisitSheet) -> None:
    """Questions on the left, dates on the right, under one heading."""
    section(flow, "聞くこと　／　気をつける期日")
    top = flow.y
    _questions(flow, content.questions[:_MOST_QUESTIONS])
    if not content.questions:
        _put_line(flow, "まだ聞いていないことはありません。", _HALF)
    left_end, flow.y = flow.y, top
    for watched in content.dates[:_MOST_DATES]:
        _date_lines(flow, watched)
    if not content.dates:
        _put_at(flow, [single("期日はありません。", _TEXT, _HALF)], _HALF + 6 * paper.MM)
        flow.y -= _TEXT.leading
    flow.y = min(left_end, flow.y)


def _questions(flow: Flow, questions: Sequence[str]) -> None:
    """Questions of up to two lines, as many as leave room to write."""
    box, room = _TEXT.length("□ "), _MOST_QUESTION_LINES
    for question in questions:
        lines = first_lines(question, _TEXT, _HALF - box, 2)
        room -= len(lines)
        if room < 0:
            break
        _put_at(flow, [single("□", _TEXT, box)], 0.0)
        _put_at(flow, lines, box)
        flow.y -= _TEXT.leading * len(lines)


def _date_lines(flow: Flow, watched: DateToWatch) -> None:
    x = _HALF + 6 * paper.MM
    _put_at(flow, [single(wareki_short(watched.on), _STRONG, _DATE_WIDTH)], x, _STRONG)
    lines = first_lines(watched.text, _TEXT, _HALF - _DATE_WIDTH, 2)
    _put_at(flow, lines, x + _DATE_WIDTH)
    flow.y -= _TEXT.leading * len(lines)


def _earlier(flow: Flow, visits: Sequence[Visit]) -> None:
    section(flow, "これまでの面談")
    for visit in visits[:_MOST_EARLIER]:
        facts = f"第{visit.number}回　{wareki_short(visit.on)}　{visit.method.term}　{_counts(visit)}"
        _put_at(flow, [single(facts, _STRONG, paper.BODY_WIDTH)], 0.0, _STRONG)
        flow.y -= _FACT.leading
        _put_at(flow, [single(_gist(visit), _FACT, paper.BODY_WIDTH - 10)], 10.0, _FACT)
        flow.y -= _FACT.leading + 2
    if not visits:
        _put_line(flow, "はじめての面談です。")


def _counts(visit: Visit) -> str:
    return f"決定{len(visit.marked(Mark.DECISION))}件、宿題{len(visit.homework)}件"


def _gist(visit: Visit) -> str:
    """The first line that tells most: a decision before an issue before a fact."""
    lines = (line.text for mark in _GIST_ORDER for line in visit.marked(mark))
    return next(lines, "記録された行はありません。")


def _writing_space(flow: Flow) -> None:
    section(flow, "メモ")
    y = flow.y - _WRITING_LINE + 7
    while y >= paper.BOTTOM:
        flow.page.drawings.append(
            Rule(paper.LEFT, y, paper.RIGHT, y, styles.INNER, styles.INNER_GREY, dash=(1, 2))
        )
        y -= _WRITING_LINE
    flow.y = paper.BOTTOM


def _counted(title: str, count: int, most: int) -> str:
    return f"{title}（{count}件のうち{most}件）" if count > most else title


def _put_line(flow: Flow, text: str, width: float = paper.BODY_WIDTH) -> None:
    _put_at(flow, [single(text, _TEXT, width)], 0.0)
    flow.y -= _TEXT.leading


def _put_at(flow: Flow, lines: Sequence[SetLine], x: float, style: Style = _TEXT) -> None:
    put_lines(flow.page, lines, style, x=paper.LEFT + x, top=flow.y)
