"""The program's own QApplication for every test of the window."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.application import make_application
from ui.main_window import MainWindow
from ui.theme.metrics import TextStep
from ui.theme.theme import theme

SHARED = "shared"
"""Property of a window that several tests look at; who made it ends it."""

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def pytest_collection_modifyitems(items: Iterable[pytest.Item]) -> None:
    """The offscreen platform warns of what it cannot do with windows; that says nothing of the program."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("^This plugin does not support", extend=True))


@pytest.fixture(scope="session")
def qapp() -> Iterator[QApplication]:
    yield make_application(["banso"])
    # The offscreen clipboard outlives Python, and would call into it for what was copied by Python.
    QApplication.clipboard().clear()


@pytest.fixture
def qtbot(qtbot: QtBot) -> QtBot:
    """Shows what is added in the program's style sheet, as its window does."""
    add = qtbot.addWidget

    def add_dressed(widget: QWidget, **more: Any) -> None:
        theme().dress(widget)
        add(widget, **more)

    qtbot.addWidget = add_dressed
    return qtbot


@pytest.fixture(autouse=True)
def _standard_theme(qapp: QApplication) -> None:
    """Start every test in the light theme at 標準, for a mouse."""
    metrics = theme().metrics
    if (theme().name, metrics.step, metrics.for_fingers) != ("light", TextStep.STANDARD, False):
        theme().apply("light", TextStep.STANDARD)


@pytest.fixture(autouse=True)
def _no_window_left(qapp: QApplication) -> Iterator[None]:
    """End the windows of a test before its garbage is collected; see `ui.collecting.end_window`."""
    yield
    for window in QApplication.topLevelWidgets():
        if isinstance(window, MainWindow) and not window.property(SHARED):
            window.close()
            window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
