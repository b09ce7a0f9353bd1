"""面談: starting, head, lines, marks, homework and finishing, on a real store."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.note_sheet import Edit, Line
from app.domain.order_keys import seeded_from
from app.domain.terms import ActionStatus, Confidentiality, Mark, SessionMethod
from app.errors import DatesReversed, DecisionTextMissing, RecordMissing, RecordWithdrawn
from app.services.people import PeopleService
from app.services.support_sessions import SupportSessionService
from app.services.trash import TrashService
from app.workplace import Workplace, session_scope
from tests.services.conftest import SteppingClock
from tests.services.records import put, wall


@pytest.fixture
def sessions(place: Workplace) -> SupportSessionService:
    return SupportSessionService(place)


@pytest.fixture
def company_id(place: Workplace) -> str:
    return put(place, "company", name="北国精密(株)")


@pytest.fixture
def session_id(sessions: SupportSessionService, company_id: str) -> str:
    return sessions.start(company_id)


def line(place: Workplace, text: str, mark: Mark | None = None, *, is_secret: bool = False) -> Line:
    stamp = place.now()
    return Line(place.new_id(), text, stamp, seeded_from(stamp), mark, is_secret)


def write(sessions: SupportSessionService, session_id: str, *lines: Line) -> None:
    sessions.edit_lines(session_id, Edit(put=lines))


# starting


def test_a_first_visit_starts_now_on_site_with_nobody_else(
    sessions: SupportSessionService, company_id: str
) -> None:
    sheet = sessions.sheet(sessions.start(company_id))
    assert sheet.starts_at == wall("2025-07-22T13:00")
    assert (sheet.method, sheet.ordinal, sheet.company_name) == (SessionMethod.VISIT, 1, "北国精密(株)")
    assert (sheet.attendees, sheet.lines, sheet.finished_at) == ((), (), None)


def test_a_next_visit_is_filled_in_from_the_last(
    place: Workplace, sessions: SupportSessionService, company_id: str, session_id: str
) -> None:
    people = PeopleService(place)
    here = [people.add({"name": "鈴木 花子"}), people.add({"name": "高橋 誠"}, company_id)]
    sessions.change(sessions.sheet(session_id).form, {"place": "本社工場", "method": SessionMethod.ONLINE})
    sessions.set_attendees(session_id, here)
    following = sessions.sheet(sessions.start(company_id, wall("2025-08-22T10:00")))
    assert (following.place, following.method, following.ordinal) == ("本社工場", SessionMethod.ONLINE, 2)
    assert {person.id for person in following.attendees} == set(here)


def test_an_unknown_visit_is_told_as_such(sessions: SupportSessionService, place: Workplace) -> None:
    with pytest.raises(RecordMissing):
        sessions.sheet(place.new_id())


def test_a_visit_in_the_trash_is_told_as_such_and_no_undo_sends_one_there(
    place: Workplace, sessions: SupportSessionService, session_id: str
) -> None:
    assert place.undo(session_scope(session_id)) is None
    assert sessions.sheet(session_id).id == session_id
    TrashService(place).delete("support_session", session_id)
    with pytest.raises(RecordWithdrawn):
        sessions.sheet(session_id)


# the head


def test_a_visit_cannot_end_before_it_starts(sessions: SupportSessionService, session_id: str) -> None:
    form = sessions.sheet(session_id).form
    with pytest.raises(DatesReversed):
        sessions.change(form, {"ends_at": wall("2025-07-22T12:00")})
    assert sessions.sheet(session_id).ends_at is None


def test_a_visit_takes_the_level_of_its_company_until_it_has_its_own(
    sessions: SupportSessionService, session_id: str
) -> None:
    assert sessions.sheet(session_id).level is Confidentiality.ASSIGNED
    sessions.set_level(session_id, Confidentiality.MEETING)
    sheet = sessions.sheet(session_id)
    assert (sheet.level, sheet.own_level) == (Confidentiality.MEETING, Confidentiality.MEETING)
    sessions.set_level(session_id, None)
    assert sessions.sheet(session_id).own_level is None


def test_finishing_notes_the_time_and_keeps_one_that_was_typed(
    sessions: SupportSessionService, session_id: str, clock: SteppingClock
) -> None:
    clock.move(minutes=90)
    sessions.finish(session_id)
    assert sessions.sheet(session_id).ends_at == wall("2025-07-22T14:30")
    sessions.reopen(session_id)
    clock.move(minutes=30)
    sessions.finish(session_id)
    sheet = sessions.sheet(session_id)
    assert sheet.ends_at == wall("2025-07-22T14:30")
    assert sheet.finished_at is not None


def test_a_visit_that_is_finished_days_later_gets_no_invented_end(
    sessions: SupportSessionService, session_id: str, clock: SteppingClock
) -> None:
    clock.move(days=2)
    sessions.finish(session_id)
    assert sessions.sheet(session_id).ends_at == wall("2025-07-22T13:00")


# lines and marks


def test_lines_are_written_and_withdrawn_as_one_step(
    place: Workplace, sessions: SupportSessionService, session_id: str
) -> None:
    first, second = line(place, "一"), line(place, "二")
    write(sessions, session_id, first, second)
    joined = replace(first, text="一二")
    sessions.edit_lines(session_id, Edit(put=(joined,), withdrawn=(second.id,)))
    assert [each.text for each in sessions.sheet(session_id).lines] == ["一二"]
    place.undo(session_scope(session_id))
    assert [each.text for each in sessions.sheet(session_id).lines] == ["一", "二"]
    place.undo(session_scope(session_id), "forth")
    assert [each.text for each in sessions.sheet(session_id).lines] == ["一二"]


def test_a_mark_is_set_and_cleared_and_clearing_keeps_the_homework(
    place: Workplace, sessions: SupportSessionService, session_id: str
) -> None:
    said = line(place, "図面の一覧を作る")
    sessions.set_mark(session_id, said, Mark.HOMEWORK)
    marked = replace(said, mark=Mark.HOMEWORK)
    assert sessions.sheet(session_id).lines[0].mark is Mark.HOMEWORK
    sessions.set_mark(session_id, marked, None)
    sheet = sessions.sheet(session_id)
    assert sheet.lines[0].mark is None
    assert [each.title for each in sheet.homework] == ["図面の一覧を作る"]


def test_secret_is_a_flag_beside_the_mark(
    place: Workplace, sessions: SupportSessionService, session_id: str
) -> None:
    said = line(place, "850度", Mark.FACT)
    write(sessions, session_id, said)
    sessions.set_secret(session_id, said, is_secret=True)
    kept = sessions.sheet(session_id).lines[0]
    assert (kept.mark, kept.is_secret) == (Mark.FACT, True)
    sessions.set_secret(session_id, said, is_secret=False)
    assert not sessions.sheet(session_id).lines[0].is_secret


def test_a_line_has_a_level_of_its_own_when_it_is_given_one(
    place: Workplace, sessions: SupportSessionService, session_id: str
) -> None:
    said = line(place, "公開してよい話")
    write(sessions, session_id, said)
    sessions.set_line_level(session_id, said.id, Confidentiality.PUBLIC)
    assert sessions.sheet(session_id).lines[0].level is Confidentiality.PUBLIC
    sessions.set_line_level(session_id, said.id, None)
    assert sessions.sheet(session_id).lines[0].level is None


# homework


def test_homework_reads_owner_and_date_from_the_words(
    place: Workplace, sessions: SupportSessionService, session_id: str
) -> None:
    suzuki = PeopleService(place).add({"name": "鈴木 花子"})
    said = line(place, "弁理士に相談する 鈴木 7/29まで")
    opened = sessions.set_mark(session_id, said, Mark.HOMEWORK)
    (homework,) = sessions.homework(session_id)
    assert (homework.id, homework.source_line_id) == (opened, said.id)
    assert (homework.title, homework.owner_id, homework.owner) == ("弁理士に相談する", suzuki, "鈴木 花子")
    assert (homework.due_on, homework.status) == (date(2025, 7, 29), ActionStatus.OPEN)


def test_homework_of_a_decision_keeps_the_mark_and_is_opened_once(
    place: Workplace, sessions: SupportSessionService, session_id: str
) -> None:
    decided = line(place, "弁理士に相談する", Mark.DECISION)
    write(sessions, session_id, decided)
    assert sessions.set_mark(session_id, decided, Mark.HOMEWORK) is not None
    assert sessions.set_mark(session_id, decided, Mark.HOMEWORK) is None
    sheet = sessions.sheet(session_id)
    assert (sheet.lines[0].mark, len(sheet.homework)) == (Mark.DECISION, 1)


def test_an_empty_decision_opens_no_homework(
    place: Workplace, sessions: SupportSessionService, session_id: str
) -> None:
    with pytest.raises(DecisionTextMissing):
        sessions.set_mark(session_id, line(place, " ", Mark.DECISION), Mark.HOMEWORK)
    assert sessions.homework(session_id) == ()


def test_a_line_marked_before_it_was_written_opens_its_homework_then(
    place: Workplace, sessions: SupportSessionService, session_id: str
) -> None:
    blank = line(place, "", Mark.HOMEWORK)
    write(sessions, session_id, blank)
    assert sessions.homework(session_id) == ()
    write(sessions, session_id, replace(blank, text="見積を取る"))
    assert [each.title for each in sessions.homework(session_id)] == ["見積を取る"]


def test_untouched_homework_follows_its_line_and_an_edited_one_stays(
    place: Workplace, sessions: SupportSessionService, session_id: str
) -> None:
    said = line(place, "見積を取る", Mark.HOMEWORK)
    write(sessions, session_id, said)
    write(sessions, session_id, replace(said, text="見積を二社から取る 7/29"))
    (homework,) = sessions.homework(session_id)
    assert (homework.title, homework.due_on) == ("見積を二社から取る", date(2025, 7, 29))
    sessions.change_homework(session_id, homework.id, {"due_on": date(2025, 8, 5)})
    write(sessions, session_id, replace(said, text="見積は取らない"))
    (homework,) = sessions.homework(session_id)
    assert (homework.title, homework.due_on) == ("見積を二社から取る", date(2025, 8, 5))


def test_changing_homework_is_a_step_of_the_visit(
    place: Workplace, sessions: SupportSessionService, session_id: str
) -> None:
    said = line(place, "見積を取る", Mark.HOMEWORK)
    write(sessions, session_id, said)
    (homework,) = sessions.homework(session_id)
    sessions.change_homework(session_id, homework.id, {"owner_name": "高橋様"})
    assert sessions.homework(session_id)[0].owner == "高橋様"
    assert place.undo(session_scope(session_id)) == "宿題を直す"
    assert sessions.homework(session_id)[0].owner == ""


def test_homework_is_listed_in_the_order_of_its_lines(
    place: Workplace, sessions: SupportSessionService, session_id: str
) -> None:
    later = line(place, "後", Mark.HOMEWORK)
    stamp = later.stamped_at - timedelta(minutes=5)
    earlier = Line(place.new_id(), "先", stamp, seeded_from(stamp), Mark.HOMEWORK)
    write(sessions, session_id, later)
    write(sessions, session_id, earlier)
    assert [each.title for each in sessions.homework(session_id)] == ["先", "後"]
