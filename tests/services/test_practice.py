"""A store that was filled with the practice region looks lived in, whatever day it is."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.bootstrap import DEVICE, TEAM, USER, open_workplace
from app.crypto.key_slots import StoreKey
from app.domain.calendar import fiscal_year
from app.domain.corporate_number import is_corporate_number
from app.domain.terms import ActionStatus, EngagementStatus
from app.ids import record_id
from app.paths import StoreFolder
from app.rows.today import WaitingKind
from app.services.action_plans import ActionPlanService
from app.services.analysis import AnalysisService
from app.services.companies import CompanyService
from app.services.practice import PracticeClock, load_practice
from app.services.questions import QuestionService
from app.services.read_back import ReadBackService
from app.services.support_sessions import SupportSessionService
from app.services.team import TeamService
from app.services.today import TodayService
from app.workplace import Workplace
from db import store as db_store

TODAYS = [date(2025, 7, 22), date(2026, 4, 1), date(2027, 1, 4), date(2027, 3, 31), date(2028, 2, 29)]
KEY = StoreKey(bytes(range(48)))


def opened(folder: Path, today: date) -> Workplace:
    clock = PracticeClock(today)
    place_of_files = StoreFolder(folder)
    ids = {name: record_id(clock.now()) for name in (TEAM, USER, DEVICE)}
    db_store.create(place_of_files.database, KEY.raw, ids)
    place = open_workplace(place_of_files, KEY, clock=clock)
    load_practice(place, clock)
    clock.moment += PracticeClock(today + timedelta(days=440)).moment - clock.moment
    return place


@pytest.fixture(scope="module", params=TODAYS, ids=str)
def region(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workplace]:
    place = opened(tmp_path_factory.mktemp("practice"), request.param)
    yield place
    place.store.close()


def test_the_team_list_and_every_card_are_filled(region: Workplace) -> None:
    team = TeamService(region).team()
    assert (team.region, len(team.approval_boxes)) == ("北国県", 3)
    assert team.year_number in {2, 3}
    companies = CompanyService(region)
    rows = companies.list_rows()
    assert Counter(row.status for row in rows) == {
        EngagementStatus.SUPPORTED: 5,
        EngagementStatus.CANDIDATE: 3,
    }
    for row in rows:
        card = companies.card(row.id)
        assert is_corporate_number(card.corporate_number or "")
        assert card.engagement is not None
        assert card.engagement.aim
        assert card.assignees
        assert card.next_action is not None
        assert card.course


def test_every_visit_of_the_past_is_finished_and_none_falls_on_a_weekend(region: Workplace) -> None:
    with region.reading() as reading:
        sessions = reading.records("support_session")
    now = region.wall_time()
    assert all(session["starts_at"].weekday() < 5 for session in sessions)
    assert all((session["finished_at"] is not None) == (session["starts_at"] < now) for session in sessions)
    assert any(now < session["starts_at"] < now + timedelta(days=7) for session in sessions)


def test_sheets_of_visits_show_people_of_both_sides_and_linked_homework(region: Workplace) -> None:
    with region.reading() as reading:
        sessions = [session["id"] for session in reading.records("support_session")]
    sheets = [SupportSessionService(region).sheet(session) for session in sessions]
    assert all(len({person.side for person in sheet.attendees}) >= 2 for sheet in sheets)
    assert sum(bool(sheet.homework) for sheet in sheets) > 40


def test_analysis_and_plan_of_every_supported_company_are_filled(region: Workplace) -> None:
    for row in CompanyService(region).list_rows():
        analysis = AnalysisService(region).sheet(row.id)
        assert analysis.issues
        assert analysis.seeds
        if row.status is EngagementStatus.SUPPORTED:
            plan = ActionPlanService(region).sheet(row.id)
            assert plan.plan.goal
            assert plan.indicators
            assert plan.milestones
            actions = [action for group in plan.stages for action in group.actions]
            assert len(actions) >= 8
            assert {ActionStatus.DONE, ActionStatus.DOING} <= {action.status for action in actions}
            assert any(action.overdue_days for action in actions) or row.name.startswith("みなと")


def test_most_questions_were_asked_and_most_visits_read_back(region: Workplace) -> None:
    questions, read_back = QuestionService(region), ReadBackService(region)
    for row in CompanyService(region).list_rows():
        asked = [each.is_asked for each in questions.of_company(row.id)]
        assert any(asked)
        assert not all(asked)
    with region.reading() as reading:
        held = [each["id"] for each in reading.records("support_session") if each["finished_at"]]
    sheets = [sheet for sheet in map(read_back.sheet, held) if sheet.items]
    answered = [sheet for sheet in sheets if sheet.answered == len(sheet.items)]
    assert 0 < len(sheets) - len(answered) < len(answered)
    waiting = [each for each in TodayService(region).board().waiting if each.kind is WaitingKind.READ_BACK]
    assert 1 <= len(waiting) <= 2


def test_an_earlier_year_stands_behind_the_companies_that_were_continued(region: Workplace) -> None:
    with region.reading() as reading:
        years = Counter(found["company_id"] for found in reading.records("engagement"))
        first = min(found["fiscal_year"] for found in reading.records("engagement"))
    assert first < fiscal_year(region.today())
    assert sum(count >= 2 for count in years.values()) >= 2


def test_what_was_written_lies_in_the_past(region: Workplace) -> None:
    with region.reading() as reading:
        latest = reading.query("SELECT max(time) AS latest, min(time) AS first FROM change")[0]
    span_ms = (latest["latest"] - latest["first"]) >> 16
    now_ms = int(region.now().timestamp() * 1000)
    assert latest["latest"] >> 16 < now_ms
    assert span_ms > timedelta(days=400) / timedelta(milliseconds=1)


def test_loading_the_same_day_again_makes_the_same_records(tmp_path: Path) -> None:
    def ids(name: str) -> set[str]:
        place = opened(tmp_path / name, TODAYS[0])
        with place.reading() as reading:
            found = {
                record["id"]
                for kind in ("company", "note_line", "ip_seed", "action_item")
                for record in reading.records(kind)
            }
        place.store.close()
        return found

    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    assert ids("one") == ids("two")
