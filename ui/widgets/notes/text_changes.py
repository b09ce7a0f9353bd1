"""Bringing a document to other lines with the fewest changes, so that caret and scroll can stay."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument


def units(text: str) -> int:
    """The length of a text as Qt counts positions: 𠮷 is two."""
    return len(text.encode("utf-16-le")) // 2


def between_units(text: str, start: int, end: int) -> str:
    """The part of a text between two of Qt's positions."""
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le", "ignore")


def replace_texts(document: QTextDocument, texts: Sequence[str]) -> None:
    """Make the blocks hold `texts` (at least one)."""
    old = [document.findBlockByNumber(number).text() for number in range(document.blockCount())]
    head = _shared(old, texts)
    tail = _shared(old[head:][::-1], texts[head:][::-1])
    before, after = old[head : len(old) - tail], texts[head : len(texts) - tail]
    if len(before) == len(after):
        for offset, text in enumerate(after):
            replace_text(document.findBlockByNumber(head + offset), text)
    elif before and after:
        _replace_blocks(document, head, len(before), after)
    elif after:
        _insert_blocks(document, head, after)
    else:
        _remove_blocks(document, head, len(before))


def without_unchanged(old: Sequence[str], new: Sequence[str]) -> tuple[int, Sequence[str], Sequence[str]]:
    """How many lines at the head are the same in both, and the rest of both without a like tail.

    Of each at least one line is left.
    """
    least = min(len(old), len(new)) - 1
    tail = min(_shared(old[::-1], new[::-1]), least)
    head = min(_shared(old, new), least - tail)
    return head, old[head : len(old) - tail], new[head : len(new) - tail]


def replace_text(block: QTextBlock, text: str) -> None:
    """Change what differs within one block."""
    old = block.text()
    if old == text:
        return
    start = _shared(old, text)
    end = _shared(old[start:][::-1], text[start:][::-1])
    cursor = QTextCursor(block)
    cursor.setPosition(block.position() + units(old[:start]))
    cursor.setPosition(block.position() + units(old[: len(old) - end]), QTextCursor.MoveMode.KeepAnchor)
    cursor.insertText(text[start : len(text) - end])


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    count = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        count += 1
    return count


def _replace_blocks(document: QTextDocument, first: int, count: int, texts: Sequence[str]) -> None:
    cursor = QTextCursor(document.findBlockByNumber(first))
    last = document.findBlockByNumber(first + count - 1)
    cursor.setPosition(last.position() + last.length() - 1, QTextCursor.MoveMode.KeepAnchor)
    cursor.insertText("\n".join(texts))


def _insert_blocks(document: QTextDocument, at: int, texts: Sequence[str]) -> None:
    if at < document.blockCount():
        QTextCursor(document.findBlockByNumber(at)).insertText("\n".join(texts) + "\n")
        return
    cursor = QTextCursor(document)
    cursor.movePosition(QTextCursor.MoveOperation.End)
    cursor.insertText("\n" + "\n".join(texts))


def _remove_blocks(document: QTextDocument, first: int, count: int) -> None:
    cursor = QTextCursor(document.findBlockByNumber(first))
    following = document.findBlockByNumber(first + count)
    if following.isValid():
        cursor.setPosition(following.position(), QTextCursor.MoveMode.KeepAnchor)
    else:
        cursor.setPosition(max(0, cursor.position() - 1))
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
    cursor.removeSelectedText()
