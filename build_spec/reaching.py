"""Whether everything in a window can be reached by keyboard, and is named for those who hear it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListView,
    QTableView,
    QTextEdit,
    QWidget,
)

from build_spec.fitting import name_of, shown

_MOST_STOPS = 160
_ROLES: dict[type[QWidget], set[QAccessible.Role]] = {
    QCheckBox: {QAccessible.Role.CheckBox},
    QAbstractButton: {
        QAccessible.Role.Button,
        QAccessible.Role.ButtonMenu,
        QAccessible.Role.CheckBox,
        QAccessible.Role.PageTab,
        QAccessible.Role.RadioButton,
    },
    QLineEdit: {QAccessible.Role.EditableText},
    QTextEdit: {QAccessible.Role.EditableText},
    QComboBox: {QAccessible.Role.ComboBox},
    QTableView: {QAccessible.Role.Table},
    QListView: {QAccessible.Role.List},
    QWidget: {QAccessible.Role.Document, QAccessible.Role.List},
}


def stops(window: QWidget) -> list[QWidget]:
    """The visible widgets that Tab has to come to."""
    return [
        widget
        for widget in shown(window)
        if widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.focusProxy()
    ]


# --- By keyboard


def unreachable(window: QWidget) -> list[str]:
    """Where Tab does not come, where it stays, and where nobody would see that it came."""
    told: list[str] = []
    start = QApplication.focusWidget()
    if start is None:
        return ["nothing has the focus"]
    visited: list[QWidget] = []
    here = start
    while here not in visited and len(visited) < _MOST_STOPS:
        visited.append(here)
        told += [f"{name_of(here)}: {lack}" for lack in _not_seen(here, window)]
        QTest.keyClick(here, Qt.Key.Key_Tab)
        came = QApplication.focusWidget()
        if came is None or came is here:
            return [*told, f"{name_of(here)}: Tab does not leave it"]
        here = came
    if here is not start:
        told.append(f"{name_of(here)}: Tab turns in a circle without {name_of(start)}")
    told += [f"{name_of(each)}: Tab never comes to it" for each in stops(window) if each not in visited]
    QTest.keyClick(here, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    if QApplication.focusWidget() is not visited[-1]:
        told.append(f"{name_of(here)}: Shift+Tab does not lead back")
    start.setFocus()
    return told


def _not_seen(focused: QWidget, window: QWidget) -> Iterator[str]:
    seen = focused.viewport() if isinstance(focused, QAbstractScrollArea) else focused
    if seen.visibleRegion().isEmpty():
        yield "has the focus out of sight"
    elif not _has_ring(focused, window) and not _paints_own_focus(focused):
        yield "has the focus without a sign of it"


def _has_ring(focused: QWidget, window: QWidget) -> bool:
    ring = window.findChild(QWidget, "focus-ring")
    if ring is None or not ring.isVisible():
        return False
    place = QRect(ring.mapTo(window, QPoint(0, 0)), ring.size())
    return place.adjusted(-1, -1, 1, 1).contains(
        QRect(focused.mapTo(window, QPoint(0, 0)), focused.size()).intersected(place)
    ) and place.intersects(QRect(focused.mapTo(window, QPoint(0, 0)), focused.size()))


def _paints_own_focus(widget: QWidget) -> bool:
    """Lists, tables and the notes draw their own sign: the picture differs once the focus is elsewhere."""
    if isinstance(widget, QAbstractItemView) and widget.model().rowCount() == 0:
        return True  # there is only the empty state to look at
    with_focus = widget.grab().toImage()
    widget.clearFocus()
    without = widget.grab().toImage()
    widget.setFocus()
    return bool(with_focus != without)


# --- For those who hear it


def unheard(window: QWidget) -> list[str]:
    """Controls without a name, with the wrong role or state; rows and cells that say nothing."""
    told = []
    for widget in stops(window):
        asked = QAccessible.queryAccessibleInterface(widget)
        told += [f"{name_of(widget)}: {lack}" for lack in _unheard_control(widget, asked)]
        if isinstance(widget, QAbstractItemView):
            told += [f"{name_of(widget)}: {lack}" for lack in _unheard_rows(widget)]
    return told


def _unheard_control(widget: QWidget, asked: object) -> Iterator[str]:
    if asked is None:
        yield "says nothing at all"
        return
    if not asked.text(QAccessible.Text.Name).strip():
        yield "has no name"
    fitting = next(roles for kind, roles in _ROLES.items() if isinstance(widget, kind))
    if asked.role() not in fitting:
        yield f"is heard as {asked.role().name}"
    state = asked.state()
    if not state.focusable or state.disabled or state.invisible:
        yield "is not heard as something that takes the keyboard"
    if isinstance(widget, QAbstractButton) and widget.isCheckable():
        says = state.selected if asked.role() == QAccessible.Role.PageTab else state.checked
        if bool(says) != widget.isChecked():
            yield "does not say whether it is chosen"
    if isinstance(widget, QLineEdit) and bool(state.readOnly) != widget.isReadOnly():
        yield "does not say whether it can be written in"


def _unheard_rows(view: QAbstractItemView) -> Iterator[str]:
    """Every shown cell of the first rows says its heading and its words."""
    model = view.model()
    for row in range(min(3, model.rowCount())):
        for column in range(model.columnCount() if isinstance(view, QTableView) else 1):
            index = model.index(row, column)
            if view.visualRect(index).isEmpty():
                continue
            said = str(index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data() or "")
            heading = str(model.headerData(column, Qt.Orientation.Horizontal) or "")
            if not said.strip():
                yield f"row {row}, column {column} says nothing"
            elif isinstance(view, QTableView) and not said.startswith(heading):
                yield f"row {row} says 「{said}」 without 「{heading}」"
