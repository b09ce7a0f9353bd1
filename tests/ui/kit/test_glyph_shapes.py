"""直 骨 角 刃 化 have their Japanese shapes: a Chinese face draws them otherwise (design-ux 2.4, U9)."""

import hashlib
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QFont, QFontDatabase, QPainterPath, QRawFont
from PySide6.QtWidgets import QApplication

from ui.theme.fonts import FALLBACK_FAMILY, Role
from ui.theme.theme import theme

LETTERS = "直骨角刃化"
REFERENCE = {
    False: "b9953ce346508a9a",
    True: "139da5e795cc80a7",
}
"""Of the outlines in the bundled face, whose shapes were looked at and are the Japanese ones; by weight."""


def fingerprint(font: QFont) -> str:
    """What the outlines of the letters look like, whatever the size asked for."""
    large = QFont(font)
    large.setPixelSize(1000)
    face = QRawFont.fromFont(large)
    told = hashlib.sha256()
    for letter in LETTERS:
        glyph = face.glyphIndexesForString(letter)[0]
        told.update(" ".join(_points(face.pathForGlyph(glyph))).encode())
    return told.hexdigest()[:16]


def _points(path: QPainterPath) -> Iterator[str]:
    for number in range(path.elementCount()):
        element = path.elementAt(number)
        yield f"{element.type.value}:{round(element.x)},{round(element.y)}"


@pytest.mark.parametrize("role", Role)
def test_every_type_role_draws_the_japanese_shapes(qapp: QApplication, role: Role) -> None:
    assert fingerprint(theme().font(role)) == REFERENCE[role.bold]
    assert fingerprint(theme().font(role, tabular=True)) == REFERENCE[role.bold]


def test_the_program_speaks_japanese_to_the_fonts(qapp: QApplication) -> None:
    assert QLocale().language() == QLocale.Language.Japanese


def test_another_face_is_told(qapp: QApplication) -> None:
    simplified = QFontDatabase.WritingSystem.SimplifiedChinese
    ours = {theme().font(Role.BODY).family(), "BIZ UDGothic", "BIZ UDPGothic"}
    others = {FALLBACK_FAMILY, *QFontDatabase.families(simplified)} - ours
    assert not {fingerprint(QFont(family)) for family in others} & set(REFERENCE.values())
