from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.terms import ActionStatus, Mark, ReadBackOutcome
from app.rows.today import Waiting, WaitingKind
from app.services.drafts import DraftService
from app.services.read_back import ReadBackService
from app.services.today import HOMEWORK_SHOWN, TodayService
from app.workplace import Workplace
from tests.services.conftest import SteppingClock
from tests.services.records import change, line, put, session, withdraw


@pytest.fixture
def today(place: Workplace) -> TodayService:
    return TodayService(place)


@pytest.fixture
def company(place: Workplace) -> str:
    return put(place, "company", name="北国精密(株)")


def waiting(today: TodayService, kind: WaitingKind) -> list[Waiting]:
    return [each for each in today.board().waiting if each.kind is kind]


def test_an_empty_store_has_an_empty_board(today: TodayService) -> None:
    board = today.board()
    assert board.today == date(2025, 7, 22)
    assert (board.sessions, board.homework, board.waiting) == ((), (), ())
    assert board.saved_at is None
    assert board.next_session is None
    assert (board.year.fiscal_year, board.year.year_number, board.year.supported) == (2025, None, 0)


def test_the_year_counts_companies_supported_in_it(place: Workplace, today: TodayService) -> None:
    put(place, "project_year", fiscal_year=2025, year_number=2)
    companies = [put(place, "company", name=f"企業{number}") for number in range(5)]
    standings = ("supported", "graduated", "candidate", "stopped", "supported")
    for company_id, status in zip(companies, standings, strict=True):
        put(place, "engagement", company_id, fiscal_year=2025, status=status)
    put(place, "engagement", companies[2], fiscal_year=2024, status="supported")
    withdraw(place, "company", companies[4])
    year = today.board().year
    assert (year.year_number, year.supported, year.target) == (2, 2, 5)


def test_sessions_of_today_and_the_coming_days_stand_in_order_of_time(
    place: Workplace, today: TodayService, company: str
) -> None:
    other = put(place, "company", name="青葉食品(有)")
    session(place, company, "2025-07-21T13:00")
    session(place, other, "2025-07-28T09:00", place="本社")
    session(place, company, "2025-07-22T13:00", purpose="治具")
    session(place, company, "2025-07-29T13:00")
    found = today.board().sessions
    assert [(s.company_name, s.on.day, s.time, s.ordinal) for s in found] == [
        ("北国精密(株)", 22, "13:00", 2),
        ("青葉食品(有)", 28, "09:00", 1),
    ]
    assert (found[0].purpose, found[1].place) == ("治具", "本社")


def test_a_noted_next_visit_stands_until_it_has_a_session_on_its_day(
    place: Workplace, today: TodayService, company: str
) -> None:
    noted = {"next_on": date(2025, 7, 24), "next_time": "10:00", "next_topic": "出願"}
    source = session(place, company, "2025-07-10T13:00", method="visit", **noted)
    (planned,) = today.board().sessions
    assert (planned.id, planned.noted_in, planned.ordinal) == (None, source, 2)
    assert (planned.on.day, planned.time, planned.purpose) == (24, "10:00", "出願")
    started = session(place, company, "2025-07-24T10:05")
    (held,) = today.board().sessions
    assert (held.id, held.ordinal) == (started, 2)


def test_preparation_is_for_the_first_session_that_is_not_over(
    place: Workplace, today: TodayService, company: str
) -> None:
    session(place, company, "2025-07-22T09:00", finished_at=place.now())
    later = session(place, company, "2025-07-22T16:00")
    put(place, "action_item", company, title="図面", status="open")
    board = today.board()
    assert [each.is_finished for each in board.sessions] == [True, False]
    assert (board.next_session.id, board.next_session.open_homework) == (later, 1)


def test_homework_of_all_companies_stands_by_its_day(
    place: Workplace, today: TodayService, company: str
) -> None:
    suzuki = put(place, "person", name="鈴木", side="support")
    for title, day, status in (
        ("日なし", None, "open"),
        ("今日", 22, "doing"),
        ("遅れ", 18, "requested"),
        ("済", 1, "done"),
        ("中止", 1, "dropped"),
    ):
        due_on = date(2025, 7, day) if day else None
        put(place, "action_item", company, title=title, due_on=due_on, status=status, owner_id=suzuki)
    board = today.board()
    assert [(each.title, each.overdue_days) for each in board.homework] == [
        ("遅れ", 4),
        ("今日", 0),
        ("日なし", 0),
    ]
    assert (board.homework_count, board.overdue_count) == (3, 1)
    assert (board.homework[0].owner, board.homework[0].status) == ("鈴木", ActionStatus.REQUESTED)
    assert waiting(today, WaitingKind.UNASSIGNED) == []


def test_the_board_shows_the_first_homework_and_counts_all(
    place: Workplace, today: TodayService, company: str
) -> None:
    with place.action("用意", None) as work:
        for _ in range(HOMEWORK_SHOWN + 3):
            values = {"company_id": company, "title": "図面", "status": "open"}
            work.save("action_item", place.new_id(), values, compartment=company)
    board = today.board()
    assert (len(board.homework), board.homework_count) == (HOMEWORK_SHOWN, HOMEWORK_SHOWN + 3)
    assert len(today.homework()) == HOMEWORK_SHOWN + 3
    assert waiting(today, WaitingKind.UNASSIGNED) == [
        Waiting(WaitingKind.UNASSIGNED, HOMEWORK_SHOWN + 3, company, "北国精密(株)")
    ]


def test_lines_without_a_mark_wait_only_after_a_session_that_ended_lately(
    place: Workplace, today: TodayService, company: str
) -> None:
    old = session(place, company, "2025-06-01T13:00", finished_at=place.now())
    ended = session(place, company, "2025-07-15T13:00", finished_at=place.now())
    running = session(place, company, "2025-07-22T12:00")
    for visit in (old, ended, running):
        for text, mark in (("一", None), ("二", None), ("三", Mark.FACT), (" ", None)):
            line(place, company, visit, text, mark=mark)
    assert waiting(today, WaitingKind.LEFTOVER_LINES) == [
        Waiting(WaitingKind.LEFTOVER_LINES, 2, company, "北国精密(株)", ended, 2)
    ]


def test_what_was_not_read_back_waits_until_the_client_answered_it(
    place: Workplace, today: TodayService, company: str
) -> None:
    read_back = ReadBackService(place)
    old = session(place, company, "2025-06-01T13:00", finished_at=place.now())
    ended = session(place, company, "2025-07-15T13:00", finished_at=place.now())
    running = session(place, company, "2025-07-22T12:00")
    for visit in (old, ended, running):
        line(place, company, visit, "治具は出願を検討する", mark=Mark.DECISION)
        said = line(place, company, visit, "図面の一覧を作る", mark=Mark.HOMEWORK)
        put(place, "action_item", company, title="図面の一覧", source_line_id=said)
        line(place, company, visit, "主力は切削", mark=Mark.FACT)
        line(place, company, visit, "焼入れは850度", mark=Mark.DECISION, is_secret=True)
    assert waiting(today, WaitingKind.READ_BACK) == [
        Waiting(WaitingKind.READ_BACK, 2, company, "北国精密(株)", ended, 2)
    ]
    decision, homework = read_back.sheet(ended).items
    read_back.answer(ended, decision, ReadBackOutcome.CONFIRMED)
    read_back.answer(ended, homework, ReadBackOutcome.DIFFERS, their_wording="図面は出さない")
    assert waiting(today, WaitingKind.READ_BACK) == []
    change(place, "note_line", decision.line_id, text="治具は出願する")
    assert [each.count for each in waiting(today, WaitingKind.READ_BACK)] == [1]


def test_two_values_of_one_item_wait_for_a_choice(
    place: Workplace, today: TodayService, company: str
) -> None:
    with place.reading() as reading:
        form = place.store.form(reading.connection, "company", company)
    change(place, "company", company, kana="あ")
    with place.action("用意", None) as work:
        work.save("company", company, {"kana": "い"}, form)
    assert waiting(today, WaitingKind.CONFLICTS) == [
        Waiting(WaitingKind.CONFLICTS, 1, company, "北国精密(株)")
    ]
    withdraw(place, "company", company)
    assert waiting(today, WaitingKind.CONFLICTS) == []


def test_text_left_behind_is_told(place: Workplace, today: TodayService, company: str) -> None:
    visit = session(place, company, "2025-07-22T12:00")
    drafts = DraftService(place.store, place.clock)
    for scope in (f"support_session:{visit}", f"intake:{company}", "new_company"):
        drafts.keep(scope, "field", "途中の文")
    drafts.keep("new_company", "kana", "とちゅう")
    drafts.keep("settings:team", "team.region", "", preedit="きたぐに")
    assert waiting(today, WaitingKind.DRAFTS) == [
        Waiting(WaitingKind.DRAFTS, 1, company, "北国精密(株)", visit, form="support_session"),
        Waiting(WaitingKind.DRAFTS, 1, company, "北国精密(株)", form="intake"),
        Waiting(WaitingKind.DRAFTS, 2, form="new_company"),
        Waiting(WaitingKind.DRAFTS, 1, form="settings:team"),
    ]


def test_nothing_of_a_deleted_company_is_shown(place: Workplace, today: TodayService, company: str) -> None:
    visit = session(place, company, "2025-07-22T12:00", finished_at=place.now())
    line(place, company, visit, "印なし")
    session(place, company, "2025-07-01T12:00", next_on=date(2025, 7, 23))
    put(place, "action_item", company, title="図面", status="open")
    withdraw(place, "company", company)
    board = today.board()
    assert (board.sessions, board.homework) == ((), ())
    # Its parts are live still, as when another device added them: that is asked.
    assert [each.kind for each in board.waiting] == [WaitingKind.CONFLICTS]


def test_the_time_of_the_last_save_is_known(
    place: Workplace, today: TodayService, company: str, clock: SteppingClock
) -> None:
    clock.move(hours=1)
    put(place, "action_item", company, title="図面")
    saved_at = today.board().saved_at
    assert saved_at.tzinfo is UTC
    assert timedelta(0) <= clock.now() - saved_at < timedelta(seconds=1)
    assert saved_at > datetime(2025, 7, 22, 5, 0, tzinfo=UTC)
