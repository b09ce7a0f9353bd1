"""Writing back, as new changes, what one action did."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.rows.history import TakenBack
from db.cells import BY_NAME, DELETED
from db.projection import columns_of
from db.reading import Reading
from db.repositories import history
from db.repositories.history import Action, LoggedValue
from db.unit_of_work import UnitOfWork

_GONE = 1
_STAYING = frozenset(("issued_document",))
"""What was handed out cannot be taken back."""

_FOLLOWERS: Mapping[str, Mapping[str, str]] = {
    "support_session": {"note_line": "support_session_id"},
    "action_plan": {"indicator": "action_plan_id", "milestone": "action_plan_id"},
    "engagement": {"issue": "engagement_id", "ip_seed": "engagement_id", "action_item": "engagement_id"},
}
"""What was added to a record since goes with it when it returns to another company."""


def take_back(work: UnitOfWork, action: Action) -> TakenBack:
    """Within the caller's transaction: deleted records return, new ones go, values become the earlier ones.

    Only what still stands as the action left it is written; the rest is counted.
    """
    reading = Reading(work.connection)
    logged = history.changes(reading, action.saves)
    standing = history.standing(reading, [value.number for value in logged])
    firsts = history.first_saves(reading, sorted({value.rec for value in logged}))
    of_record: dict[str, list[LoggedValue]] = defaultdict(list)
    for value in logged:
        of_record[value.record_id].append(value)
    written = left = 0
    for values in of_record.values():
        if values[0].record_type in _STAYING:
            continue
        still = [value for value in values if value.number in standing]
        done = _take_back_record(work, values, still, is_new=firsts[values[0].rec] == values[0].save)
        written += done
        left += not done or len(still) < len(values)
    return TakenBack(written, left)


def give_back_words(work: UnitOfWork, silenced: Sequence[LoggedValue]) -> None:
    """What undo had taken from a record together with the record itself, as told by the save that did it."""
    taken = [value for value in silenced if value.cell != DELETED and value.value is None]
    if taken:
        standing = history.standing(Reading(work.connection), [value.number for value in taken])
        _write_earlier(work, [value for value in taken if value.number in standing])


def _take_back_record(
    work: UnitOfWork, values: Sequence[LoggedValue], still: Sequence[LoggedValue], *, is_new: bool
) -> bool:
    """Whether anything was written."""
    record_type, record_id = values[0].record_type, values[0].record_id
    deletions = [value for value in still if value.cell == DELETED]
    if deletions:
        (work.undelete if deletions[-1].value else work.delete)(record_type, record_id)
    elif _is_gone(work, record_type, record_id) or not still:
        return False
    elif is_new and record_type != "link":
        if len(still) < len(values):
            return False
        work.delete(record_type, record_id)
        return True
    _write_earlier(work, [value for value in still if value.cell != DELETED])
    return True


def _write_earlier(work: UnitOfWork, still: Sequence[LoggedValue]) -> None:
    for value in still:
        cell = BY_NAME[value.record_type].by_name.get(value.cell)
        if cell is None:
            continue
        earlier = False if value.cell == "present" and value.earlier is None else value.earlier_value
        if value.record_type == "link" and value.cell != "present":
            continue
        work.save(value.record_type, value.record_id, columns_of(cell, earlier))
        if value.cell == "company_id":
            _let_follow(work, value, str(earlier))


def _let_follow(work: UnitOfWork, moved: LoggedValue, company_id: str) -> None:
    for record_type, record_id in _followers(Reading(work.connection), moved):
        work.save(record_type, record_id, {"company_id": company_id})


def _followers(reading: Reading, moved: LoggedValue) -> Iterator[tuple[str, str]]:
    for record_type, column in _FOLLOWERS.get(moved.record_type, {}).items():
        equal: dict[str, Any] = {column: moved.record_id}
        for found in reading.records(record_type, **equal):
            yield record_type, found["id"]


def _is_gone(work: UnitOfWork, record_type: str, record_id: str) -> bool:
    found = Reading(work.connection).record(record_type, record_id)
    return found is None or found["deleted"] == _GONE
