"""What bringing one item back would do: each field as it is now and as it becomes."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.rows.backup_items import BackupItem, ItemChange
from ui.theme.fonts import Role
from ui.widgets.difference_text import DifferenceText
from ui.widgets.layouts import NO_MARGINS, column, put
from ui.widgets.scroll_page import ScrollPage
from ui.widgets.texts import Paragraph, Text

_MISSING = "今の記録にはありません。戻すと、次の内容で元の場所に入ります。"
_CHANGED = "戻すと、次のように変わります。前の値は履歴に残ります。"
_LINKED = "戻すと、このつながりがまた付きます。"


class BackupItemDetails(QWidget):
    """Shows one item; None shows nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page = ScrollPage(margins=NO_MARGINS, ground="surface")
        self._page.body.addStretch(1)
        column(self, spacing=0).addWidget(self._page)
        self._shown: QWidget | None = None

    def show_item(self, item: BackupItem | None) -> None:
        """Show an item in the place of the last one."""
        if self._shown is not None:
            self._shown.hide()
            self._shown.deleteLater()
        self._shown = _described(item) if item else None
        if self._shown is not None:
            self._page.body.insertWidget(0, self._shown)


def _described(item: BackupItem) -> QWidget:
    whole = QWidget()
    lines = column(whole, spacing=8)
    put(lines, Paragraph(f"{item.type_term}「{item.words}」", Role.BODY_BOLD))
    put(lines, Paragraph(item.place, Role.TABLE, "sub"))
    if item.changes:
        put(lines, Paragraph(_MISSING if item.is_missing else _CHANGED, Role.TABLE, "sub"))
    else:
        put(lines, Paragraph(_LINKED, Role.TABLE, "sub"))
    if item.along:
        put(lines, Paragraph(f"中の {len(item.along)}件も一緒に戻ります。", Role.TABLE))
    for change in item.changes:
        _add(lines, item, change)
    return whole


def _add(lines: QVBoxLayout, item: BackupItem, change: ItemChange) -> None:
    lines.addWidget(Text(change.field_term, Role.CAPTION, "sub"))
    if change.pieces:
        lines.addWidget(DifferenceText(change.pieces))
    elif item.is_missing:
        lines.addWidget(Paragraph(change.then))
    else:
        lines.addWidget(Paragraph(f"{change.now or '(空)'} → {change.then or '(空)'}"))
