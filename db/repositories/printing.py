"""Reading what documents are made of, a whole company at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, Text, func, literal, or_, select

from db.models.companies import ENGAGEMENT
from db.models.plans import ACTION_ITEM
from db.models.support_sessions import NOTE_LINE, SUPPORT_SESSION
from db.models.team import PERSON
from db.reading import Found, Reading

_GONE = 1


def sessions(reading: Reading, company_id: str) -> list[Found]:
    """All 面談 of a company in order of time."""
    return reading.records("support_session", company_id=company_id, order=("starts_at", "id"))


def years(reading: Reading) -> list[int]:
    """The 年度 in which any company stood in the programme."""
    year = ENGAGEMENT.c.fiscal_year
    statement = select(year).distinct().where(ENGAGEMENT.c.deleted != _GONE, year.is_not(None))
    return [row["fiscal_year"] for row in reading.rows(statement)]


def lines(reading: Reading, session_ids: Sequence[str]) -> list[Found]:
    """The lines of these 面談 in their order, each with the own 取扱 of its 面談."""
    line, session = NOTE_LINE.c, SUPPORT_SESSION.c
    statement = (
        select(NOTE_LINE, session.confidentiality.label("session_level"))
        .join(SUPPORT_SESSION, session.id == line.support_session_id)
        .where(line.support_session_id.in_(session_ids), line.deleted != _GONE)
        .order_by(line.support_session_id, line.order_key, line.id)
    )
    return reading.rows(statement)


def homework(reading: Reading, session_ids: Sequence[str]) -> list[Found]:
    """Actions that came from the lines of these 面談."""
    statement = (
        _actions()
        .where(NOTE_LINE.c.support_session_id.in_(session_ids), ACTION_ITEM.c.deleted != _GONE)
        .order_by(NOTE_LINE.c.order_key, ACTION_ITEM.c.seq)
    )
    return reading.rows(statement)


def actions(reading: Reading, company_id: str, engagement_id: str, year_begins: str) -> list[Found]:
    """Actions of an engagement, and those of earlier years that were still open when its year began."""
    action = ACTION_ITEM.c
    is_carried_over = or_(action.done_on.is_(None), action.done_on >= literal(year_begins, Text))
    statement = (
        _actions()
        .where(action.company_id == company_id, action.deleted != _GONE)
        .where(or_(action.engagement_id == engagement_id, is_carried_over))
        .order_by(action.start_on.is_(None), action.start_on, action.due_on, action.order_key, action.id)
    )
    return reading.rows(statement)


def open_actions(reading: Reading, company_id: str) -> list[Found]:
    """Actions of a company that are still to be done, soonest first."""
    action = ACTION_ITEM.c
    statement = (
        _actions()
        .where(action.company_id == company_id, action.deleted != _GONE)
        .where(func.coalesce(action.status, "open").not_in(("done", "dropped")))
        .order_by(action.due_on.is_(None), action.due_on, action.order_key, action.id)
    )
    return reading.rows(statement)


def _actions() -> Select[Any]:
    """Actions, each with its owner's name and the own 取扱 of the line and 面談 it came from."""
    owner = func.coalesce(PERSON.c.name, ACTION_ITEM.c.owner_name, "").label("owner")
    line, session = NOTE_LINE.c, SUPPORT_SESSION.c
    return (
        select(
            ACTION_ITEM,
            owner,
            line.confidentiality.label("line_level"),
            session.confidentiality.label("session_level"),
        )
        .outerjoin(PERSON, PERSON.c.id == ACTION_ITEM.c.owner_id)
        .outerjoin(NOTE_LINE, line.id == ACTION_ITEM.c.source_line_id)
        .outerjoin(SUPPORT_SESSION, session.id == line.support_session_id)
    )
