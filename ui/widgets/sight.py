"""Scrolling what has the keyboard into sight, through every page that it lies in."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QScrollArea, QWidget

from ui.theme.theme import theme


def bring_into_sight(widget: QWidget, place: QRect | None = None) -> None:
    """Scroll as far as needed to see the widget, or one place in it."""
    rect = place if place is not None else widget.rect()
    above = widget.parentWidget()
    while above is not None:
        page = above.widget() if isinstance(above, QScrollArea) else None
        if isinstance(above, QScrollArea) and page is not None:
            inside = QRect(widget.mapTo(page, rect.topLeft()), rect.size())
            gap = theme().px(8)
            # The end first: where not all has room, the beginning is seen.
            above.ensureVisible(inside.right(), inside.bottom(), gap, gap)
            above.ensureVisible(inside.left(), inside.top(), gap, gap)
        above = above.parentWidget()
