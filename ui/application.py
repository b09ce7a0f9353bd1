"""The QApplication: style, fonts, language, theme, focus ring and the guard of Japanese conversion."""

from __future__ import annotations

import builtins
import linecache
import sys

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication, QStyleFactory

from ui.input_method import conversion
from ui.long_press import LongPress
from ui.theme.focus_ring import FocusRing
from ui.theme.fonts import register_text_faces
from ui.theme.metrics import TextStep
from ui.theme.theme import Appearance, theme
from ui.widgets.role_reader import install_role_reader

_KEPT: list[object] = []

HAND_OVER_S = 0.001 if sys.platform == "win32" else 0.0001
"""How long a busy thread keeps Python to itself. Its own 5 ms make each answer of the store wait for them.

A key press takes Python back some ten times until it is painted. Windows knows no less than a millisecond.
"""


def make_application(arguments: list[str] | None = None) -> QApplication:
    """The program's QApplication, made and set up once."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(arguments or sys.argv[:1])
    if not _KEPT:
        _set_up(app)
    return app


def show_theme(appearance: Appearance, step: TextStep, *, for_fingers: bool = False) -> None:
    """Use what 設定 says; may be called at any time."""
    theme().apply(appearance, step, for_fingers=for_fingers)


def _set_up(app: QApplication) -> None:
    sys.setswitchinterval(HAND_OVER_S)
    _forgo_features()
    app.setApplicationName("Banso")
    app.setApplicationDisplayName("伴走カルテ")
    # Japanese shapes of 直 骨 角 need the locale as well as the face.
    QLocale.setDefault(QLocale(QLocale.Language.Japanese, QLocale.Country.Japan))
    translator = QTranslator(app)
    if translator.load("qtbase_ja", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    app.setStyle(QStyleFactory.create("Fusion"))
    register_text_faces()
    theme().apply("system", TextStep.STANDARD)
    theme().follow_system()
    conversion().watch(app)
    install_role_reader()
    _KEPT.extend((translator, FocusRing(app), LongPress(app)))


def _forgo_features() -> None:
    """Take back from `import` what PySide6 adds for the sake of `from __feature__`, which is never used here.

    It reads the source of every module to see whether it speaks of PySide6, and Python keeps what was read:
    20 MB while the program runs, and a tenth of its start.
    """
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
    linecache.clearcache()
