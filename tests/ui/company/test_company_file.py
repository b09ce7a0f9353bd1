"""S03 企業カルテ walked by keyboard: head, tabs, what is changed in place, and taking it back."""

from datetime import date

import pytest

from app.domain.note_sheet import Edit, Line
from app.domain.terms import Confidentiality, EngagementStatus, Mark, Stage
from tests.services.records import wall
from tests.ui.company.desk import ENTRY, Desk
from ui.navigation import Place, Route
from ui.screens.company.chip_button import LevelButton, StageButton
from ui.screens.company.overview.aim_card import AimLine
from ui.screens.company.overview.contact_section import PersonEditor, PersonLine
from ui.widgets.buttons import Button
from ui.widgets.card import CountLink
from ui.widgets.fields.check_field import CheckField
from ui.widgets.fields.choice_field import ChoiceField
from ui.widgets.tab_strip import TabStrip
from ui.widgets.texts import Text
from ui.widgets.timeline_list import TimelineList


@pytest.fixture
def company_id(desk: Desk) -> str:
    return desk.services.companies.register(ENTRY, EngagementStatus.SUPPORTED)


def held_session(desk: Desk, company_id: str, *texts: tuple[str, Mark]) -> str:
    place, sessions = desk.services.place, desk.services.support_sessions
    session_id = sessions.start(company_id)
    for number, (text, mark) in enumerate(texts):
        line = Line(place.new_id(), text, place.now(), f"a{number}", mark)
        sessions.edit_lines(session_id, Edit(put=(line,)))
    sessions.finish(session_id)
    return session_id


def shown_words(desk: Desk) -> list[str]:
    screen = desk.window.findChildren(Text)
    return [each.text() for each in screen if each.isVisible()]


def aim(desk: Desk) -> AimLine:
    return desk.window.findChild(AimLine)


def button(desk: Desk, label: str) -> Button:
    return next(each for each in desk.window.findChildren(Button) if each.label() == label)


def test_the_head_says_who_it_is(desk: Desk, company_id: str) -> None:
    desk.open_company(company_id)
    words = shown_words(desk)
    assert {"北国精密株式会社", "金属製品製造業", "42人", "新潟県みどり市"} <= set(words)
    assert "1971年" not in " ".join(words)


def test_tabs_open_by_their_keys_and_the_way_back_is_kept(desk: Desk, company_id: str) -> None:
    desk.open_company(company_id)
    for keys, tab in (("Alt+2", "sessions"), ("Alt+8", "history"), ("F2", "intake"), ("Alt+1", None)):
        desk.press(keys)
        assert desk.window.route() == Route(Place.COMPANIES, company_id=company_id, tab=tab)
    desk.press("Alt+Left")
    route = desk.window.route()
    assert route is not None
    assert route.tab == "intake"
    assert desk.window.findChild(TabStrip).key() == "overview"


def test_a_session_starts_by_one_key(desk: Desk, company_id: str) -> None:
    desk.open_company(company_id)
    desk.press("Ctrl+N")
    route = desk.window.route()
    assert route is not None
    assert route.screen == "support_session"
    assert [entry.id for entry in desk.services.companies.card(company_id).course] == [route.item_id]


def test_the_history_of_this_company_goes_to_the_printer(desk: Desk, company_id: str) -> None:
    desk.open_company(company_id)
    desk.press("Ctrl+P")
    assert desk.window.route() == Route(Place.DOCUMENTS, company_ids=(company_id,), document="history")


def test_counts_open_the_lists_they_were_counted_from(desk: Desk, company_id: str) -> None:
    held_session(desk, company_id, ("治具は出願する", Mark.DECISION), ("主力は切削", Mark.FACT))
    desk.open_company(company_id)
    decisions = next(
        link for link in desk.window.findChildren(CountLink) if "決定 1" in link.accessibleName()
    )
    decisions.click()
    desk.settle()
    assert desk.window.route() == Route(Place.COMPANIES, company_id, "sessions", narrowed="decisions")


def test_the_course_opens_a_session(desk: Desk, company_id: str) -> None:
    session_id = held_session(desk, company_id, ("治具は出願する", Mark.DECISION))
    desk.open_company(company_id)
    course = desk.window.findChild(TimelineList)
    course.setCurrentIndex(course.model().index(1, 0))
    course.setFocus()
    desk.press("Return")
    assert desk.window.route() == Route(Place.COMPANIES, company_id, "sessions", session_id)


def test_the_aim_is_written_where_it_stands_and_taken_back(desk: Desk, company_id: str) -> None:
    desk.open_company(company_id)
    aim(desk).edit()
    desk.type("自社ブランドで売る")
    desk.press("Return")
    assert desk.services.companies.card(company_id).engagement.aim == "自社ブランドで売る"
    desk.press("Ctrl+Z")
    assert desk.toast() == "元に戻しました: ねらいを書く"
    assert desk.services.companies.card(company_id).engagement.aim == ""
    assert aim(desk).field.text() == ""
    desk.press("Ctrl+Y")
    assert desk.toast() == "やり直しました: ねらいを書く"
    assert aim(desk).field.text() == "自社ブランドで売る"


def test_nothing_to_take_back_is_said(desk: Desk, company_id: str) -> None:
    desk.open_company(company_id)
    desk.press("Ctrl+Y")
    assert desk.toast() == "やり直せる操作はありません"


def test_an_aim_under_conversion_is_kept_when_the_tab_changes(desk: Desk, company_id: str) -> None:
    desk.open_company(company_id)
    aim(desk).edit()
    desk.type("自社ブランド")
    desk.convert("でうる")
    desk.window.findChild(TabStrip)._tabs["sessions"].click()
    desk.settle()
    assert desk.services.companies.card(company_id).engagement.aim == "自社ブランドでうる"


def test_an_aim_that_was_never_left_is_written_after_a_restart(desk: Desk, company_id: str) -> None:
    desk.services.drafts.keep(f"company:{company_id}", "aim", "途中で止まった")
    desk.open_company(company_id)
    assert desk.services.companies.card(company_id).engagement.aim == "途中で止まった"
    assert desk.services.drafts.left() == ()


def test_stage_and_level_change_from_their_chips(desk: Desk, company_id: str) -> None:
    desk.open_company(company_id)
    for kind, word in ((StageButton, Stage.SALES.term), (LevelButton, Confidentiality.MEETING.term)):
        chip = next(each for each in desk.window.findChildren(kind) if each.isVisible())
        menu = chip.open_menu()
        next(act for act in menu.actions() if act.text() == word).trigger()
        menu.close()
        desk.settle()
    card = desk.services.companies.card(company_id)
    assert (card.engagement.stage, card.confidentiality) == (Stage.SALES, Confidentiality.MEETING)


def test_a_standing_is_set_with_its_reason(desk: Desk, company_id: str) -> None:
    desk.open_company(company_id)
    status = next(
        each for each in desk.window.findChildren(ChoiceField) if each.accessibleName() == "支援の状態"
    )
    status.setFocus()
    desk.press("Down")
    desk.press("Tab")
    desk.type("自走できる")
    desk.press("Tab")
    engagement = desk.services.companies.card(company_id).engagement
    assert (engagement.status, engagement.status_reason) == (EngagementStatus.GRADUATED, "自走できる")


def test_assignees_are_ticked_among_the_team(desk: Desk, company_id: str) -> None:
    desk.services.people.add({"name": "佐藤 健一", "role": "プロデューサー"})
    desk.services.people.add({"name": "鈴木 由香"})
    desk.open_company(company_id)
    button(desk, "変更").click()
    desk.press("Space")
    ticks = [check for check in desk.window.findChildren(CheckField) if check.isVisible()]
    assert [check.text() for check in ticks] == ["佐藤 健一 (プロデューサー)", "鈴木 由香"]
    assert [person.name for person in desk.services.companies.card(company_id).assignees] == ["佐藤 健一"]
    assert "担当 佐藤" in shown_words(desk)


def test_a_person_of_the_company_is_added_changed_and_brought_back(desk: Desk, company_id: str) -> None:
    desk.open_company(company_id)
    button(desk, "足す").click()
    desk.type("木村 茂")
    desk.press("Tab", "Tab")
    desk.type("工場長")
    desk.press("Tab")
    people = desk.services.people.of_company(company_id)
    assert [(person.name, person.role) for person in people] == [
        ("高橋 一郎", "代表取締役社長"),
        ("木村 茂", "工場長"),
    ]
    assert desk.window.findChild(PersonEditor).isVisible()
    lines = [line for line in desk.window.findChildren(PersonLine) if line.isVisible()]
    lines[-1].remove_pressed.emit(people[-1])
    desk.settle()
    assert len(desk.services.people.of_company(company_id)) == 1
    button(desk, "元に戻す").click()
    desk.settle()
    assert len(desk.services.people.of_company(company_id)) == 2


def test_another_company_shows_nothing_of_the_one_before(desk: Desk, company_id: str) -> None:
    other = desk.services.companies.register({**ENTRY, "name": "青葉食品", "corporate_number": None})
    desk.services.companies.set_aim(company_id, "自社ブランド")
    desk.open_company(company_id)
    desk.open_company(other)
    assert aim(desk).field.text() == ""
    assert "北国精密株式会社" not in shown_words(desk)


def test_next_action_and_overdue_homework_are_told(desk: Desk, company_id: str) -> None:
    values = {"title": "図面一覧を作る", "owner_name": "高橋", "due_on": date(2025, 7, 18)}
    desk.services.action_plans.add_action(company_id, values)
    desk.open_company(company_id)
    assert {"図面一覧を作る", "7/18(金) 高橋"} <= set(shown_words(desk))
    homework = next(link for link in desk.window.findChildren(CountLink) if "宿題" in link.accessibleName())
    assert homework.accessibleName() == "宿題 1件 超過 1"


def test_the_drawer_opens_by_key_where_the_window_is_narrow(desk: Desk, company_id: str) -> None:
    desk.window.resize(1024, 520)
    desk.open_company(company_id)
    change = button(desk, "変更")
    assert not change.isVisible()
    desk.press("Ctrl+J")
    assert change.isVisible()
    assert desk.focused() is change
    desk.press("Esc")
    assert not change.isVisible()


def test_planned_sessions_are_told_from_held_ones(desk: Desk, company_id: str) -> None:
    held_session(desk, company_id)
    desk.services.support_sessions.start(company_id, wall("2025-08-05T13:00"))
    desk.open_company(company_id)
    model = desk.window.findChild(TimelineList).model()
    said = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert said[0] == "R7年度"
    assert "第2回面談" in said[1]
    assert "予定" in said[1]
    assert "予定" not in said[2]


def test_taking_back_the_company_itself_leads_to_the_list(desk: Desk, company_id: str) -> None:
    desk.open_company(company_id)
    desk.press("Ctrl+Z")
    assert desk.window.route() == Route(Place.COMPANIES)
    assert desk.services.companies.list_rows() == ()
