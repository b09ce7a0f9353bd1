"""24 words on one page: words that can be read back without a doubt, and how to keep them."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from app.domain.calendar import fiscal_year, wareki
from app.domain.terms import Confidentiality
from app.recovery_sheet import NumberedWord, RecoverySheet
from app.reports.content import Company, Imprint
from app.reports.document import Document
from app.reports.page_kit import paper, styles
from app.reports.page_kit.flow import Flow
from app.reports.page_kit.headings import section, title_block
from app.reports.page_kit.ink import Fill, Frame, Rule
from app.reports.page_kit.prose import put_prose
from app.reports.page_kit.setting import Align, put, put_lines, set_item, single
from app.reports.page_kit.styles import Style

_WORD: Final = Style(14, 20, bold=True)
_NUMBER: Final = Style(9, 14, grey=styles.QUIET)
_LINE: Final = Style(11, 20)
_ROW: Final = 15 * paper.MM
_WRITING: Final = (("しまった所", 0.55), ("しまった日", 0.45))
_EMPHASIS_GAP: Final = 14.0


def recovery_sheet(sheet: RecoverySheet, printed_at: datetime) -> Document:
    """Lay out the sheet. It carries no name of a company, a team or a person."""
    flow = Flow()
    made = wareki(sheet.made_on)
    whose = f"番号　{sheet.number}" if sheet.number else f"端末　{sheet.device_name}"
    title_block(flow, sheet.title, [whose, f"作成日　{made}"], ())
    first, *others = sheet.lines
    put_prose(flow, set_item("", first, _LINE, paper.BODY_WIDTH), _LINE)
    flow.skip(_EMPHASIS_GAP)
    _words(flow, sheet)
    section(flow, "使いかたと しまいかた")
    for line in others:
        put_prose(flow, set_item("・", line, _LINE, paper.BODY_WIDTH), _LINE)
    _writing_space(flow)
    return Document(sheet.title, Company(sheet.device_name), _imprint(printed_at), tuple(flow.pages))


def _words(flow: Flow, sheet: RecoverySheet) -> None:
    """One row for each group, read from left to right; every second row is shaded to keep the eye in it."""
    top, count = flow.y, len(sheet.groups[0])
    width = paper.BODY_WIDTH / count
    drawings = flow.page.drawings
    for number, group in enumerate(sheet.groups):
        if number % 2:
            drawings.append(Fill(paper.LEFT, flow.y - _ROW, paper.BODY_WIDTH, _ROW, styles.ZEBRA_FILL))
        for place, word in enumerate(group):
            _word(flow, word, paper.LEFT + place * width, width)
        flow.y -= _ROW
        drawings.append(Rule(paper.LEFT, flow.y, paper.RIGHT, flow.y, styles.TABLE_RULE))
    for place in range(1, count):
        x = paper.LEFT + place * width
        drawings.append(Rule(x, top, x, flow.y, styles.INNER, styles.INNER_GREY))
    drawings.append(Frame(paper.LEFT, flow.y, paper.BODY_WIDTH, top - flow.y, styles.EMPHASIS))


def _word(flow: Flow, word: NumberedWord, left: float, width: float) -> None:
    number_width = 7 * paper.MM
    middle = flow.y - _ROW / 2
    baseline = middle - 0.36 * _WORD.size
    put(flow.page, str(word.number), _NUMBER, x=left + number_width, baseline=baseline, align=Align.RIGHT)
    room = width - number_width - 3 * paper.MM
    top = middle + _WORD.leading / 2
    put_lines(
        flow.page, [single(word.word, _WORD, room)], _WORD, x=left + number_width + 2 * paper.MM, top=top
    )


def _writing_space(flow: Flow) -> None:
    """Lines to note by hand where the paper went."""
    flow.skip(2 * _EMPHASIS_GAP)
    baseline, left = flow.y - _LINE.leading, paper.LEFT
    for label, share in _WRITING:
        width = paper.BODY_WIDTH * share
        length = put(flow.page, label, _LINE, x=left, baseline=baseline)
        start, end = left + length + 6, left + width - 8
        flow.page.drawings.append(Rule(start, baseline - 3, end, baseline - 3, styles.TABLE_RULE))
        left += width
    flow.y = baseline - _LINE.leading


def _imprint(printed_at: datetime) -> Imprint:
    return Imprint(
        confidentiality=Confidentiality.ASSIGNED,
        team="",
        region="",
        fiscal_year=fiscal_year(printed_at.date()),
        printed_by="",
        printed_at=printed_at,
    )
