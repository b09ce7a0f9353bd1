"""議事録 of one visit: what was decided, found and promised."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from app.domain.calendar import wareki_short
from app.domain.terms import Mark, PersonSide
from app.reports.content import Homework, Minutes, NoteLine, Person, Visit
from app.reports.document import Document
from app.reports.documents.profile import NOBODY, day_and_hours, next_visit
from app.reports.page_kit import paper, styles
from app.reports.page_kit.cells import PAD_X, Cell, Row
from app.reports.page_kit.flow import Flow
from app.reports.page_kit.headings import flush_right, section, title_block
from app.reports.page_kit.prose import laid_out, put_prose
from app.reports.page_kit.rows import RowPlacer
from app.reports.page_kit.setting import Align, put_lines, set_item, set_text
from app.reports.page_kit.styles import Style
from app.reports.page_kit.tables import Column, Table, grid, label_cell

_TITLE: Final = "議　事　録"
_GRID_MM: Final = (24, 146)
_DECISION_LABEL: Final = 56.0
_INDENT: Final = 8.0
_TIGHTER_BY: Final = 1.5

_HOMEWORK_COLUMNS: Final = (
    Column("No.", 10, Align.CENTRE),
    Column("内容", 92),
    Column("担当", 32),
    Column("期限", 26, Align.CENTRE),
    Column("済", 10, Align.CENTRE),
)


def minutes(content: Minutes) -> Document:
    """Lay out the minutes; a little tighter where that brings them onto one page less."""

    def fill(flow: Flow, tighter_by: float) -> None:
        _fill(flow, content, styles.BODY.tighter(tighter_by))

    flow = laid_out(fill, _TIGHTER_BY)
    return Document(content.name, content.company, content.imprint, tuple(flow.pages))


def _fill(flow: Flow, content: Minutes, style: Style) -> None:
    visit = content.visit
    meeting = f"{content.company.name}　第{visit.number}回面談"
    title_block(flow, _TITLE, [], content.imprint.approvals, above=meeting)
    grid(flow, _GRID_MM, _particulars(visit))
    if not visit.lines:
        flow.skip(style.leading / 2)
        put_prose(flow, set_text("記録された行はありません。", style, paper.BODY_WIDTH), style)
    _decisions(flow, visit, style)
    _noted(flow, "課題", visit.marked(Mark.ISSUE), style)
    _noted(flow, "事実", visit.marked(Mark.FACT), style)
    _homework(flow, visit)
    _other(flow, visit, style)
    _end(flow, visit)


def _particulars(visit: Visit) -> list[tuple[str, str]]:
    method = f"（{visit.method.term}）" if visit.location != visit.method.term else ""
    place = "　".join(text for text in (visit.location, method) if text)
    records = [
        ("開催日時", day_and_hours(visit.on, visit.starts, visit.ends)),
        ("開催場所", place),
        ("出席者", _attendance(visit.people)),
    ]
    if visit.purpose:
        records.append(("目的", visit.purpose))
    return records


def _attendance(people: Sequence[Person]) -> str:
    """One paragraph for each side."""
    return "\n".join(
        f"（{side.term}）" + "、".join(_named(person) for person in people if person.side is side)
        for side in PersonSide
        if any(person.side is side for person in people)
    )


def _named(person: Person) -> str:
    return f"{person.body}　{person.name}" if person.body else person.name


def _decisions(flow: Flow, visit: Visit, style: Style) -> None:
    decisions = visit.marked(Mark.DECISION)
    if not decisions:
        return
    section(flow, "決定", keep=2 * style.leading + 2 * PAD_X)
    placer = RowPlacer(flow, paper.LEFT, paper.RIGHT, outer=styles.EMPHASIS)
    for number, line in enumerate(decisions, 1):
        placer.place(_decision_row(f"決定{number}", _with_homework_numbers(line, visit), style))
    placer.close()


def _decision_row(label: str, text: str, style: Style) -> Row:
    width = paper.BODY_WIDTH - _DECISION_LABEL - 2 * PAD_X
    cells = (label_cell(label, _DECISION_LABEL), Cell(set_text(text, style, width), style))
    return Row(cells, (paper.LEFT, paper.LEFT + _DECISION_LABEL, paper.RIGHT))


def _with_homework_numbers(line: NoteLine, visit: Visit) -> str:
    """The decision, and the numbers of the tasks below that came of it."""
    numbers = [str(visit.homework.index(item) + 1) for item in line.homework]
    return f"{line.text}（宿題{'、'.join(numbers)}）" if numbers else line.text


def _noted(flow: Flow, title: str, lines: Sequence[NoteLine], style: Style) -> None:
    if not lines:
        return
    section(flow, title)
    _put_items(flow, ((_lead(line), line.text) for line in lines), style)


def _lead(line: NoteLine) -> str:
    return f"{line.at:%H:%M} " if line.at else "・"


def _put_items(flow: Flow, items: Iterable[tuple[str, str]], style: Style) -> None:
    width = paper.BODY_WIDTH - _INDENT
    for lead, text in items:
        put_prose(flow, set_item(lead, text, style, width, running=True), style, indent=_INDENT)


def _homework(flow: Flow, visit: Visit) -> None:
    items = _all_homework(visit)
    if not items:
        return
    table = Table(_HOMEWORK_COLUMNS, [_homework_record(*numbered) for numbered in enumerate(items, 1)])
    section(flow, "宿題", keep=table.kept_height)
    table.place(flow)


def _all_homework(visit: Visit) -> list[Homework]:
    """The tasks; a line marked 宿題 that none came of stands as one without owner."""
    unlinked = [line for line in visit.marked(Mark.HOMEWORK) if not line.homework]
    return [*visit.homework, *(Homework(line.text) for line in unlinked)]


def _homework_record(number: int, item: Homework) -> tuple[str, ...]:
    due = wareki_short(item.due_on) if item.due_on else "―"
    return str(number), item.text, item.owner or NOBODY, due, "■" if item.is_done else "□"


def _other(flow: Flow, visit: Visit, style: Style) -> None:
    deadlines, unmarked = visit.marked(Mark.DEADLINE), visit.marked(None)
    if not deadlines and not unmarked:
        return
    section(flow, "その他")
    _put_items(flow, (("【期限】", line.text) for line in deadlines), style)
    if unmarked:
        flow.need(3 * style.leading)
        put_prose(
            flow, set_text("その他の記録", styles.LABEL, paper.BODY_WIDTH), styles.LABEL, indent=_INDENT
        )
        _put_items(flow, ((_lead(line), line.text) for line in unmarked), style)


def _end(flow: Flow, visit: Visit) -> None:
    style = styles.BODY
    flow.need(1.5 * style.leading)
    flow.skip(style.leading / 2)
    if when := next_visit(visit):
        line = set_text(f"次回開催　{when}", style, paper.BODY_WIDTH)
        put_lines(flow.page, line, style, x=paper.LEFT, top=flow.y)
    flush_right(flow, "以上", style)
