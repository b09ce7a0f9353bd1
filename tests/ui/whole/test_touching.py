"""Every screen by touch alone: targets of 44 x 44 with 8 between them, the toolbar at the foot."""

from datetime import date

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QInputDevice, QMouseEvent, QPointingDevice
from PySide6.QtWidgets import QApplication, QTableView, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from build_spec.fitting import misfits
from build_spec.pictures import Look
from build_spec.screens import leave, shots, show
from build_spec.touching import too_small
from ui.application import show_theme
from ui.long_press import LongPress
from ui.program import Program
from ui.theme.metrics import LEAST_TARGET, TextStep
from ui.widgets.buttons import Button
from ui.widgets.fields.calendar_popup import CalendarPopup
from ui.widgets.fields.date_field import DateField

FINGERS = Look(1024, 520, TextStep.STANDARD, "light", for_fingers=True)


def test_everything_is_large_enough_for_a_finger(practice: Program) -> None:
    assert practice.services is not None
    FINGERS.put_on(practice)
    found = []
    for shot in shots(practice.services):
        show(practice, shot)
        found += [f"{shot.name}: {lack}" for lack in (*too_small(practice.window), *misfits(practice.window))]
        leave(practice, shot)
    assert found == [], "\n".join(found)


def put_in(window: QWidget, widget: QWidget, left: int, top: int, width: int, height: int) -> None:
    widget.setParent(window)
    widget.setGeometry(left, top, width, height)
    widget.show()


def test_small_and_crowded_targets_are_told(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(300, 200)
    put_in(window, Button("一"), 0, 0, 60, 32)
    put_in(window, Button("二"), 64, 0, 60, 44)
    put_in(window, Button("三"), 132, 0, 60, 44)
    window.show()
    told = too_small(window)
    assert [each.partition(":")[2] for each in told if "needs" in each] == [" 60 x 32 px, needs 44"]
    assert [each[-10:] for each in told if "apart" in each] == ["4 px apart"]


def test_fingers_get_the_buttons_of_the_screen_at_the_foot(practice: Program) -> None:
    from ui.navigation import Place, Route
    from ui.shell.title_line import TitleLine
    from ui.shell.touch_bar import TouchBar

    window = practice.window
    FINGERS.put_on(practice)
    window.open(Route(Place.COMPANIES))
    bar, head = window.findChild(TouchBar), window.findChild(TitleLine)
    assert bar is not None
    assert head is not None
    assert bar.isVisible()
    assert bar.geometry().bottom() >= window.height() - 120
    assert [each.label() for each in bar.findChildren(Button) if each.isVisible()] == ["キーボード", "企業"]
    assert bar.primary_button() is not None
    assert bar.primary_button().height() == 56  # type: ignore[union-attr]
    assert head.primary_button() is None
    show_theme("light", TextStep.STANDARD)
    assert not bar.isVisible()
    assert head.primary_button() is not None


def test_the_days_of_a_calendar_are_large_enough_and_on_the_screen(qtbot: QtBot) -> None:
    show_theme("light", TextStep.STANDARD, for_fingers=True)
    field = DateField(lambda: date(2026, 7, 22))
    qtbot.addWidget(field)
    field.move(field.screen().availableGeometry().bottomRight() - QPoint(200, 60))
    field.show()
    field.open_calendar()
    popup = field.findChild(CalendarPopup)
    assert popup is not None
    days, least = popup.findChild(QTableView), LEAST_TARGET
    assert days is not None
    assert all(min(days.columnWidth(n), days.rowHeight(n)) >= least for n in range(7))
    assert all(min(each.width(), each.height()) >= least for each in popup.findChildren(QToolButton))
    assert field.screen().availableGeometry().contains(popup.geometry())
    popup.close()


class Menus(QWidget):
    """Counts how often its menu is asked for."""

    asked = 0

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.asked += 1


@pytest.fixture(scope="session")
def screen() -> QPointingDevice:
    """A touch screen; Qt remembers the device that it heard from last."""
    kinds = QInputDevice.DeviceType.TouchScreen, QPointingDevice.PointerType.Finger
    return QPointingDevice("screen", 1, *kinds, QInputDevice.Capability.Position, 1, 1)


def finger(kind: QEvent.Type, place: QPoint, widget: QWidget, screen: QPointingDevice) -> QMouseEvent:
    held, where = Qt.MouseButton.LeftButton, QPointF(place)
    return QMouseEvent(
        kind, where, widget.mapToGlobal(where), held, held, Qt.KeyboardModifier.NoModifier, screen
    )


@pytest.mark.parametrize(("drift", "menus"), [(0, 1), (40, 0)])
def test_a_resting_finger_opens_the_menu_and_a_moving_one_does_not(
    qapp: QApplication, qtbot: QtBot, screen: QPointingDevice, drift: int, menus: int
) -> None:
    widget = Menus()
    qtbot.addWidget(widget)
    widget.show()
    watch = LongPress(qapp)
    watch._rest.setInterval(0)
    watch.eventFilter(widget, finger(QEvent.Type.MouseButtonPress, QPoint(10, 10), widget, screen))
    watch.eventFilter(widget, finger(QEvent.Type.MouseMove, QPoint(10 + drift, 10), widget, screen))
    qtbot.waitUntil(lambda: not watch._rest.isActive())
    assert widget.asked == menus
    watch.deleteLater()
