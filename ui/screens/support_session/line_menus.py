"""The three ways to the menu of a line: its chip, the foot of the notes, and the right button."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Qt, Signal

from app.domain.terms import Confidentiality
from ui.input_method import commit
from ui.screens.support_session.line_menu import LineMenu
from ui.widgets.notes.line_look import LineLooks
from ui.widgets.notes.mark_bar import MarkBar
from ui.widgets.notes.note_editor import END, NoteEditor


class LineMenus(QObject):
    """The menu is always about the line of the caret, which goes to the line that was pressed."""

    command_chosen = Signal(str)
    level_chosen = Signal(object)

    def __init__(
        self,
        editor: NoteEditor,
        bar: MarkBar,
        looks: LineLooks,
        level_of: Callable[[int], Confidentiality | None],
    ) -> None:
        super().__init__(editor)
        self._editor, self._bar, self._looks, self._level_of = editor, bar, looks, level_of
        editor.chip_pressed.connect(self._open_at_chip)
        editor.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        editor.customContextMenuRequested.connect(self._open_at_press)
        bar.more_asked.connect(self._open_above_foot)

    def _open_at_chip(self, index: int, where: QPoint) -> None:
        if index != self._editor.caret()[0]:
            self._editor.place_caret(index, END)
        self._editor.setFocus(Qt.FocusReason.MouseFocusReason)
        self._made().popup(where)

    def _open_above_foot(self) -> None:
        menu, button = self._made(), self._bar.more
        menu.popup(button.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _open_at_press(self, where: QPoint) -> None:
        commit()
        menu = self._made()
        menu.add_clipboard()
        menu.popup(self._editor.viewport().mapToGlobal(where))

    def _made(self) -> LineMenu:
        index = self._editor.caret()[0]
        menu = LineMenu(self._editor, self._looks.look(index).mark, self._level_of(index))
        menu.command_chosen.connect(self.command_chosen)
        menu.level_chosen.connect(self.level_chosen)
        return menu
