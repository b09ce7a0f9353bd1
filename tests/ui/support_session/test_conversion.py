"""While Japanese is being converted, only the conversion reacts."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from app.domain.note_sheet import Edit
from tests.ui.support_session.conftest import CTRL, Desk, Key
from ui.actions import COMMANDS
from ui.input_method import is_converting

A2_KEYS = [
    *((key, CTRL) for key in (Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_4, Key.Key_5, Key.Key_6)),
    (Key.Key_P, CTRL),
    (Key.Key_R, CTRL),
    (Key.Key_F2, Qt.KeyboardModifier.NoModifier),
    (Key.Key_F4, Qt.KeyboardModifier.NoModifier),
    (Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
    (Key.Key_Return, Qt.KeyboardModifier.NoModifier),
]


def test_no_key_of_the_program_acts_while_converting(desk: Desk) -> None:
    """A2, and every shortcut there is."""
    desk.type("次回は")
    desk.convert("だいちょう")
    route = desk.window.route()
    keys = [
        (combination.key(), combination.keyboardModifiers())
        for command in COMMANDS
        for combination in (QKeySequence(keys)[0] for keys in command.keys)
    ]
    for key, modifiers in (*A2_KEYS, *keys):
        desk.press(key, modifiers)
        assert is_converting(), (key, modifiers)
    assert desk.window.route() == route
    assert desk.editor.texts() == ["次回は"]
    assert desk.screen.look(0).mark == ""
    desk.type("台帳")
    desk.settle()
    assert desk.editor.texts() == ["次回は台帳"]
    assert desk.said() == []


def test_the_editor_lets_every_shortcut_go(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []
    monkeypatch.setattr(desk.window, "run_command", heard.append)
    desk.type("主力は切削")
    desk.press(Key.Key_Left, times=2)
    for command in COMMANDS:
        heard.clear()
        for keys in command.keys:
            combination = QKeySequence(keys)[0]
            desk.press(combination.key(), combination.keyboardModifiers())
        assert heard == [command.id] * len(command.keys)
        assert desk.editor.texts() == ["主力は切削"]
        assert desk.editor.caret() == (0, 3)


def test_what_comes_from_the_record_waits_until_the_conversion_has_ended(desk: Desk) -> None:
    desk.paste("一\n二")
    desk.settle()
    desk.convert("さん")
    desk.services.support_sessions.edit_lines(desk.session_id, Edit(withdrawn=(desk.sheet().lines[0].id,)))
    desk.settle()
    assert desk.editor.texts() == ["一", "二"]
    assert is_converting()
    desk.type("三")
    desk.qtbot.waitUntil(lambda: desk.editor.texts() == ["二三"])
    assert [line.text for line in desk.keeper.lines] == ["二三"]


def test_the_candidates_are_placed_beside_the_gutter(desk: Desk) -> None:
    desk.type("主力")
    inside = desk.editor.cursorRect().translated(desk.editor.viewport().pos())
    asked = desk.editor.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    assert abs(asked.x() - inside.x()) <= 1
    assert asked.x() > 136


def test_text_that_is_converted_is_underlined(desk: Desk) -> None:
    before = desk.editor.viewport().grab().toImage()
    desk.convert("だいちょう")
    assert desk.editor.viewport().grab().toImage() != before
