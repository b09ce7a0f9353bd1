"""Screen fonts: the bundled faces and the type roles of the design."""

from __future__ import annotations

from enum import Enum
from functools import cache, lru_cache
from importlib.resources import as_file, files

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

from ui.theme.metrics import Metrics

TEXT_FAMILY = "BIZ UDPGothic"
FIGURE_FAMILY = "BIZ UDGothic"
FALLBACK_FAMILY = "JPFallback"


class Role(Enum):
    """A type role as (size, line, bold): px at 標準; Qt's own pitch of the face is 1.0 em, so line is set."""

    NOTE = (16, 27, False)
    BODY = (14, 22, False)
    BODY_BOLD = (14, 22, True)
    TABLE = (13, 20, False)
    TABLE_BOLD = (13, 20, True)
    SECTION = (17, 26, True)
    TITLE = (20, 30, True)
    FIGURE = (20, 30, True)
    READ_BACK = (22, 36, False)
    CAPTION = (12, 18, False)
    CAPTION_BOLD = (12, 18, True)

    @property
    def size(self) -> int:
        """Type size in px at 標準."""
        return self.value[0]

    @property
    def line(self) -> int:
        """Height of one line in px at 標準."""
        return self.value[1]

    @property
    def bold(self) -> bool:
        """Whether the role is set in weight 700."""
        return self.value[2]


def font(role: Role, metrics: Metrics, *, tabular: bool = False) -> QFont:
    """The face of a role at the present step. `tabular` takes the face whose figures are equally wide."""
    return _face(metrics.px(role.size), role.bold, tabular)


def text_width(text: str, role: Role, metrics: Metrics) -> float:
    """Width of one line in a role at the present step, in px."""
    return _width(text, metrics.px(role.size), role.bold)


@lru_cache(maxsize=2048)  # layouts ask for the same labels again and again
def _width(text: str, pixels: int, bold: bool) -> float:
    return QFontMetricsF(_face(pixels, bold, False)).horizontalAdvance(text)


@cache
def _face(pixels: int, bold: bool, tabular: bool) -> QFont:
    if tabular:
        _register_figures()
    face = QFont([FIGURE_FAMILY if tabular else TEXT_FAMILY, FALLBACK_FAMILY])
    face.setPixelSize(pixels)
    face.setBold(bold)
    return face


@cache
def register_text_faces() -> None:
    """Make the bundled text faces known to Qt; needs a QGuiApplication."""
    for name in ("BIZUDPGothic-Regular", "BIZUDPGothic-Bold", "JPFallback-Regular", "JPFallback-Bold"):
        _register(name)


@cache
def _register_figures() -> None:
    for name in ("BIZUDGothic-Regular", "BIZUDGothic-Bold"):
        _register(name)


def _register(name: str) -> None:
    with as_file(files("resources").joinpath("fonts", f"{name}.ttf")) as path:
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise FileNotFoundError(name)
