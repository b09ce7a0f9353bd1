"""What stands around the body of every page: 取扱, whose document it is, n / N, and who printed it when.

Company and 法人番号 are on each page because pages of two companies get mixed up at the printer.
"""

from __future__ import annotations

from typing import Final

from app.domain.calendar import fiscal_year_term, wareki_short
from app.reports.document import Document
from app.reports.page_kit import paper, styles
from app.reports.page_kit.ink import Drawing, Frame, Page, Rule, Watermark
from app.reports.page_kit.setting import Align, put, single
from app.reports.printable import printable

_HEADER_BASELINE: Final = paper.HEIGHT - 14 * paper.MM
_HEADER_RULE: Final = paper.HEIGHT - 17 * paper.MM
_FOOTER_RULE: Final = 14.6 * paper.MM
_FOOTER_BASELINE: Final = 11.2 * paper.MM
_SECOND_BASELINE: Final = 8.4 * paper.MM
_SIDE_WIDTH: Final = paper.BODY_WIDTH / 2 - 18 * paper.MM
_CENTRE: Final = (paper.LEFT + paper.RIGHT) / 2
_BOX_PAD: Final = 6.0
_BOX_HEIGHT: Final = 14.5
_GAP: Final = 10.0


class Framer:
    """Puts the frame around the pages of one document; what all pages share is set once."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._header, self._footer = Page(), Page()
        _put_header(self._header, document)
        _put_footer(self._footer, document)
        word = printable(document.imprint.watermark)
        self._under: list[Drawing] = [Watermark(word)] if word else []

    def framed(self, number: int) -> Page:
        """Page `number` of the document, counted from 1, in the order in which it is read."""
        page, header, footer = self._document.pages[number - 1], self._header, self._footer
        count = Page()
        text = f"{number} / {len(self._document.pages)}"
        put(count, text, styles.PAGE_NUMBER, x=_CENTRE, baseline=_FOOTER_BASELINE, align=Align.CENTRE)
        return Page(
            [*self._under, *page.drawings, *header.drawings, *footer.drawings],
            [*header.texts, *page.texts, *footer.texts, *count.texts],
            page.bookmarks,
        )


def number_in_file(number: int, count: int) -> Page:
    """What is added to a page of a file with several documents: 全体 n / N."""
    page = Page()
    put(
        page,
        f"全体 {number} / {count}",
        styles.FOOTER,
        x=_CENTRE,
        baseline=_SECOND_BASELINE,
        align=Align.CENTRE,
    )
    return page


def _put_header(page: Page, document: Document) -> None:
    imprint = document.imprint
    left_of_box = _put_marking(page, imprint.confidentiality.term)
    where = f"{imprint.region}　{fiscal_year_term(imprint.fiscal_year)}"
    length = put(
        page, where, styles.HEADER, x=left_of_box - _GAP, baseline=_HEADER_BASELINE, align=Align.RIGHT
    )
    room = left_of_box - 2 * _GAP - length - paper.LEFT
    title = single(document.title, styles.HEADER, room).text
    put(page, title, styles.HEADER, x=paper.LEFT, baseline=_HEADER_BASELINE)
    page.drawings.append(Rule(paper.LEFT, _HEADER_RULE, paper.RIGHT, _HEADER_RULE, styles.OUTER))


def _put_marking(page: Page, word: str) -> float:
    """The 取扱 in its box; returns the box's left edge."""
    width = styles.MARKING.length(word) + 2 * _BOX_PAD
    left = paper.RIGHT - width
    put(page, word, styles.MARKING, x=left + _BOX_PAD, baseline=_HEADER_BASELINE)
    page.drawings.append(Frame(left, _HEADER_BASELINE - 4, width, _BOX_HEIGHT, 1.0))
    return left


def _put_footer(page: Page, document: Document) -> None:
    page.drawings.append(Rule(paper.LEFT, _FOOTER_RULE, paper.RIGHT, _FOOTER_RULE, 0.3))
    company = document.company
    _put_side(page, [company.name, _numbered(company.corporate_number)], Align.LEFT)
    imprint = document.imprint
    printed = f"{wareki_short(imprint.printed_at.date())} {imprint.printed_at:%H:%M}"
    _put_side(page, [f"第{imprint.edition}版　{printed}", imprint.printed_by], Align.RIGHT)


def _numbered(corporate_number: str) -> str:
    return f"法人番号 {corporate_number}" if corporate_number else ""


def _put_side(page: Page, parts: list[str], align: Align) -> None:
    """The parts on one line, or on two where they are too long for it."""
    x = paper.LEFT + paper.BODY_WIDTH * align.value
    joined = "　".join(part for part in parts if part)
    lines = [joined] if styles.FOOTER.length(printable(joined)) <= _SIDE_WIDTH else parts
    for text, baseline in zip(lines, (_FOOTER_BASELINE, _SECOND_BASELINE), strict=False):
        cut = single(text, styles.FOOTER, _SIDE_WIDTH).text
        put(page, cut, styles.FOOTER, x=x, baseline=baseline, align=align)
