"""The menu of a line: its mark, its time, its 取扱, and the clipboard."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from app.domain.confidentiality import level_of
from app.domain.terms import Confidentiality
from ui.actions import MARK_COMMANDS, command
from ui.theme.icons import icon
from ui.theme.paint import mark_word
from ui.widgets.notes.note_editor import NoteEditor


class LineMenu(QMenu):
    """Belongs to one opening: it goes away when it closes."""

    command_chosen = Signal(str)
    """A command of the screen: a mark, the time, or the history of the line."""
    level_chosen = Signal(object)
    """A `Confidentiality`, or None for that of the visit."""

    def __init__(self, editor: NoteEditor, mark: str, level: Confidentiality | None) -> None:
        super().__init__(editor)
        self._editor = editor
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._add_marks(mark)
        self.addSeparator()
        self._add_command("stamp", "いまの時刻を入れる")
        self._levels = self.addMenu("この行の取扱")
        self._add_levels(level)
        self.addAction(icon("history"), "この行の履歴").setData("line_history")
        self.triggered.connect(self._tell)

    def add_clipboard(self) -> None:
        """Add cutting, copying and pasting."""
        self.addSeparator()
        has_selection = self._editor.textCursor().hasSelection()
        for words, act, is_possible in (
            ("切り取り\tCtrl+X", self._editor.cut_selection, has_selection),
            ("コピー\tCtrl+C", self._editor.copy, has_selection),
            ("貼り付け\tCtrl+V", self._editor.paste, self._editor.canPaste()),
            ("すべて選ぶ\tCtrl+A", self._editor.selectAll, True),
        ):
            action = self.addAction(words)
            action.setEnabled(is_possible)
            action.triggered.connect(act)

    def _add_marks(self, own: str) -> None:
        for command_id, mark in MARK_COMMANDS.items():
            words = mark_word(mark)
            self._add_command(command_id, f"{words} を外す" if mark == own else words)

    def _add_command(self, command_id: str, words: str) -> None:
        known = command(command_id)
        action = self.addAction(icon(known.icon), f"{words}\t{known.key}")
        action.setData(command_id)

    def _add_levels(self, now: Confidentiality | None) -> None:
        for level in (None, *Confidentiality):
            action = self._levels.addAction(level.term if level else "面談と同じ")
            action.setCheckable(True)
            action.setChecked(level == now)
            action.setData(str(level) if level else "")

    def _tell(self, action: QAction) -> None:
        """Also called for the menu of levels, which lies within this one."""
        chosen = action.data()
        if action in self._levels.actions():
            self.level_chosen.emit(level_of(chosen))
        elif chosen:
            self.command_chosen.emit(chosen)
