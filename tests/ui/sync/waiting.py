"""Rounds of an open window, and what its status bar says of them."""

from app.workplace import Workplace
from tests.ui.program.house import House
from ui.program import Program
from ui.sharing_watch import SharingWatch


def watch_of(program: Program) -> SharingWatch:
    assert program.sharing_watch is not None
    return program.sharing_watch


def bar_words(program: Program) -> str:
    return program.window.status_bar.sharing_text()


def a_round(house: House) -> None:
    """Ask for a round, and wait until the window knows what came of it."""
    assert house.program is not None
    rounds = watch_of(house.program).rounds
    heard: list[object] = []
    rounds.ended.connect(lambda: heard.append(1))
    rounds.ask_now()
    house.wait_until(lambda: bool(heard))
    house.settle()


def place_of(program: Program) -> Workplace:
    assert program.services is not None
    return program.services.place
