"""The foot of 計画: what the shapes of the 線表 mean, and the keys."""

from __future__ import annotations

from typing import Final, Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.terms import ActionStatus
from ui.screens.action_plan.gantt_shapes import paint_bar, paint_post
from ui.theme.fonts import Role
from ui.theme.icons import paint_icon
from ui.theme.theme import theme
from ui.widgets.layouts import put, row
from ui.widgets.texts import Text

_SHAPES: Final[tuple[tuple[ActionStatus | Literal["diamond", "post"], str], ...]] = (
    (ActionStatus.DONE, "済"),
    (ActionStatus.DOING, "進行 (塗りは進み)"),
    (ActionStatus.REQUESTED, "依頼済"),
    (ActionStatus.OPEN, "未着手"),
    ("diamond", "1日のこと"),
    ("post", "主要期日"),
)
_LIST_KEYS = ("Enter 編集", "Space 済", "Del ごみ箱")
_GANTT_KEYS = ("Enter 編集", "Space 済", "左右 1日ずらす", "Shift+左右 1週")


class Legend(QWidget):
    """Shapes and keys for the 線表, keys alone for the lists."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shapes, self._gantt_keys, self._list_keys = QWidget(), QWidget(), QWidget()
        shapes = row(self._shapes, spacing=20)
        for shape, words in _SHAPES:
            pair = row(spacing=6)
            put(pair, _Shape(shape), Text(words, Role.CAPTION, "sub"))
            shapes.addLayout(pair)
        for owner, keys in ((self._gantt_keys, _GANTT_KEYS), (self._list_keys, _LIST_KEYS)):
            put(row(owner, spacing=20), *(Text(key, Role.CAPTION, "sub") for key in keys))
        self._is_gantt = True
        line = row(self, spacing=20, margins=(20, 8, 20, 8))
        put(line, self._shapes, None, self._gantt_keys, self._list_keys)

    def show_for(self, *, gantt: bool) -> None:
        """Fit to the view in front."""
        self._is_gantt = gantt
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """Never in the way of a narrow window."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow the keys give way to the shapes."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        needed = sum(part.sizeHint().width() for part in (self._shapes, self._gantt_keys))
        self._shapes.setVisible(self._is_gantt)
        self._gantt_keys.setVisible(self._is_gantt and needed + theme().px(60) <= self.width())
        self._list_keys.setVisible(not self._is_gantt)


class _Shape(QWidget):
    def __init__(self, shape: ActionStatus | Literal["diamond", "post"]) -> None:
        super().__init__()
        self._shape = shape
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """A short bar, a diamond, or the dotted line of a day."""
        width = 30 if isinstance(self._shape, ActionStatus) else 14 if self._shape == "diamond" else 3
        return QSize(theme().px(width), theme().px(14))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the shape as the 線表 does."""
        painter = QPainter(self)
        place = QRectF(self.rect())
        if self._shape == "diamond":
            paint_icon(painter, "diamond", place, theme().tokens.sub)
        elif self._shape == "post":
            paint_post(painter, place.center().x(), place.top(), place.bottom())
        else:
            filled = 0.5 if self._shape is ActionStatus.DOING else 0.0
            paint_bar(painter, place.adjusted(1, 1, -1, -1), self._shape, filled)
        painter.end()
