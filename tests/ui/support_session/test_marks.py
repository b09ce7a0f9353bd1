"""Marks, homework from decisions, times and 取扱: by key, without the caret moving."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from app.domain.terms import Confidentiality, Mark
from tests.services.conftest import SteppingClock
from tests.ui.support_session.conftest import CTRL, Desk, Key
from ui.screens.support_session.line_menu import LineMenu
from ui.widgets.notes.mark_bar import MarkButton
from ui.widgets.notes.rows import row_of

MARKS = {
    Key.Key_1: Mark.FACT,
    Key.Key_2: Mark.ISSUE,
    Key.Key_3: Mark.DECISION,
    Key.Key_4: Mark.HOMEWORK,
    Key.Key_5: Mark.DEADLINE,
}


@pytest.mark.parametrize("key", MARKS)
def test_a_key_marks_the_line_from_any_column_and_the_same_key_clears_it(desk: Desk, key: Key) -> None:
    desk.type("主力は切削")
    desk.press(Key.Key_Left, times=2)
    desk.press(key, CTRL)
    desk.settle()
    assert desk.sheet().lines[0].mark is MARKS[key]
    assert desk.editor.caret() == (0, 3)
    desk.press(key, CTRL)
    desk.settle()
    assert desk.sheet().lines[0].mark is None


def test_ctrl_6_makes_a_line_secret_beside_its_mark_and_takes_it_off(desk: Desk) -> None:
    desk.type("焼入れは850度")
    desk.press(Key.Key_1, CTRL)
    desk.press(Key.Key_6, CTRL)
    desk.settle()
    assert (desk.sheet().lines[0].mark, desk.sheet().lines[0].is_secret) == (Mark.FACT, True)
    desk.press(Key.Key_6, CTRL)
    desk.settle()
    assert not desk.sheet().lines[0].is_secret


def test_a_decision_makes_linked_homework_and_two_undos_take_both_back(desk: Desk) -> None:
    """A4."""
    desk.type("弁理士に相談する 鈴木 7/29")
    desk.press(Key.Key_Left, times=4)
    before = desk.editor.caret()
    desk.press(Key.Key_3, CTRL)
    desk.press(Key.Key_4, CTRL)
    desk.settle()
    line, homework = desk.sheet().lines[0], desk.sheet().homework
    assert line.mark is Mark.DECISION
    assert [(each.title, each.owner, each.due_on) for each in homework] == [
        ("弁理士に相談する", "鈴木 花子", date(2025, 7, 29))
    ]
    assert homework[0].source_line_id == line.id
    assert desk.screen.look(0).label == "宿題　鈴木　7/29(火)"
    assert desk.editor.caret() == before
    desk.press(Key.Key_Z, CTRL)
    desk.press(Key.Key_Z, CTRL)
    desk.settle()
    assert desk.sheet().homework == ()
    assert (desk.sheet().lines[0].mark, desk.said()) == (None, ["弁理士に相談する 鈴木 7/29"])
    assert desk.screen.look(0).label == ""
    assert desk.editor.caret() == before


def test_a_second_press_opens_no_second_homework(desk: Desk) -> None:
    desk.type("弁理士に相談する")
    desk.press(Key.Key_3, CTRL)
    desk.press(Key.Key_4, CTRL)
    desk.press(Key.Key_4, CTRL)
    desk.settle()
    desk.press(Key.Key_4, CTRL)
    desk.settle()
    assert len(desk.sheet().homework) == 1
    assert desk.screen.look(0).label == "宿題　担当なし"
    assert "この決定の宿題は、もうあります" in desk.told


def test_an_empty_decision_asks_for_its_words_first(desk: Desk) -> None:
    desk.press(Key.Key_3, CTRL)
    desk.press(Key.Key_4, CTRL)
    desk.settle()
    assert desk.sheet().homework == ()
    assert "決定の文を書いてから、宿題にできます" in desk.told


def test_homework_follows_its_words_until_the_caret_leaves(desk: Desk) -> None:
    desk.press(Key.Key_4, CTRL)
    desk.type("図面の一覧を作る 高橋 8/5")
    desk.press(Key.Key_Return)
    desk.settle()
    assert desk.screen.look(0).label == "高橋様　8/5(火)"
    assert desk.screen._presenter.summary().count_words == "宿題 1"


def test_homework_below_a_decision_is_joined_to_it(desk: Desk) -> None:
    desk.type("出願する")
    desk.press(Key.Key_3, CTRL)
    desk.press(Key.Key_Return)
    desk.type("予約する")
    desk.press(Key.Key_4, CTRL)
    assert [desk.screen.look(index).is_linked for index in (0, 1)] == [False, True]


def test_f5_stamps_the_time_anew(desk: Desk, clock: SteppingClock) -> None:
    desk.type("主力は切削")
    clock.move(minutes=25)
    desk.press(Key.Key_F5)
    desk.settle()
    assert desk.screen.look(0).time == "13:25"
    assert desk.sheet().lines[0].stamped_at.minute == 25


def test_the_bar_marks_and_takes_over_what_is_being_converted(desk: Desk) -> None:
    desk.convert("せっさく")
    button = next(each for each in desk.screen.findChildren(MarkButton) if each.command_id == "mark_fact")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    desk.settle()
    assert [(line.text, line.mark) for line in desk.sheet().lines] == [("せっさく", Mark.FACT)]
    assert desk.editor.hasFocus()


def test_the_chip_opens_the_marks_of_its_line(desk: Desk) -> None:
    desk.paste("一\n二")
    row = row_of(desk.editor, desk.editor.document().firstBlock())
    gutter = desk.editor._gutter
    QTest.mouseClick(gutter, Qt.MouseButton.LeftButton, pos=QPoint(90, row.center))
    menu = desk.editor.findChild(LineMenu)
    words = [action.text().partition("\t")[0] for action in menu.actions()]
    assert words[:6] == ["事実", "課題", "決定", "宿題", "期限", "秘密"]
    menu.actions()[1].trigger()
    menu.close()
    desk.settle()
    assert [line.mark for line in desk.sheet().lines] == [Mark.ISSUE, None]


def test_the_level_of_a_line_is_set_from_its_menu(desk: Desk) -> None:
    desk.type("公開してよい話")
    desk.screen._set_level(Confidentiality.MEETING)
    desk.settle()
    assert desk.sheet().lines[0].level is Confidentiality.MEETING


def test_lines_without_a_mark_are_counted_and_found_one_by_one(desk: Desk) -> None:
    desk.paste("一\n二\n三")
    desk.press(Key.Key_Home, CTRL)
    desk.press(Key.Key_1, CTRL)
    assert desk.screen._bar._unmarked.label() == "印なし 2"
    desk.screen._go_to_unmarked()
    assert desk.editor.caret()[0] == 1
    desk.screen._go_to_unmarked()
    desk.screen._go_to_unmarked()
    assert desk.editor.caret()[0] == 1
