"""Every pair of colours that is painted together can be read (WCAG 2.2, 1.4.3 and 1.4.11)."""

from collections.abc import Iterable
from itertools import product

import pytest
from PySide6.QtGui import QColor

from ui.theme.tokens import ThemeName, load_tokens

STATES = ("danger", "warn", "ok", "info", "secret")
TINTS = tuple(f"{state}_tint" for state in STATES)
GROUNDS = ("bg", "surface", "surface2", "selection", *TINTS)
WORDS = ("text", "sub", "primary", *STATES)
LINES = ("border", "focus", "primary", *STATES)
TEXT_PAIRS = [*product(WORDS, GROUNDS), ("on_primary", "primary")]
LINE_PAIRS = [*product(LINES, GROUNDS), ("on_primary", "primary")]
DECORATION = {"divider"}
"""Never the only edge of a control, so no pair of it counts."""
LEAST_TEXT: dict[ThemeName, float] = {"light": 4.5, "dark": 4.5, "contrast": 7}
LEAST_LINE: dict[ThemeName, float] = {"light": 3, "dark": 3, "contrast": 4.5}


def contrast(one: QColor, other: QColor) -> float:
    """Contrast ratio of WCAG 2.2 (success criterion 1.4.3), from 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color: QColor) -> float:
    red, green, blue = (linear(part) for part in (color.redF(), color.greenF(), color.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def faint_pairs(name: ThemeName, pairs: Iterable[tuple[str, str]], least: float) -> list[str]:
    colors = load_tokens(name).by_name()
    measured = [(one, other, contrast(colors[one], colors[other])) for one, other in pairs]
    return [f"{one} on {other} {ratio:.2f}" for one, other, ratio in measured if ratio < least]


@pytest.mark.parametrize("name", LEAST_TEXT)
def test_text_stands_out_from_its_ground(name: ThemeName) -> None:
    assert faint_pairs(name, TEXT_PAIRS, LEAST_TEXT[name]) == []


@pytest.mark.parametrize("name", LEAST_LINE)
def test_borders_and_icons_stand_out_from_their_ground(name: ThemeName) -> None:
    assert faint_pairs(name, LINE_PAIRS, LEAST_LINE[name]) == []


def test_a_faint_pair_is_named() -> None:
    assert faint_pairs("light", [("divider", "bg")], 3) == ["divider on bg 1.30"]


def test_every_token_is_in_a_pair() -> None:
    paired = {token for pair in (*TEXT_PAIRS, *LINE_PAIRS) for token in pair}
    assert set(load_tokens("light").by_name()) - paired == DECORATION


def test_lines_between_parts_are_edges_where_contrast_is_high() -> None:
    colors = load_tokens("contrast").by_name()
    assert all(contrast(colors["divider"], colors[ground]) >= 4.5 for ground in GROUNDS)


def test_black_on_white_has_the_ratio_of_the_standard() -> None:
    assert round(contrast(QColor("#000000"), QColor("#FFFFFF")), 2) == 21
