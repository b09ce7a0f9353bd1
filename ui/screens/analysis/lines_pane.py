"""The left column of 分析: what was said, and which of it still waits to be drawn on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.rows.analysis import AnalysisSheet
from ui.screens.analysis.entries import line_entries
from ui.screens.analysis.pane_list import LineList
from ui.theme.fonts import Role
from ui.theme.theme import theme
from ui.widgets.chips import KeyCap
from ui.widgets.empty_state import EmptyState
from ui.widgets.layouts import column, put, row
from ui.widgets.segmented import Option, Segmented
from ui.widgets.texts import Rule, Text

UNSORTED, EVERY = "unsorted", "every"
_INDENT = 20
_ROOM_FOR_WORDS, _ROOM_FOR_KEYS = 320, 200


class LinesPane(QWidget):
    """未整理 lines, or all; the signals carry ids of lines."""

    current_changed = Signal(str)
    send_asked = Signal(str)
    """Space: draw on this line."""
    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("ground", "surface")
        self._sheet: AnalysisSheet | None = None
        self._count = Text("", Role.TABLE, "sub")
        self._scope = Segmented(
            [Option(UNSORTED, "未整理"), Option(EVERY, "すべて")], name="表示する行", small=True
        )
        self.list = LineList(name="面談の行", indent=_INDENT)
        self._empty = EmptyState("まだ行がありません", "面談の行から知財の種を拾います。")
        self._all_sorted = EmptyState(
            "整理が済みました", "未整理の行はありません。\n「すべて」で見返せます。"
        )
        self._nothing_yet = QWidget()
        self._foot = QWidget()
        self._build()

    def show_sheet(self, sheet: AnalysisSheet) -> None:
        """Show the lines of a company; a line that left the list gives the focus to its follower."""
        is_same = self._sheet is not None and self._sheet.company_id == sheet.company_id
        place = self.list.place() if is_same else 0
        self._sheet = sheet
        self._show_count()
        has_lines = any(line.text.strip() for line in sheet.lines)
        self._say_when_empty(self._all_sorted if has_lines else self._empty)
        self.list.show_entries(line_entries(sheet, only_unsorted=self.scope() == UNSORTED))
        self.list.return_to(place)

    def blank(self) -> None:
        """Show nothing until the lines of another company are there."""
        self._sheet = None
        self._count.setText("")
        self._say_when_empty(self._nothing_yet)
        self.list.show_entries([])

    def scope(self) -> str:
        """UNSORTED or EVERY."""
        return self._scope.value()

    def show_scope(self, scope: str) -> None:
        """Show unsorted lines or all."""
        self._scope.choose(scope)
        self._scope_chosen(scope)

    def go_to(self, line_id: str) -> None:
        """Focus a line, among all where it is not an unsorted one."""
        self.list.go_to(line_id)
        if self.list.current_key() != line_id and self.scope() == UNSORTED:
            self.show_scope(EVERY)
            self.list.go_to(line_id)

    def _build(self) -> None:
        head = row(spacing=8, margins=(_INDENT, 8, 16, 8))
        put(head, Text("面談の行", Role.BODY_BOLD), self._count, None, self._scope)
        foot = row(spacing=6, margins=(_INDENT, 7, 16, 7))
        edged = column(self._foot, spacing=0)
        put(edged, Rule(), foot)
        put(foot, KeyCap("Space"), Text("右へ送る", Role.CAPTION, "sub"), 8)
        put(foot, KeyCap("Enter"), Text("面談へ", Role.CAPTION, "sub"), None)
        whole = column(self, spacing=0)
        put(whole, head, Rule())
        whole.addWidget(self.list, 1)
        put(whole, self._foot)
        self._scope.chosen.connect(self._scope_chosen)
        self.list.current_changed.connect(self.current_changed)
        self.list.space_pressed.connect(self._ask_to_send)
        self.list.opened.connect(self.opened)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten the count, and leave out the keys, where there is no room."""
        super().resizeEvent(event)
        self._foot.setVisible(self.height() >= theme().px(_ROOM_FOR_KEYS))
        self._show_count()

    def _show_count(self) -> None:
        if self._sheet is not None:
            word = "未整理 " if self.width() >= theme().px(_ROOM_FOR_WORDS) else ""
            self._count.setText(f"{word}{len(self._sheet.unsorted)}")

    def _say_when_empty(self, words: QWidget) -> None:
        for each in (self._empty, self._all_sorted, self._nothing_yet):
            each.hide()
        self.list.show_when_empty(words)

    def _scope_chosen(self, _scope: str) -> None:
        if self._sheet is not None:
            self.show_sheet(self._sheet)

    def _ask_to_send(self, line_id: str) -> None:
        if line_id:
            self.send_asked.emit(line_id)
