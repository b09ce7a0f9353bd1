"""Fonts, line heights and margins of the notes' document."""

from __future__ import annotations

from PySide6.QtGui import QTextBlockFormat, QTextCursor, QTextDocument, QTextFrameFormat

from ui.theme.fonts import Role
from ui.theme.theme import theme
from ui.widgets.notes.rows import BOTTOM_MARGIN, LINE_GAP, LINE_PITCH, LOW_LINE_GAP, TOP_MARGIN

_LEAST_RIGHT_MARGIN = 8


def measure_lines(document: QTextDocument, *, is_low: bool) -> None:
    """Give every block the note type, 27 a line and 7 below, 3 in a low window."""
    px = theme().px
    document.setDefaultFont(theme().font(Role.NOTE))
    form = QTextBlockFormat()
    form.setLineHeight(px(LINE_PITCH), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    form.setTopMargin(0)
    form.setBottomMargin(px(LOW_LINE_GAP if is_low else LINE_GAP))
    everything = QTextCursor(document)
    everything.select(QTextCursor.SelectionType.Document)
    everything.mergeBlockFormat(form)


def measure_column(document: QTextDocument, room: int, column: int) -> None:
    """Let text wrap at `column` px of a `room`, so that a scroll bar that comes does not wrap it anew."""
    px = theme().px
    root = document.rootFrame()
    form = QTextFrameFormat(root.frameFormat())
    form.setTopMargin(px(TOP_MARGIN))
    form.setBottomMargin(px(BOTTOM_MARGIN))
    form.setRightMargin(max(px(_LEAST_RIGHT_MARGIN), room - column))
    if form != root.frameFormat():
        root.setFrameFormat(form)
        # Without it an empty document is left without any layout, and lines of none must not be asked.
        document.markContentsDirty(0, document.characterCount())
