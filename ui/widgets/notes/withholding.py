"""Before a guest a 秘密 line has no row at all: nothing shows where it stands, and no key comes into it.

Its block stays where it is, so that block i is line i; Qt leaves an invisible block out of the layout. Rows,
caret and selection keep to what shows: a selection ends where a line is left out, so that nobody deletes,
cuts or copies what they do not see.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument

from ui.widgets.notes.line_look import LineLooks

_KEEP_ANCHOR = QTextCursor.MoveMode.KeepAnchor


def hide_withheld(document: QTextDocument, looks: LineLooks) -> bool:
    """Leave out the lines whose look says so, and no others; tells whether any came or went."""
    changed = False
    for block in _onward(document.firstBlock(), forward=True):
        is_seen = not looks.look(block.blockNumber()).is_withheld
        if block.isVisible() != is_seen:
            block.setVisible(is_seen)
            document.markContentsDirty(block.position(), block.length())
            changed = True
    return changed


def seen_block(block: QTextBlock, *, forward: bool) -> QTextBlock | None:
    """The nearest block that shows, this one included; None when there is none that way."""
    return next((each for each in _onward(block, forward=forward) if each.isVisible()), None)


def into_sight(cursor: QTextCursor, came_from: int) -> QTextCursor | None:
    """Where a cursor belongs that came from a line into one that is left out, or that selects across one.

    None when it may stay.
    """
    block = cursor.block()
    if cursor.hasSelection() and cursor.document().findBlock(cursor.anchor()).isVisible():
        return _ending_in_sight(cursor)
    if block.isVisible():
        return _bare(cursor) if cursor.hasSelection() else None
    forward = block.blockNumber() >= came_from
    ahead = seen_block(block, forward=forward)
    target = ahead or seen_block(block, forward=not forward)
    if target is None:
        return None
    moved = QTextCursor(target)
    if (target is not ahead) == forward or block.blockNumber() == came_from:
        moved.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    return moved


def joins_unseen(cursor: QTextCursor, key: int) -> bool:
    """Whether Backspace or Delete would join words to a line that is left out."""
    block = cursor.block()
    if cursor.hasSelection() or block.length() == 1:
        return False
    if key == Qt.Key.Key_Backspace:
        return cursor.atBlockStart() and block.previous().isValid() and not block.previous().isVisible()
    if key == Qt.Key.Key_Delete:
        return cursor.atBlockEnd() and block.next().isValid() and not block.next().isVisible()
    return False


def behind_the_last(cursor: QTextCursor) -> QTextCursor:
    """Where Enter begins a line: at the end of the last one that shows, behind those left out below it."""
    block = cursor.block()
    is_last = block.next().isValid() and seen_block(block.next(), forward=True) is None
    if is_last and cursor.atBlockEnd() and not cursor.hasSelection():
        cursor.movePosition(QTextCursor.MoveOperation.End)
    return cursor


def _ending_in_sight(cursor: QTextCursor) -> QTextCursor | None:
    """The selection from its anchor as far as every line shows; None when that is all of it."""
    start = cursor.document().findBlock(cursor.anchor())
    forward, last = cursor.position() > cursor.anchor(), cursor.blockNumber()
    end = start
    for block in _onward(start, forward=forward):
        if not block.isVisible():
            break
        end = block
        if block.blockNumber() == last:
            return None
    cut = QTextCursor(cursor)
    cut.setPosition(end.position() + (end.length() - 1 if forward else 0), _KEEP_ANCHOR)
    return cut


def _bare(cursor: QTextCursor) -> QTextCursor:
    bare = QTextCursor(cursor)
    bare.clearSelection()
    return bare


def _onward(block: QTextBlock, *, forward: bool) -> Iterator[QTextBlock]:
    while block.isValid():
        yield block
        block = block.next() if forward else block.previous()
