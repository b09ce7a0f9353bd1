"""What is typed is on disk before it is a change, and goes back into its line after an unexpected stop."""

from collections.abc import Callable

import pytest

from app.services.directory import Services
from app.workplace import session_scope
from tests.services.conftest import SteppingClock
from tests.ui.support_session.conftest import CTRL, Desk, Key

SitDown = Callable[[], Desk]


def kept(desk: Desk) -> list[tuple[str, str]]:
    drafts = desk.services.drafts.of(session_scope(desk.session_id))
    return [(draft.text, draft.preedit) for draft in drafts]


def test_committed_text_is_a_draft_within_two_seconds_by_itself(desk: Desk) -> None:
    desk.type("主力は切削")
    due = desk.keeper._drafts.timer
    assert due.isActive()
    assert due.remainingTime() < 1_500  # the rest is for the disk
    desk.qtbot.waitUntil(lambda: kept(desk) == [("主力は切削", "")])
    assert desk.said() == []


def test_a_visit_that_is_not_read_yet_says_so(sit_down: SitDown, session_id: str) -> None:
    desk = sit_down()
    desk.window.open(desk.route(session_id))
    assert desk.editor.words_when_empty() == "読み込んでいます"
    desk.open(session_id)
    assert desk.editor.words_when_empty().startswith("聞いたことを")


def test_unconverted_text_is_kept_beside_it(desk: Desk) -> None:
    desk.type("次回は")
    desk.convert("だいちょう")
    desk.keeper.keep_draft()
    desk.settle()
    assert kept(desk) == [("次回は", "だいちょう")]


def test_a_draft_goes_once_its_change_is_written(desk: Desk) -> None:
    desk.type("主力は切削")
    desk.keeper.keep_draft()
    desk.press(Key.Key_Return)
    desk.settle()
    assert kept(desk) == []


def test_a_conversion_that_was_given_up_leaves_no_draft(desk: Desk) -> None:
    desk.convert("だいちょう")
    desk.keeper.keep_draft()
    desk.convert("")
    desk.keeper.keep_draft()
    desk.settle()
    assert kept(desk) == []


def test_after_a_kill_a_new_line_is_back_in_its_place_with_time_and_caret(
    desk: Desk, sit_down: SitDown, clock: SteppingClock
) -> None:
    desk.paste("一\n三")
    desk.press(Key.Key_Up)
    clock.move(minutes=15)
    desk.press(Key.Key_Return)
    desk.type("これは二番目")
    desk.press(Key.Key_Left, times=3)
    desk.keeper.keep_draft()
    desk.settle()
    clock.move(minutes=30)
    again = sit_down()
    again.open(desk.session_id)
    assert again.editor.texts() == ["一", "これは二番目", "三"]
    assert again.editor.caret() == (1, 3)
    assert again.screen.look(1).time == "13:15"
    again.press(Key.Key_Down)
    again.settle()
    assert again.said() == ["一", "これは二番目", "三"]
    assert kept(again) == []


def test_after_a_kill_the_caret_is_seen_although_the_window_is_smaller_now(
    desk: Desk, sit_down: SitDown
) -> None:
    desk.window.resize(1366, 900)
    desk.paste("\n".join(f"{number}行目" for number in range(1, 21)))
    desk.type("ここまで書いた")
    desk.keeper.keep_draft()
    desk.settle()
    assert desk.editor.verticalScrollBar().value() == 0
    again = sit_down()
    again.window.resize(1024, 520)
    again.open(desk.session_id)
    assert again.editor.caret()[0] == 19
    assert again.editor.viewport().rect().contains(again.editor.cursorRect())


def test_after_a_kill_typing_in_a_kept_line_is_back_and_not_yet_a_change(
    desk: Desk, sit_down: SitDown
) -> None:
    desk.type("主力は切削")
    desk.press(Key.Key_3, CTRL)
    desk.type("と研削")
    desk.keeper.keep_draft()
    desk.settle()
    again = sit_down()
    again.open(desk.session_id)
    assert again.editor.texts() == ["主力は切削と研削"]
    assert again.screen.look(0).mark == "decision"
    assert again.said() == ["主力は切削"]
    again.screen.leave()
    again.settle()
    assert again.said() == ["主力は切削と研削"]


def test_a_kill_between_the_change_and_the_end_of_its_draft_does_no_harm(
    desk: Desk, sit_down: SitDown, services: Services
) -> None:
    desk.type("主力は切削")
    desk.screen.leave()
    desk.settle()
    line = desk.sheet().lines[0]
    services.drafts.keep(session_scope(desk.session_id), f"line:{line.id}", line.text)
    again = sit_down()
    again.open(desk.session_id)
    again.settle()
    assert again.editor.texts() == ["主力は切削"]
    assert kept(again) == []


def test_unconverted_text_of_a_stop_is_offered_and_put_in_at_its_place(desk: Desk, sit_down: SitDown) -> None:
    desk.type("次回はを見る")
    desk.press(Key.Key_Left, times=3)
    desk.convert("だいちょう")
    desk.keeper.keep_draft()
    desk.settle()
    again = sit_down()
    again.open(desk.session_id)
    assert again.screen._offer.isVisible()
    again.screen._offer.take.click()
    again.settle()
    assert again.editor.texts() == ["次回はだいちょうを見る"]
    assert not again.screen._offer.isVisible()
    third = sit_down()
    third.open(desk.session_id)
    assert not third.screen._offer.isVisible()


def test_an_offer_stays_over_a_second_stop(desk: Desk, sit_down: SitDown) -> None:
    desk.type("次回は")
    desk.convert("だいちょう")
    desk.keeper.keep_draft()
    desk.settle()
    second = sit_down()
    second.open(desk.session_id)
    second.type("また")
    second.keeper.keep_draft()
    second.settle()
    third = sit_down()
    third.open(desk.session_id)
    assert third.screen._offer.isVisible()


def test_what_could_not_be_written_stays_typed_and_is_written_with_the_next_change(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.errors import DiskFull

    def full(*_: object, **__: object) -> None:
        raise DiskFull

    warned: list[str] = []
    desk.screen.warned.connect(lambda told, _kind: warned.append(told.number))
    desk.type("主力は切削")
    with monkeypatch.context() as patch:
        patch.setattr(desk.services.support_sessions, "edit_lines", full)
        desk.press(Key.Key_Return)
        desk.settle()
    assert warned == ["E-103"]
    assert desk.editor.texts() == ["主力は切削", ""]
    desk.type("次")
    desk.screen.leave()
    desk.settle()
    assert desk.said() == ["主力は切削", "次"]
