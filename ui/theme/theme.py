"""The one theme of the running program: tokens and metrics, and a signal when either changes."""

from __future__ import annotations

from functools import cache
from typing import Literal
from weakref import WeakSet

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication, QStyleHints
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from ui.theme.fonts import Role, font, text_width
from ui.theme.metrics import Metrics, TextStep
from ui.theme.palette import palette
from ui.theme.stylesheet import style_sheet
from ui.theme.tokens import ThemeName, Tokens, load_tokens

Appearance = Literal["system", "light", "dark", "contrast"]


class Theme(QObject):
    """What painting code reads: `tokens`, `px()`, `font()`; `changed` tells of new colours or sizes."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tokens: Tokens = load_tokens("light")
        self.metrics = Metrics()
        self.name: ThemeName = "light"
        self.appearance: Appearance = "system"
        self._dressed: WeakSet[QWidget] = WeakSet()

    def px(self, measure: float) -> int:
        """A measure of the design (px at 標準) at the present text step."""
        return self.metrics.px(measure)

    def target(self, measure: float) -> int:
        """A length of something that one presses: for fingers at least 44."""
        return self.metrics.target(measure)

    def between(self, measure: float) -> int:
        """A gap between things that one presses: for fingers at least 8."""
        return self.metrics.between(measure)

    def font(self, role: Role, *, tabular: bool = False) -> QFont:
        """The face of a type role at the present text step."""
        return font(role, self.metrics, tabular=tabular)

    def width(self, text: str, role: Role) -> float:
        """Width in px of one line of text in a type role at the present text step."""
        return text_width(text, role, self.metrics)

    def apply(self, appearance: Appearance, step: TextStep, *, for_fingers: bool = False) -> None:
        """Show the whole program in this appearance and at this text step, at once and without a restart.

        `for_fingers` makes everything that one presses large enough for a finger.
        """
        self.appearance = appearance
        self.name = _resolved(appearance)
        self.tokens = load_tokens(self.name)
        self.metrics = Metrics(step, for_fingers=for_fingers)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setPalette(palette(self.tokens))
            app.setFont(self.font(Role.BODY))
        for window in filter(isValid, tuple(self._dressed)):
            window.setStyleSheet(self._sheet())
        self.changed.emit()

    def dress(self, window: QWidget) -> None:
        """Show a window and all in it in the style sheet, from now on.

        The application has none: with it, each part of a screen that is being built would be styled anew with
        everything below it whenever it is put into a larger part.
        """
        if window not in self._dressed:
            self._dressed.add(window)
            window.setStyleSheet(self._sheet())

    def _sheet(self) -> str:
        return style_sheet(self.tokens, self.metrics)

    def follow_system(self) -> None:
        """Take over the system's choice of light, dark or high contrast, now and whenever it changes."""
        hints = _system_hints()
        hints.colorSchemeChanged.connect(self._system_changed)
        hints.accessibility().contrastPreferenceChanged.connect(self._system_changed)

    def _system_changed(self) -> None:
        if self.appearance == "system" and _resolved("system") != self.name:
            self.apply("system", self.metrics.step, for_fingers=self.metrics.for_fingers)


@cache
def theme() -> Theme:
    """The theme of this program."""
    return Theme()


def _resolved(appearance: Appearance) -> ThemeName:
    if appearance != "system":
        return appearance
    if _asks_for_contrast():
        return "contrast"
    scheme = _system_hints().colorScheme()
    return "dark" if scheme == Qt.ColorScheme.Dark else "light"


def _asks_for_contrast() -> bool:
    return _system_hints().accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast


@cache
def _system_hints() -> QStyleHints:
    # Kept: once Python lets go of the hints, it takes what belongs to them for deleted.
    return QGuiApplication.styleHints()
