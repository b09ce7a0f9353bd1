"""支援計画書: goal, indicators, schedule, issues, and the company's consent."""

from __future__ import annotations

from typing import Final

from app.domain.calendar import wareki
from app.reports.content import Company, Plan
from app.reports.document import Document
from app.reports.documents.gantt import LEAST_HEIGHT, gantt
from app.reports.documents.judgement import LEGEND, judgement
from app.reports.page_kit import paper, styles
from app.reports.page_kit.flow import Flow
from app.reports.page_kit.headings import section, title_block
from app.reports.page_kit.ink import Rule
from app.reports.page_kit.prose import put_prose
from app.reports.page_kit.setting import Align, put, set_text
from app.reports.page_kit.styles import Style
from app.reports.page_kit.tables import Column, Table, grid

_GRID_MM: Final = (22, 78, 22, 48)
_GOAL: Final = Style(10, 16)

_INDICATORS: Final = (
    Column("指標", 58),
    Column("現状", 28, Align.RIGHT),
    Column("目標", 28, Align.RIGHT),
    Column("実績", 28, Align.RIGHT),
    Column("判定", 28, Align.CENTRE),
)
_ISSUES: Final = (
    Column("No.", 12, Align.CENTRE),
    Column("課題", 50),
    Column("対応方針", 78),
    Column("知財の視点", 30),
)

_CONSENT: Final = "この計画の内容を確認し、支援を受けることに同意します。"
_SIGNATURE_HEIGHT: Final = 110.0
_SIGN_LEFT: Final = paper.LEFT + 78 * paper.MM
_SIGN_LABEL: Final = 20 * paper.MM
_SIGN_STEP: Final = 24.0
_SEAL_GREY: Final = 0.55


def plan(content: Plan) -> Document:
    """Lay out the plan."""
    flow = Flow()
    notes = [
        f"計画期間　{wareki(content.since)}～{wareki(content.until)}",
        f"第{content.imprint.edition}版",
    ]
    title_block(flow, content.name, notes, content.imprint.approvals)
    _goal(flow, content)
    _indicators(flow, content)
    _schedule(flow, content)
    _issues(flow, content)
    _signature(flow, content.company)
    return Document(content.name, content.company, content.imprint, tuple(flow.pages))


def _goal(flow: Flow, content: Plan) -> None:
    company = content.company
    grid(
        flow,
        _GRID_MM,
        [("企業名", company.name, "代表者", company.representative), ("支援目標", content.goal)],
        _GOAL,
    )


def _indicators(flow: Flow, content: Plan) -> None:
    title = "１　目標指標"
    if not content.indicators:
        _nothing_yet(flow, title, "目標指標はまだ決まっていません。")
        return
    records = [
        (indicator.name, indicator.baseline, indicator.target, indicator.actual, judgement(indicator))
        for indicator in content.indicators
    ]
    _headed(flow, title, Table(_INDICATORS, records))
    flow.y -= 3
    put_prose(flow, set_text(LEGEND, styles.SMALL, paper.BODY_WIDTH), styles.SMALL)


def _schedule(flow: Flow, content: Plan) -> None:
    title = "２　実施スケジュール"
    if content.actions or content.milestones:
        section(flow, title, keep=LEAST_HEIGHT)
        gantt(flow, content)
    else:
        _nothing_yet(flow, title, "することはまだ決まっていません。")


def _issues(flow: Flow, content: Plan) -> None:
    title = "３　課題と対応方針"
    if not content.issues:
        _nothing_yet(flow, title, "課題はまだ整理されていません。")
        return
    records = [
        (str(number), issue.text, issue.response, issue.perspective)
        for number, issue in enumerate(content.issues, 1)
    ]
    _headed(flow, title, Table(_ISSUES, records))


def _headed(flow: Flow, title: str, table: Table) -> None:
    section(flow, title, keep=table.kept_height)
    table.place(flow)


def _nothing_yet(flow: Flow, title: str, text: str) -> None:
    section(flow, title)
    put_prose(flow, set_text(text, styles.BODY, paper.BODY_WIDTH), styles.BODY)


def _signature(flow: Flow, company: Company) -> None:
    """Lines to sign on, kept together."""
    flow.need(_SIGNATURE_HEIGHT)
    flow.skip(_SIGN_STEP)
    put_prose(flow, set_text(_CONSENT, styles.BODY, paper.BODY_WIDTH), styles.BODY)
    baseline = flow.y - 14
    put(flow.page, "令和　　年　　月　　日", styles.BODY, x=_SIGN_LEFT, baseline=baseline)
    for label, text in (("企業名", company.name), ("代表者名", "")):
        baseline -= _SIGN_STEP
        _line_to_sign(flow, label, text, baseline)
    put(
        flow.page,
        "㊞",
        Style(12, 14, grey=_SEAL_GREY),
        x=paper.RIGHT,
        baseline=baseline,
        align=Align.RIGHT,
    )
    flow.y = baseline - 8


def _line_to_sign(flow: Flow, label: str, text: str, baseline: float) -> None:
    put(flow.page, label, styles.BODY, x=_SIGN_LEFT, baseline=baseline)
    put(flow.page, text, styles.BODY, x=_SIGN_LEFT + _SIGN_LABEL, baseline=baseline)
    under = baseline - 4
    flow.page.drawings.append(Rule(_SIGN_LEFT, under, paper.RIGHT, under, 0.5))
