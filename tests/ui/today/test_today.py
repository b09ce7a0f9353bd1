"""S01 今日, from rows to what they open."""

from datetime import date

import pytest

from app.domain.terms import EngagementStatus, Mark
from tests.services.records import line, put, session
from tests.ui.program.house import House
from ui.navigation import Place, Route
from ui.program import Program
from ui.screens.today.screen import TodayScreen
from ui.widgets.row_list import RowList
from ui.widgets.toast import Toast

TODAY = Route(Place.TODAY)


@pytest.fixture
def program(house: House) -> Program:
    house.make_store()
    return house.start_and_open()


def plant(program: Program) -> tuple[str, str, str]:
    """A company with a visit today at 15:00 and one in two days, and homework that is late."""
    assert program.services is not None
    place = program.services.place
    company = put(place, "company", name="北国精密(株)")
    put(place, "engagement", company, fiscal_year=2026, status=EngagementStatus.SUPPORTED)
    visit = session(place, company, "2026-07-22T15:00", method="online", place="オンライン")
    session(place, company, "2026-07-24T10:00", method="visit", place="本社")
    task = put(place, "action_item", company, title="図面を送る", status="open", due_on=date(2026, 7, 18))
    return company, visit, task


def lists(program: Program) -> dict[str, RowList]:
    screen = program.window.current_screen()
    assert isinstance(screen, TodayScreen)
    return {each.accessibleName(): each for each in screen.findChildren(RowList)}


def rows(program: Program, name: str) -> list[str]:
    return [entry.spoken for entry in lists(program)[name]._model.entries if hasattr(entry, "spoken")]


def test_an_empty_store_says_what_will_be_here_and_leads_to_the_first_company(
    house: House, program: Program
) -> None:
    for words in ("面談の予定はありません", "宿題はありません", "確認待ちはありません"):
        assert words in house.words()
    house.click("企業を入れる")
    assert program.window.route() == Route(Place.COMPANIES, tab="new")


def test_visits_of_today_come_first_and_say_where_once(house: House, program: Program) -> None:
    plant(program)
    house.settle()
    assert rows(program, "今日と今週") == [
        "15:00 北国精密(株) 第1回面談  オンライン 宿題 1",
        "7/24(金) 北国精密(株) 第2回面談  訪問・本社 宿題 1",
    ]


def test_enter_prepares_the_visit_that_is_next(house: House, program: Program) -> None:
    company, visit, _ = plant(program)
    program.window.open(Route(Place.COMPANIES))
    house.settle()
    program.window.open(TODAY)
    house.settle()
    assert house.focused().accessibleName() == "今日と今週"
    house.press("Return")
    assert program.window.route() == Route(
        Place.COMPANIES, company_id=company, tab="preparation", item_id=visit
    )


def test_late_homework_is_ticked_off_and_taken_back(house: House, program: Program) -> None:
    plant(program)
    house.settle()
    assert rows(program, "宿題") == ["まだ 図面を送る 北国精密(株)  担当なし ! 7/18 超過 4日"]
    lists(program)["宿題"].setFocus()
    house.press("Space")
    house.settle()
    assert rows(program, "宿題") == []
    assert "済にしました" in house.shown(Toast)[0]._text.text()
    house.click("元に戻す")
    house.settle()
    assert len(rows(program, "宿題")) == 1


def test_homework_opens_in_its_plan(house: House, program: Program) -> None:
    company, _, task = plant(program)
    house.settle()
    lists(program)["宿題"].setFocus()
    house.press("Return")
    route = program.window.route()
    assert route is not None
    assert (route.company_id, route.tab, route.anchor) == (company, "plan", task)


def test_lines_without_a_mark_wait_and_lead_to_their_visit(house: House, program: Program) -> None:
    assert program.services is not None
    place = program.services.place
    company = put(place, "company", name="青葉食品(有)")
    visit = session(place, company, "2026-07-16T10:00", finished_at=house.clock.now())
    line(place, company, visit, "印のない行")
    line(place, company, visit, "事実の行", mark=Mark.FACT)
    house.settle()
    (waiting,) = rows(program, "あなたの確認待ち")
    assert "印のない行 1件" in waiting
    lists(program)["あなたの確認待ち"].setFocus()
    house.press("Return")
    route = program.window.route()
    assert route is not None
    assert (route.company_id, route.item_id) == (company, visit)


def test_the_state_of_the_device_names_its_backup(house: House, program: Program) -> None:
    house.settle()
    assert any("確かめた控えがあります" in row for row in rows(program, "このPCの状態"))


def test_the_sheet_of_the_next_visit_is_one_key_away(house: House, program: Program) -> None:
    company, visit, _ = plant(program)
    house.settle()
    house.press("Ctrl+P")
    route = program.window.route()
    assert route is not None
    assert (route.place, route.company_ids, route.item_id) == (Place.DOCUMENTS, (company,), visit)


def test_chosen_rows_come_back_with_the_way_back(house: House, program: Program) -> None:
    plant(program)
    house.settle()
    lists(program)["今日と今週"].setFocus()
    house.press("Down", "Down")
    chosen = lists(program)["今日と今週"].current_key()
    program.window.open(Route(Place.COMPANIES))
    house.settle()
    house.press("Alt+Left")
    house.settle()
    assert lists(program)["今日と今週"].current_key() == chosen


def test_a_small_window_stacks_its_blocks(house: House, program: Program) -> None:
    program.change_settings(text_step=150)
    program.window.resize(1024, 520)
    house.settle()
    left = {each.mapTo(program.window, each.rect().topLeft()).x() for each in lists(program).values()}
    assert len(left) == 1
    program.change_settings(text_step=100)
    house.settle()
    left = {each.mapTo(program.window, each.rect().topLeft()).x() for each in lists(program).values()}
    assert len(left) == 2


def test_what_was_not_read_back_waits_and_opens_its_reading(house: House, program: Program) -> None:
    assert program.services is not None
    place = program.services.place
    company = put(place, "company", name="北国精密(株)")
    held = session(place, company, "2026-07-20T13:00", finished_at=place.now())
    line(place, company, held, "治具は出願を検討する", mark=Mark.DECISION)
    house.settle()
    assert rows(program, "あなたの確認待ち") == ["読み合わせの前の行 1件 北国精密(株)  第1回面談 見る"]
    waiting = lists(program)["あなたの確認待ち"]
    waiting.setFocus()
    waiting.step(1)
    house.press("Enter")
    house.settle()
    route = Route(Place.COMPANIES, company_id=company, tab="read_back", item_id=held)
    assert program.window.route() == route
    house.press("Enter", "Alt+Left")
    house.settle()
    assert rows(program, "あなたの確認待ち") == []
