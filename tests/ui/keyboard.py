"""Keys and texts as they reach a widget: pressed, converted, and committed by an input method."""

from threading import Barrier

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.tasks import SIDE_THREADS, TaskRunner


def press_key(target: QWidget, keys: str) -> None:
    """Press one combination, such as "Ctrl+N" or "Tab"."""
    combination = QKeySequence(keys)[0]
    QTest.keyClick(target, combination.key(), combination.keyboardModifiers())


def commit_text(target: QWidget, text: str) -> None:
    """Let the input method commit a text."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QCoreApplication.sendEvent(target, event)


def convert_text(target: QWidget, text: str) -> None:
    """Leave a text under conversion."""
    QCoreApplication.sendEvent(target, QInputMethodEvent(text, []))


def settle_work(qtbot: QtBot, tasks: TaskRunner) -> None:
    """Wait for store thread and side pool, and for what their answers asked for."""
    for _ in range(3):
        for side, threads in ((False, 1), (True, SIDE_THREADS)):
            heard: list[object] = []
            # They meet only when every thread has come so far, with all that was asked for before.
            meeting = Barrier(threads)
            for _ in range(threads):
                tasks.run(lambda _, meeting=meeting: meeting.wait(), heard.append, side=side)
            qtbot.waitUntil(lambda heard=heard, threads=threads: len(heard) == threads)
        QCoreApplication.sendPostedEvents()
