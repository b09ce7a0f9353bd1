"""A row that goes on below where there is no room for the rest of it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from ui.widgets.layouts import NO_MARGINS, Margins, set_measures


class Flow(QLayout):
    """Lays its widgets side by side at the size each asks for, in as many lines as that takes."""

    def __init__(
        self,
        owner: QWidget | None = None,
        *,
        spacing: int = 8,
        margins: Margins = NO_MARGINS,
        fills: bool = False,
    ) -> None:
        """`spacing` and `margins` (left, top, right, bottom) in px at 標準.

        With `fills` the widgets of a line share the room that is left, as the fields of a form do.
        """
        super().__init__(owner)
        self._items: list[QLayoutItem] = []
        self._fills = fills
        set_measures(self, spacing=spacing, margins=margins)

    def addItem(self, item: QLayoutItem) -> None:
        """Qt's own way to add."""
        self._items.append(item)

    def count(self) -> int:
        """How many items there are, hidden ones included."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """One item; None past the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take one item out; None past the end."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It takes no more than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Narrower is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of all lines."""
        above, below = self._edges()
        places = [place for _, place in self._places(QRect(0, 0, width, 0))]
        return max((place.bottom() + 1 for place in places), default=above) + below

    def sizeHint(self) -> QSize:
        """Everything on one line."""
        margins = self.contentsMargins()
        sizes = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(size.width() for size in sizes) + self.spacing() * max(0, len(sizes) - 1)
        height = max((size.height() for size in sizes), default=0)
        return QSize(width + margins.left() + margins.right(), height + margins.top() + margins.bottom())

    def minimumSize(self) -> QSize:
        """The widest item alone; the height follows the width."""
        margins = self.contentsMargins()
        sizes = [item.minimumSize() for item in self._items if not item.isEmpty()]
        width = max((size.width() for size in sizes), default=0)
        height = max((size.height() for size in sizes), default=0)
        return QSize(width + margins.left() + margins.right(), height + margins.top() + margins.bottom())

    def setGeometry(self, rect: QRect) -> None:
        """Lay all items out."""
        super().setGeometry(rect)
        for item, place in self._places(rect):
            item.setGeometry(place)

    def _edges(self) -> tuple[int, int]:
        margins = self.contentsMargins()
        return margins.top(), margins.bottom()

    def _places(self, rect: QRect) -> Iterator[tuple[QLayoutItem, QRect]]:
        """Where each item stands, every one in the middle of its line."""
        inside = rect.marginsRemoved(self.contentsMargins())
        top = inside.y()
        for line in self._lines(inside.width()):
            spare = inside.width() - sum(width + self.spacing() for _, width in line) + self.spacing()
            extra = max(0, spare) // len(line) if self._fills else 0
            sizes = [(item, QSize(width + extra, _height(item, width + extra))) for item, width in line]
            height = max(size.height() for _, size in sizes)
            left = inside.x()
            for item, size in sizes:
                down = 0 if self._fills else (height - size.height()) // 2
                yield item, QRect(QPoint(left, top + down), size)
                left += size.width() + self.spacing()
            top += height + self.spacing()

    def _lines(self, room: int) -> list[list[tuple[QLayoutItem, int]]]:
        """The items with the width each asks for, as many to a line as have room."""
        lines: list[list[tuple[QLayoutItem, int]]] = []
        left = room + 1
        for item in self._items:
            if item.isEmpty():
                continue
            width = min(item.sizeHint().width(), room)
            if left + width > room:
                lines.append([])
                left = 0
            lines[-1].append((item, width))
            left += width + self.spacing()
        return lines


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
