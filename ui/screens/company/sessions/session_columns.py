"""The columns of the list of 面談 of one company."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from app.domain.calendar import western_moment
from app.rows.companies import CourseRow
from app.services.shared_marks import ONLY_HERE, SharedMarks
from ui.models.row_table_model import Cell, Column
from ui.screens.company.words import session_state
from ui.theme.paint import State

_FINISHED = State("ok", "済")


def session_columns(now: Callable[[], datetime], marks: SharedMarks) -> tuple[Column[CourseRow], ...]:
    """The columns; `now` is the wall time, which parts planned from held 面談 when a cell is shown.

    `marks` say which 面談 the team cannot have all of.
    """
    return (
        Column("ordinal", "回", text=_ordinal, sort=_number, width=68),
        Column("when", "日時", text=_when, sort=_moment, width=196),
        Column("method", "方法", text=_method, width=88, drop=3),
        Column("place", "場所", text=lambda entry: entry.place, width=130, drop=4),
        Column("purpose", "目的", cell=lambda entry: _purpose(entry, marks)),
        _count("issues", "課題", lambda entry: entry.issues, drop=5),
        _count("decisions", "決定", lambda entry: entry.decisions, drop=1),
        _count("homework", "宿題", lambda entry: entry.homework, drop=2),
        Column("state", "状態", cell=lambda entry: _state(entry, now()), width=104),
    )


def _count(key: str, word: str, count: Callable[[CourseRow], int], drop: int = 0) -> Column[CourseRow]:
    return Column(
        key, word, text=lambda entry: str(count(entry) or ""), sort=count, width=60, right=True, drop=drop
    )


def _purpose(entry: CourseRow, marks: SharedMarks) -> Cell:
    return Cell(entry.purpose, ONLY_HERE if entry.id and marks.is_only_here(entry.id) else "")


def _ordinal(entry: CourseRow) -> str:
    return f"第{entry.ordinal}回"


def _number(entry: CourseRow) -> int:
    return entry.ordinal


def _when(entry: CourseRow) -> str:
    return western_moment(entry.starts_at) if entry.starts_at else ""


def _moment(entry: CourseRow) -> str:
    return entry.starts_at.isoformat() if entry.starts_at else ""


def _method(entry: CourseRow) -> str:
    return entry.method.term if entry.method else ""


def _state(entry: CourseRow, now: datetime) -> Cell:
    return Cell(state=session_state(entry, now) or _FINISHED)
