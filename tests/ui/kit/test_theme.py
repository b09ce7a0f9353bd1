"""Tokens, type and measures: complete, scaled, and changed without a restart."""

import re
import tomllib
from importlib.resources import files

import pytest
from PySide6.QtGui import QRawFont
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.theme.fonts import Role
from ui.theme.icons import icon
from ui.theme.metrics import Metrics, TextStep
from ui.theme.stylesheet import style_sheet
from ui.theme.theme import _system_hints, theme
from ui.theme.tokens import load_tokens
from ui.widgets.texts import Paragraph, Text


def test_every_measure_grows_with_the_text_step_and_lines_of_one_px_stay() -> None:
    sheet = style_sheet(load_tokens("light"), Metrics(TextStep.EXTRA_LARGE))
    assert "1px solid" in sheet
    assert 'QLabel[type="title"] { font-size: 30px; min-height: 45px' in sheet
    assert "@" not in re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)


def test_the_sheet_and_the_type_roles_agree() -> None:
    text = files("resources").joinpath("theme", "window.qss").read_text(encoding="utf-8")
    for role in Role:
        rule = re.search(rf'QLabel\[type="{role.name.lower()}"\] {{(.*?)}}', text)
        assert rule is not None, role
        assert f"font-size: {role.size}px; min-height: {role.line}px; max-height: {role.line}px;" in rule[1]
        assert ("font-weight: 700" in rule[1]) == role.bold


def test_the_bundled_face_is_used_and_holds_japanese(qapp: QApplication) -> None:
    face = QRawFont.fromFont(qapp.font())
    assert face.familyName() == "BIZ UDPGothic"
    assert all(face.supportsCharacter(ord(letter)) for letter in "特直骨角刃化")


def test_figures_in_tables_are_equally_wide(qapp: QApplication) -> None:
    from PySide6.QtGui import QFontMetricsF

    metrics = QFontMetricsF(theme().font(Role.TABLE, tabular=True))
    assert len({metrics.horizontalAdvance(figure) for figure in "0123456789"}) == 1


def test_a_text_has_the_line_height_of_its_role_at_every_step(qtbot: QtBot) -> None:
    label = Text("知財を強みに", Role.SECTION)
    qtbot.addWidget(label)
    for step in TextStep:
        theme().apply("light", step)
        assert label.sizeHint().height() == theme().px(Role.SECTION.line)


def test_a_paragraph_grows_by_whole_lines(qtbot: QtBot) -> None:
    words = Paragraph("次回までに図面の一覧を作り、弁理士に相談する日を決める", Role.BODY)
    qtbot.addWidget(words)
    assert words.heightForWidth(1000) == 22
    assert words.heightForWidth(200) == 44


@pytest.mark.parametrize("appearance", ["light", "dark", "contrast"])
def test_the_appearance_changes_the_palette_at_once(qapp: QApplication, appearance: str) -> None:
    theme().apply(appearance, TextStep.STANDARD)  # type: ignore[arg-type]
    assert qapp.palette().window().color() == load_tokens(appearance).bg  # type: ignore[arg-type]
    assert theme().name == appearance


def test_every_icon_paints_something(qtbot: QtBot) -> None:
    drawings = files("resources").joinpath("icons", "drawings.toml").read_text(encoding="utf-8")
    for name in tomllib.loads(drawings):
        picture = icon(name).pixmap(20, 20).toImage()
        assert any(picture.pixelColor(x, y).alpha() for x in range(20) for y in range(20)), name


def test_steps_stop_at_both_ends() -> None:
    assert TextStep.SMALL.smaller() is TextStep.SMALL
    assert TextStep.EXTRA_LARGE.larger() is TextStep.EXTRA_LARGE
    assert TextStep.STANDARD.larger() is TextStep.LARGE
    assert TextStep.LARGE.smaller() is TextStep.STANDARD


def test_high_contrast_of_the_system_comes_before_light_and_dark(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.theme.theme._asks_for_contrast", lambda: True)
    theme().apply("system", TextStep.STANDARD)
    assert theme().name == "contrast"
    theme().apply("light", TextStep.STANDARD)
    assert theme().name == "light"


def test_the_theme_follows_when_the_system_turns_to_high_contrast(monkeypatch: pytest.MonkeyPatch) -> None:
    theme().apply("system", TextStep.STANDARD)
    monkeypatch.setattr("ui.theme.theme._asks_for_contrast", lambda: True)
    hints = _system_hints().accessibility()
    hints.contrastPreferenceChanged.emit(hints.contrastPreference())
    assert theme().name == "contrast"
