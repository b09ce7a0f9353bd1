"""The program's own QApplication for every test of the window."""

import os

import pytest
from PySide6.QtWidgets import QApplication

from ui.application import make_application
from ui.theme.metrics import TextStep
from ui.theme.theme import theme

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    return make_application(["banso"])


@pytest.fixture(autouse=True)
def _standard_theme(qapp: QApplication) -> None:
    """Leave every test the light theme at 標準."""
    if (theme().name, theme().metrics.step) != ("light", TextStep.STANDARD):
        theme().apply("light", TextStep.STANDARD)
