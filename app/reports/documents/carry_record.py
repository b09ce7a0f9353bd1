"""「持出し記録」 on one page or more: what left, when, by whom, to whom; nothing of the contents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from app.domain.calendar import fiscal_year, wareki
from app.domain.sizes import size_words
from app.domain.terms import Confidentiality
from app.reports.content import Company, Imprint
from app.reports.document import Document
from app.reports.page_kit import paper
from app.reports.page_kit.flow import Flow
from app.reports.page_kit.headings import section, title_block
from app.reports.page_kit.prose import put_prose
from app.reports.page_kit.setting import Align, set_item
from app.reports.page_kit.styles import Style
from app.reports.page_kit.tables import Column, Table, grid
from app.rows.carrying import CarryRecord

TITLE: Final = "持出し記録"
_LABEL: Final = 32.0
_WHOLE: Final = paper.BODY_WIDTH / paper.MM
_SIDE: Final = (_WHOLE - 2 * _LABEL) / 2
_LINE: Final = Style(10, 16)
_ABOVE_NOTES: Final = 8.0
_NOTES: Final = (
    "ファイルは暗号化してあります。開けられるのは、このチームの端末だけです。",
    "受け取った人は、企業ごとに鍵をもらっている分だけを見ることができます。",
    "ファイルが失われたときは、この番号（SHA-256）を添えてチームの管理者に知らせてください。",
)
_COLUMNS: Final = (
    Column("番号", 16.0, Align.RIGHT),
    Column("ファイルの名前", _WHOLE - 16.0 - 30.0),
    Column("大きさ", 30.0, Align.RIGHT),
)


def carry_record(record: CarryRecord, printed_at: datetime, printed_by: str, watermark: str = "") -> Document:
    """Lay out one record, with space for whoever receives the files to sign."""
    flow = Flow()
    title_block(flow, TITLE, [f"持ち出した日時　{_moment(record.carried_at)}"], ())
    grid(flow, (_LABEL, _WHOLE - _LABEL), [("渡す先", record.receiver)])
    grid(flow, (_LABEL, _SIDE) * 2, list(_facts(record)))
    grid(flow, (_LABEL, _WHOLE - _LABEL), [("SHA-256", in_groups(record.digest))])
    section(flow, "ファイル", note=f"全部で {len(record.files):,}個、{size_words(record.size)}")
    rows = [(str(number), each.name, size_words(each.size)) for number, each in enumerate(record.files, 1)]
    Table(_COLUMNS, rows).place(flow)
    section(flow, "受け取り", keep=60.0)
    grid(flow, (_LABEL, _SIDE) * 2, [("受け取った人", ""), ("受け取った日", "")])
    flow.skip(_ABOVE_NOTES)
    for note in _NOTES:
        put_prose(flow, set_item("・", note, _LINE, paper.BODY_WIDTH), _LINE)
    imprint = _imprint(printed_at, printed_by, watermark)
    return Document(TITLE, Company(record.receiver), imprint, tuple(flow.pages))


def _facts(record: CarryRecord) -> Iterator[Sequence[str]]:
    yield "持ち出した人", record.carried_by, "端末", record.device_name
    yield "渡し方", record.way.term, "範囲", record.scope
    yield "変更", f"{record.changes:,}件", "企業", f"{record.companies:,}社"
    yield "添付", f"{record.attachments:,}個", "大きさ", size_words(record.size)


def in_groups(digest: str) -> str:
    """A hash in groups of four, to be compared by eye."""
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))


def _moment(at: datetime) -> str:
    return f"{wareki(at.date())} {at:%H:%M}"


def _imprint(printed_at: datetime, printed_by: str, watermark: str) -> Imprint:
    return Imprint(
        confidentiality=Confidentiality.TEAM,
        team="",
        region="",
        fiscal_year=fiscal_year(printed_at.date()),
        printed_by=printed_by,
        printed_at=printed_at,
        watermark=watermark,
    )
