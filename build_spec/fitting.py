"""Whether everything in a window fits: no cut text, nothing outside, nothing over another thing.

Measured on the widgets themselves, not on pictures, so that it says which widget lacks how much.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QScrollArea,
    QScrollBar,
    QStyle,
    QStyleOptionComboBox,
    QWidget,
)

from ui.delegates.cell_delegate import SIDE
from ui.theme.fonts import Role
from ui.theme.theme import theme
from ui.widgets.buttons import Button
from ui.widgets.row_table import RowTable
from ui.widgets.texts import Paragraph, Text

LEAST_READABLE = 5
"""Characters that a shortened line still shows: below that it names nothing."""
_SLACK = 1
"""px by which fractions of a character's width may be rounded."""


def misfits(window: QWidget) -> list[str]:
    """What does not fit in a window as it stands, one sentence each; empty when all is well."""
    told = [f"{name_of(window)}: {clash}" for clash in _clashes(window)]
    for widget in shown(window):
        told += [f"{name_of(widget)}: {lack}" for lack in (*_lacks(widget, window), *_clashes(widget))]
    return told


def shown(window: QWidget) -> Iterator[QWidget]:
    """The visible widgets of our own; what Qt builds inside its controls is Qt's matter, and so are menus."""
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and widget.window() is window and not _is_qts_own(widget):
            yield widget


def name_of(widget: QWidget) -> str:
    """Kind and words of a widget, and of what it lies in."""
    parts = []
    while widget is not None and len(parts) < 4:
        words = widget.accessibleName() or getattr(widget, "text", lambda: "")()
        parts.append(f"{type(widget).__name__}「{words[:24]}」" if words else type(widget).__name__)
        widget = widget.parentWidget()
    return " in ".join(parts)


def _is_qts_own(widget: QWidget) -> bool:
    if widget.objectName().startswith("qt_") or isinstance(widget, QScrollBar | QHeaderView):
        return True
    above = widget.parentWidget()
    while above is not None and not above.isWindow():
        if isinstance(above, QLineEdit | QComboBox | QHeaderView | QScrollBar):
            return True
        above = above.parentWidget()
    return False


# --- One widget


def _lacks(widget: QWidget, window: QWidget) -> Iterator[str]:
    yield from _lacks_room(widget)
    yield from _cut_words(widget)
    yield from _outside(widget, window)
    if isinstance(widget, QAbstractScrollArea):
        yield from _hidden_by_scrolling(widget)
    if isinstance(widget, RowTable):
        yield from _cut_cells(widget)
    if _is_primary(widget) and not _is_wholly_seen(widget, window):
        yield "a primary button is not wholly seen"


def _lacks_room(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QAbstractScrollArea) or widget.layout() is not None:
        return  # what lies in it tells more exactly
    least = widget.minimumSizeHint()
    for side, has, needs in (
        ("wide", widget.width(), least.width()),
        ("high", widget.height(), least.height()),
    ):
        if has + _SLACK < needs:
            yield f"{has} px {side}, needs {needs}"


def _cut_words(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, Paragraph):
        if (needs := widget.heightForWidth(widget.width())) > widget.height() + _SLACK:
            yield f"{widget.height()} px high, its lines need {needs}"
    elif isinstance(widget, QLabel):
        yield from _cut_label(widget)
    elif isinstance(widget, QLineEdit):
        yield from _cut_line(widget, widget.placeholderText() if not widget.text() else "", widget.width())
    elif isinstance(widget, QComboBox):
        option = QStyleOptionComboBox()
        widget.initStyleOption(option)
        room = widget.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, widget
        )
        yield from _cut_line(widget, widget.currentText(), room.width())


def _cut_label(label: QLabel) -> Iterator[str]:
    metrics = QFontMetricsF(label.font())
    if metrics.horizontalAdvance(label.text()) <= label.contentsRect().width() + _SLACK:
        return
    left = metrics.elidedText(label.text(), Qt.TextElideMode.ElideRight, label.contentsRect().width())
    if not (isinstance(label, Text) and label.gives_way):
        yield "its words are cut"
    elif len(left) - 1 < LEAST_READABLE:
        yield f"only 「{left}」 is left of it"


def _cut_line(widget: QWidget, words: str, room: float) -> Iterator[str]:
    needs = QFontMetricsF(widget.font()).horizontalAdvance(words)
    if needs > room + _SLACK:
        yield f"「{words}」 needs {needs:.0f} px, has {room:.0f}"


def _outside(widget: QWidget, window: QWidget) -> Iterator[str]:
    """Whether it sticks out of what it lies in; below and above is where scrolling leads."""
    place, above = widget.geometry(), widget.parentWidget()
    while above is not None and widget is not window:
        scrolls = isinstance(above.parentWidget(), QAbstractScrollArea)
        inside = above.rect()
        if scrolls:
            inside = QRect(inside.x(), place.y(), inside.width(), place.height())
        if not inside.adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK).contains(place):
            yield f"sticks out of {type(above).__name__}: {_words(place)} in {_words(inside)}"
            return
        if scrolls or above is window:
            return
        place, above = place.translated(above.pos()), above.parentWidget()


def _hidden_by_scrolling(area: QAbstractScrollArea) -> Iterator[str]:
    sideways, upright = area.horizontalScrollBar(), area.verticalScrollBar()
    is_off = area.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    if is_off and isinstance(area, QScrollArea) and sideways.maximum() > _SLACK:
        yield f"{sideways.maximum()} px lie where no scrolling leads"
    if upright.maximum() > 0 and area.viewport().height() < theme().metrics.row:
        yield f"{area.viewport().height()} px high is too low to scroll in"


def _cut_cells(table: RowTable) -> Iterator[str]:
    beyond = table.horizontalHeader().length() - table.viewport().width()
    least = sum(theme().px(column.width or 140) for column in table.model().columns if not column.drop)
    if beyond > _SLACK and least <= table.viewport().width():
        yield f"its columns are {beyond} px wider than there is room, though they could fit"
    model = table.model()
    face = QFontMetricsF(theme().font(Role.CAPTION_BOLD))
    for number, column in enumerate(model.columns):
        room = table.columnWidth(number) - 2 * theme().px(SIDE)
        if table.isColumnHidden(number) or not column.title:
            continue
        if face.horizontalAdvance(column.title) > room + _SLACK:
            yield f"the heading 「{column.title}」 is cut"


def _is_primary(widget: QWidget) -> bool:
    return isinstance(widget, Button) and widget.is_primary


def _is_wholly_seen(widget: QWidget, window: QWidget) -> bool:
    place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    above = widget.parentWidget()
    while above is not None:
        if not QRect(above.mapTo(window, QPoint(0, 0)), above.size()).contains(place):
            return False
        if above is window:
            return True
        above = above.parentWidget()
    return True


# --- Siblings


def _clashes(parent: QWidget) -> Iterator[str]:
    if isinstance(parent, QAbstractItemView):
        return
    lying = [
        each
        for each in parent.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if each.isVisible() and not _lies_over(each)
    ]
    for one, other in combinations(lying, 2):
        common = one.geometry().intersected(other.geometry())
        if common.width() > _SLACK and common.height() > _SLACK:
            yield f"{name_of(one)} and {name_of(other)} overlap by {common.width()} x {common.height()} px"


def _lies_over(widget: QWidget) -> bool:
    """What is meant to lie over others: notices, popups, drawers, painted frames and rings."""
    return bool(
        widget.property("overlay")
        or widget.property("popup")
        or widget.property("drawer")
        or widget.isWindow()
        or widget.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    )


def _words(place: QRect) -> str:
    return f"{place.width()}x{place.height()}+{place.x()}+{place.y()}"
