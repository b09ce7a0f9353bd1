"""「キー一覧」 on one page, to lie beside the keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import zip_longest
from typing import Final

from app.domain.calendar import fiscal_year
from app.domain.terms import Confidentiality
from app.reports.content import Company, Imprint
from app.reports.document import Document
from app.reports.page_kit import paper
from app.reports.page_kit.flow import Flow
from app.reports.page_kit.headings import section, title_block
from app.reports.page_kit.tables import grid
from app.rows.keys import KeyGroup

TITLE: Final = "キー一覧"
_NOTES: Final = ("伴走カルテのどの画面でも使えるキーと、その画面だけのキーです。",)
_KEY: Final = 34.0
_HALF: Final = paper.BODY_WIDTH / paper.MM / 2
_WIDTHS: Final = (_KEY, _HALF - _KEY, _KEY, _HALF - _KEY)
"""mm of key and meaning, twice side by side."""
_PRODUCT: Final = "伴走カルテ"


def key_sheet(groups: Sequence[KeyGroup], printed_at: datetime) -> Document:
    """Lay out the groups, two keys to a line. It says nothing of a company, a team or a person."""
    flow = Flow()
    title_block(flow, TITLE, _NOTES, ())
    for group in groups:
        section(flow, group.heading)
        grid(flow, _WIDTHS, list(_lines(group)))
    return Document(TITLE, Company(_PRODUCT), _imprint(printed_at), tuple(flow.pages))


def _lines(group: KeyGroup) -> Sequence[Sequence[str]]:
    """Down the left half first, then the right one."""
    half = -(-len(group.keys) // 2)
    pairs = zip_longest(group.keys[:half], group.keys[half:], fillvalue=("", ""))
    return [(*left, *right) for left, right in pairs]


def _imprint(printed_at: datetime) -> Imprint:
    return Imprint(
        confidentiality=Confidentiality.PUBLIC,
        team="",
        region="",
        fiscal_year=fiscal_year(printed_at.date()),
        printed_by="",
        printed_at=printed_at,
    )
