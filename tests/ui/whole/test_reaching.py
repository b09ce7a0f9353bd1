"""Every screen by keyboard alone, and by ear: one walk, asked for each thing by its own test."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.paths import StoreFolder
from build_spec.fitting import misfits
from build_spec.pictures import Look
from build_spec.reaching import unheard, unreachable
from build_spec.screens import StillClock, close, settle
from tests.ui.whole.survey import Survey, bare, survey
from ui.program import Program
from ui.theme.metrics import TextStep
from ui.widgets.buttons import Button
from ui.widgets.row_list import RowList
from ui.widgets.segmented import Option, Segmented
from ui.widgets.tab_strip import Tab, TabStrip

USUAL = Look(1366, 688, TextStep.STANDARD, "light")


@pytest.fixture(scope="session")
def walked(practice: Program) -> Survey:
    return survey(practice, USUAL)


@pytest.fixture(scope="session")
def walked_empty(empty: Program) -> Survey:
    return survey(empty, USUAL)


def test_everything_fits(walked: Survey, walked_empty: Survey) -> None:
    assert walked.misfits + walked_empty.misfits == []


def test_tab_comes_to_everything_and_leaves_it_again(walked: Survey, walked_empty: Survey) -> None:
    assert walked.unreachable + walked_empty.unreachable == []


def test_every_control_row_and_cell_says_what_it_is(walked: Survey, walked_empty: Survey) -> None:
    assert walked.unheard + walked_empty.unheard == []


def test_every_empty_list_says_what_will_be_there(walked: Survey, walked_empty: Survey) -> None:
    assert walked.bare + walked_empty.bare == []


def test_a_list_that_says_nothing_is_told(qtbot: QtBot) -> None:
    window = window_with(qtbot, RowList(name="宿題"))
    assert bare(window) == ["RowList「宿題」 in QWidget"]


def test_closing_a_panel_leaves_the_focus_somewhere_in_sight(walked: Survey) -> None:
    assert walked.left_without_focus == []


class Trap(QPushButton):
    """Keeps Tab to itself."""

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002
        return True


def window_with(qtbot: QtBot, *widgets: QWidget) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    for widget in widgets:
        layout.addWidget(widget)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    widgets[0].setFocus()
    return window


def test_a_trap_is_told(qtbot: QtBot) -> None:
    window = window_with(qtbot, Button("一"), Trap("二"), Button("三"))
    assert any("Tab does not leave it" in each for each in unreachable(window))


def test_a_focus_without_a_sign_is_told(qtbot: QtBot) -> None:
    plain = QWidget()
    plain.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    plain.setMinimumSize(40, 20)
    plain.setProperty("ring", "none")
    window = window_with(qtbot, plain, Button("二"))
    assert unreachable(window) == ["QWidget in QWidget: has the focus without a sign of it"]


def test_a_button_without_a_name_is_told(qtbot: QtBot) -> None:
    window = window_with(qtbot, Button(""), Button("二"))
    assert unheard(window) == ["Button in QWidget: has no name"]


def test_tabs_and_choices_are_heard_as_what_they_are(qtbot: QtBot) -> None:
    tabs = TabStrip([Tab("one", "概要"), Tab("two", "面談")])
    choice = Segmented([Option("a", "小"), Option("b", "大")], name="文字の大きさ")
    window = window_with(qtbot, tabs, choice)
    assert unheard(window) == []


def test_a_screen_reader_can_press_a_tab(qtbot: QtBot) -> None:
    from PySide6.QtGui import QAccessible

    tabs = TabStrip([Tab("one", "概要"), Tab("two", "面談")])
    window = window_with(qtbot, tabs)
    second = window.findChildren(QPushButton)[1]
    heard = QAccessible.queryAccessibleInterface(second)
    with qtbot.waitSignal(tabs.chosen, check_params_cb=lambda key: key == "two"):
        heard.actionInterface().doAction("Press")
    assert heard.state().selected


def test_arrows_move_inside_a_table_and_tab_leaves_it(practice: Program) -> None:
    from ui.navigation import Place, Route
    from ui.widgets.row_table import RowTable

    USUAL.put_on(practice)
    practice.window.open(Route(Place.COMPANIES))
    settle(practice)
    table = next(each for each in practice.window.findChildren(RowTable) if each.isVisible())
    table.setFocus()
    table.setCurrentIndex(table.model().index(0, 0))
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert table.hasFocus()
    assert table.currentIndex().row() == 1
    QTest.keyClick(table, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not table


def test_the_doors_of_the_program_can_be_reached_heard_and_seen(practice: Program, tmp_path: Path) -> None:
    first = Program(StoreFolder(tmp_path / "none"), tmp_path / "settings.json", StillClock())
    first.start()
    USUAL.put_on(first)
    settle(first)
    assert checked(first.window) == []
    close(first)
    USUAL.put_on(practice)
    practice.lock()
    settle(practice)
    assert checked(practice.window) == []
    practice.window.hide_lock()


def checked(window: QWidget) -> list[str]:
    return [*misfits(window), *unreachable(window), *unheard(window)]
