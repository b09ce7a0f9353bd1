"""The 24 words on paper: all of them, legible, and nowhere on the disk that the person did not choose."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.services.recovery_paper import recovery_paper
from tests.ui.printing.conftest import StillClock
from tests.ui.printing.reading import page_count, text_of
from ui.printing import saving
from ui.printing.overlay import Overlay
from ui.printing.recovery_sheet import print_recovery_sheet
from ui.tasks import TaskRunner

WORDS = tuple(f"{kana}いこくしん" for kana in "あかさたなはまやらわいきしちにひみりうくすつぬふ")


class FirstRun(QWidget):
    """A page with the button that prints the words."""

    def __init__(self, tasks: TaskRunner) -> None:
        super().__init__()
        self._tasks = tasks
        self.button = QPushButton("紙に印刷")
        self.button.clicked.connect(self._print)
        QVBoxLayout(self).addWidget(self.button)
        self.resize(800, 600)

    def _print(self) -> None:
        print_recovery_sheet(self, self._tasks, WORDS, StillClock())

    @property
    def panel(self) -> Overlay:
        (panel,) = self.findChildren(Overlay)
        return panel

    @property
    def said(self) -> str:
        return self.panel._told.text()


@pytest.fixture
def page(qtbot: QtBot, printed: Path) -> FirstRun:
    tasks = TaskRunner()
    page = FirstRun(tasks)
    qtbot.addWidget(page, before_close_func=lambda _: tasks.close())
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.button.setFocus()
    qtbot.keyClick(page.button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(page.panel._printers) == 2)
    return page


def test_the_sheet_is_one_page_with_every_word_in_order() -> None:
    paper = recovery_paper(WORDS, StillClock())
    text = text_of(paper.pdf)
    assert page_count(paper.pdf) == paper.pages == 1
    places = [text.index(f"{number}{word}") for number, word in enumerate(WORDS, start=1)]
    assert places == sorted(places)


def test_enter_prints_on_the_usual_printer(page: FirstRun, printed: Path, qtbot: QtBot) -> None:
    qtbot.keyClick(page.panel._list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.said.startswith("プリンターに送りました"))
    (job,) = printed.glob("job-*.pdf")
    assert job.read_bytes() == recovery_paper(WORDS, StillClock()).pdf
    assert "sides=one-sided" in (printed / "args-000").read_text(encoding="utf-8")


def test_the_words_can_be_saved_where_the_person_says(
    page: FirstRun, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "24語.pdf"
    monkeypatch.setattr(saving, "ask_for_file", lambda parent, at, name, chosen: chosen(str(place)))
    qtbot.keyClick(page.panel._list, Qt.Key.Key_Down)
    qtbot.keyClick(page.panel._list, Qt.Key.Key_Down)
    qtbot.keyClick(page.panel._list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.said.startswith("PDFを保存しました"))
    assert WORDS[0] in text_of(place.read_bytes())


def test_a_printer_that_does_not_answer_is_told_in_the_panel(
    page: FirstRun, printed: Path, qtbot: QtBot
) -> None:
    (printed.parent / "bin" / "lp").write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    qtbot.keyClick(page.panel._list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "E-301" in page.said)
    qtbot.keyClick(page.panel._list, Qt.Key.Key_Escape)


def test_printing_leaves_no_word_on_the_disk(page: FirstRun, tmp_path: Path, qtbot: QtBot) -> None:
    qtbot.keyClick(page.panel._list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.said.startswith("プリンターに送りました"))
    written = [path for path in tmp_path.rglob("*") if path.is_file() and not path.name.startswith("job-")]
    assert not [path for path in written if WORDS[0].encode() in path.read_bytes()]
    assert not [path for path in written if path.suffix == ".pdf"]


def test_esc_closes_the_panel_and_gives_the_focus_back(page: FirstRun, qtbot: QtBot) -> None:
    qtbot.keyClick(page.panel._list, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not page.findChildren(Overlay))
    assert page.focusWidget() is page.button
