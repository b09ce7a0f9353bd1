"""What the golden display lists show: each document in each state that has gone wrong somewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from app.domain.terms import Mark, PersonSide
from app.reports.content import (
    Company,
    Homework,
    Imprint,
    Issue,
    NoteLine,
    Person,
    Plan,
    PlannedAction,
    Visit,
    VisitSheet,
)
from app.reports.layout import Content
from tests.reports.examples import (
    CALL,
    COMPANY,
    FIRST,
    IMPRINT,
    PLAN,
    SHEET,
    VISIT,
    history_of,
    minutes_of,
)

LONG = "図面を渡した先と時期を一つずつ確かめ、約束の有無と写しの所在を聞き取った。" * 90
RARE = "𠮷野屋の髙﨑さんは㈱と①㎡ｶﾞを使う。葛\U000e0100城市😀\ue000☑と‑も。"
TWELVE = tuple(
    Person(f"参加者{number}", list(PersonSide)[number % 3], f"第{number}機関　役職{number}")
    for number in range(1, 13)
)
FIVE_BOXES = ("県", "INPIT", "所長", "課長", "担当")

Make = Callable[[Visit, Imprint, Company], Content]


def _history(visit: Visit, imprint: Imprint, company: Company) -> Content:
    return history_of(FIRST, visit, CALL, imprint=imprint, company=company)


def _minutes(visit: Visit, imprint: Imprint, company: Company) -> Content:
    return replace(minutes_of(visit), imprint=imprint, company=company)


def _plan(visit: Visit, imprint: Imprint, company: Company) -> Content:
    """The plan with the visit's lines as issues and its homework as actions."""
    issues = tuple(Issue(line.text, line.text, "特許") for line in visit.lines[1:])
    actions = tuple(
        PlannedAction(str(number), item.text, item.owner, visit.on, item.due_on)
        for number, item in enumerate(visit.homework)
    )
    return replace(
        PLAN,
        imprint=imprint,
        company=company,
        issues=issues,
        actions=(*PLAN.actions, *actions),
        since=visit.on,
        until=visit.on.replace(year=visit.on.year + 1),
    )


def _sheet(visit: Visit, imprint: Imprint, company: Company) -> Content:
    return replace(
        SHEET,
        visit=replace(SHEET.visit, people=visit.people),
        imprint=imprint,
        company=company,
        homework=visit.homework,
        questions=tuple(line.text for line in visit.lines),
        earlier=(visit, FIRST),
    )


DOCUMENTS: dict[str, Make] = {"history": _history, "minutes": _minutes, "plan": _plan, "visit_sheet": _sheet}

EMPTY: dict[str, Content] = {
    "history": history_of(company=Company("無名商店"), imprint=replace(IMPRINT, approvals=())),
    "minutes": replace(minutes_of(Visit(1, date(2025, 4, 1))), company=Company("無名商店")),
    "plan": Plan(Company("無名商店"), "", date(2025, 4, 1), date(2026, 3, 31), IMPRINT),
    "visit_sheet": VisitSheet(Company("無名商店"), Visit(1, date(2025, 4, 1)), IMPRINT),
}

_LONG_VISIT = replace(
    VISIT,
    lines=(
        *VISIT.lines,
        NoteLine(LONG, Mark.FACT),
        NoteLine(LONG, Mark.DECISION, None, (Homework(LONG, "佐藤", date(2025, 8, 1)),)),
    ),
)
_RARE_VISIT = replace(
    VISIT,
    lines=(
        NoteLine("確認", Mark.FACT),
        NoteLine(RARE, Mark.FACT),
        NoteLine(RARE, Mark.DECISION, None, (Homework(RARE, "𠮷田"),)),
    ),
)
_ERAS = replace(
    VISIT,
    on=date(2019, 4, 30),
    next_on=date(2019, 5, 1),
    lines=(
        NoteLine("改元", Mark.FACT),
        NoteLine("新しい元号", Mark.DECISION, None, (Homework("届出", "鈴木", date(2019, 12, 31)),)),
    ),
)

_VARIANTS: dict[str, tuple[Visit, Imprint]] = {
    "normal": (VISIT, IMPRINT),
    "long_cell": (_LONG_VISIT, IMPRINT),
    "twelve_attendees": (replace(VISIT, people=TWELVE), IMPRINT),
    "missing_glyphs": (_RARE_VISIT, IMPRINT),
    "no_boxes": (VISIT, replace(IMPRINT, approvals=())),
    "five_boxes": (VISIT, replace(IMPRINT, approvals=FIVE_BOXES, watermark="練習用")),
    "era_boundary": (_ERAS, IMPRINT),
}


def cases() -> dict[str, Content]:
    """Content by the name of its golden file."""
    found = {f"{name}-empty": content for name, content in EMPTY.items()}
    for variant, (visit, imprint) in _VARIANTS.items():
        for name, make in DOCUMENTS.items():
            company = replace(COMPANY, name="株式会社𠮷野屋😀") if variant == "missing_glyphs" else COMPANY
            found[f"{name}-{variant}"] = make(visit, imprint, company)
    return found
