"""来客表示 (check A8): one company, nothing secret, no notices; on until F11 is pressed again."""

import pytest
from PySide6.QtCore import QRect

from tests.ui.visit.conftest import OTHER, OURS, SECRET, Visit
from ui.navigation import Place, Route
from ui.shell.help_panel import HelpPanel
from ui.widgets.chips import KeyCap
from ui.widgets.message_bar import MessageBar
from ui.widgets.notes.rows import row_of
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


def row_picture(visit: Visit, index: int):
    editor = visit.screen._editor
    row = row_of(editor, editor.document().findBlockByNumber(index))
    rect = QRect(0, row.top, editor.viewport().width(), row.height)
    gutter = editor._gutter.grab(QRect(0, row.top, editor._gutter.width(), row.height)).toImage()
    return editor.viewport().grab(rect).toImage(), gutter


def colours(image) -> set[int]:
    return {image.pixel(x, y) for x in range(0, image.width(), 2) for y in range(image.height())}


def test_no_other_company_and_no_secret_line_can_be_read(guest: Visit) -> None:
    seen = guest.seen()
    assert OURS in seen
    for hidden in (OTHER, SECRET, "秘密の行", "＊"):
        assert hidden not in seen
    assert not guest.program.window.left_bar.isVisible()
    assert "来客表示中" in seen


def test_a_secret_line_is_a_blank_row_even_under_the_caret(guest: Visit) -> None:
    assert [len(colours(image)) for image in row_picture(guest, 1)] == [1, 1]
    guest.screen._editor.place_caret(1, 3)
    heard = guest.screen._editor.reader
    text, gutter = row_picture(guest, 1)
    assert len(colours(text)) == 1
    assert len(colours(gutter)) <= 2  # the bar of the current row
    assert heard is None or SECRET not in heard._heard.whole()


def test_what_was_secret_shows_again_after_f11(guest: Visit) -> None:
    guest.press("F11")
    guest.screen._editor.place_caret(1, 3)
    assert len(colours(row_picture(guest, 1)[0])) > 1
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
