"""What one action of 履歴 did: each item, each field with its difference, and the way back."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.rows.history import DEED_WORDS, Deed, HistoryChange, HistoryItem, HistoryRow
from ui.screens.company.history.entries import moment_words
from ui.theme.fonts import Role
from ui.widgets.buttons import Button
from ui.widgets.difference_text import DifferenceText
from ui.widgets.layouts import column, put, row
from ui.widgets.texts import Paragraph, Rule, Text


class EntryDetails(QWidget):
    """`restore_asked` carries item and change, `undelete_asked` the item, `take_back_asked` the entry."""

    restore_asked = Signal(object, object)
    undelete_asked = Signal(object)
    take_back_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = column(self, spacing=0)
        self._shown: QWidget | None = None

    def show_entry(self, entry: HistoryRow | None) -> None:
        """Show one action; None shows nothing."""
        if self._shown is not None:
            self._shown.hide()
            self._shown.deleteLater()
        self._shown = self._described(entry) if entry else None
        if self._shown is not None:
            self._whole.addWidget(self._shown)

    def _described(self, entry: HistoryRow) -> QWidget:
        whole = QWidget()
        lines = column(whole, spacing=8, margins=(20, 14, 20, 14))
        put(lines, Paragraph(entry.words, Role.BODY_BOLD), Paragraph(moment_words(entry), Role.TABLE, "sub"))
        if entry.can_be_taken_back and _is_compound(entry):
            take_back = partial(self.take_back_asked.emit, entry)
            lines.addLayout(self._button("この時のすべてを前に戻す", take_back))
        for item in entry.items:
            if (words := _item_words(item)) != entry.words:
                put(lines, 4, Rule(), 4, Paragraph(words, Role.TABLE_BOLD))
            for change in item.changes:
                self._add_change(lines, item, change, can_restore=not entry.is_whole)
            if item.deed is Deed.DELETED and not entry.is_whole:
                lines.addLayout(self._button("元に戻す", partial(self.undelete_asked.emit, item)))
        if more := entry.item_count - len(entry.items):
            put(lines, 4, Rule(), 4, Paragraph(f"ほか {more}件", Role.TABLE, "sub"))
        return whole

    def _add_change(
        self, lines: QVBoxLayout, item: HistoryItem, change: HistoryChange, *, can_restore: bool
    ) -> None:
        lines.addWidget(Text(change.field_term, Role.CAPTION, "sub"))
        if change.differences:
            lines.addWidget(DifferenceText(change.differences))
        else:
            lines.addWidget(Paragraph(_values(item, change)))
        if can_restore and change.can_restore and item.deed is Deed.CHANGED:
            lines.addLayout(self._button("前に戻す", partial(self.restore_asked.emit, item, change)))

    def _button(self, label: str, act: partial[None]) -> QHBoxLayout:
        button = Button(label, icon="undo", size="small")
        button.clicked.connect(act)
        line = row()
        put(line, button, None)
        return line


def _is_compound(entry: HistoryRow) -> bool:
    """Whether the button says more than the one of a single field or item."""
    return entry.item_count > 1 or len(entry.items[0].changes) != 1 or entry.items[0].deed is Deed.MADE


def _item_words(item: HistoryItem) -> str:
    return f"{item.type_term}「{item.words}」を{DEED_WORDS[item.deed]}" if item.words else item.type_term


def _values(item: HistoryItem, change: HistoryChange) -> str:
    if item.deed is Deed.MADE or not change.before:
        return change.after or "(空)"
    return f"{change.before} → {change.after or '(空)'}"
