"""The right panel: summary, head of the visit, homework; and what the title line says."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.terms import Confidentiality, Mark, SessionMethod
from tests.services.records import wall
from tests.ui.support_session import example
from tests.ui.support_session.conftest import CTRL, Desk, Key
from ui.screens.screen import LineButton, Screen
from ui.theme.paint import State
from ui.widgets.fields.text_field import TextField


@pytest.fixture
def told(desk: Desk) -> Desk:
    """At a visit in which much was said."""
    desk.open(example.visit(desk.services, desk.company_id))
    return desk


def leave(desk: Desk, field: TextField, text: str) -> None:
    """Type into a field of the head and leave it."""
    field.setText(text)
    field.flush()
    desk.settle()


def test_the_title_line_says_who_when_where_with_whom_and_how_open(told: Desk) -> None:
    heading = told.screen.heading()
    assert (heading.title, heading.subtitle) == ("北国精密(株)", "第2回面談")
    assert heading.facts == (
        "7/22(火) 13:00–",
        "工場",
        "高橋社長 ほか3人",
        State("secret", "担当者限り", "key"),
    )
    assert [crumb.label for crumb in heading.crumbs] == ["企業", "北国精密(株)", "面談", "第2回"]
    assert heading.buttons[-1] == LineButton("read_back", primary=True)


def test_the_summary_lists_what_came_of_the_visit(told: Desk) -> None:
    items = told.screen._presenter.summary().items
    assert [(item.mark, item.detail) for item in items] == [
        (Mark.DECISION, ""),
        (Mark.HOMEWORK, "高橋様　8/5(火)"),
        (Mark.HOMEWORK, "鈴木　7/29(火)"),
        (Mark.DEADLINE, "2025/06/12(木) 公開　未確認"),
    ]
    assert told.screen._presenter.summary().count_words == "決定 1・宿題 2・期限 1"


def test_a_row_of_the_summary_goes_to_its_line(told: Desk) -> None:
    told.screen._panel.overview._list.opened.emit(told.screen._presenter.summary().items[0].key)
    assert told.editor.caret()[0] == 7
    assert told.editor.hasFocus()


def test_owner_and_date_of_homework_are_changed_beside_the_notes_and_undone(told: Desk) -> None:
    item = told.screen._presenter.summary().items[1]
    told.screen._panel.overview._list.space_pressed.emit(item.key)
    form = told.screen._panel.homework
    assert form.isVisible()
    assert form._owner.currentText() == "高橋 誠"
    leave(told, form._due, "8月12日")
    suzuki = next(person for person in told.services.people.of_team() if "鈴木" in person.name)
    form._owner.show_value(suzuki.id)
    form._owner.chosen.emit(suzuki.id)
    told.settle()
    assert told.screen.look(8).label == "鈴木　8/12(火)"
    QTest.keyClick(form._due, Qt.Key.Key_Escape)
    assert told.screen._panel.overview.isVisible()
    told.press(Key.Key_Z, CTRL, times=2)
    told.settle()
    assert told.screen.look(8).label == "高橋様　8/5(火)"


def test_the_head_takes_days_and_times_as_people_write_them(told: Desk) -> None:
    form = told.screen._panel.form
    leave(told, form._start, "午後2時")
    leave(told, form._end, "１５時半")
    leave(told, form._day, "R7.7.23")
    sheet = told.sheet()
    assert (sheet.starts_at, sheet.ends_at) == (wall("2025-07-23T14:00"), wall("2025-07-23T15:30"))
    assert told.screen.heading().facts[0] == "7/23(水) 14:00–15:30"


def test_what_is_no_time_is_kept_in_the_field_and_said(told: Desk) -> None:
    form = told.screen._panel.form
    leave(told, form._end, "夕方")
    assert form._end.text() == "夕方"
    assert "時刻として読めません" in form._end.accessibleDescription()
    assert told.sheet().ends_at is None


def test_an_end_before_the_start_is_refused_with_a_message(told: Desk) -> None:
    warned: list[str] = []
    told.screen.warned.connect(lambda message, _kind: warned.append(message.code))
    leave(told, told.screen._panel.form._end, "12:00")
    assert warned == ["input.dates_reversed"]
    assert told.sheet().ends_at is None
    assert told.screen._panel.form._end.text() == ""


def test_place_method_purpose_next_visit_and_level_are_kept_on_leaving(told: Desk) -> None:
    form = told.screen._panel.form
    leave(told, form._place, "本社会議室")
    form._method.chosen.emit("online")
    form._purpose.setPlainText("焼入れの条件を聞く")
    form._purpose.flush()
    leave(told, form._next_on, "8/22")
    leave(told, form._next_time, "10時")
    form._next_topic.setPlainText("台帳を見る")
    form._next_topic.flush()
    form._level.chosen.emit("meeting")
    told.settle()
    sheet = told.sheet()
    assert (sheet.place, sheet.method) == ("本社会議室", SessionMethod.ONLINE)
    assert (sheet.purpose, sheet.next_topic) == ("焼入れの条件を聞く", "台帳を見る")
    assert (sheet.next_on, sheet.next_time) == (date(2025, 8, 22), "10:00")
    assert sheet.own_level is Confidentiality.MEETING
    assert told.screen._presenter.summary().next_words == "8/22(金) 10:00"


def test_people_are_ticked_and_added_in_place(told: Desk) -> None:
    form = told.screen._panel.form
    kimura = next(tick for tick in form._ticks.values() if "木村" in tick.text())
    kimura.click()
    told.settle()
    leave(told, form._new_own, "山田 太郎")
    told.settle()
    assert [person.name for person in told.sheet().attendees].count("木村 豊") == 0
    added = next(person for person in told.sheet().attendees if person.name == "山田 太郎")
    assert added.company_id == told.company_id
    assert form._new_own.text() == ""
    assert any("山田 太郎" in tick.text() and tick.isChecked() for tick in form._ticks.values())


def test_a_finished_visit_offers_its_page_and_can_be_gone_on_with(told: Desk) -> None:
    told.press(Key.Key_Return, CTRL)
    told.settle()
    assert [button.action for button in told.screen.heading().buttons] == [
        "edit",
        "read_back",
        "reopen",
        "print",
    ]
    told.window.run_command("reopen")
    told.settle()
    assert told.sheet().finished_at is None


def test_printing_goes_to_the_minutes_of_this_visit(told: Desk) -> None:
    asked = []
    told.screen.go.connect(asked.append)
    told.press(Key.Key_P, CTRL)
    assert [(route.document, route.item_id, route.company_ids) for route in asked] == [
        ("minutes", told.session_id, (told.company_id,))
    ]


def test_f2_goes_into_the_head_and_esc_back_to_the_notes(told: Desk) -> None:
    told.editor.setFocus()
    told.press(Key.Key_F2)
    form = told.screen._panel.form
    told.qtbot.waitUntil(form._day.hasFocus)
    QTest.keyClick(form._day, Qt.Key.Key_Escape)
    assert not form.isVisible()
    assert told.editor.hasFocus()


def test_in_a_narrow_window_the_panel_is_a_drawer_that_esc_closes(told: Desk) -> None:
    told.window.resize(1024, 520)
    told.qtbot.waitUntil(lambda: not told.screen._panel.isVisible())
    told.press(Key.Key_F2)
    assert told.screen._panel.isVisible()
    assert told.screen._panel.form.isVisible()
    QTest.keyClick(told.screen._panel.form._place, Qt.Key.Key_Escape)
    assert not told.screen._panel.isVisible()
    assert told.editor.hasFocus()


def test_work_on_the_plan_elsewhere_shows_at_once(told: Desk) -> None:
    homework = told.sheet().homework[0]
    told.services.action_plans.change_action(homework.id, {"due_on": date(2025, 9, 1)})
    told.qtbot.waitUntil(lambda: told.screen.look(8).label == "高橋様　9/1(月)")


def test_caret_and_scroll_are_there_on_coming_back(told: Desk) -> None:
    told.editor.place_caret(3, 5)
    told.screen.commands()["print"]()
    told.window.back()
    assert told.editor.caret() == (3, 5)


def test_a_visit_that_goes_to_the_trash_is_closed_without_a_word(told: Desk) -> None:
    warned = []
    told.screen.warned.connect(lambda message, _kind: warned.append(message.code))
    told.screen.commands()["print"]()
    told.services.trash.delete("support_session", told.session_id)
    told.qtbot.waitUntil(lambda: told.screen._presenter.visit is None)
    assert warned == []


@pytest.mark.parametrize(
    ("key", "tab"),
    [(Key.Key_1, "overview"), (Key.Key_2, "sessions"), (Key.Key_3, "analysis"), (Key.Key_4, "plan")],
)
def test_the_tabs_of_the_company_open_from_inside_a_visit(told: Desk, key: Key, tab: str) -> None:
    told.window.register("company", Screen)
    told.editor.setFocus()
    QTest.keyClick(told.editor, key, Qt.KeyboardModifier.AltModifier)
    told.settle()
    route = told.window.route()
    assert route is not None
    assert (route.company_id, route.tab, route.item_id) == (told.company_id, tab, None)


def test_what_is_typed_in_one_field_stays_while_another_is_saved(told: Desk) -> None:
    form = told.screen._panel.form
    form._place.setText("本社会議室")
    form._place.flush()
    form._purpose.setPlainText("焼入れの条件を")
    told.settle()
    assert told.sheet().place == "本社会議室"
    assert form._purpose.text() == "焼入れの条件を"


def test_a_head_that_was_refused_for_its_sense_leaves_no_draft(told: Desk) -> None:
    leave(told, told.screen._panel.form._end, "12:00")
    told.settle()
    assert told.services.drafts.left() == ()
