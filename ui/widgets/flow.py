"""A row that goes on below where there is no room for the rest of it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.theme import theme

_Line = list[tuple[QWidget, QSize]]


class Flow(QWidget):
    """Lays its widgets side by side at the size each asks for, in as many lines as that takes.

    No QLayout: Python loses hold of the items that Qt puts into one of its own.
    """

    def __init__(
        self, *parts: QWidget, spacing: int = 8, fills: bool = False, parent: QWidget | None = None
    ) -> None:
        """`spacing` in px at 標準. With `fills` the widgets of a line share the room that is left."""
        super().__init__(parent)
        self._parts: list[QWidget] = []
        self._spacing = spacing
        self._fills = fills
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for part in parts:
            self.add(part)

    def add(self, part: QWidget) -> None:
        """Add a widget at the end."""
        was_hidden = part.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide) and part.isHidden()
        part.setParent(self)
        if self.isVisible() and not was_hidden:
            part.show()  # before the flow itself is in sight, this would style each part twice
        self._parts.append(part)
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        """Narrower is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of all lines."""
        gap = self._gap()  # asked for many times while a page is laid out
        lines = self._lines(width, gap)
        return sum(map(_height, lines)) + gap * max(0, len(lines) - 1)

    def sizeHint(self) -> QSize:
        """Everything on one line."""
        sizes = [_wanted(part) for part in self._shown()]
        gaps = self._gap() * max(0, len(sizes) - 1)
        height = max((size.height() for size in sizes), default=0)
        return QSize(sum(size.width() for size in sizes) + gaps, height)

    def minimumSizeHint(self) -> QSize:
        """The widest widget alone; the height follows the width."""
        sizes = [_least(part) for part in self._shown()]
        width = max((size.width() for size in sizes), default=0)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the widgets out again."""
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """Follow when a widget asks for another size, comes or goes."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._arrange()
        return super().event(event)

    def _arrange(self) -> None:
        for part, place in self._places(self.width()):
            part.setGeometry(place)

    def _shown(self) -> list[QWidget]:
        return [part for part in self._parts if not part.isHidden()]

    def _gap(self) -> int:
        return theme().between(self._spacing)

    def _places(self, room: int) -> Iterator[tuple[QWidget, QRect]]:
        """Where each widget stands, every one in the middle of its line."""
        top, gap = 0, self._gap()
        for line in self._lines(room, gap):
            height = _height(line)
            left = 0
            for part, size in line:
                down = 0 if self._fills else (height - size.height()) // 2
                yield part, QRect(left, top + down, size.width(), size.height())
                left += size.width() + gap
            top += height + gap

    def _lines(self, room: int, gap: int) -> list[_Line]:
        """The widgets with the size each gets, as many to a line as have room."""
        lines: list[_Line] = []
        left = room + 1
        for part in self._shown():
            wanted = _wanted(part)
            width = min(wanted.width(), room)
            if left + width > room:
                lines.append([])
                left = 0
            lines[-1].append((part, QSize(width, wanted.height())))
            left += width + gap
        return [self._stretched(line, room, gap) for line in lines]

    def _stretched(self, line: _Line, room: int, gap: int) -> _Line:
        spare = room - sum(size.width() for _, size in line) - gap * (len(line) - 1)
        extra = max(0, spare) // len(line) if self._fills else 0
        return [(part, _at_width(part, size, size.width() + extra)) for part, size in line]


def _wanted(part: QWidget) -> QSize:
    """What a layout would give it where there is room."""
    part.ensurePolished()
    return part.sizeHint().expandedTo(_least(part)).boundedTo(part.maximumSize())


def _least(part: QWidget) -> QSize:
    return part.minimumSizeHint().expandedTo(part.minimumSize()).boundedTo(part.maximumSize())


def _at_width(part: QWidget, size: QSize, width: int) -> QSize:
    return QSize(width, part.heightForWidth(width) if part.hasHeightForWidth() else size.height())


def _height(line: _Line) -> int:
    return max(size.height() for _, size in line)
