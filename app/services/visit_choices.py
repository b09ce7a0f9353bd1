"""What is decided about a 面談 without typing: how it was held, who was there, that it has ended.

What the disk refuses waits among the drafts, in the order of choosing, and becomes a change as soon as the
disk takes writes again, or at the next start. Nothing a person typed is in it but a new person's name.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from app.domain.terms import Confidentiality, PersonSide, ReadBackOutcome, SessionMethod
from app.errors import DISK_FAULTS, AppError, RecordMissing
from app.rows.read_back import ReadBackItem
from app.services.drafts import CHOICES, DraftService
from app.services.people import PeopleService
from app.services.questions import QuestionService
from app.services.read_back import ReadBackService
from app.services.support_sessions import SupportSessionService
from app.workplace import Workplace

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Choice:
    """`value` is what JSON holds, so that it can wait on a disk."""

    kind: str
    value: Any = None


class VisitChoiceService:
    """Writes choices, and those that wait before them."""

    def __init__(self, place: Workplace, drafts: DraftService) -> None:
        self._place = place
        self._drafts = drafts
        self._sessions = SupportSessionService(place)
        self._people = PeopleService(place)

    # choices, made at the moment of choosing

    def method(self, code: str) -> Choice:
        """How it was held; "" for unknown."""
        return Choice("method", code)

    def level(self, code: str) -> Choice:
        """The 取扱; "" takes the company's."""
        return Choice("level", code)

    def attendees(self, person_ids: list[str]) -> Choice:
        """Who was there."""
        return Choice("attendees", person_ids)

    def person(self, name: str, side: PersonSide) -> Choice:
        """Somebody who was there and is not listed yet."""
        return Choice("person", [self._place.new_id(), name, str(side)])

    def finished(self) -> Choice:
        """It has ended now."""
        return Choice("finished", self._place.now().isoformat())

    def reopened(self) -> Choice:
        """It goes on."""
        return Choice("reopened")

    def asked(self, code: str, *, is_asked: bool) -> Choice:
        """A question was asked, or was not."""
        return Choice("asked", [code, is_asked])

    def days_answered(self, line_id: str, outcome: ReadBackOutcome) -> Choice:
        """What was said to the days of a line."""
        return Choice("days", [line_id, str(outcome)])

    def read_back_answered(
        self, item: ReadBackItem, outcome: ReadBackOutcome, person_id: str | None
    ) -> Choice:
        """What was said to an item as it was read out now."""
        at = self._place.now().isoformat()
        return Choice("read_back", [item.subject_id, item.read_as, str(outcome), person_id, at])

    # writing

    def take(self, session_id: str, choice: Choice) -> None:
        """Make a choice a change, behind those that wait. A refusal by the disk is raised; then it waits."""
        scope = f"{CHOICES}:{session_id}"
        try:
            if self._drafts.of(scope):
                self.write_waiting()
            self._write(session_id, choice)
        except DISK_FAULTS:
            with suppress(*DISK_FAULTS):  # held, and sealed in another place; the caller is told once
                self._drafts.keep(scope, self._place.new_id(), json.dumps(asdict(choice)))
            raise

    def write_waiting(self) -> None:
        """Make what waits for any 面談 changes, oldest first. Raises what a refused write is."""
        waiting = [draft for draft in self._drafts.left() if draft.scope.startswith(f"{CHOICES}:")]
        for draft in sorted(waiting, key=lambda each: each.field):
            try:
                self._write(draft.scope.partition(":")[2], Choice(**json.loads(draft.text)))
            except DISK_FAULTS:
                raise
            except AppError as passed:
                _log.info("a choice that waited no longer applies: %s", passed.code)
            self._drafts.drop(draft.scope, draft.field)

    def _write(self, session_id: str, choice: Choice) -> None:
        writers: Mapping[str, Callable[[str, Any], None]] = {
            "method": self._write_method,
            "level": self._write_level,
            "attendees": self._sessions.set_attendees,
            "person": self._write_person,
            "finished": self._write_finished,
            "reopened": self._write_reopened,
            "asked": self._write_asked,
            "days": self._write_days,
            "read_back": self._write_read_back,
        }
        writers[choice.kind](session_id, choice.value)

    def _write_method(self, session_id: str, code: str) -> None:
        form = self._sessions.sheet(session_id).form
        self._sessions.change(form, {"method": SessionMethod(code) if code else None})

    def _write_level(self, session_id: str, code: str) -> None:
        self._sessions.set_level(session_id, Confidentiality(code) if code else None)

    def _write_person(self, session_id: str, value: list[str]) -> None:
        """In two steps, of which the first may have been done when the disk refused the second."""
        person_id, name, side = value
        sheet = self._sessions.sheet(session_id)
        company_id = sheet.company_id if side == PersonSide.COMPANY else None
        self._people.add({"name": name}, company_id, person_id=person_id)
        here = [person.id for person in sheet.attendees]
        self._sessions.set_attendees(session_id, [*here, person_id])

    def _write_finished(self, session_id: str, at: str) -> None:
        self._sessions.finish(session_id, datetime.fromisoformat(at))

    def _write_reopened(self, session_id: str, _nothing: None) -> None:
        self._sessions.reopen(session_id)

    def _write_asked(self, session_id: str, value: tuple[str, bool]) -> None:
        code, is_asked = value
        company_id = self._sessions.sheet(session_id).company_id
        QuestionService(self._place).set_asked(session_id, company_id, code, is_asked=is_asked)

    def _write_read_back(self, session_id: str, value: tuple[str, str, str, str | None, str]) -> None:
        """The answer goes to the words that were read out, also where they were changed since."""
        subject_id, read_as, outcome, person_id, at = value
        read_back = ReadBackService(self._place)
        items = read_back.sheet(session_id).items
        item = next((each for each in items if each.subject_id == subject_id), None)
        if item is None:
            raise RecordMissing
        answered = replace(item, read_as=read_as), ReadBackOutcome(outcome)
        moment = datetime.fromisoformat(at)
        read_back.answer(session_id, *answered, person_id=person_id, their_wording="", at=moment)

    def _write_days(self, session_id: str, value: tuple[str, str]) -> None:
        """The answer goes to the line as it stands."""
        line_id, outcome = value
        read_back = ReadBackService(self._place)
        item = next((each for each in read_back.days(session_id) if each.line_id == line_id), None)
        if item is None:
            return
        attendees = self._sessions.sheet(session_id).attendees
        client = next((each for each in attendees if each.side == PersonSide.COMPANY), None)
        person_id = client.id if client else None
        read_back.answer(session_id, item, ReadBackOutcome(outcome), person_id=person_id)
