"""Every pair of colours that is painted together can be read (WCAG 2.2, 1.4.3 and 1.4.11)."""

import pytest
from PySide6.QtGui import QColor

from ui.theme.tokens import ThemeName, load_tokens

GROUNDS = ("bg", "surface", "surface2", "selection")
TEXT_PAIRS = [(words, ground) for words in ("text", "sub", "primary") for ground in GROUNDS] + [
    ("on_primary", "primary"),
    *((kind, f"{kind}_tint") for kind in ("danger", "warn", "ok", "info", "secret")),
    *((kind, ground) for kind in ("danger", "warn", "ok", "info", "secret") for ground in ("bg", "surface")),
    *(("text", f"{kind}_tint") for kind in ("danger", "warn", "ok", "info", "secret")),
]
LINE_PAIRS = [
    *((line, ground) for line in ("border", "focus", "primary") for ground in ("bg", "surface", "surface2")),
    ("focus", "selection"),
    ("on_primary", "primary"),
    *((kind, f"{kind}_tint") for kind in ("warn", "info", "secret")),
]


def contrast(one: QColor, other: QColor) -> float:
    """Contrast ratio of WCAG 2.2 (success criterion 1.4.3), from 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color: QColor) -> float:
    red, green, blue = (linear(part) for part in (color.redF(), color.greenF(), color.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize(("words", "ground"), TEXT_PAIRS)
def test_text_stands_out_from_its_ground(name: ThemeName, words: str, ground: str) -> None:
    colors = load_tokens(name).by_name()
    assert contrast(colors[words], colors[ground]) >= 4.5


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize(("line", "ground"), LINE_PAIRS)
def test_borders_and_icons_stand_out_from_their_ground(name: ThemeName, line: str, ground: str) -> None:
    colors = load_tokens(name).by_name()
    assert contrast(colors[line], colors[ground]) >= 3


def test_black_on_white_has_the_ratio_of_the_standard() -> None:
    assert round(contrast(QColor("#000000"), QColor("#FFFFFF")), 2) == 21
