"""Homework that is read from the words of a line: what, who, by when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.domain.calendar import fiscal_year
from app.domain.homework_words import HomeworkWords, Person, read_homework
from app.domain.note_sheet import Line
from app.domain.terms import ActionStatus, Mark
from app.errors import DecisionTextMissing
from app.workplace import Workplace
from db.reading import Found, Reading
from db.unit_of_work import UnitOfWork


class HomeworkDrawer:
    """Draws すること from lines within one action."""

    def __init__(self, place: Workplace, work: UnitOfWork, session_id: str) -> None:
        self._place = place
        self._work = work
        self._reading = Reading(work.connection)
        session = self._reading.record("support_session", session_id)
        self._session: Found = session or {}

    def draw(self, line: Line) -> str:
        """Open the action a line asks for; return its id. Raises DecisionTextMissing for an empty line."""
        if not line.text.strip():
            raise DecisionTextMissing
        action_id = self._place.new_id()
        values = {
            **self._read(line.text),
            "company_id": self._company_id,
            "engagement_id": self._engagement_id(),
            "status": ActionStatus.OPEN,
            "source_line_id": line.id,
            "order_key": line.order_key,
        }
        self._work.save("action_item", action_id, values, compartment=self._company_id)
        return action_id

    def follow(self, lines: Sequence[Line]) -> None:
        """Bring untouched homework up to date with the changed words of its line.

        Homework whose text or owner or date was edited by hand since is left as the person made it.
        """
        actions = {
            action["source_line_id"]: action
            for line in lines
            for action in self._reading.records("action_item", source_line_id=line.id)
        }
        for line in lines:
            action = actions.get(line.id)
            before = self._stored_text(line.id)
            if action and before and before != line.text and _agrees(action, self._read(before)):
                self._work.save("action_item", action["id"], self._read(line.text))

    def draw_marked(self, lines: Sequence[Line]) -> None:
        """Open an action for every line that has become 宿題 and has none."""
        for line in lines:
            is_drawn = self._reading.records("action_item", source_line_id=line.id)
            if line.mark is Mark.HOMEWORK and line.text.strip() and not is_drawn:
                self.draw(line)

    @property
    def _company_id(self) -> str:
        return str(self._session["company_id"])

    def _engagement_id(self) -> str | None:
        found = self._reading.records(
            "engagement", company_id=self._company_id, fiscal_year=fiscal_year(self._place.today())
        )
        return found[0]["id"] if found else self._session.get("engagement_id")

    def _read(self, text: str) -> Mapping[str, object]:
        words = self.words(text)
        return {
            "title": words.title,
            "owner_id": words.owner_id,
            "owner_name": words.owner_name,
            "due_on": words.due_on,
        }

    def words(self, text: str) -> HomeworkWords:
        """What the words of a line say of owner and date."""
        team = self._reading.records("person", company_id=None)
        own = self._reading.records("person", company_id=self._company_id)
        people = [Person(person["id"], person["name"] or "") for person in (*team, *own)]
        return read_homework(text, people, self._place.today())

    def _stored_text(self, line_id: str) -> str | None:
        found = self._reading.record("note_line", line_id)
        return found["text"] if found else None


def _agrees(action: Found, read: Mapping[str, object]) -> bool:
    return all(action[column] == value for column, value in read.items())
