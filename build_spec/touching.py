"""Whether fingers can use a window: everything that one presses is large enough, with room around it."""

from __future__ import annotations

from itertools import combinations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QLineEdit,
    QWidget,
)

from build_spec.fitting import name_of, shown
from ui.theme.metrics import LEAST_GAP, LEAST_TARGET
from ui.theme.theme import theme

_SLACK = 1


def too_small(window: QWidget) -> list[str]:
    """Targets under 44 x 44, rows under 44, and neighbours nearer than 8 px at 標準 (design-ux 2.3)."""
    least, gap = theme().px(LEAST_TARGET), theme().px(LEAST_GAP)
    told: list[str] = []
    targets = [each for each in shown(window) if _is_pressed(each)]
    for each in targets:
        if min(each.width(), each.height()) + _SLACK < least:
            told.append(f"{name_of(each)}: {each.width()} x {each.height()} px, needs {least}")
    for view in (each for each in shown(window) if isinstance(each, QAbstractItemView)):
        told += [f"{name_of(view)}: {lack}" for lack in _low_rows(view, least)]
    places = [(each, _seen(each, window)) for each in targets]
    for (one, here), (other, there) in combinations([pair for pair in places if not pair[1].isEmpty()], 2):
        if one.isAncestorOf(other) or other.isAncestorOf(one) or _layer(one) is not _layer(other):
            continue
        near = _distance(here, there)
        if near + _SLACK < gap:
            told.append(f"{name_of(one)} and {name_of(other)} are {near} px apart")
    return told


def _is_pressed(widget: QWidget) -> bool:
    return widget.isEnabled() and isinstance(widget, QAbstractButton | QComboBox | QLineEdit)


def _low_rows(view: QAbstractItemView, least: int) -> list[str]:
    model = view.model()
    lows = []
    for row in range(min(8, model.rowCount())):
        index = model.index(row, 0)
        height = view.visualRect(index).height()
        if index.flags() & Qt.ItemFlag.ItemIsSelectable and 0 < height + _SLACK < least:
            lows.append(f"row {row} is {height} px high, needs {least}")
    return lows


def _seen(widget: QWidget, window: QWidget) -> QRect:
    """Where it is seen, in the window; empty where it is not wholly so, as when it is scrolled away."""
    place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    above = widget.parentWidget()
    while above is not None and above is not window:
        inside = QRect(above.mapTo(window, QPoint(0, 0)), above.size())
        if isinstance(above.parentWidget(), QAbstractScrollArea) and not inside.contains(place):
            return QRect()
        above = above.parentWidget()
    met = window.childAt(place.center())
    is_on_top = met is not None and (met is widget or widget.isAncestorOf(met))
    return place if is_on_top else QRect()


def _layer(widget: QWidget) -> QWidget | None:
    """The drawer or panel it lies in: what lies below one is pressed only where that ends."""
    above: QWidget | None = widget
    while above is not None and not (above.property("drawer") or above.property("overlay")):
        above = above.parentWidget()
    return above


def _distance(one: QRect, other: QRect) -> int:
    across = max(one.left(), other.left()) - min(one.right(), other.right()) - 1
    down = max(one.top(), other.top()) - min(one.bottom(), other.bottom()) - 1
    return max(across, down, 0)
