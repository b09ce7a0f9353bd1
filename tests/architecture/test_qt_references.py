import sys

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot


class _Sender(QObject):
    sent = Signal(str)


def test_calls_into_qt_keep_the_reference_counts_of_none_and_true(qtbot: QtBot) -> None:
    """PySide6 6.12.0 on Python 3.11 drops one per call, and the process aborts after some hundreds."""
    label, sender = QLabel(), _Sender()
    qtbot.addWidget(label)
    before = sys.getrefcount(None), sys.getrefcount(True)
    for count in range(200):
        label.setText(str(count))
        sender.sent.emit("")
    after = sys.getrefcount(None), sys.getrefcount(True)
    assert all(abs(new - old) <= 5 for new, old in zip(after, before, strict=True))
