from datetime import date

import pytest

from app.domain.terms import ActionStatus, Mark, Stage
from app.errors import DatesReversed, InputMissing, InputTooMany, InvalidInput, RecordMissing
from app.services.action_plans import INDICATOR_LIMIT, ActionPlanService
from app.workplace import Workplace, company_scope
from tests.services.conftest import SteppingClock
from tests.services.records import change, line, put, session, stored, withdraw


@pytest.fixture
def plans(place: Workplace) -> ActionPlanService:
    return ActionPlanService(place)


@pytest.fixture
def company(place: Workplace) -> str:
    company_id = put(place, "company", name="北国精密(株)")
    put(place, "engagement", company_id, fiscal_year=2025, status="supported", stage="protect")
    return company_id


def titles(plans: ActionPlanService, company_id: str, year: int | None = None) -> list[str]:
    return [action.title for action in plans.sheet(company_id, year).actions]


def test_actions_stand_by_stage_and_are_numbered_through(plans: ActionPlanService, company: str) -> None:
    for title, stage in (("販路", Stage.SALES), ("権利", Stage.PROTECT), ("整理", Stage.ORGANISE)):
        plans.add_action(company, {"title": title, "stage": stage})
    plans.add_action(company, {"title": "既定"})
    sheet = plans.sheet(company)
    assert [(action.number, action.title) for action in sheet.actions] == [
        (1, "整理"),
        (2, "権利"),
        (3, "既定"),
        (4, "販路"),
    ]
    assert [group.stage for group in sheet.stages] == list(Stage)
    assert sheet.stage is Stage.PROTECT


def test_what_is_below_a_parent_follows_it(plans: ActionPlanService, company: str) -> None:
    parent = plans.add_action(company, {"title": "出願"})
    plans.add_action(company, {"title": "商標"})
    child = plans.add_action(company, {"title": "調査", "parent_id": parent})
    plans.add_action(company, {"title": "文献", "parent_id": child})
    assert [(a.title, a.depth) for a in plans.sheet(company).actions] == [
        ("出願", 0),
        ("調査", 1),
        ("文献", 1),
        ("商標", 0),
    ]
    with pytest.raises(InvalidInput):
        plans.change_action(parent, {"parent_id": child})


def test_a_ring_of_parents_made_elsewhere_hides_nothing(
    place: Workplace, plans: ActionPlanService, company: str
) -> None:
    one, other = (plans.add_action(company, {"title": title}) for title in ("一", "二"))
    change(place, "action_item", one, parent_id=other)
    change(place, "action_item", other, parent_id=one)
    assert sorted(titles(plans, company)) == ["一", "二"]


def test_open_actions_of_an_earlier_year_carry_over(
    place: Workplace, plans: ActionPlanService, company: str
) -> None:
    last_year = put(place, "engagement", company, fiscal_year=2024, status="supported")
    old = {"engagement_id": last_year, "stage": "organise"}
    put(place, "action_item", company, title="持ち越し", status="open", **old)
    put(place, "action_item", company, title="去年済", status="done", done_on=date(2025, 3, 1), **old)
    put(place, "action_item", company, title="今年済", status="done", done_on=date(2025, 5, 1), **old)
    plans.add_action(company, {"title": "今年"})
    assert titles(plans, company) == ["持ち越し", "今年済", "今年"]
    assert [action.is_carried_over for action in plans.sheet(company).actions] == [True, True, False]
    assert "今年" not in titles(plans, company, 2024)


def test_the_source_is_told_by_day_mark_and_count_but_not_by_its_text(
    place: Workplace, plans: ActionPlanService, company: str
) -> None:
    visit = session(place, company, "2025-07-22T13:00")
    lines = [
        line(place, company, visit, text, mark=mark)
        for text, mark in (("一つ目", Mark.DECISION), ("課題", Mark.ISSUE), ("二つ目", Mark.DECISION))
    ]
    plans.add_action(company, {"title": "弁理士", "source_line_id": lines[2]})
    (action,) = plans.sheet(company).actions
    assert action.source_words == "7/22 決定2"
    assert action.source_session_id == visit
    change(place, "note_line", lines[2], mark=None)
    assert plans.sheet(company).actions[0].source_words == "7/22 面談"
    withdraw(place, "note_line", lines[2])
    assert plans.sheet(company).actions[0].source_words == ""


def test_a_source_without_a_line_is_its_seed(
    place: Workplace, plans: ActionPlanService, company: str
) -> None:
    seed = put(place, "ip_seed", company, name="北匠")
    plans.add_action(company, {"title": "商標", "source_seed_id": seed})
    assert plans.sheet(company).actions[0].source_words == "北匠"


def test_done_is_set_and_taken_back(plans: ActionPlanService, company: str) -> None:
    action_id = plans.add_action(company, {"title": "図面", "due_on": date(2025, 7, 1)})
    assert plans.sheet(company).actions[0].overdue_days == 21
    plans.set_done(action_id, is_done=True)
    (done,) = plans.sheet(company).actions
    assert (done.status, done.done_on, done.progress_percent) == (ActionStatus.DONE, date(2025, 7, 22), 100)
    assert not done.is_overdue
    plans.set_done(action_id, is_done=False)
    assert plans.sheet(company).actions[0].done_on is None
    assert plans.sheet(company).actions[0].is_overdue


def test_shifting_moves_both_days_and_undo_brings_them_back(
    place: Workplace, plans: ActionPlanService, company: str
) -> None:
    days = {"start_on": date(2025, 7, 28), "due_on": date(2025, 8, 5)}
    action_id = plans.add_action(company, {"title": "図面", **days})
    plans.shift(action_id, 7)
    moved = stored(place, "action_item", action_id)
    assert (moved["start_on"], moved["due_on"]) == (date(2025, 8, 4), date(2025, 8, 12))
    place.undo(company_scope(company))
    assert stored(place, "action_item", action_id)["due_on"] == date(2025, 8, 5)


def test_what_cannot_be_is_refused(plans: ActionPlanService, company: str) -> None:
    action_id = plans.add_action(company, {"title": "図面", "start_on": date(2025, 8, 1)})
    with pytest.raises(DatesReversed):
        plans.change_action(action_id, {"due_on": date(2025, 7, 31)})
    with pytest.raises(InputMissing):
        plans.change_action(action_id, {"title": ""})
    with pytest.raises(InvalidInput):
        plans.change_action(action_id, {"progress_percent": 101})
    with pytest.raises(RecordMissing):
        plans.change_action(company, {"title": "企業ではない"})
    with pytest.raises(InputMissing):
        plans.add_action(company, {})
    assert titles(plans, company) == ["図面"]


def test_people_have_their_actions_soonest_first_and_nobody_comes_last(
    place: Workplace, plans: ActionPlanService, company: str
) -> None:
    suzuki = put(place, "person", name="鈴木", side="support")
    plans.add_action(company, {"title": "だれも"})
    plans.add_action(company, {"title": "遅い", "owner_id": suzuki, "due_on": date(2025, 9, 1)})
    plans.add_action(company, {"title": "先方", "owner_name": "高橋社長"})
    plans.add_action(company, {"title": "早い", "owner_id": suzuki, "due_on": date(2025, 8, 1)})
    groups = plans.sheet(company).by_owner
    assert [(group.owner, [a.title for a in group.actions]) for group in groups] == [
        ("鈴木", ["早い", "遅い"]),
        ("高橋社長", ["先方"]),
        ("", ["だれも"]),
    ]


def test_a_plan_is_one_a_year_and_written_on_first_use(
    place: Workplace, plans: ActionPlanService, company: str
) -> None:
    before = plans.sheet(company).plan
    assert (before.goal, plans.form("action_plan", before.id)) == ("", None)
    plans.change_plan(company, {"goal": "4割に下げる", "starts_on": date(2025, 6, 1)})
    plans.change_plan(company, {"ends_on": date(2026, 2, 28)})
    after = plans.sheet(company).plan
    assert (after.id, after.goal, after.starts_on) == (before.id, "4割に下げる", date(2025, 6, 1))
    with pytest.raises(DatesReversed):
        plans.change_plan(company, {"ends_on": date(2025, 5, 31)})
    with place.reading() as reading:
        assert len(reading.records("action_plan")) == 1


def test_another_year_has_another_plan(
    place: Workplace, plans: ActionPlanService, company: str, clock: SteppingClock
) -> None:
    put(place, "engagement", company, fiscal_year=2026, status="supported")
    plans.change_plan(company, {"goal": "2年目"})
    clock.move(days=365)
    plans.change_plan(company, {"goal": "3年目"})
    assert [plans.sheet(company, year).plan.goal for year in (2025, 2026)] == ["2年目", "3年目"]


def test_a_sixth_indicator_finds_no_room(plans: ActionPlanService, company: str) -> None:
    ids = [plans.add_indicator(company, {"name": f"指標{n}", "unit": "件"}) for n in range(INDICATOR_LIMIT)]
    with pytest.raises(InputTooMany):
        plans.add_indicator(company, {"name": "六つ目"})
    plans.change_indicator(ids[0], {"actual": "2"})
    indicators = plans.sheet(company).indicators
    assert [indicator.id for indicator in indicators] == ids
    assert indicators[0].actual == "2"
    with pytest.raises(InputMissing):
        plans.change_indicator(ids[0], {"name": ""})


def test_milestones_stand_soonest_first(plans: ActionPlanService, company: str) -> None:
    plans.add_milestone(company, {"title": "日なし"})
    later = plans.add_milestone(company, {"title": "展示会", "due_on": date(2025, 11, 6)})
    plans.add_milestone(company, {"title": "出願", "due_on": date(2025, 10, 31)})
    assert [each.title for each in plans.sheet(company).milestones] == ["出願", "展示会", "日なし"]
    plans.change_milestone(later, {"due_on": date(2025, 9, 1)})
    assert plans.sheet(company).milestones[0].title == "展示会"


def test_a_company_without_support_has_an_empty_plan_that_can_be_written(
    place: Workplace, plans: ActionPlanService
) -> None:
    company_id = put(place, "company", name="まだ候補でもない")
    assert plans.sheet(company_id).engagement_id is None
    plans.add_action(company_id, {"title": "会ってみる"})
    plans.change_plan(company_id, {"goal": "まず話を聞く"})
    sheet = plans.sheet(company_id)
    assert (titles(plans, company_id), sheet.plan.goal) == (["会ってみる"], "まず話を聞く")
