"""A field of one line: nothing is cut in silence, and what was typed is tidied only when one leaves it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.tidying import Tidied
from ui.input_method import commit, when_idle
from ui.theme.icons import paint_icon
from ui.theme.theme import theme
from ui.widgets.fields.key_release import lets_go
from ui.widgets.fields.telling import UNTOLD

Tidy = Callable[[str], Tidied]
SEARCH_REST_MS = 250


def trimmed(text: str) -> Tidied:
    """As typed, but for outer spaces."""
    return Tidied(text.strip())


class TextField(QLineEdit):
    """`left` carries the tidied text once the person leaves the field with a change, or `flush` is called."""

    left = Signal(str)
    problem_changed = Signal(str)

    def __init__(
        self,
        *,
        tidy: Tidy = trimmed,
        limit: int = 0,
        placeholder: str = "",
        icon: str = "",
        enter_moves_on: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """`tidy` is one of `app.domain.tidying`; its problem is shown.

        `limit` (characters, 0 for none) gives a message, never a cut; `icon` stands inside at the left.
        """
        super().__init__(parent)
        self._tidy = tidy
        self._limit = limit
        self._icon = icon
        self._enter_moves_on = enter_moves_on
        self._known = ""
        self.setPlaceholderText(placeholder)
        if limit:
            self.textChanged.connect(self._check_length)
        self._set_margins()
        theme().changed.connect(self._set_margins)

    def show_text(self, text: str) -> None:
        """Show a value that comes from the record. Waits while the person is converting here."""
        self._known = text
        if text != self.text():
            when_idle(self, partial(self.setText, text))

    def has_changes(self) -> bool:
        """Whether the field holds typing that `left` has not told of."""
        return self.text() != self._known

    def untell(self) -> None:
        """What was told did not reach the record: it counts as typing again, and is told once more."""
        self._known = UNTOLD

    def flush(self) -> None:
        """Take over what is being converted, tidy, and tell `left` if anything changed."""
        if self.hasFocus():
            commit()
        if not self.has_changes():
            return
        tidied = self._tidy(self.text())
        if tidied.text != self.text():
            self.setText(tidied.text)
        if not self._limit or tidied.problem:
            self.set_problem(tidied.problem.term if tidied.problem else "")
        if self.has_changes():
            self._known = tidied.text
            self.left.emit(tidied.text)

    def set_problem(self, text: str) -> None:
        """Say what is wrong with the value (shown below the field in a FieldForm); "" takes it back."""
        self.setProperty("problem", bool(text))
        self.setAccessibleDescription(text)
        self.style().unpolish(self)
        self.style().polish(self)
        self.problem_changed.emit(text)

    def event(self, event: QEvent) -> bool:
        """Let command keys go before line editing sees them."""
        if lets_go(event, has_own_undo=self.has_changes() and self.isUndoAvailable()):
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter moves on to the next field; it never submits a form."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._enter_moves_on:
            self.flush()
            self.focusNextPrevChild(True)
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tidy and tell, unless only a menu opened over the field."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.flush()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the icon over the field's left margin."""
        super().paintEvent(event)
        if self._icon:
            side = theme().px(16)
            painter = QPainter(self)
            place = QRectF(theme().px(10), (self.height() - side) / 2, side, side)
            paint_icon(painter, self._icon, place, theme().tokens.text)
            painter.end()

    def _set_margins(self) -> None:
        self.setTextMargins(theme().px(24) if self._icon else 0, 0, 0, 0)

    def _check_length(self, text: str) -> None:
        over = len(text) - self._limit
        if over > 0:
            self.set_problem(f"{over}文字多いようです ({self._limit}文字まで)")
        elif self.property("problem"):
            self.set_problem("")


class SearchField(TextField):
    """Narrows a list: tells `searched` 250 ms after the last committed character, and at once on Enter.

    What is being converted is no character yet, and a conversion that has begun is waited for.
    """

    searched = Signal(str)

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(placeholder=placeholder, icon="search", enter_moves_on=False, parent=parent)
        self.setAccessibleName(placeholder)
        self.setClearButtonEnabled(False)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(SEARCH_REST_MS)
        self._rest.timeout.connect(self._search_when_idle)
        self.textChanged.connect(self._start_rest)
        self.returnPressed.connect(self._search)

    def _start_rest(self) -> None:
        self._rest.start()

    def _search_when_idle(self) -> None:
        when_idle(self, self._search_rested)

    def _search_rested(self) -> None:
        if not self._rest.isActive():  # what the conversion gave has begun another rest
            self._search()

    def _search(self) -> None:
        self._rest.stop()
        self.searched.emit(self.text())
