"""The editor of note lines: one block per line, so that block i is line i, whatever a person does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleInterface,
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from ui.input_method import commit, when_idle
from ui.theme.fonts import Role
from ui.theme.theme import theme
from ui.widgets.announce import announce
from ui.widgets.fields.key_release import lets_go
from ui.widgets.fields.long_text_field import plain_lines
from ui.widgets.notes import painting
from ui.widgets.notes.accessible import install_note_reader
from ui.widgets.notes.caret import CaretBlink
from ui.widgets.notes.gutter import NoteGutter
from ui.widgets.notes.line_look import LineLooks
from ui.widgets.notes.measures import measure_column, measure_lines
from ui.widgets.notes.rows import (
    GUTTER,
    LOW_WINDOW,
    TEXT_WIDTH,
    TOP_MARGIN,
    WIDE_TEXT_WIDTH,
    Row,
    row_height,
    row_of,
    rows_between,
)
from ui.widgets.notes.selection import selected_parts, words_to_copy
from ui.widgets.notes.text_changes import replace_texts
from ui.widgets.notes.withholding import (
    behind_the_last,
    hide_withheld,
    into_sight,
    joins_unseen,
    seen_block,
)
from ui.widgets.side_panel import WIDE_WINDOW

_BREAKS = str.maketrans({"\u2028": "\n", "\u2029": "\n", "\x0b": "\n", "\x0c": "\n"})
_INVITATION = "聞いたことを1行ずつ書きます。Enter で次の行になり、時刻が付きます"
_LOADING = "読み込んでいます"
_IN_WIDGET = (Qt.InputMethodQuery.ImCursorRectangle, Qt.InputMethodQuery.ImAnchorRectangle)
KEEP_ANCHOR = QTextCursor.MoveMode.KeepAnchor
Found = Callable[[str], Sequence[tuple[int, int]]]
END = 1 << 30
"""A column behind the end of every line."""


class NoteEditor(QTextEdit):
    """Knows texts and looks, no records. What a person changes is told, never kept here.

    Its own undo is off: the chain of the 面談 holds typing and actions in order.
    """

    edited = Signal(int, int, list)
    """So many lines from a place on (at least one) now hold these texts (at least one)."""
    caret_left = Signal()
    """The caret went to another line."""
    conversion_changed = Signal()
    chip_pressed = Signal(int, QPoint)
    cut_refused = Signal()
    """Lines that are masked were copied as such and stay where they are."""

    def __init__(self, looks: LineLooks, parent: QWidget | None = None) -> None:
        install_note_reader()
        super().__init__(parent)
        self.reader: QAccessibleInterface | None = None
        self._looks = looks
        self._found: Found | None = None
        self._is_applying = False
        self._has_grown = False
        self._faces_guest = False
        self._has_unseen = False
        self._is_telling = False
        self._row_height = 0
        self._is_low = False
        self._blocks = 1
        self._line = 0
        self._gutter = NoteGutter(self, looks)
        self._blink = CaretBlink(self)
        self._set_up()
        self._connect()
        self._measure()

    # texts

    def texts(self) -> list[str]:
        """The text of every line, masked or not."""
        document = self.document()
        return [document.findBlockByNumber(number).text() for number in range(document.blockCount())]

    def show_texts(self, texts: Sequence[str], line: int, column: int) -> None:
        """Show these lines with the caret at a place, changing no more than what differs.

        Call it through `ui.input_method.when_idle`.
        """
        self._is_applying = True
        try:
            replace_texts(self.document(), texts)
            self._blocks = self.document().blockCount()
            self.place_caret(line, column)
        finally:
            self._is_applying = False
        self.looks_changed()

    def place_caret(self, line: int, column: int) -> None:
        """Put the caret into a line and show it."""
        block = self.document().findBlockByNumber(line)
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + min(column, block.length() - 1))
        self._go_on_from(cursor)

    def caret(self) -> tuple[int, int]:
        """Line of the caret, and its column as Qt counts (𠮷 is two)."""
        cursor = self.textCursor()
        return cursor.blockNumber(), cursor.positionInBlock()

    def is_masked(self, index: int) -> bool:
        """Whether a line is 秘密 and the caret is elsewhere."""
        has_caret = index == self._line and self._gutter.has_focus
        return self._looks.look(index).is_secret and not has_caret

    def seen_texts(self) -> list[tuple[int, str]]:
        """Place and text of every line that has a row, masked or not."""
        blocks = (self.document().findBlockByNumber(number) for number in range(self.line_count()))
        return [(block.blockNumber(), block.text()) for block in blocks if block.isVisible()]

    def line_count(self) -> int:
        """How many lines there are."""
        return self.document().blockCount()

    def show_found(self, found: Found | None) -> None:
        """Paint what was looked for; `found` gives its places in the text of a line, None for nothing."""
        self._found = found
        self.viewport().update()

    def words_when_empty(self) -> str:
        """What stands where nothing was written yet."""
        return _LOADING if self.isReadOnly() else _INVITATION

    def face_guest(self, *, on: bool) -> None:
        """Leave out the lines that a guest may not know of, or show them again."""
        self._faces_guest = on

    def looks_changed(self) -> None:
        """Show every line as it looks now, and none that is withheld."""
        self._withhold()
        self.repaint_rows()

    def repaint_rows(self) -> None:
        """Rows are where they were, or moved together."""
        self.viewport().update()
        self._gutter.update()

    # what a screen reader asks

    def select(self, line: int, first: int, last: int) -> None:
        """Select a part of one line."""
        self.place_caret(line, first)
        cursor = self.textCursor()
        start = cursor.block().position()
        cursor.setPosition(min(start + last, start + cursor.block().length() - 1), KEEP_ANCHOR)
        self.setTextCursor(cursor)

    def rect_on_screen(self, line: int) -> QRect:
        """The band of a line, in px of the screen."""
        row = row_of(self, self.document().findBlockByNumber(line))
        band = row.band(self.viewport().width()).toRect()
        return QRect(self.viewport().mapToGlobal(band.topLeft()), band.size())

    def line_at(self, point: QPoint) -> int:
        """The line at a point of the screen."""
        return self.cursorForPosition(self.viewport().mapFromGlobal(point)).blockNumber()

    # keys and mouse

    def event(self, event: QEvent) -> bool:
        """Let command keys go before text editing sees them."""
        if lets_go(event, has_own_undo=False):
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter makes a line; the rest is typing."""
        plain = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not plain:
            self._start_line()
        elif joins_unseen(self.textCursor(), event.key()):
            event.accept()
        elif event.matches(QKeySequence.StandardKey.Cut):
            self.cut_selection()
        else:
            super().keyPressEvent(event)

    def cut_selection(self) -> None:
        """Cut, but only copy where masked lines are among it: a pasted mask would lose them."""
        self.copy()
        if any(self.is_masked(part.line) for part in selected_parts(self.textCursor())):
            self.cut_refused.emit()
        else:
            cursor = self.textCursor()
            cursor.removeSelectedText()
            self._go_on_from(cursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take over what is being converted; a press on the selection ends it, so that none is dragged."""
        commit()
        cursor = self.textCursor()
        pressed = self.cursorForPosition(event.position().toPoint()).position()
        if cursor.hasSelection() and cursor.selectionStart() <= pressed <= cursor.selectionEnd():
            if event.button() is not Qt.MouseButton.LeftButton:
                return
            if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                cursor.setPosition(pressed)
                self.setTextCursor(cursor)
        super().mousePressEvent(event)

    # copy and paste

    def createMimeDataFromSelection(self) -> QMimeData:
        """Words only; 「秘密の行」 for every masked line."""
        mime = QMimeData()
        mime.setText(words_to_copy(self.textCursor(), self.is_masked))
        return mime

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Text of any kind; pictures come later."""
        return source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste words only: each line break begins a line, tabs stay."""
        self.insert(plain_lines(source).translate(_BREAKS))

    def insert(self, text: str) -> None:
        """Put text where the caret is, as if it had been typed."""
        cursor = self.textCursor()
        cursor.insertText(text)
        self._go_on_from(cursor)

    # conversion

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Tell of text that is being converted: it is kept beside what is committed."""
        super().inputMethodEvent(event)
        self._wake_caret()
        self.conversion_changed.emit()

    def inputMethodQuery(self, query: Qt.InputMethodQuery, *rest: Any) -> Any:
        """Rectangles moved by the gutter, which Qt leaves out: else the candidates cover the text."""
        answer = super().inputMethodQuery(query, *rest)
        if query in _IN_WIDGET and isinstance(answer, QRectF | QRect):
            return answer.translated(self.viewport().pos())
        return answer

    # focus and caret

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the caret, and the text of a 秘密 line it is in."""
        super().focusInEvent(event)
        self._set_focused(focused=True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Mask again, unless only a menu opened over the notes."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._set_focused(focused=False)

    def _set_focused(self, *, focused: bool) -> None:
        self._gutter.has_focus = focused
        self._wake_caret()
        self.repaint_rows()

    def _keep_in_sight(self) -> None:
        kept = into_sight(self.textCursor(), self._line)
        if kept is not None:
            self.setTextCursor(kept)

    def _caret_moved(self) -> None:
        self._keep_in_sight()
        line = self.textCursor().blockNumber()
        self._wake_caret()
        self.show_caret()
        if line == self._line:
            return
        self._line = line
        self._gutter.current = line
        self.repaint_rows()
        if not self._is_applying:
            self.caret_left.emit()
        if QAccessible.isActive():
            announce(self, self._looks.look(line).spoken)

    def _wake_caret(self) -> None:
        self._blink.wake(has_focus=self._gutter.has_focus)

    def _repaint_caret(self) -> None:
        room = theme().px(4)
        self.viewport().update(self.cursorRect().adjusted(-room, -room, room, room))

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Grounds below the text; masks, labels, conversion and caret over it. Only rows that are seen."""
        rows = list(rows_between(self, event.rect().top(), event.rect().bottom()))
        width = float(self.viewport().width())
        painter = QPainter(self.viewport())
        for row in rows:
            look = self._looks.look(row.index)
            painting.paint_ground(painter, row, look, width, is_current=row.index == self._line)
            if self._found is not None and not self.is_masked(row.index):
                painting.paint_found(painter, row, self._found(row.block.text()))
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        for row in rows:
            self._paint_over(painter, row, width)
        painter.end()

    def _paint_over(self, painter: QPainter, row: Row, width: float) -> None:
        if self.is_masked(row.index):
            painting.paint_mask(painter, row, width)
            return
        painting.paint_labels(painter, row, self._looks.look(row.index), width)
        if row.index != self._line:
            return
        if row.block.layout().preeditAreaText():
            painting.paint_conversion(painter, row)
        elif self.document().isEmpty():
            painting.paint_invitation(painter, row, self.words_when_empty(), width)
        if self._gutter.has_focus and self._blink.is_on and not self.isReadOnly():
            caret = self.cursorRect()
            painting.paint_caret(painter, caret.x(), caret.y() + theme().px(8))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the text column as wide as it was; the room beside it changes."""
        super().resizeEvent(event)
        self._place_gutter()
        when_idle(self, self._fit_window)

    # what a person changed

    def _contents_changed(self, position: int, _removed: int, added: int) -> None:
        document = self.document()
        grown, self._blocks = document.blockCount() - self._blocks, document.blockCount()
        if self._is_applying:
            return
        first = document.findBlock(position)
        last = document.findBlock(position + added)
        upto = (last if last.isValid() else document.lastBlock()).blockNumber()
        start = first.blockNumber()
        texts = [document.findBlockByNumber(number).text() for number in range(start, upto + 1)]
        self._is_telling = True
        self.edited.emit(start, len(texts) - grown, texts)
        self._is_telling = False
        self._has_grown = self._has_grown or bool(grown)

    def _laid_out(self) -> None:
        """The text was changed and its layout has followed: labels and grounds move with it."""
        if self._is_applying:
            return
        if self._has_grown:
            self._has_grown = False
            self.looks_changed()
            return
        row = row_of(self, self.textCursor().block())
        if row.height == self._row_height:
            self.viewport().update(row.band(self.viewport().width()).toRect())
        else:
            # A line that wraps moves all below it.
            self._row_height = row.height
            self.repaint_rows()

    def _start_line(self) -> None:
        cursor = behind_the_last(self.textCursor())
        cursor.insertBlock()
        self._go_on_from(cursor)

    def _withhold(self) -> None:
        """In mid-change the layout is not to be touched; `_laid_out` follows."""
        if self._is_telling or not (self._faces_guest or self._has_unseen):
            return
        self._is_applying = True
        changed = hide_withheld(self.document(), self._looks)
        self._is_applying = False
        self._has_unseen = self._faces_guest
        if seen_block(self.document().firstBlock(), forward=True) is None:
            self.place_caret(self.line_count() - 1, END)
            self._start_line()
        elif changed:
            self._keep_in_sight()
            self.show_caret()

    def _go_on_from(self, cursor: QTextCursor) -> None:
        # Only a cursor that is handed back knows the column that Up and Down shall keep.
        self.setTextCursor(cursor)
        self.show_caret()

    def show_caret(self) -> None:
        """Scroll so that the whole band of the caret's line is seen, which Qt does for its glyphs only."""
        reach = row_height(self.textCursor().block()) // 2
        center = self.cursorRect().y() + theme().px(8)
        bar, room = self.verticalScrollBar(), self.viewport().height()
        above = theme().px(TOP_MARGIN) if self._line == 0 else 0
        if center - reach - above < 0:
            bar.setValue(bar.value() + center - reach - above)
        elif center + reach > room:
            bar.setValue(bar.value() + center + reach - room)

    # building

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)
        self.setCursorWidth(0)
        self.setProperty("ring", "none")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setAccessibleName("面談の行")
        self.document().setDocumentMargin(0)

    def _connect(self) -> None:
        self.document().contentsChange.connect(self._contents_changed)
        self.document().contentsChanged.connect(self._laid_out)
        self.cursorPositionChanged.connect(self._caret_moved)
        self.selectionChanged.connect(self._keep_in_sight)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self._blink.turned.connect(self._repaint_caret)
        self._gutter.chip_pressed.connect(self.chip_pressed)
        self._gutter.line_pressed.connect(self._go_to_line)
        theme().changed.connect(self._measure_when_idle)

    def _go_to_line(self, index: int) -> None:
        self.place_caret(index, self.document().findBlockByNumber(index).length() - 1)
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def _scrolled(self) -> None:
        self._gutter.update()

    def _measure_when_idle(self) -> None:
        # A changed line height in mid-conversion would move the candidate window.
        when_idle(self, self._measure)

    def _measure(self) -> None:
        px = theme().px
        self.setFont(theme().font(Role.NOTE))
        self._is_applying = True
        measure_lines(self.document(), is_low=self._is_low)
        self._is_applying = False
        self.setViewportMargins(px(GUTTER), 0, 0, 0)
        self.verticalScrollBar().setSingleStep(row_height(self.document().firstBlock()))
        self._place_gutter()
        self._set_column()

    def _fit_window(self) -> None:
        """Lines stand closer in a low window; the column follows the width."""
        is_low = self.window().height() < theme().px(LOW_WINDOW)
        if is_low == self._is_low:
            self._set_column()
            return
        self._is_low = is_low
        self._measure()
        self.repaint_rows()

    def _place_gutter(self) -> None:
        area = self.viewport().geometry()
        self._gutter.setGeometry(0, area.top(), theme().px(GUTTER), area.height())

    def _set_column(self) -> None:
        px = theme().px
        wide = self.window().width() >= px(WIDE_WINDOW)
        self._is_applying = True
        measure_column(self.document(), self.viewport().width(), px(WIDE_TEXT_WIDTH if wide else TEXT_WIDTH))
        self._is_applying = False
