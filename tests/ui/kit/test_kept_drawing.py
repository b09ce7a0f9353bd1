"""Lines and small shapes that are kept between frames look as if they were drawn anew."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter
from pytestqt.qtbot import QtBot

from ui.theme.fonts import Role
from ui.theme.lines import fitting, line
from ui.theme.metrics import TextStep
from ui.theme.paint import paint_meter
from ui.theme.pictures import paint_kept
from ui.theme.theme import theme

ROOM = QRectF(10, 4, 200, 31)
INK = QColor("#123456")


@pytest.fixture(autouse=True)
def _at_standard(qtbot: QtBot) -> None:
    theme().apply("light", TextStep.STANDARD)


def drawn(draw: Callable[[QPainter], None], ratio: float = 1) -> QImage:
    image = QImage(round(240 * ratio), round(40 * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor("white"))
    painter = QPainter(image)
    draw(painter)
    painter.end()
    return image


@pytest.mark.parametrize("words", ["北国精密123(株)", "8/14 あと14日", "𠮷野家 ㈱", "a\tb", "―…"])
@pytest.mark.parametrize("role", [Role.TABLE, Role.TABLE_BOLD, Role.CAPTION])
def test_a_kept_line_looks_like_text_drawn_in_the_middle_of_its_room(words: str, role: Role) -> None:
    def plain(painter: QPainter) -> None:
        painter.setFont(theme().font(role))
        painter.setPen(INK)
        painter.drawText(ROOM, Qt.AlignmentFlag.AlignVCenter, words)

    assert drawn(lambda painter: line(words, role).paint(painter, ROOM.x(), ROOM, INK)) == drawn(plain)


def test_a_line_is_cut_short_only_where_it_is_too_wide() -> None:
    words = "弁理士に相談する日を決めて、図面の一覧を用意する"
    whole = line(words, Role.TABLE)
    assert fitting(words, Role.TABLE, whole.width) is whole
    cut = fitting(words, Role.TABLE, 100)
    assert cut.words.endswith("…")
    assert cut.width <= 100
    assert fitting(words, Role.TABLE, -5).width <= line("…", Role.TABLE).width


def test_nothing_is_drawn_over_the_right_end_of_the_room() -> None:
    words = line("面談のあとに続ける言葉", Role.TABLE)
    narrow = QRectF(10, 4, 30, 31)
    image = drawn(lambda painter: words.paint(painter, narrow.x(), narrow, INK))
    beyond = image.copy(40, 0, 200, 40)
    assert beyond == drawn(lambda _painter: None).copy(40, 0, 200, 40)


def test_a_larger_text_step_measures_lines_anew() -> None:
    before = line("企業", Role.TABLE).width
    theme().apply("light", TextStep.EXTRA_LARGE)
    assert line("企業", Role.TABLE).width > before * 1.3
    assert line("企業", Role.TABLE).width == QFontMetricsF(theme().font(Role.TABLE)).horizontalAdvance("企業")


def furthest(one: QImage, other: QImage) -> int:
    """The greatest difference of any colour of any pixel, 0 to 255."""
    return max(abs(a - b) for a, b in zip(bytes(one.constBits()), bytes(other.constBits()), strict=True))


def meter(done: int) -> Callable[[QPainter], None]:
    return lambda painter: paint_meter(painter, QRectF(10, 10.5, 46, 6), done, cell_width=10)


@pytest.mark.parametrize("ratio", [1, 1.25, 2])
def test_a_kept_picture_is_as_fine_as_the_screen(ratio: float) -> None:
    def circle(painter: QPainter, rect: QRectF, rgba: int) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor.fromRgba(rgba))
        painter.drawEllipse(rect)

    place = QRectF(16, 8.5, 20, 20)
    kept = drawn(lambda painter: paint_kept(painter, place, circle, INK.rgba()), ratio)
    # Where a line is half over a pixel, drawing it beside another pixel may round the other way.
    assert furthest(kept, drawn(lambda painter: circle(painter, place, INK.rgba()), ratio)) <= 2


def test_a_shape_follows_its_facts_and_the_theme() -> None:
    first = drawn(meter(1))
    assert drawn(meter(1)) == first
    assert drawn(meter(2)) != first
    theme().apply("dark", TextStep.STANDARD)
    assert drawn(meter(1)) != first
