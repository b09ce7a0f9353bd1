"""The key map of the program is one table without doubles, and leaves the input method its keys."""

from PySide6.QtGui import QKeySequence

from ui.actions import COMMANDS, command
from ui.theme.icons import icon

TAKEN_BY_INPUT_METHODS = {"F6", "F7", "F8", "F9", "F10", "Ctrl+Space", "Shift+Space", "Ctrl+F7", "Ctrl+F10"}


def test_every_key_belongs_to_one_command_only() -> None:
    keys = [QKeySequence(key).toString() for known in COMMANDS for key in known.keys]
    assert all(keys)
    assert len(keys) == len(set(keys))


def test_every_command_has_its_own_id_and_a_word() -> None:
    ids = [known.id for known in COMMANDS]
    assert len(ids) == len(set(ids))
    assert all(known.label for known in COMMANDS)


def test_no_key_is_one_that_an_input_method_needs() -> None:
    assert not TAKEN_BY_INPUT_METHODS & {key for known in COMMANDS for key in known.keys}


def test_every_icon_of_a_command_is_drawn() -> None:
    for drawn in {known.icon for known in COMMANDS if known.icon}:
        icon(drawn)  # raises where there is no such drawing


def test_a_key_cap_says_the_name_on_the_keyboard() -> None:
    assert command("finish").key == "Ctrl+Enter"
    assert command("back").key == "Alt+左"
