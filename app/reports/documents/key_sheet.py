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
_ABREAST: Final = 3
_KEY: Final = 24.5
_WIDTHS: Final = (_KEY, paper.BODY_WIDTH / paper.MM / _ABREAST - _KEY) * _ABREAST
"""mm of key and meaning, three times side by side."""
_PRODUCT: Final = "伴走カルテ"


def key_sheet(groups: Sequence[KeyGroup], printed_at: datetime) -> Document:
    """Lay out the groups, three keys to a line. It says nothing of a company, a team or a person."""
    flow = Flow()
    title_block(flow, TITLE, (), ())
    for group in groups:
        section(flow, group.heading)
        grid(flow, _WIDTHS, list(_lines(group)))
    return Document(TITLE, Company(_PRODUCT), _imprint(printed_at), tuple(flow.pages))


def _lines(group: KeyGroup) -> Sequence[Sequence[str]]:
    """Down the first column, then the next ones."""
    deep = -(-len(group.keys) // _ABREAST)
    columns = [group.keys[at : at + deep] for at in range(0, deep * _ABREAST, deep)]
    rows = zip_longest(*columns, fillvalue=("", ""))
    return [tuple(text for pair in row for text in pair) for row in rows]


def _imprint(printed_at: datetime) -> Imprint:
    return Imprint(
        confidentiality=Confidentiality.PUBLIC,
        team="",
        region="",
        fiscal_year=fiscal_year(printed_at.date()),
        printed_by="",
        printed_at=printed_at,
    )
