"""面談: starting, its head, its lines, marks and homework, finishing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from types import MappingProxyType

from app.clock import JAPAN
from app.domain.calendar import fiscal_year
from app.domain.confidentiality import effective_level, level_of
from app.domain.links import LinkKind
from app.domain.note_sheet import Edit, Line
from app.domain.terms import Confidentiality, Mark, SessionMethod
from app.errors import DatesReversed, RecordMissing, RecordWithdrawn
from app.rows.building import row
from app.rows.companies import PersonRow
from app.rows.support_sessions import HomeworkRow, NoteLineRow, SessionSheet
from app.services.homework import HomeworkDrawer
from app.services.links import set_links
from app.workplace import Workplace, session_scope
from db.forms import Form
from db.reading import Found, Reading
from db.repositories import support_sessions as found_sessions
from db.unit_of_work import UnitOfWork

_AS_THEY_STAND: Mapping[str, Line] = MappingProxyType({})
_SECRET_LABELS = {True: "秘密にする", False: "秘密を外す"}


class SupportSessionService:
    """What a person does in and with a 面談."""

    def __init__(self, place: Workplace) -> None:
        self._place = place

    # opening

    def sheet(self, session_id: str) -> SessionSheet:
        """Everything S04 shows. Raises RecordMissing, and RecordWithdrawn for a visit in ごみ箱."""
        with self._place.reading() as reading:
            session = reading.record("support_session", session_id)
            if session is None:
                raise RecordMissing
            if session["deleted"] == 1:
                raise RecordWithdrawn
            return self._sheet(reading, session)

    def homework(self, session_id: str) -> tuple[HomeworkRow, ...]:
        """What came out of the lines of a 面談 to be done, in the order of the lines."""
        with self._place.reading() as reading:
            return _homework(reading, session_id)

    def start(self, company_id: str, starts_at: datetime | None = None) -> str:
        """Open a 面談, now or at a planned wall time, filled in from the last one; return its id.

        No undo of the 面談 reaches behind this: taken back with all its lines it goes to ごみ箱 instead.
        """
        begins = starts_at or self._place.wall_time()
        session_id = self._place.new_id()
        with self._place.action("面談を始める", None) as work:
            reading = Reading(work.connection)
            last = found_sessions.last_before(reading, company_id, begins.isoformat(timespec="minutes"))
            engagement_id = _engagement_id(reading, company_id, fiscal_year(begins.date()))
            values = {
                "company_id": company_id,
                "engagement_id": engagement_id,
                "starts_at": begins,
                "method": last["method"] if last else SessionMethod.VISIT,
                "place": last["place"] if last else "",
            }
            work.save("support_session", session_id, values, compartment=company_id)
            present = _expected(reading, company_id, engagement_id, last)
            set_links(work, session_id, LinkKind.ATTENDEE, present, compartment=company_id)
        return session_id

    # the head

    def change(self, form: Form, values: Mapping[str, object]) -> None:
        """Save columns of the head. Raises DatesReversed when it would end before it starts."""
        starts_at = values.get("starts_at", form.values["starts_at"])
        ends_at = values.get("ends_at", form.values["ends_at"])
        if isinstance(starts_at, datetime) and isinstance(ends_at, datetime) and ends_at < starts_at:
            raise DatesReversed
        with self._place.action("面談の情報を直す", session_scope(form.id)) as work:
            work.save("support_session", form.id, values, form)

    def set_attendees(self, session_id: str, person_ids: Sequence[str]) -> None:
        """Say who was there."""
        with self._place.action("出席者を変える", session_scope(session_id)) as work:
            company_id = self._company_id(work, session_id)
            set_links(work, session_id, LinkKind.ATTENDEE, person_ids, compartment=company_id)

    def set_level(self, session_id: str, level: Confidentiality | None) -> None:
        """Set the 取扱 of a 面談; None takes the company's."""
        with self._place.action("取扱を変える", session_scope(session_id)) as work:
            work.save("support_session", session_id, {"confidentiality": level})

    def finish(self, session_id: str, at: datetime | None = None) -> None:
        """End the 面談 now, or at an instant; an end that was typed stays."""
        at = at or self._place.now()
        with self._place.action("面談を終える", session_scope(session_id)) as work:
            session = Reading(work.connection).record("support_session", session_id)
            if session is None:
                raise RecordMissing
            wall_time = at.astimezone(JAPAN).replace(tzinfo=None, second=0, microsecond=0)
            ending = session["ends_at"] or _ending(session["starts_at"], wall_time)
            work.save("support_session", session_id, {"finished_at": at, "ends_at": ending})

    def reopen(self, session_id: str) -> None:
        """Go on writing in a finished 面談."""
        with self._place.action("面談を再び開く", session_scope(session_id)) as work:
            work.save("support_session", session_id, {"finished_at": None})

    # lines

    def edit_lines(
        self, session_id: str, edit: Edit, label: str = "行を書く", shown: Mapping[str, Line] = _AS_THEY_STAND
    ) -> None:
        """Write and withdraw lines as one action; homework follows the words of its line.

        `shown` are lines by id as the edit found them on the screen; of others the record as it stands is.
        """
        with self._place.action(label, session_scope(session_id)) as work:
            company_id = self._company_id(work, session_id)
            drawer = HomeworkDrawer(self._place, work, session_id)
            drawer.follow(edit.put)
            self._put(work, session_id, company_id, edit, shown)
            drawer.draw_marked(edit.put)

    def set_mark(self, session_id: str, line: Line, mark: Mark | None) -> str | None:
        """Give a line its mark, or None to clear it; return the id of homework that this opened.

        宿題 on a 決定 line keeps the mark and opens linked homework; on any other line it marks the line.
        A line opens homework once. Raises DecisionTextMissing for homework of an empty 決定 line.
        """
        with self._place.action(_mark_label(mark), session_scope(session_id)) as work:
            company_id = self._company_id(work, session_id)
            drawer = HomeworkDrawer(self._place, work, session_id)
            on_decision = mark is Mark.HOMEWORK and line.mark is Mark.DECISION
            kept = line.mark if on_decision else mark
            put = Edit(put=(_marked(line, kept),))
            self._put(work, session_id, company_id, put, {line.id: line})
            is_asked = mark is Mark.HOMEWORK and (on_decision or bool(line.text.strip()))
            if is_asked and not self._has_homework(work, line):
                return drawer.draw(line)
        return None

    def set_secret(self, session_id: str, line: Line, *, is_secret: bool) -> None:
        """Make a line 秘密, or take that off."""
        with self._place.action(_SECRET_LABELS[is_secret], session_scope(session_id)) as work:
            company_id = self._company_id(work, session_id)
            self._put(work, session_id, company_id, Edit(put=(line,)), {line.id: line})
            work.save("note_line", line.id, {"is_secret": is_secret})

    def set_line_level(self, session_id: str, line_id: str, level: Confidentiality | None) -> None:
        """Set the 取扱 of a line; None takes the 面談's."""
        with self._place.action("取扱を変える", session_scope(session_id)) as work:
            work.save("note_line", line_id, {"confidentiality": level})

    def change_homework(self, session_id: str, action_id: str, values: Mapping[str, object]) -> None:
        """Write `title`, `owner_id`, `owner_name` or `due_on` of what came out of a line."""
        with self._place.action("宿題を直す", session_scope(session_id)) as work:
            work.save("action_item", action_id, values)

    # within an action

    def _put(
        self, work: UnitOfWork, session_id: str, company_id: str, edit: Edit, shown: Mapping[str, Line]
    ) -> None:
        for line in edit.put:
            owners = {"company_id": company_id, "support_session_id": session_id}
            values: dict[str, object] = {**owners, **_columns(line)}
            if line.is_secret:
                values["is_secret"] = True
            before = _columns(shown[line.id]) if line.id in shown else None
            work.save("note_line", line.id, values, compartment=company_id, shown=before)
        for line_id in edit.withdrawn:
            if Reading(work.connection).record("note_line", line_id):
                work.delete("note_line", line_id)

    @staticmethod
    def _has_homework(work: UnitOfWork, line: Line) -> bool:
        return bool(Reading(work.connection).records("action_item", source_line_id=line.id))

    @staticmethod
    def _company_id(work: UnitOfWork, session_id: str) -> str:
        session = Reading(work.connection).record("support_session", session_id)
        if session is None:
            raise RecordMissing
        return str(session["company_id"])

    # building

    def _sheet(self, reading: Reading, session: Found) -> SessionSheet:
        company = reading.record("company", session["company_id"]) or {}
        own_level = level_of(session["confidentiality"])
        return row(
            SessionSheet,
            session,
            company_name=company.get("name") or "",
            fiscal_year=fiscal_year(
                session["starts_at"].date() if session["starts_at"] else self._place.today()
            ),
            ordinal=found_sessions.ordinal(reading, session["id"]),
            level=effective_level(own_level, level_of(company.get("confidentiality"))),
            own_level=own_level,
            attendees=_attendees(reading, session["id"]),
            lines=_lines(reading, session["id"]),
            homework=_homework(reading, session["id"]),
            form=self._place.store.form(reading.connection, "support_session", session["id"]),
        )


def _attendees(reading: Reading, session_id: str) -> tuple[PersonRow, ...]:
    ids = [person for _, person in reading.linked(LinkKind.ATTENDEE, left_ids=[session_id])]
    found = reading.records("person", ids=ids, include_deleted=True)
    by_id = {person["id"]: row(PersonRow, person) for person in found}
    return tuple(by_id[person_id] for person_id in ids if person_id in by_id)


def _lines(reading: Reading, session_id: str) -> tuple[NoteLineRow, ...]:
    found = reading.records("note_line", support_session_id=session_id, order=("order_key", "id"))
    return tuple(row(NoteLineRow, line, level=level_of(line["confidentiality"])) for line in found)


def _homework(reading: Reading, session_id: str) -> tuple[HomeworkRow, ...]:
    return tuple(_homework_row(found) for found in found_sessions.homework(reading, session_id))


def _homework_row(found: Found) -> HomeworkRow:
    due = found["due_on"]
    return row(HomeworkRow, found, due_on=date.fromisoformat(due) if due else None)


def _engagement_id(reading: Reading, company_id: str, year: int) -> str | None:
    found = reading.records("engagement", company_id=company_id, fiscal_year=year)
    return found[0]["id"] if found else None


def _expected(
    reading: Reading, company_id: str, engagement_id: str | None, last: Found | None
) -> Sequence[str]:
    if last:
        return [person for _, person in reading.linked(LinkKind.ATTENDEE, left_ids=[last["id"]])]
    assignees = reading.linked(LinkKind.ASSIGNEE, left_ids=[engagement_id]) if engagement_id else []
    own = reading.records("person", company_id=company_id)
    return [*(person for _, person in assignees), *(person["id"] for person in own[:1])]


def _ending(starts_at: datetime | None, now: datetime) -> datetime:
    """Now on the day of the visit; later, the start itself, since nobody noted the end."""
    if starts_at is None or starts_at <= now <= starts_at + timedelta(hours=12):
        return now
    return starts_at


def _columns(line: Line) -> dict[str, object]:
    return {
        "text": line.text,
        "stamped_at": line.stamped_at,
        "order_key": line.order_key,
        "mark": line.mark,
    }


def _marked(line: Line, mark: Mark | None) -> Line:
    return Line(line.id, line.text, line.stamped_at, line.order_key, mark, line.is_secret)


def _mark_label(mark: Mark | None) -> str:
    return f"印「{mark.term}」を付ける" if mark else "印を外す"
