"""The columns of 企業一覧."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from app.domain.terms import EngagementStatus, Stage
from app.rows.companies import CompanyListRow
from ui.day_words import SOON_DAYS, overdue_words, short_day
from ui.models.row_table_model import Cell, Column
from ui.screens.company.words import family_names, soon_words
from ui.widgets.confidentiality import confidentiality_state

_BELOW_THE_STAGE = "\u3000" * 6
"""Where the word of a stage begins, behind its meter: other standings line up with it."""


def company_columns(today: Callable[[], date]) -> tuple[Column[CompanyListRow], ...]:
    """The columns; what is overdue is decided when a cell is shown, so a window may stay open overnight."""
    return (
        Column("name", "企業", cell=_name, sort=lambda listed: listed.search_key),
        Column(
            "stage", "段階", cell=_standing, sort=_standing_order, spoken=_standing_words, width=176, drop=1
        ),
        Column("assignees", "担当", text=lambda listed: family_names(listed.assignees), width=112, drop=3),
        Column(
            "last",
            "最終面談",
            text=lambda listed: short_day(listed.last_session_on, today()),
            sort=lambda listed: listed.last_session_on or date.min,
            width=88,
            right=True,
            drop=2,
        ),
        Column("next", "次の一手", text=lambda listed: listed.next_action),
        Column(
            "due",
            "期限",
            cell=lambda listed: due_cell(listed.next_due_on, today()),
            sort=lambda listed: listed.next_due_on or date.max,
            width=146,
            right=True,
        ),
        Column(
            "level",
            "取扱",
            cell=lambda listed: Cell(state=confidentiality_state(listed.confidentiality)),
            sort=lambda listed: listed.confidentiality.openness,
            width=112,
            drop=4,
        ),
    )


def due_cell(due_on: date | None, today: date) -> Cell:
    """A due date: overdue and soon ones with a shape and a word."""
    if due_on is None:
        return Cell()
    words, days = short_day(due_on, today), (due_on - today).days
    if days < 0:
        return Cell(f"{words} {overdue_words(-days)}", icon="alert", tone="danger", bold=True)
    if days <= SOON_DAYS:
        return Cell(f"{words} {soon_words(days)}", icon="clock", tone="warn", bold=True)
    return Cell(words)


def _name(listed: CompanyListRow) -> Cell:
    is_supported = listed.status is EngagementStatus.SUPPORTED
    return Cell(listed.name, quiet=listed.industry_term, bold=is_supported)


def _standing(listed: CompanyListRow) -> Cell:
    if listed.status is EngagementStatus.SUPPORTED and listed.stage:
        return Cell(stage=listed.stage)
    return Cell(_BELOW_THE_STAGE + listed.standing_term, tone="sub")


def _standing_words(listed: CompanyListRow) -> str:
    return listed.standing_term


def _standing_order(listed: CompanyListRow) -> tuple[int, int]:
    status = listed.status.place if listed.status else len(EngagementStatus)
    stage = listed.stage.place if listed.stage else len(Stage)
    return (0 if listed.status is EngagementStatus.SUPPORTED else 1 + status, stage)
