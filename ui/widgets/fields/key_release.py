"""Editors let the keys of the program's commands go, which Qt would otherwise use for line editing."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence

from ui.actions import is_command_key

_KEY_EVENTS = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
_UNDO_KEYS = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


def lets_go(event: QEvent, *, has_own_undo: bool) -> bool:
    """Whether the editor must not look at this event; it has been marked as ignored then.

    Ctrl+Z stays with the editor while it holds typing that the record does not have yet (`has_own_undo`).
    """
    if event.type() not in _KEY_EVENTS or not isinstance(event, QKeyEvent):
        return False
    if has_own_undo and any(event.matches(key) for key in _UNDO_KEYS):
        return False
    if not is_command_key(event):
        return False
    event.ignore()
    return True
