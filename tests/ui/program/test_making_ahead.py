"""Screens are made beforehand while nobody types, and nothing shows that they were."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.making_way import COURTESY
from tests.ui.program.house import House
from ui.making_ahead import MakingAhead
from ui.navigation import Place, Route
from ui.screen_factories import MADE_AHEAD


def test_what_may_be_opened_next_is_made_and_the_window_stays_where_it_is(house: House) -> None:
    house.make_store()
    window = house.start_and_open().window
    heard: list[object] = []
    stack = window._frame.stack
    for said in (stack.go, stack.commanded, stack.told, stack.warned, stack.status_changed):
        said.connect(lambda *told: heard.append(told))
    for _ in window.make_ahead(MADE_AHEAD):
        house.settle()
    assert set(MADE_AHEAD) <= set(stack.made)
    assert window.route() == Route(Place.TODAY)
    assert [key for key, screen in stack.made.items() if screen.isVisible()] == ["today"]
    parts = window.findChildren(QWidget)
    assert not [part for part in parts if part.isVisible() and not part.parentWidget().isVisible()]
    assert not heard


def test_nothing_is_made_while_somebody_types(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []

    def parts() -> Iterator[None]:
        for number in range(2):
            made.append(number)
            yield

    owner = QObject()
    looked: list[float] = []

    def quiet_s() -> float:
        looked.append(0.1 if len(looked) < 3 else 9)
        assert bool(made) == (len(looked) > 4)
        return looked[-1]

    monkeypatch.setattr(COURTESY, "quiet_s", quiet_s)
    ahead = MakingAhead(parts(), owner)
    qtbot.waitUntil(lambda: made == [0, 1])
    ahead.end()
    assert len(looked) >= 5
