"""The status bar: where the text is safe, how far the team has it, what the screen says, text size."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.fonts import Role
from ui.theme.icons import paint_icon
from ui.theme.theme import theme
from ui.widgets.layouts import row

HEIGHT = 26


class StatusBar(QWidget):
    """Quiet words of 12/18; nothing here needs an answer. `sharing_pressed`: a word about it was clicked."""

    sharing_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("ground", "surface2")
        self.setProperty("edge", "top")
        self._saved = _StatusItem("check")
        self._sharing = _StatusItem("sync", after=(self._saved,), gives_way=True)
        self._questions = _StatusItem("question", after=(self._saved, self._sharing))
        self._screen = _StatusItem("", after=(self._saved,))
        for each in (self._sharing, self._questions):
            each.setCursor(Qt.CursorShape.PointingHandCursor)
            each.pressed.connect(self.sharing_pressed)
        self._guest = _StatusItem("guest")
        self._practice = _StatusItem("star")
        self._text_size = _StatusItem("", after=(self._guest, self._practice))
        line = row(self, spacing=0, margins=(4, 1, 4, 0))
        line.addWidget(self._saved)
        line.addWidget(self._sharing)
        line.addWidget(self._questions)
        line.addWidget(self._screen)
        line.addStretch(1)
        line.addWidget(self._guest)
        line.addWidget(self._practice)
        line.addWidget(self._text_size)
        theme().changed.connect(self._theme_changed)
        self._theme_changed()

    def show_saved(self, text: str, *, is_saved: bool = True) -> None:
        """Such as 「この端末に保存済み 13:38」, or what keeps that from being true."""
        self._saved.show_words(text, "check" if is_saved else "alert")

    def saved_text(self) -> str:
        """What `show_saved` was given last."""
        return self._saved.words

    def show_sharing(self, words: str, icon: str, questions: str) -> None:
        """How far the team has it, and what somebody is asked; "" for nothing of that."""
        self._sharing.show_words(words, icon)
        self._questions.show_words(questions)

    def sharing_text(self) -> str:
        """What `show_sharing` was given last."""
        return "  ".join(part for part in (self._sharing.words, self._questions.words) if part)

    def show_screen_text(self, text: str) -> None:
        """What the screen in front has to say."""
        self._screen.show_words(text)

    def show_guest(self, words: str) -> None:
        """That the window shows a guest this company only; "" while it does not."""
        self._guest.show_words(words)

    def show_practice(self, *, on: bool) -> None:
        """Mark a practice store."""
        self._practice.show_words("練習用" if on else "")

    def _theme_changed(self) -> None:
        self.setFixedHeight(theme().target(HEIGHT))
        self._text_size.show_words(f"文字 {theme().metrics.step.word}")


class _StatusItem(QWidget):
    """Icon of 14 and words; `after` others of which one is shown, a 1 x 14 separator at its left.

    One that `gives_way` is cut at its end where there is no room, and says all in its tooltip.
    """

    pressed = Signal()

    def __init__(self, icon: str, *, after: tuple[QWidget, ...] = (), gives_way: bool = False) -> None:
        super().__init__()
        self._after = after
        self._icon = icon
        self.words = ""
        self._gives_way = gives_way
        across = QSizePolicy.Policy.Preferred if gives_way else QSizePolicy.Policy.Fixed
        self.setSizePolicy(across, QSizePolicy.Policy.Expanding)
        self.hide()

    def show_words(self, words: str, icon: str | None = None) -> None:
        self.words = words
        self._icon = self._icon if icon is None else icon
        self.setAccessibleName(words)
        self.setToolTip(words if self._gives_way else "")
        self.setVisible(bool(words))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        words = theme().width(self.words, Role.CAPTION)
        icon = theme().px(20) if self._icon else 0
        return QSize(round(words + icon + theme().px(29)), theme().px(18))

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), theme().px(90)), hint.height()) if self._gives_way else hint

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens, px = theme().tokens, theme().px
        painter = QPainter(self)
        left, middle = float(px(14)), self.height() / 2
        if self._icon:
            paint_icon(painter, self._icon, QRectF(left, middle - px(7), px(14), px(14)), tokens.sub)
            left += px(20)
        painter.setFont(theme().font(Role.CAPTION))
        painter.setPen(tokens.sub)
        room = QRectF(left, 0, self.width() - left, self.height())
        words = painter.fontMetrics().elidedText(self.words, Qt.TextElideMode.ElideRight, ceil(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
        if any(each.isVisible() for each in self._after):
            painter.fillRect(QRectF(0, middle - px(7), 1, px(14)), tokens.divider)
        painter.end()
