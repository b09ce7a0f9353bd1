"""来客表示 (check A8): one company, nothing secret, no notices; on until F11 is pressed again."""

from itertools import pairwise

import pytest

from tests.ui.visit.conftest import OTHER, OURS, SAID, SECRET, Visit
from ui.navigation import Place, Route
from ui.shell.help_panel import HelpPanel
from ui.widgets.chips import KeyCap
from ui.widgets.message_bar import MessageBar
from ui.widgets.notes.accessible import HeardText
from ui.widgets.notes.note_editor import END
from ui.widgets.notes.rows import rows_between
from ui.widgets.toast import Toast
from ui.wording import Message

OTHER_NEWS = Message(f"{OTHER}の印刷ができませんでした。", "記録は無事です。")


@pytest.fixture
def guest(visit: Visit) -> Visit:
    """S04 with F11 on, after one has been at the other company."""
    visit.program.window.open(Route(Place.COMPANIES, company_id=visit.other))
    visit.house.settle()
    visit.open("sessions")
    visit.press("F11")
    return visit


def rows(visit: Visit) -> list[tuple[int, int, int]]:
    """Place, top and height of every row that is seen."""
    editor = visit.screen._editor
    return [(row.index, row.top, row.height) for row in rows_between(editor, 0, editor.viewport().height())]


def make_secret(visit: Visit, line: int) -> None:
    visit.screen._editor.place_caret(line, END)
    visit.press("Ctrl+6")


def test_no_other_company_and_no_secret_line_can_be_read(guest: Visit) -> None:
    seen = guest.seen()
    assert OURS in seen
    for hidden in (OTHER, SECRET, "秘密の行", "＊"):
        assert hidden not in seen
    assert not guest.program.window.left_bar.isVisible()
    assert "来客表示中" in seen


def test_a_secret_line_has_no_row_and_leaves_no_gap(guest: Visit) -> None:
    seen = rows(guest)
    assert [index for index, _, _ in seen] == [0, 2, 3, 4, 5, 6]
    assert all(top + height == below for (_, top, height), (_, below, _) in pairwise(seen))
    picture = guest.screen._editor.grab().toImage()
    make_secret(guest, 0)
    make_secret(guest, 6)
    assert [index for index, _, _ in rows(guest)] == [2, 3, 4, 5]
    assert guest.screen._editor.grab().toImage() != picture


def test_a_screen_reader_hears_as_many_lines_as_there_are_rows(guest: Visit) -> None:
    heard = HeardText(guest.screen._editor)
    assert heard.whole().split("\n") == [text for text, mark in SAID if mark != "secret"]
    heard.setCursorPosition(len(SAID[0][0]) + 1)
    assert guest.screen._editor.caret() == (2, 0)
    assert heard.cursorPosition() == len(SAID[0][0]) + 1


@pytest.mark.parametrize(
    ("start", "keys", "end"),
    [
        ((0, END), "Right", (2, 0)),
        ((2, 0), "Left", (0, len(SAID[0][0]))),
        ((0, 0), "Down", (2, 0)),
        ((2, 0), "Up", (0, 0)),
    ],
)
def test_the_caret_passes_by_a_secret_line(
    guest: Visit, start: tuple[int, int], keys: str, end: tuple[int, int]
) -> None:
    guest.screen._editor.place_caret(*start)
    guest.press(keys)
    assert guest.screen._editor.caret() == end


def test_the_caret_leaves_a_secret_line_when_f11_is_pressed_in_it(visit: Visit) -> None:
    visit.open("sessions")
    visit.screen._editor.place_caret(1, 3)
    visit.press("F11")
    assert visit.screen._editor.caret()[0] == 2
    visit.screen._editor.place_caret(1, 3)
    assert visit.screen._editor.caret()[0] != 1


@pytest.mark.parametrize(
    ("start", "keys"),
    [
        ((2, 0), ("Backspace",)),
        ((0, END), ("Delete",)),
        ((0, 0), ("Ctrl+A", "Delete")),
        ((2, 1), ("Ctrl+A", "A")),
    ],
)
def test_no_key_deletes_or_joins_what_a_guest_does_not_see(
    guest: Visit, start: tuple[int, int], keys: tuple[str, ...]
) -> None:
    guest.screen._editor.place_caret(*start)
    guest.press(*keys)
    guest.screen.flush_fields()
    guest.house.settle()
    assert guest.line(1).text == SECRET
    assert guest.line(1).is_secret
    assert [line.text for line in map(guest.line, range(3, 7))] == [text for text, _ in SAID[3:]]


def test_a_line_begun_behind_the_last_stands_behind_the_secret_ones_too(guest: Visit) -> None:
    make_secret(guest, 6)
    assert guest.screen._editor.caret()[0] == 5
    guest.press("Return")
    guest.house.commit("次は8月")
    guest.press("F11")
    assert guest.screen._editor.texts() == [*(text for text, _ in SAID), "次は8月"]


def test_where_every_line_is_secret_there_is_a_row_to_write_in(guest: Visit) -> None:
    for line in (0, 2, 3, 4, 5, 6):
        make_secret(guest, line)
    assert [index for index, _, _ in rows(guest)] == [7]
    guest.house.commit("ここから")
    guest.press("F11")
    assert [index for index, _, _ in rows(guest)] == [*range(8)]
    assert guest.screen._editor.texts()[-1] == "ここから"


def test_words_that_led_here_are_not_looked_for_before_a_guest(guest: Visit) -> None:
    guest.program.window.open(guest.route("sessions", sought="治具"))
    guest.house.settle()
    assert "秘密の行を除く" not in guest.seen()
    assert not guest.screen._find.bar.isVisible()


def test_what_was_secret_shows_again_after_f11(guest: Visit) -> None:
    guest.press("F11")
    assert [index for index, _, _ in rows(guest)] == [*range(7)]
    assert guest.program.window.left_bar.isVisible()


def test_a_decision_that_becomes_secret_leaves_the_panel_at_once(guest: Visit) -> None:
    guest.screen._editor.place_caret(3, 0)
    assert "特許出願を検討" in guest.seen()
    guest.press("Ctrl+6")
    assert "特許出願を検討" not in guest.seen()


@pytest.mark.parametrize("key", ["Ctrl+K", "Ctrl+N", "Ctrl+P", "Ctrl+Tab", "Alt+Left", "F1", "Alt+1"])
def test_no_key_leads_to_another_company(guest: Visit, key: str) -> None:
    before = guest.program.window.route()
    guest.press(key)
    assert guest.program.window.route() == before
    assert OTHER not in guest.seen()


def test_it_stays_on_in_the_reading_and_back(guest: Visit) -> None:
    guest.press("Ctrl+R", "Alt+Left")
    assert guest.program.window.route() == guest.route("sessions")
    assert "来客表示中" in guest.seen()
    guest.press("Ctrl+L")
    guest.program.window.hide_lock()
    assert "来客表示中" in guest.seen()


def test_notices_wait_until_nobody_else_looks(guest: Visit) -> None:
    window = guest.program.window
    window.tell(f"{OTHER} を済にしました")
    window.warn(OTHER_NEWS)
    assert not window.findChild(Toast).isVisible()
    assert not guest.house.shown(MessageBar)
    guest.press("F11")
    assert OTHER_NEWS.title in guest.seen()


def test_that_nothing_can_be_written_is_told_even_before_a_guest(guest: Visit) -> None:
    guest.program.window.warn(Message("この端末に書き込めません", "文は控えに取りました。", "", "E-101"))
    assert "この端末に書き込めません" in guest.seen()


def test_what_one_does_oneself_is_still_answered(guest: Visit) -> None:
    guest.press("Ctrl+S")
    assert guest.program.window.findChild(Toast).isVisible()


def test_where_there_is_no_visit_f11_says_where_it_works(visit: Visit) -> None:
    visit.program.window.open(Route(Place.TODAY))
    visit.house.settle()
    visit.press("F11")
    assert visit.program.window.left_bar.isVisible()
    assert "来客表示は、面談か読み合わせの画面で使えます" in visit.seen()


def test_help_names_f11_only_where_it_shows_something(visit: Visit) -> None:
    def named() -> set[str]:
        visit.press("Ctrl+F1")
        panel = visit.program.window.findChildren(HelpPanel)[-1]
        caps = {each.accessibleName() for each in panel.findChildren(KeyCap)}
        panel.dismiss()
        return caps

    visit.open("sessions")
    assert "F11" in named()
    visit.program.window.open(Route(Place.TODAY))
    visit.house.settle()
    assert "F11" not in named()


def test_the_button_turns_it_on_and_off_by_touch(visit: Visit) -> None:
    visit.open("sessions")
    visit.house.click("来客表示")
    assert not visit.program.window.left_bar.isVisible()
    visit.house.click("来客表示をやめる")
    assert visit.program.window.left_bar.isVisible()
