"""A step of undo that takes long: it says how far it is, and typing goes on meanwhile."""

from collections.abc import Callable
from threading import Event
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.workplace import Workplace
from tests.ui.support_session.conftest import CTRL, Desk, Key
from ui.screens.support_session import step_progress

LINES = 40


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Undo stands still after its tenth record until the returned function is called; no second is waited."""
    monkeypatch.setattr(step_progress, "QUIET_MS", 0)
    may_go_on = Event()
    undo = Workplace.undo

    def halting(self: Workplace, scope: str, direction: Any, counted: Callable[[int, int], None]) -> Any:
        def counted_and_halted(done: int, of: int) -> None:
            counted(done, of)
            if done == 10:
                may_go_on.wait()

        return undo(self, scope, direction, counted_and_halted)

    monkeypatch.setattr(Workplace, "undo", halting)
    return may_go_on.set


def foot(desk: Desk) -> str:
    return desk.window.status_bar._screen.words


def test_a_long_step_says_how_far_it_is_while_typing_goes_on(
    desk: Desk, slow: Callable[[], None], qtbot: QtBot
) -> None:
    desk.paste("\n".join(f"{number}番" for number in range(LINES)))
    desk.press(Key.Key_A, CTRL)
    desk.press(Key.Key_Delete)
    desk.settle()
    desk.press(Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: foot(desk).startswith("元に戻しています 10/"))
    desk.type("その間も打てる")
    slow()
    desk.settle()
    assert foot(desk) == ""
    first, *others = (f"{number}番" for number in range(LINES))
    assert desk.editor.texts() == [f"{first}その間も打てる", *others]
    assert desk.editor.caret() == (0, len(f"{first}その間も打てる"))
    desk.type("。")
    desk.press(Key.Key_Down)
    desk.settle()
    assert desk.said() == [f"{first}その間も打てる。", *others]


def test_a_step_behind_another_one_says_what_it_waits_for() -> None:
    said: list[str] = []
    progress = step_progress.StepProgress()
    progress.said.connect(said.append)
    first, second = progress.begin("back"), progress.begin("forth")
    first(3, 3000)
    progress._say()
    progress.end()
    progress._say()
    second(3000, 3000)
    progress._say()
    progress.end()
    assert said == [
        "元に戻しています 3/3,000件",
        "",
        "先の変更を書いてからやり直します",
        "やり直しています 3,000/3,000件",
        "",
    ]
    assert not progress._timer.isActive()
