"""Ctrl+Z and Ctrl+Y: typing in bursts first, then the changes of the visit, always in order."""

from tests.services.conftest import SteppingClock
from tests.ui.support_session.conftest import CTRL, Desk, Key


def undo(desk: Desk, times: int = 1) -> None:
    for _ in range(times):
        desk.press(Key.Key_Z, CTRL)
        desk.settle()


def redo(desk: Desk, times: int = 1) -> None:
    for _ in range(times):
        desk.press(Key.Key_Y, CTRL)
        desk.settle()


def test_typing_is_taken_back_by_committed_pieces(desk: Desk) -> None:
    desk.type("主力は")
    desk.type("切削")
    undo(desk)
    assert desk.editor.texts() == ["主力は"]
    undo(desk)
    assert desk.editor.texts() == [""]
    redo(desk, 2)
    assert desk.editor.texts() == ["主力は切削"]
    assert desk.editor.caret() == (0, 5)


def test_single_keys_are_one_piece_until_a_pause(desk: Desk, clock: SteppingClock) -> None:
    for key in (Key.Key_A, Key.Key_B, Key.Key_C):
        desk.press(key)
    clock.move(seconds=2)
    desk.press(Key.Key_D)
    undo(desk)
    assert desk.editor.texts() == ["abc"]
    undo(desk)
    assert desk.editor.texts() == [""]


def test_steps_of_every_kind_go_back_and_forth_in_order(desk: Desk) -> None:
    desk.type("一")
    desk.press(Key.Key_1, CTRL)
    desk.press(Key.Key_Return)
    desk.type("二")
    desk.type("番")
    states = []
    for _ in range(5):
        states.append((desk.editor.texts(), desk.screen.look(0).mark))
        undo(desk)
    assert states == [
        (["一", "二番"], "fact"),
        (["一", "二"], "fact"),
        (["一", ""], "fact"),
        (["一"], "fact"),
        (["一"], ""),
    ]
    assert desk.editor.texts() == [""]
    redo(desk, 2)
    assert (desk.editor.texts(), desk.screen.look(0).mark) == (["一"], "fact")


def test_typing_taken_back_can_be_done_again_after_the_steps_below_it(desk: Desk) -> None:
    desk.type("一")
    desk.press(Key.Key_1, CTRL)
    desk.type("番")
    undo(desk, 2)
    assert (desk.editor.texts(), desk.screen.look(0).mark) == (["一"], "")
    redo(desk)
    assert (desk.editor.texts(), desk.screen.look(0).mark) == (["一"], "fact")
    redo(desk)
    assert desk.editor.texts() == ["一番"]


def test_new_typing_ends_what_could_be_done_again(desk: Desk) -> None:
    desk.type("一")
    desk.press(Key.Key_1, CTRL)
    undo(desk)
    desk.type("番")
    redo(desk)
    assert (desk.editor.texts(), desk.screen.look(0).mark) == (["一番"], "")


def test_the_caret_stays_in_its_line_while_lines_above_come_and_go(desk: Desk) -> None:
    desk.paste("一\n二\n三")
    desk.press(Key.Key_Up, times=2)
    desk.press(Key.Key_End)
    desk.press(Key.Key_Return)
    desk.type("新しい")
    desk.press(Key.Key_Down, times=2)
    desk.press(Key.Key_Home)
    desk.settle()
    undo(desk)
    assert desk.editor.texts() == ["一", "二", "三"]
    assert desk.editor.caret() == (2, 0)


def test_quick_undos_end_where_slow_ones_do(desk: Desk) -> None:
    for word in ("一", "二", "三", "四"):
        desk.type(word)
        desk.press(Key.Key_Return)
    desk.settle()
    desk.press(Key.Key_Z, CTRL, times=4)
    desk.settle()
    assert desk.editor.texts()[0] == "一"
    assert desk.said() == ["一"]
    assert [line.text for line in desk.keeper.lines] == desk.editor.texts()


def test_the_chain_goes_on_after_another_screen(desk: Desk) -> None:
    desk.type("一")
    desk.press(Key.Key_3, CTRL)
    desk.settle()
    desk.screen.commands()["print"]()
    desk.window.back()
    desk.editor.setFocus()
    undo(desk)
    assert (desk.editor.texts(), desk.screen.look(0).mark) == (["一"], "")


def test_the_end_of_the_chain_is_said(desk: Desk) -> None:
    undo(desk)
    assert desk.told == ["これより前には戻せません"]


def test_what_was_changed_in_the_head_is_a_step_like_any_other(desk: Desk) -> None:
    desk.type("一")
    desk.screen._panel.form._place.setText("本社")
    desk.screen._panel.form._place.flush()
    desk.settle()
    assert desk.screen.heading().facts[1] == "本社"
    undo(desk)
    desk.qtbot.waitUntil(lambda: desk.screen.heading().facts[1] == "工場")
    assert desk.editor.texts() == ["一"]


def test_lines_that_are_deleted_together_are_told_with_the_way_back(desk: Desk) -> None:
    desk.paste("一\n二\n三\n四")
    desk.press(Key.Key_A, CTRL)
    desk.press(Key.Key_Backspace)
    assert desk.told == ["4行を消しました。Ctrl+Z で元に戻せます"]
    undo(desk)
    assert desk.editor.texts() == ["一", "二", "三", "四"]


def test_lines_that_are_joined_by_hand_are_not_told(desk: Desk) -> None:
    desk.paste("一\n二")
    desk.press(Key.Key_Home)
    desk.press(Key.Key_Backspace)
    assert desk.editor.texts() == ["一二"]
    assert desk.told == []
