"""The company's profile, and the wordings that several documents share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from typing import Final

from app.domain.calendar import wareki, wareki_short
from app.reports.content import Company, Homework, Visit
from app.reports.page_kit.flow import Flow
from app.reports.page_kit.tables import grid

_PROFILE_WIDTHS_MM: Final = (20, 65, 20, 65)
NOBODY: Final = "担当なし"


def company_profile(flow: Flow, company: Company) -> None:
    """Who the company is, in three lines."""
    employees = "" if company.employees is None else f"{company.employees:,}人"
    grid(
        flow,
        _PROFILE_WIDTHS_MM,
        [
            ("企業名", company.name, "法人番号", company.corporate_number),
            ("代表者", company.representative, "業種", company.industry),
            ("所在地", company.address, "従業員数", employees),
        ],
    )


def hours(starts: time | None, ends: time | None) -> str:
    """13:30～16:00, or what is known of it."""
    if starts is None:
        return ""
    return f"{starts:%H:%M}～{ends:%H:%M}" if ends else f"{starts:%H:%M}～"


def day_and_hours(on: date, starts: time | None, ends: time | None) -> str:
    """令和7年7月22日（火） 13:30～16:00."""
    return f"{wareki(on)} {hours(starts, ends)}".rstrip()


def next_visit(visit: Visit) -> str:
    """When the next visit is; empty when that is not settled."""
    if visit.next_on is None:
        return ""
    start = f" {visit.next_starts:%H:%M}" if visit.next_starts else ""
    return wareki(visit.next_on) + start


def homework_text(item: Homework) -> str:
    """The task with owner, due date and 済 in brackets."""
    due = f"{wareki_short(item.due_on)}まで" if item.due_on else ""
    facts = [item.owner or NOBODY, due, "済" if item.is_done else ""]
    return f"{item.text}（{'、'.join(_known(facts))}）"


def _known(texts: Iterable[str]) -> list[str]:
    return [text for text in texts if text]
