"""Where the rows of the notes lie: the painted part around each block of text.

Measured: a block of one line is 16 high, its glyphs begin 7.5 below its top, and rows repeat every 34.
The centre of a row's first line is therefore taken from the line itself, and the band around it is painted
from 17 above that centre on, 34 high and 27 more for each further line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import floor

from PySide6.QtCore import QRectF
from PySide6.QtGui import QTextBlock, QTextDocument
from PySide6.QtWidgets import QTextEdit

from ui.theme.theme import theme

GUTTER, TEXT_WIDTH, WIDE_TEXT_WIDTH = 136, 700, 760
LINE_PITCH, LINE_GAP, LOW_LINE_GAP, TOP_MARGIN, BOTTOM_MARGIN = 27, 7, 3, 11, 16
LOW_WINDOW = 600
"""Below this height lines stand closer, so that at least twelve are seen."""
_GLYPH_HEIGHT = 16


@dataclass(frozen=True, slots=True)
class Row:
    """One row in px of the viewport: its band, the centre of its first and last line, and where text ends."""

    index: int
    block: QTextBlock
    top: int
    height: int
    center: int
    last_center: int
    text_end: float

    def band(self, width: float) -> QRectF:
        """The ground of the row."""
        return QRectF(0, self.top, width, self.height)


def row_height(block: QTextBlock) -> int:
    """Height of a row of one line: 34, or 30 in a low window, at 標準."""
    return theme().px(LINE_PITCH) + round(block.blockFormat().bottomMargin())


def row_of(editor: QTextEdit, block: QTextBlock) -> Row:
    """The row of a block that shows. Not to be asked between a change of the text and its layout."""
    px = theme().px
    # Asking for the rectangle makes sure that the block is laid out; lines of others are not there.
    top_of_block = editor.document().documentLayout().blockBoundingRect(block).top()
    top_of_block -= editor.verticalScrollBar().value()
    layout = block.layout()
    lines = layout.lineCount()
    last = layout.lineAt(lines - 1)
    center = floor(top_of_block + layout.lineAt(0).y() + px(_GLYPH_HEIGHT) / 2 + 0.5)
    return Row(
        index=block.blockNumber(),
        block=block,
        top=center - row_height(block) // 2,
        height=row_height(block) + px(LINE_PITCH) * (lines - 1),
        center=center,
        last_center=center + px(LINE_PITCH) * (lines - 1),
        text_end=last.naturalTextWidth(),
    )


def rows_between(editor: QTextEdit, top: int, bottom: int) -> Iterator[Row]:
    """The rows that touch the px from `top` to `bottom` of the viewport, without a look at the others."""
    block = _block_at(editor, top - theme().px(LINE_PITCH + LINE_GAP))
    while block.isValid():
        if block.isVisible():
            row = row_of(editor, block)
            if row.top > bottom:
                return
            if row.top + row.height >= top:
                yield row
        block = block.next()


def _block_at(editor: QTextEdit, y: int) -> QTextBlock:
    """The last block that begins at or above `y`, by halving; one that is left out begins with the above."""
    document = editor.document()
    wanted = y + editor.verticalScrollBar().value()
    low, high = 0, document.blockCount() - 1
    while low < high:
        middle = (low + high + 1) // 2
        if _begins_at(document, middle) <= wanted:
            low = middle
        else:
            high = middle - 1
    return document.findBlockByNumber(low)


def _begins_at(document: QTextDocument, number: int) -> float:
    block = document.findBlockByNumber(number)
    while block.isValid() and not block.isVisible():
        block = block.previous()
    return document.documentLayout().blockBoundingRect(block).top() if block.isValid() else 0.0
