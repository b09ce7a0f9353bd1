"""読み合わせ: what a 面談 came to, read back to the client, and what they said to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime

from app.clock import JAPAN
from app.domain.ids import dependent_id
from app.domain.links import LinkKind
from app.domain.read_back import READ_BACK_MARKS, fingerprint
from app.domain.said_days import said_days
from app.domain.terms import Mark, PersonSide, ReadBackOutcome
from app.errors import RecordMissing, RecordWithdrawn
from app.rows.building import row
from app.rows.companies import PersonRow
from app.rows.read_back import Answer, ReadBackItem, ReadBackSheet
from app.workplace import Workplace, session_scope
from db.reading import Found, Reading
from db.repositories import support_sessions as found_sessions
from db.unit_of_work import UnitOfWork

_LABELS = {
    ReadBackOutcome.CONFIRMED: "読み合わせで確認する",
    ReadBackOutcome.DIFFERS: "見解の相違を残す",
    None: "読み合わせの返事を消す",
}


class ReadBackService:
    """What S05 shows and does. Its actions are steps of the 面談's own undo."""

    def __init__(self, place: Workplace) -> None:
        self._place = place

    def sheet(self, session_id: str) -> ReadBackSheet:
        """What is to be read back. Raises RecordMissing, and RecordWithdrawn for a visit in ごみ箱."""
        with self._place.reading() as reading:
            session = reading.record("support_session", session_id)
            if session is None:
                raise RecordMissing
            if session["deleted"] == 1:
                raise RecordWithdrawn
            company = reading.record("company", session["company_id"]) or {}
            people = _people(reading, session)
            return ReadBackSheet(
                session_id=session_id,
                company_id=session["company_id"],
                company_name=company.get("name") or "",
                ordinal=found_sessions.ordinal(reading, session_id),
                finished_at=session["finished_at"],
                items=tuple(_items(reading, session_id, people)),
                clients=_clients(reading, session_id, people),
                team=tuple(person for person in people.values() if person.side != PersonSide.COMPANY),
            )

    def days(self, session_id: str) -> tuple[ReadBackItem, ...]:
        """The lines of a 面談 that name days, with the answer to each."""
        return tuple(item for item in self.sheet(session_id).items if item.days)

    def answer(
        self,
        session_id: str,
        item: ReadBackItem,
        outcome: ReadBackOutcome | None,
        *,
        person_id: str | None = None,
        their_wording: str | None = None,
        at: datetime | None = None,
    ) -> None:
        """Keep what the client said, now or `at`, to an item as it was read out; None takes it back.

        Their own wording stays beside ours: neither replaces the other. Without `their_wording` that kept
        before stays.
        """
        with self._place.action(_LABELS[outcome], session_scope(session_id)) as work:
            session = Reading(work.connection).record("support_session", session_id)
            if session is None:
                raise RecordMissing
            values: dict[str, object] = {
                "support_session_id": session_id,
                "outcome": outcome,
                "person_id": person_id if outcome else None,
                "answered_at": (at or self._place.now()) if outcome else None,
            }
            if their_wording is not None:
                values["their_wording"] = their_wording
            keep_answer(work, session["company_id"], item, values)

    def reword(self, session_id: str, line_id: str, text: str) -> None:
        """Write other words into a line that was read out. Raises RecordMissing."""
        with self._place.action("読み合わせで直す", session_scope(session_id)) as work:
            if Reading(work.connection).record("note_line", line_id) is None:
                raise RecordMissing
            # A line of the notes is one line of text.
            work.save("note_line", line_id, {"text": " ".join(text.split("\n"))})


def keep_answer(work: UnitOfWork, company_id: str, item: ReadBackItem, answer: Mapping[str, object]) -> None:
    """Write the columns of an answer, tied to the item as it was read out."""
    values = {
        "company_id": company_id,
        "line_id": item.line_id,
        "action_id": item.action_id,
        "read_as": item.read_as if answer["outcome"] else None,
        **answer,
    }
    work.save("read_back", dependent_id(item.subject_id, "read_back"), values, compartment=company_id)


def read_out(reading: Reading, session_id: str) -> tuple[ReadBackItem, ...]:
    """What is read back of a 面談, within a moment that shows more; without the people's records."""
    return tuple(_items(reading, session_id, {}))


def unanswered(reading: Reading, session_id: str) -> int:
    """How many items of a 面談 the client has not answered as they stand now."""
    return sum(item.answer is None for item in read_out(reading, session_id))


def disagreements(reading: Reading, company_id: str, session_ids: Iterable[str]) -> dict[str, str]:
    """How the client put it, by the id of the line or すること that they saw otherwise in these 面談."""
    wordings = {}
    for session_id in found_sessions.disagreed(reading, company_id).intersection(session_ids):
        for item in read_out(reading, session_id):
            if item.answer is not None and item.answer.outcome is ReadBackOutcome.DIFFERS:
                wordings[item.subject_id] = item.answer.their_wording
    return wordings


def _items(reading: Reading, session_id: str, people: Mapping[str, PersonRow]) -> Iterator[ReadBackItem]:
    lines = reading.records("note_line", support_session_id=session_id, order=("order_key", "id"))
    open_lines = {
        line["id"]: line for line in lines if not line["is_secret"] and (line["text"] or "").strip()
    }
    found = reading.records("read_back", support_session_id=session_id)
    answers = {each["action_id"] or each["line_id"]: each for each in found}
    items = [*_line_items(open_lines), *_homework_items(reading, session_id, open_lines, people)]
    for mark in READ_BACK_MARKS:
        for item in items:
            if item.mark is mark:
                yield _answered(item, answers.get(item.subject_id), people)


def _line_items(lines: Mapping[str, Found]) -> Iterator[ReadBackItem]:
    for line in lines.values():
        mark = Mark(line["mark"]) if line["mark"] else None
        if mark not in (Mark.DECISION, Mark.DEADLINE):
            continue
        text, said_on = line["text"].strip(), _said_on(line)
        days = said_days(text, said_on) if mark is Mark.DEADLINE else ()
        parts = (text, *(day.words for day in days))
        yield ReadBackItem(line["id"], None, mark, text, said_on, fingerprint(mark, parts), days=days)


def _homework_items(
    reading: Reading, session_id: str, lines: Mapping[str, Found], people: Mapping[str, PersonRow]
) -> Iterator[ReadBackItem]:
    for action in found_sessions.homework(reading, session_id):
        line = lines.get(action["source_line_id"])
        if line is None:
            continue
        due, title = action["due_on"] or "", action["title"] or ""
        yield ReadBackItem(
            line["id"],
            action["id"],
            Mark.HOMEWORK,
            title,
            _said_on(line),
            fingerprint(Mark.HOMEWORK, (title, action["owner"], due)),
            people.get(action["owner_id"] or ""),
            action["owner"],
            date.fromisoformat(due) if due else None,
        )


def _answered(item: ReadBackItem, found: Found | None, people: Mapping[str, PersonRow]) -> ReadBackItem:
    if found is None or not found["outcome"]:
        return item
    is_changed = found["read_as"] != item.read_as
    answer = Answer(
        ReadBackOutcome(found["outcome"]),
        found["answered_at"],
        people.get(found["person_id"] or ""),
        found["their_wording"] or "",
    )
    return replace(item, answer=None if is_changed else answer, is_changed=is_changed)


def _said_on(line: Found) -> date:
    day: date = line["stamped_at"].astimezone(JAPAN).date()
    return day


def _people(reading: Reading, session: Found) -> Mapping[str, PersonRow]:
    """The team, the company's people, and whoever was there."""
    there = [person for _, person in reading.linked(LinkKind.ATTENDEE, left_ids=[session["id"]])]
    found = [
        *reading.records("person", company_id=session["company_id"]),
        *reading.records("person", company_id=None),
        *reading.records("person", ids=there, include_deleted=True),
    ]
    return {person["id"]: row(PersonRow, person) for person in found}


def _clients(reading: Reading, session_id: str, people: Mapping[str, PersonRow]) -> tuple[PersonRow, ...]:
    there = [person for _, person in reading.linked(LinkKind.ATTENDEE, left_ids=[session_id])]
    attending = [people[each] for each in there if each in people]
    return tuple(person for person in attending if person.side == PersonSide.COMPANY)
