"""Layouts with the spacing steps of the design (4 8 12 16 20), following the text step."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from ui.theme.theme import theme

Margins = tuple[int, int, int, int]
NO_MARGINS: Margins = (0, 0, 0, 0)
PAGE_MARGINS: Margins = (20, 16, 16, 16)
BLOCK_MARGINS: Margins = (20, 12, 20, 14)


def column(owner: QWidget | None = None, *, spacing: int = 8, margins: Margins = NO_MARGINS) -> QVBoxLayout:
    """A vertical layout; `spacing` and `margins` (left, top, right, bottom) in px at 標準."""
    layout = QVBoxLayout(owner) if owner is not None else QVBoxLayout()
    set_measures(layout, spacing=spacing, margins=margins)
    return layout


def row(owner: QWidget | None = None, *, spacing: int = 8, margins: Margins = NO_MARGINS) -> QHBoxLayout:
    """A horizontal layout; `spacing` and `margins` (left, top, right, bottom) in px at 標準."""
    layout = QHBoxLayout(owner) if owner is not None else QHBoxLayout()
    set_measures(layout, spacing=spacing, margins=margins)
    return layout


def set_measures(layout: QLayout, *, spacing: int, margins: Margins) -> None:
    """Keep spacing and margins of any layout at the present text step, also when it changes."""
    _Measures(layout, spacing, margins)


def put(layout: QBoxLayout, *items: QWidget | QLayout | int | None) -> None:
    """Add widgets and layouts in order; an int is a gap in px at 標準, None takes all spare room.

    A layout whose widgets are to end before it does goes in empty. PySide makes a Python half for every item
    of a layout that is added with something in it, and keeps it after Qt has deleted the item: whatever Qt
    makes at that address later is then taken for the item.
    """
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, int):
            layout.addSpacing(theme().px(item))
        elif isinstance(item, QLayout):
            layout.addLayout(item)
        else:
            layout.addWidget(item)


class _Measures(QObject):
    """Belongs to a layout and follows the text step for it."""

    def __init__(self, layout: QLayout, spacing: int, margins: Margins) -> None:
        super().__init__(layout)
        self._layout = layout
        self._spacing = spacing
        self._margins = margins
        self._apply()
        theme().changed.connect(self._apply)

    def _apply(self) -> None:
        px = theme().px
        left, top, right, bottom = self._margins
        self._layout.setSpacing(theme().between(self._spacing))
        self._layout.setContentsMargins(px(left), px(top), px(right), px(bottom))
