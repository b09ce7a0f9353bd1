"""事故報告 on paper: the device, what lay in it, what protects it, and what was done about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from app.domain.calendar import wareki
from app.reports.content import Company, Imprint
from app.reports.document import Document
from app.reports.incident import IncidentReport, ReadableCompany
from app.reports.page_kit import paper
from app.reports.page_kit.flow import Flow
from app.reports.page_kit.headings import section, title_block
from app.reports.page_kit.prose import put_prose
from app.reports.page_kit.setting import Align, set_item
from app.reports.page_kit.styles import Style
from app.reports.page_kit.tables import Column, Table, grid

TITLE: Final = "事故報告（端末の紛失）"
_LINE: Final = Style(10.5, 17)
_FACTS_MM: Final = (38, 132)
_COLUMNS: Final = (
    Column("企業", 84, bold=True),
    Column("面談", 26, Align.RIGHT),
    Column("最後の面談", 34),
    Column("資料・写真", 26, Align.RIGHT),
)
_GAP: Final = 4.0
_UNKNOWN: Final = "分かりません"
_KEPT: Final = (
    "その端末の記録は、合言葉から作る鍵で暗号化されています。合言葉か24語の紙がなければ読めません。",
    "すでに届いていた内容は、遠くから消せません。止めたあとの変更は、その端末には読めません。",
    "なくした時に、画面に鍵がかかっていたかどうかは、ここからは分かりません。",
    "その端末だけにあって送られていなかった変更の件数は、ここからは分かりません。",
)
_TO_DO: Final = (
    "置き場の共有から外し、置き場の鍵（パスワードなど）を替えた",
    "持ち主に、合言葉と24語の紙を一緒になくしていないか確かめた",
    "所属の情報管理の担当と、警察などへ届け出た",
    "上の企業に知らせるかを決めた",
)
_DONE_COLUMNS: Final = (Column("すること", 110), Column("した日時", 34), Column("した人", 26))


def incident(report: IncidentReport, imprint: Imprint) -> Document:
    """Lay out the report."""
    flow = Flow()
    title_block(flow, TITLE, [f"作成　{_moment(imprint.printed_at)}"], imprint.approvals)
    section(flow, "端末")
    grid(flow, _FACTS_MM, _facts(report))
    section(flow, "その端末が読めた企業", note=f"{len(report.companies)}社")
    if report.companies:
        Table(_COLUMNS, [_company_line(each) for each in report.companies]).place(flow)
    else:
        _lines(flow, ("企業の記録は読めませんでした。",))
    flow.skip(_GAP)
    _lines(flow, ("ほかに、チームで共有する一覧（人、専門家、課題と視点の言葉）が読めました。",))
    section(flow, "守りと、分からないこと")
    _lines(flow, _KEPT)
    section(flow, "すること、したこと")
    Table(_DONE_COLUMNS, [(line, "", "") for line in _TO_DO]).place(flow)
    return Document(TITLE, Company(report.device), imprint, tuple(flow.pages))


def _facts(report: IncidentReport) -> Sequence[Sequence[str]]:
    stopped = _moment(report.stopped_at)
    by = f"　{report.stopped_by}" if report.stopped_by else ""
    return [
        ("端末の名前", report.device),
        ("使っていた人", f"{report.person}　（{report.role}）"),
        ("加わった日時", _moment(report.joined_at) or _UNKNOWN),
        ("最後に届いた変更", _moment(report.last_heard_at) or "届いていません"),
        ("止めた日時", f"{stopped}{by}" if stopped else "まだ止めていません"),
        ("理由", report.reason),
        ("外した日時", _moment(report.removed_at) or "まだ外していません"),
        ("鍵の切替", report.renewal.removeprefix("鍵の切替").strip()),
    ]


def _company_line(company: ReadableCompany) -> Sequence[str]:
    return (
        company.name,
        f"{company.visits:,}件",
        company.newest_visit or "なし",
        f"{company.files:,}件",
    )


def _lines(flow: Flow, lines: Sequence[str]) -> None:
    for line in lines:
        put_prose(flow, set_item("・", line, _LINE, paper.BODY_WIDTH), _LINE)


def _moment(at: datetime | None) -> str:
    return f"{wareki(at.date())} {at:%H:%M}" if at else ""
