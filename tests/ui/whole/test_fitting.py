"""Nothing is cut and nothing lies over another thing; `dev.py pictures` measures every look there is."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from build_spec.fitting import misfits
from build_spec.pictures import Look
from build_spec.screens import leave, shots, show
from ui.program import Program
from ui.theme.metrics import TextStep
from ui.widgets.buttons import Button
from ui.widgets.scroll_page import ScrollPage
from ui.widgets.texts import Paragraph, Text

NARROWEST = Look(1024, 520, TextStep.EXTRA_LARGE, "light")


def test_every_screen_fits_where_there_is_least_room(practice: Program) -> None:
    assert practice.services is not None
    NARROWEST.put_on(practice)
    found = []
    for shot in shots(practice.services):
        show(practice, shot)
        found += [f"{shot.name}: {lack}" for lack in misfits(practice.window)]
        leave(practice, shot)
    assert found == []


def page(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(300, 200)
    window.show()
    return window


def put_in(window: QWidget, widget: QWidget, left: int, top: int, width: int, height: int) -> None:
    widget.setParent(window)
    widget.setGeometry(left, top, width, height)
    widget.show()


def test_what_fits_is_not_told(qtbot: QtBot) -> None:
    window = page(qtbot)
    put_in(window, Text("企業"), 10, 10, 100, 22)
    assert misfits(window) == []


def test_cut_words_are_told(qtbot: QtBot) -> None:
    window = page(qtbot)
    put_in(window, Text("みなと木工株式会社"), 10, 10, 40, 22)
    put_in(window, Paragraph("次回までに図面の一覧を作り、弁理士に相談する日を決める"), 10, 40, 150, 22)
    put_in(window, Button("面談を始める"), 10, 100, 50, 32)
    put_in(window, Text("みなと木工株式会社", elide=True), 10, 150, 60, 22)
    told = "\n".join(misfits(window))
    for words in ("its words are cut", "its lines need 66", "50 px wide, needs", "is left of it"):
        assert words in told


def test_overlap_and_what_sticks_out_is_told(qtbot: QtBot) -> None:
    window = page(qtbot)
    put_in(window, Text("企業"), 10, 10, 100, 22)
    put_in(window, Text("面談"), 80, 20, 100, 22)
    put_in(window, Text("資料"), 250, 100, 100, 22)
    told = misfits(window)
    assert any("overlap by 30 x 12 px" in each for each in told)
    assert any("sticks out" in each for each in told)


def test_a_primary_button_that_one_must_scroll_to_is_told(qtbot: QtBot) -> None:
    window = page(qtbot)
    scrolling = ScrollPage()
    for _ in range(9):
        scrolling.body.addWidget(Text("行"))
    scrolling.body.addWidget(Button("次へ", kind="primary"))
    put_in(window, scrolling, 0, 0, 300, 200)
    assert any("primary" in each for each in misfits(window))
