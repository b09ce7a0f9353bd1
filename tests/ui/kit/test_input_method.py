"""While a Japanese conversion is open, only the conversion reacts, and no text is lost."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt, Signal
from PySide6.QtGui import QInputMethodQueryEvent, QKeySequence, QMouseEvent, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QListWidget, QPushButton, QVBoxLayout
from pytestqt.qtbot import QtBot

from app.making_way import COURTESY
from tests.ui.keyboard import commit_text, convert_text, press_key
from ui import input_method
from ui.actions import COMMANDS
from ui.input_method import commit, conversion, is_converting, when_idle
from ui.widgets.fields.long_text_field import LongTextField
from ui.widgets.fields.text_field import SearchField, TextField

_MARGIN = QPoint(2, 2)
"""Where a click meets the bench and none of its widgets."""
Editor = TextField | LongTextField


class Bench(QDialog):
    """Two editors, a default button, and a shortcut for every command key."""

    pointed_at = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.pressed: list[str] = []
        self.line, self.lines = TextField(), LongTextField()
        self.button = QPushButton("決める")
        self.button.setDefault(True)
        self.button.clicked.connect(self._note_button)
        layout = QVBoxLayout(self)
        for widget in (self.line, self.lines, self.button):
            layout.addWidget(widget)
        for command in COMMANDS:
            for keys in command.keys:
                shortcut = QShortcut(QKeySequence(keys), self)
                shortcut.setObjectName(command.id)
                shortcut.activated.connect(self._note_shortcut)

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.pointed_at.emit()

    def _note_button(self) -> None:
        self.pressed.append("button")

    def _note_shortcut(self) -> None:
        self.pressed.append(self.sender().objectName())


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    bench = Bench()
    qtbot.addWidget(bench)
    bench.show()
    bench.activateWindow()
    qtbot.waitUntil(bench.isActiveWindow)
    yield bench
    commit_text(bench.line, "")


def editor(bench: Bench, name: str) -> Editor:
    found: Editor = getattr(bench, name)
    found.setFocus()
    return found


@pytest.mark.parametrize("name", ["line", "lines"])
@pytest.mark.parametrize("command", [each for each in COMMANDS if each.keys], ids=lambda command: command.id)
def test_a_shortcut_works_in_an_editor_but_not_during_a_conversion(bench: Bench, name: str, command) -> None:
    field = editor(bench, name)
    commit_text(field, "本文")
    convert_text(field, "へんかん")
    press_key(field, command.keys[0])
    assert bench.pressed == []
    assert is_converting()
    commit_text(field, "変換")
    if command.id in ("undo", "redo"):
        return  # typing that the record has not got yet is undone by the editor itself
    press_key(field, command.keys[0])
    assert bench.pressed == [command.id]
    assert field.text() == "本文変換"


@pytest.mark.parametrize("name", ["line", "lines"])
@pytest.mark.parametrize("keys", ["Return", "Enter", "Esc", "Up", "Down", "Tab", "F4", "Space", "Del"])
def test_keys_of_forms_and_lists_do_nothing_during_a_conversion(bench: Bench, name: str, keys: str) -> None:
    field = editor(bench, name)
    convert_text(field, "へんかん")
    press_key(field, keys)
    assert bench.pressed == []
    assert bench.isVisible()
    assert field.hasFocus()
    assert is_converting()


def test_enter_outside_a_conversion_does_not_press_the_default_button_either(bench: Bench) -> None:
    field = editor(bench, "line")
    press_key(field, "Return")
    assert bench.pressed == []
    assert bench.lines.hasFocus()


@pytest.mark.parametrize("name", ["line", "lines"])
def test_text_under_conversion_is_kept_when_the_focus_moves(bench: Bench, name: str) -> None:
    field = editor(bench, name)
    told: list[str] = []
    field.left.connect(told.append)
    convert_text(field, "へんかん")
    bench.button.setFocus()
    assert field.text() == "へんかん"
    assert told == ["へんかん"]
    assert not is_converting()


def test_text_under_conversion_is_kept_when_a_click_lands_in_the_editor(bench: Bench) -> None:
    field = editor(bench, "lines")
    convert_text(field, "へんかん")
    QTest.mouseClick(bench.lines.viewport(), Qt.MouseButton.LeftButton)
    assert field.text() == "へんかん"


def test_commit_takes_over_what_is_converted_in_its_place(bench: Bench) -> None:
    field = editor(bench, "line")
    commit_text(field, "前後")
    bench.line.setCursorPosition(1)
    convert_text(field, "中")
    commit()
    assert field.text() == "前中後"


@pytest.mark.parametrize("name", ["line", "lines"])
def test_a_value_from_outside_waits_until_the_conversion_has_ended(
    bench: Bench, name: str, qtbot: QtBot
) -> None:
    field = editor(bench, name)
    convert_text(field, "へんかん")
    field.show_text("ほかの人の文")
    assert field.text() == ""
    assert conversion().preedit == "へんかん"
    commit_text(field, "")
    qtbot.waitUntil(lambda: field.text() == "ほかの人の文")


def test_a_waiting_change_of_a_closed_widget_is_forgotten(bench: Bench, qtbot: QtBot) -> None:
    field = editor(bench, "line")
    gone = QListWidget()
    convert_text(field, "へんかん")
    ran: list[str] = []
    when_idle(gone, lambda: ran.append("gone"))
    when_idle(bench, lambda: ran.append("here"))
    gone.deleteLater()
    QCoreApplication.sendPostedEvents(gone, 52)
    commit_text(field, "")
    qtbot.waitUntil(lambda: bool(ran))
    assert ran == ["here"]


def test_search_waits_for_committed_characters(qtbot: QtBot) -> None:
    field = SearchField("さがす")
    qtbot.addWidget(field)
    field.show()
    field.activateWindow()
    qtbot.waitUntil(field.isActiveWindow)
    field.setFocus()
    asked: list[str] = []
    field.searched.connect(asked.append)
    convert_text(field, "ほっこく")
    qtbot.wait(300)
    assert asked == []
    commit_text(field, "北国")
    qtbot.waitUntil(lambda: asked == ["北国"])


@pytest.mark.parametrize("name", ["line", "lines"])
def test_a_long_text_is_never_cut(bench: Bench, name: str) -> None:
    field = editor(bench, name)
    commit_text(field, "長" * 5000)
    field.flush()
    assert len(field.text()) == 5000


def test_the_candidates_appear_at_the_caret(bench: Bench) -> None:
    commit_text(editor(bench, "lines"), "一行目\n二行目")
    query = QInputMethodQueryEvent(Qt.InputMethodQuery.ImCursorRectangle)
    QCoreApplication.sendEvent(bench.lines, query)
    caret = bench.lines.cursorRect().translated(bench.lines.viewport().pos())
    assert query.value(Qt.InputMethodQuery.ImCursorRectangle).toAlignedRect().contains(caret.center())
    assert abs(query.value(Qt.InputMethodQuery.ImCursorRectangle).x() - caret.x()) <= 1


def _lets_go(field: Editor) -> None:
    """What ibus does when Qt asks it under X11: the text that was being converted is gone."""
    convert_text(field, "")


def _commits(field: Editor) -> None:
    commit_text(field, "へんかん")


def _is_silent(_field: Editor) -> None:
    pass


@pytest.mark.parametrize("answer", [_lets_go, _commits, _is_silent])
@pytest.mark.parametrize("name", ["line", "lines"])
def test_a_conversion_is_taken_over_once_whatever_the_input_method_does(
    bench: Bench, name: str, answer: Callable[[Editor], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    field = editor(bench, name)
    commit_text(field, "本文")
    convert_text(field, "へんかん")
    monkeypatch.setattr(input_method, "_ask_input_method", lambda: answer(field))
    commit()
    assert field.text() == "本文へんかん"
    assert not is_converting()


@pytest.mark.parametrize("name", ["line", "lines"])
def test_a_click_that_makes_the_input_method_let_go_keeps_the_text(bench: Bench, name: str) -> None:
    field = editor(bench, name)
    convert_text(field, "へんかん")
    bench.pointed_at.connect(lambda: _lets_go(field))
    QTest.mousePress(bench.windowHandle(), Qt.MouseButton.LeftButton, pos=_MARGIN)
    field.flush()
    assert field.text() == "へんかん"


@pytest.mark.parametrize("name", ["line", "lines"])
def test_a_text_that_was_let_go_of_because_the_keys_go_elsewhere_stays(bench: Bench, name: str) -> None:
    field = editor(bench, name)
    convert_text(field, "へんかん")
    _lets_go(field)
    _lets_go(field)
    bench.button.setFocus()
    assert field.text() == "へんかん"


@pytest.mark.parametrize("name", ["line", "lines"])
def test_a_text_that_a_person_gave_up_with_a_key_does_not_come_back(bench: Bench, name: str) -> None:
    field = editor(bench, name)
    convert_text(field, "へんかん")
    _lets_go(field)
    QTest.keyRelease(field, Qt.Key.Key_Escape)
    bench.button.setFocus()
    assert field.text() == ""


def test_a_key_has_python_for_itself_until_the_window_has_nothing_left_to_do(
    bench: Bench, qtbot: QtBot
) -> None:
    field = editor(bench, "lines")
    qtbot.waitUntil(lambda: not COURTESY.is_asked)
    commit_text(field, "治")
    assert COURTESY.is_asked
    qtbot.waitUntil(lambda: not COURTESY.is_asked)
