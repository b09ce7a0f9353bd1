"""Lines as they are typed, split, joined and pasted, and what of them is a change when."""

from PySide6.QtGui import QGuiApplication

from tests.services.conftest import SteppingClock
from tests.ui.support_session.conftest import CTRL, SHIFT, Desk, Key
from ui.widgets.notes.rows import row_of


def test_each_line_is_one_change_once_the_caret_has_left_it(desk: Desk) -> None:
    desk.type("主力は")
    desk.type("切削")
    desk.settle()
    assert desk.said() == []
    desk.press(Key.Key_Return)
    desk.settle()
    assert desk.said() == ["主力は切削"]
    chain = desk.services.place.undo_chains
    desk.type("売上の6割が1社")
    desk.press(Key.Key_Up)
    desk.settle()
    assert desk.said() == ["主力は切削", "売上の6割が1社"]
    last = chain.take(f"support_session:{desk.session_id}", "back")
    assert last is not None
    assert last.label == "行を書く"


def test_enter_stamps_the_new_line_with_its_time(desk: Desk, clock: SteppingClock) -> None:
    clock.move(minutes=2)
    desk.type("主力は切削")
    clock.move(minutes=7)
    desk.press(Key.Key_Return)
    desk.type("図面を渡した")
    assert [desk.screen.look(index).time for index in (0, 1)] == ["13:02", "13:09"]


def test_enter_in_a_line_splits_it_and_backspace_joins_again(desk: Desk) -> None:
    desk.type("主力は切削売上の6割")
    desk.press(Key.Key_Left, times=5)
    desk.press(Key.Key_Return)
    desk.settle()
    first = desk.sheet().lines[0].id
    assert desk.said() == ["主力は切削", "売上の6割"]
    desk.press(Key.Key_Backspace)
    desk.settle()
    assert [(line.id, line.text) for line in desk.sheet().lines] == [(first, "主力は切削売上の6割")]


def test_pasted_line_breaks_are_lines_and_tabs_stay(desk: Desk) -> None:
    desk.paste("商流\t建機\r\n強み\t焼入れ\n海外")
    desk.press(Key.Key_Up)
    desk.settle()
    assert desk.said() == ["商流\t建機", "強み\t焼入れ", "海外"]
    assert not desk.editor.textCursor().charFormat().hasProperty(0x1FE0)


def test_deleting_over_lines_withdraws_them(desk: Desk) -> None:
    desk.paste("一\n二\n三\n四")
    desk.settle()
    desk.press(Key.Key_Home, CTRL)
    desk.press(Key.Key_Down)
    desk.press(Key.Key_Down, SHIFT, times=2)
    desk.press(Key.Key_Delete)
    desk.settle()
    assert desk.said() == ["一", "四"]
    assert desk.editor.texts() == ["一", "四"]


def test_characters_outside_the_basic_plane_do_not_shift_the_caret(desk: Desk) -> None:
    desk.type("𠮷野家")
    desk.press(Key.Key_Return)
    desk.type("髙橋𠮷")
    desk.press(Key.Key_Z, CTRL)
    desk.settle()
    assert desk.editor.texts() == ["𠮷野家", ""]
    desk.press(Key.Key_Z, CTRL)
    desk.type("で会う")
    assert desk.editor.texts() == ["𠮷野家で会う"]


def test_a_line_that_holds_nothing_is_never_written(desk: Desk) -> None:
    desk.type("主力は切削")
    desk.press(Key.Key_Return, times=3)
    desk.screen.leave()
    desk.settle()
    assert desk.said() == ["主力は切削"]


def test_leaving_and_finishing_keep_what_is_typed(desk: Desk) -> None:
    desk.type("主力は切削")
    desk.press(Key.Key_Return)
    desk.type("売上")
    desk.press(Key.Key_Return, CTRL)
    desk.settle()
    assert desk.said() == ["主力は切削", "売上"]
    assert desk.sheet().finished_at is not None
    assert (
        desk.told[-1]
        == "この端末に保存しました。印のない行 2件は、もう一度 Ctrl+Enter か今日から続けられます"
    )


def test_a_click_on_a_tab_keeps_text_that_is_still_being_converted(desk: Desk) -> None:
    """A3: the photo button and tabs of the design stand for whatever takes one elsewhere."""
    desk.type("次回は")
    desk.convert("だいちょう")
    desk.screen.commands()["print"]()
    desk.settle()
    assert desk.said() == ["次回はだいちょう"]


def test_the_lock_and_the_end_keep_text_that_is_still_being_converted(desk: Desk) -> None:
    desk.convert("だいちょう")
    desk.window.close()
    desk.settle()
    assert desk.said() == ["だいちょう"]


def test_copies_hold_words_only_and_drops_are_refused(desk: Desk) -> None:
    desk.type("主力は切削")
    desk.press(Key.Key_A, CTRL)
    desk.press(Key.Key_C, CTRL)
    mime = QGuiApplication.clipboard().mimeData()
    assert mime.text() == "主力は切削"
    assert not mime.hasHtml()
    assert not desk.editor.acceptDrops()
    assert not desk.editor.viewport().acceptDrops()


def test_the_whole_row_of_the_caret_is_in_sight(desk: Desk) -> None:
    for number in range(40):
        desk.type(f"{number}番目の話")
        desk.press(Key.Key_Return)
    desk.type("最後の話")
    row = row_of(desk.editor, desk.editor.textCursor().block())
    assert row.top >= 0
    assert row.top + row.height <= desk.editor.viewport().height()
    desk.press(Key.Key_Home, CTRL)
    assert row_of(desk.editor, desk.editor.textCursor().block()).top >= 0
