"""Whoever follows the focus must not be what keeps the focused object alive."""

from __future__ import annotations

import gc
from weakref import ref

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from ui import input_method
from ui.idle_lock import IdleLock
from ui.theme.focus_ring import FocusRing
from ui.watched import Watched


def _focus(widget: QWidget, qtbot: QtBot) -> None:
    widget.show()
    widget.activateWindow()
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)


@pytest.mark.parametrize("kind", [QLineEdit, QTextEdit])
def test_a_focused_field_ends_with_its_last_reference(kind: type[QWidget], qtbot: QtBot) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    lock, ring = IdleLock(), FocusRing(app)
    lock.watch()
    field = kind()
    field.setProperty("ring", "outside")
    _focus(field, qtbot)
    left = ref(field)
    del field
    assert left() is None
    lock.rest()
    ring.deleteLater()


def test_a_field_that_qt_made_is_still_converted(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    box = QComboBox(editable=True)
    qtbot.addWidget(box)
    _focus(box, qtbot)
    gc.collect()
    monkeypatch.setattr(input_method, "_ask_input_method", lambda: None)
    QApplication.sendEvent(QApplication.focusObject(), QInputMethodEvent("へんかん", []))
    input_method.commit()
    assert box.currentText() == "へんかん"


class _Counting(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[QObject] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.User:
            self.seen.append(watched)
        return False


def test_only_the_last_object_is_watched() -> None:
    counting, first, second = _Counting(), QObject(), QObject()
    watched = Watched(counting)
    for each in (first, second):
        watched.move_to(each)
        QApplication.sendEvent(first, QEvent(QEvent.Type.User))
        QApplication.sendEvent(second, QEvent(QEvent.Type.User))
    assert counting.seen == [first, second]
    watched.move_to(None)
    QApplication.sendEvent(second, QEvent(QEvent.Type.User))
    assert counting.seen == [first, second]
    assert watched() is None
