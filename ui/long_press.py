"""A finger that rests opens the menu of what lies below it, where the system does not see to that itself."""

from __future__ import annotations

import sys

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QInputDevice, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from ui.theme.theme import theme

_MOST_DRIFT = 12
"""px that a resting finger moves."""


class LongPress(QObject):
    """Watches presses of a touch screen while 指で使う is on. Its menu is never the only way to something.

    Only then, because every event of the program comes by here.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._pressed_at = QPoint()
        self._target: QWidget | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(QGuiApplication.styleHints().mousePressAndHoldInterval())
        self._rest.timeout.connect(self._rested)
        theme().changed.connect(self._follow)

    def _follow(self) -> None:
        self._app.removeEventFilter(self)
        # On Windows a resting finger is a right click already.
        if theme().metrics.for_fingers and sys.platform != "win32":
            self._app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin with a press, end with a move or a release."""
        if isinstance(event, QMouseEvent) and _is_of_finger(event):
            kind = event.type()
            if kind == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget):
                self._pressed_at, self._target = event.globalPosition().toPoint(), watched
                self._rest.start()
            elif kind == QEvent.Type.MouseButtonRelease or self._has_drifted(event):
                self._rest.stop()
        return False

    def _has_drifted(self, event: QMouseEvent) -> bool:
        return (event.globalPosition().toPoint() - self._pressed_at).manhattanLength() > _MOST_DRIFT

    def _rested(self) -> None:
        target, self._target = self._target, None
        if target is not None and target.isVisible():
            place = target.mapFromGlobal(self._pressed_at)
            reason = QContextMenuEvent.Reason.Mouse
            QApplication.sendEvent(
                target,
                QContextMenuEvent(reason, place, self._pressed_at, Qt.KeyboardModifier.NoModifier),
            )


def _is_of_finger(event: QMouseEvent) -> bool:
    return event.device().type() == QInputDevice.DeviceType.TouchScreen
