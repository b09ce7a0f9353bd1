"""The keyboard on the screen covers neither the line that is typed nor the marks (design-ux 2.3)."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QWidget

from app.domain.note_sheet import Edit
from build_spec.fitting import misfits
from tests.ui.visit.conftest import Visit, _line
from ui.application import show_theme
from ui.shell.screen_keyboard import ScreenKeyboard, in_window
from ui.theme.metrics import TextStep
from ui.widgets.notes.mark_bar import MarkBar

KEYBOARD = QRect(0, 440, 1366, 248)
PUT_AWAY = QRect()


@pytest.fixture
def fingers(visit: Visit) -> Iterator[Visit]:
    """S04 for fingers, with more lines than are seen and the caret in the last."""
    lines = tuple(_line(visit.services, minute, f"{minute}行目", None) for minute in range(10, 40))
    visit.services.support_sessions.edit_lines(visit.id, Edit(put=lines))
    show_theme("light", TextStep.STANDARD, for_fingers=True)
    visit.program.window.resize(1366, 688)
    visit.open("sessions")
    visit.screen._editor.place_caret(36, 0)
    yield visit
    show_theme("light", TextStep.STANDARD)


def keyboard(visit: Visit) -> ScreenKeyboard:
    found = visit.program.window.findChild(ScreenKeyboard)
    assert found is not None
    return found


def lowest(visit: Visit, widget: QWidget, rect: QRect) -> int:
    return widget.mapTo(visit.program.window, rect.bottomLeft()).y()


def caret(visit: Visit) -> tuple[int, int]:
    """Bottom of the caret in the window, and how far down the notes it is, from 0 to 1."""
    editor = visit.screen._editor
    line = editor.cursorRect()
    return lowest(visit, editor.viewport(), line), line.top() / editor.viewport().height()


def test_line_and_marks_stand_above_the_keyboard_and_come_back(fingers: Visit) -> None:
    editor = fingers.screen._editor
    editor.place_caret(20, 0)
    height = editor.height()
    keyboard(fingers).give_way(KEYBOARD)
    (marks,) = fingers.house.shown(MarkBar)
    assert lowest(fingers, marks, marks.rect()) < KEYBOARD.top()
    bottom, share = caret(fingers)
    assert bottom < KEYBOARD.top()
    assert share == pytest.approx(1 / 3, abs=0.05)
    assert misfits(fingers.program.window) == []
    keyboard(fingers).give_way(PUT_AWAY)
    assert editor.height() == height


def test_the_last_line_is_seen_as_well(fingers: Visit) -> None:
    keyboard(fingers).give_way(KEYBOARD)
    assert caret(fingers)[0] < KEYBOARD.top()


def test_a_field_of_the_panel_is_scrolled_into_sight(fingers: Visit) -> None:
    fingers.press("F2")
    field = fingers.program.window.focusWidget()
    assert field is not None
    keyboard(fingers).give_way(KEYBOARD)
    assert lowest(fingers, field, field.rect()) < KEYBOARD.top()


def test_without_fingers_what_opens_while_converting_moves_nothing(visit: Visit) -> None:
    visit.open("sessions")
    keyboard(visit).give_way(KEYBOARD)
    assert visit.program.window.contentsMargins().bottom() == 0


def test_windows_tells_the_place_on_the_screen(visit: Visit) -> None:
    window = visit.program.window
    on_screen = QRect(window.mapToGlobal(QPoint(0, 440)), QSize(1366, 248))
    assert in_window(on_screen, window, "win32") == KEYBOARD
    assert in_window(KEYBOARD, window, "linux") == KEYBOARD
