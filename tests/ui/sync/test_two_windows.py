"""Two real windows of one team: each sees the other's work within one round, also while one types."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.paths import StoreFolder
from app.services.practice_pair import make_practice_pair
from tests.services.records import change
from tests.ui.program.house import House
from tests.ui.sync.waiting import a_round
from ui.navigation import Place, Route
from ui.widgets.notes.note_editor import NoteEditor


@pytest.fixture
def two(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[House, House]]:
    """Windows on both practice devices."""
    monkeypatch.setenv("BANSO_HOME", str(tmp_path / "home"))
    houses = House(tmp_path / "one", qtbot), House(tmp_path / "two", qtbot)
    pair, _ = make_practice_pair(tmp_path / "pair", houses[0].clock)
    for house, folder in zip(houses, (pair.first, pair.second), strict=True):
        house.settings_file.parent.mkdir()
        house.folder = StoreFolder(folder.path)
    yield houses
    for house in reversed(houses):
        house.close()


def opened(house: House) -> None:
    program = house.start()
    house.wait_until(lambda: program.services is not None)
    house.settle()
    a_round(house)


def test_what_one_writes_appears_in_the_other_window_beside_the_line_being_typed(
    two: tuple[House, House],
) -> None:
    one, other = two
    for house in two:
        opened(house)
    assert one.program is not None
    assert other.program is not None
    assert one.program.services is not None
    place = one.program.services.place
    with place.reading() as reading:
        line = reading.records("note_line", order=("id",), is_secret=None)[0]
    visit, company = line["support_session_id"], line["company_id"]
    other.program.window.activateWindow()
    other.wait_until(other.program.window.isActiveWindow)
    other.program.window.open(Route(Place.COMPANIES, company, "sessions", visit))
    other.settle()
    (editor,) = other.shown(NoteEditor)
    editor.setFocus()
    texts = editor.toPlainText().split("\n")
    at = texts.index(line["text"])
    elsewhere = 0 if at else 1
    editor.place_caret(elsewhere, 0)
    other.enter("ab")
    change(place, "note_line", line["id"], text="もう一人が直した行")
    a_round(one)
    a_round(other)
    now = editor.toPlainText().split("\n")
    assert now[at] == "もう一人が直した行"
    assert now[elsewhere] == f"ab{texts[elsewhere]}"
    assert editor.caret() == (elsewhere, 2)
