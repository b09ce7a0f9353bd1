"""秘密 lines: masked by painting wherever the caret is not, and in whatever leaves the editor."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QAccessible, QGuiApplication

from app.domain.terms import Mark
from tests.ui.support_session.conftest import CTRL, SHIFT, Desk, Key
from ui.widgets.notes.line_look import HIDDEN_LINE
from ui.widgets.notes.rows import row_of


@pytest.fixture
def secret_desk(desk: Desk) -> Desk:
    """事実 / 秘密 / 事実, with the caret in the last line."""
    desk.paste("主力は切削\n焼入れは850度で40分\n次の話")
    desk.press(Key.Key_Up)
    desk.press(Key.Key_6, CTRL)
    desk.press(Key.Key_Down)
    desk.settle()
    return desk


def band(desk: Desk, index: int):
    row = row_of(desk.editor, desk.editor.document().findBlockByNumber(index))
    return desk.editor.viewport().grab(QRect(0, row.top, 700, row.height)).toImage()


def test_masking_never_touches_the_document(secret_desk: Desk) -> None:
    assert secret_desk.editor.texts()[1] == "焼入れは850度で40分"
    assert secret_desk.editor.is_masked(1)


def test_a_masked_line_looks_the_same_whatever_it_says(secret_desk: Desk) -> None:
    masked = band(secret_desk, 1)
    secret_desk.press(Key.Key_Up)
    assert not secret_desk.editor.is_masked(1)
    assert band(secret_desk, 1) != masked
    secret_desk.press(Key.Key_End)
    secret_desk.press(Key.Key_Backspace, times=4)
    secret_desk.press(Key.Key_Down)
    assert band(secret_desk, 1) == masked


def test_the_line_is_masked_when_the_focus_goes_elsewhere(secret_desk: Desk) -> None:
    secret_desk.press(Key.Key_Up)
    secret_desk.editor.clearFocus()
    assert secret_desk.editor.is_masked(1)


def test_a_copy_holds_words_in_place_of_masked_lines(secret_desk: Desk) -> None:
    secret_desk.press(Key.Key_A, CTRL)
    secret_desk.press(Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == f"主力は切削\n{HIDDEN_LINE}\n次の話"


def test_the_line_of_the_caret_can_be_copied(secret_desk: Desk) -> None:
    secret_desk.press(Key.Key_Up)
    secret_desk.press(Key.Key_Home)
    secret_desk.press(Key.Key_End, SHIFT)
    secret_desk.press(Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "焼入れは850度で40分"


def test_cutting_leaves_masked_lines_in_place(secret_desk: Desk) -> None:
    secret_desk.press(Key.Key_A, CTRL)
    secret_desk.press(Key.Key_X, CTRL)
    assert secret_desk.editor.texts() == ["主力は切削", "焼入れは850度で40分", "次の話"]
    assert any("切り取らずに" in words for words in secret_desk.told)


def test_the_panel_hides_what_is_secret(secret_desk: Desk) -> None:
    secret_desk.press(Key.Key_Up)
    secret_desk.press(Key.Key_3, CTRL)
    secret_desk.press(Key.Key_4, CTRL)
    secret_desk.settle()
    items = secret_desk.screen._presenter.summary().items
    assert [(item.mark, item.text) for item in items] == [
        (Mark.DECISION, HIDDEN_LINE),
        (Mark.HOMEWORK, HIDDEN_LINE),
    ]


def test_a_screen_reader_hears_words_in_place_of_masked_lines(secret_desk: Desk) -> None:
    reader = QAccessible.queryAccessibleInterface(secret_desk.editor)
    heard = reader.textInterface()
    assert reader.text(QAccessible.Text.Value) == f"主力は切削\n{HIDDEN_LINE}\n次の話"
    assert heard.text(0, 5) == "主力は切削"
    assert heard.text(6, 6 + len(HIDDEN_LINE)) == HIDDEN_LINE
    assert heard.characterCount() == len(f"主力は切削\n{HIDDEN_LINE}\n次の話")
    assert heard.cursorPosition() == heard.characterCount()
    heard.setCursorPosition(7)
    assert secret_desk.editor.caret()[0] == 1
    assert reader.text(QAccessible.Text.Value).splitlines()[1] == "焼入れは850度で40分"
    assert reader.state().multiLine


def test_the_text_stays_where_it_is_whatever_is_painted_around_it(secret_desk: Desk) -> None:
    document = secret_desk.editor.document()
    places = [document.findBlockByNumber(number).layout().position() for number in range(3)]
    secret_desk.press(Key.Key_Up)
    secret_desk.press(Key.Key_1, CTRL)
    secret_desk.press(Key.Key_Down)
    assert [document.findBlockByNumber(number).layout().position() for number in range(3)] == places
    assert {place.x() for place in places} == {0.0}


def test_opening_a_visit_shows_no_secret_line(secret_desk: Desk) -> None:
    secret_desk.press(Key.Key_6, CTRL)
    secret_desk.settle()
    secret_desk.screen._presenter.visit = None
    secret_desk.open(secret_desk.session_id)
    assert secret_desk.editor.caret()[0] == 0
    assert [secret_desk.editor.is_masked(index) for index in range(3)] == [False, True, True]
