"""The shell: screens on demand, a way back that keeps its place, commands, notices, and the lock."""

from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLayout, QLayoutItem, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from app.changes import Changes
from build_spec.fitting import misfits
from ui.main_window import MainWindow
from ui.navigation import BAR_PLACES, Place, Route
from ui.screens.screen import Crumb, Heading, LineButton, Screen
from ui.shell.go_to import GoToHit, GoToPalette
from ui.shell.left_bar import LeftBar
from ui.shell.title_line import TitleLine
from ui.tasks import TaskRunner
from ui.theme.metrics import TextStep
from ui.theme.paint import State
from ui.theme.theme import theme
from ui.widgets.buttons import Button
from ui.widgets.fields.text_field import SearchField, TextField
from ui.widgets.message_bar import MessageBar
from ui.widgets.row_list import RowList
from ui.widgets.side_panel import SidePanel, WithSidePanel
from ui.widgets.texts import Text
from ui.widgets.toast import Toast
from ui.wording import Message

TODAY = Route(Place.TODAY)
COMPANIES = Route(Place.COMPANIES)
CONTROL = Qt.KeyboardModifier.ControlModifier
REFUSED = Message("この端末に書き込めません。", "文は控えに取りました。", "別の場所に保存", "E-101")


class NoteScreen(Screen):
    """A title, a field, and a list of what was asked of it."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title
        self.asked: list[object] = []
        self.field = TextField()
        self.field.left.connect(self.asked.append)
        QVBoxLayout(self).addWidget(self.field)
        self.setFocusProxy(self.field)

    def heading(self) -> Heading:
        crumbs = (Crumb("企業", COMPANIES), Crumb(self.title))
        buttons = (LineButton("print"), LineButton("new", primary=True))
        return Heading(self.title, crumbs, buttons=buttons)

    def enter(self, route: Route) -> None:
        self.asked.append(route)

    def commands(self) -> dict[str, Callable[[], None]]:
        return {"print": self._print, "new": self._new}

    def touched(self, changes: Changes) -> None:
        self.asked.append(changes)

    def memory(self) -> object:
        return self.field.cursorPosition()

    def restore(self, memory: object) -> None:
        assert isinstance(memory, int)
        self.field.setCursorPosition(memory)

    def _print(self) -> None:
        self.asked.append("print")

    def _new(self) -> None:
        self.asked.append("new")


@pytest.fixture
def tasks() -> Iterator[TaskRunner]:
    runner = TaskRunner()
    yield runner
    runner.close()


@pytest.fixture
def window(qtbot: QtBot, tasks: TaskRunner) -> MainWindow:
    window = MainWindow(tasks)
    qtbot.addWidget(window)
    window.register("today", lambda: NoteScreen("今日"))
    window.register("companies", lambda: NoteScreen("企業"))
    window.open(TODAY)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def front(window: MainWindow) -> NoteScreen:
    screen = window.current_screen()
    assert isinstance(screen, NoteScreen)
    return screen


def press(window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = CONTROL) -> None:
    QTest.keyClick(window.focusWidget() or window, key, modifier)


def test_a_screen_is_made_only_when_it_is_first_wanted(qtbot: QtBot, tasks: TaskRunner) -> None:
    made: list[str] = []

    def make() -> Screen:
        made.append("companies")
        return NoteScreen("企業")

    window = MainWindow(tasks)
    qtbot.addWidget(window)
    window.register("today", lambda: NoteScreen("今日"))
    window.register("companies", make)
    window.open(TODAY)
    assert made == []
    window.open(COMPANIES)
    window.open(TODAY)
    window.open(COMPANIES)
    assert made == ["companies"]


def test_the_way_back_keeps_the_caret(window: MainWindow) -> None:
    front(window).field.setText("本日の予定")
    front(window).field.setCursorPosition(2)
    window.open(COMPANIES)
    press(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert front(window).title == "今日"
    assert front(window).field.cursorPosition() == 2
    press(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert front(window).title == "企業"


def test_typing_and_an_open_conversion_are_kept_when_the_screen_changes(window: MainWindow) -> None:
    today = front(window)
    today.field.setText("図面を")
    QCoreApplication.sendEvent(today.field, QInputMethodEvent("かくにん", []))
    window.open(COMPANIES)
    assert "図面をかくにん" in today.asked


def test_a_key_goes_to_the_screen_in_front(window: MainWindow) -> None:
    press(window, Qt.Key.Key_P)
    assert front(window).asked[-1] == "print"
    window.open(COMPANIES)
    press(window, Qt.Key.Key_N)
    assert front(window).asked[-1] == "new"


def test_ctrl_tab_walks_the_places_and_comes_round(window: MainWindow) -> None:
    bar = window.left_bar
    window.register("documents", lambda: NoteScreen("資料・印刷"))
    window.register("sync", lambda: NoteScreen("同期"))
    window.register("team", lambda: NoteScreen("チーム"))
    window.register("settings", lambda: NoteScreen("設定"))
    titles = []
    for _ in BAR_PLACES:
        press(window, Qt.Key.Key_Tab)
        titles.append(front(window).title)
    assert titles == ["企業", "資料・印刷", "同期", "チーム", "設定", "今日"]
    assert isinstance(bar, LeftBar)


def test_the_title_line_shows_the_primary_button_last_and_runs_it(window: MainWindow) -> None:
    line = window.findChild(TitleLine)
    assert line is not None
    buttons = sorted(line.findChildren(Button), key=lambda button: button.x())
    assert [button.label() for button in buttons] == ["印刷", "新しく入れる"]
    buttons[-1].click()
    assert front(window).asked[-1] == "new"


def test_a_heading_that_only_changes_words_keeps_the_focus_on_its_button(window: MainWindow) -> None:
    line = window.findChild(TitleLine)
    assert line is not None
    button = line.primary_button()
    assert button is not None
    button.setFocus()
    front(window).title = "7月22日(火)"
    front(window).heading_changed.emit()
    assert button.hasFocus()
    assert "7月22日(火)" in {text.text() for text in line.findChildren(Text)}


def test_changes_reach_every_screen_made_so_far(window: MainWindow) -> None:
    today = front(window)
    window.open(COMPANIES)
    changes = Changes(frozenset({("company", "c1")}))
    window.touched(changes)
    assert today.asked[-1] == changes
    assert front(window).asked[-1] == changes


def test_the_lock_covers_everything_and_lets_no_key_through(window: MainWindow, qtbot: QtBot) -> None:
    screen = front(window)
    screen.field.setText("書きかけ")
    page = TextField()
    window.show_lock(page)
    assert window.is_locked
    assert not screen.isVisible()
    assert "書きかけ" in screen.asked
    press(window, Qt.Key.Key_P)
    press(window, Qt.Key.Key_K)
    assert "print" not in screen.asked
    assert window.findChild(GoToPalette) is None
    window.hide_lock()
    assert screen.isVisible()
    assert screen.field.text() == "書きかけ"


def test_ctrl_l_asks_for_the_lock_and_zoom_keys_for_a_step(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.lock_asked):
        press(window, Qt.Key.Key_L)
    with qtbot.waitSignal(window.text_step_asked, check_params_cb=lambda step: step == TextStep.LARGE):
        press(window, Qt.Key.Key_Plus)


def test_closing_takes_over_what_is_typed(window: MainWindow, qtbot: QtBot) -> None:
    screen = front(window)
    screen.field.setText("最後の行")
    with qtbot.waitSignal(window.closing):
        window.close()
    assert "最後の行" in screen.asked


def test_a_toast_takes_no_focus_and_undoes_once(window: MainWindow) -> None:
    undone: list[str] = []
    toast = window.findChild(Toast)
    assert toast is not None
    focused = window.focusWidget()
    front(window).tell("1件をごみ箱に移しました", lambda: undone.append("undone"))
    assert toast.isVisible()
    assert window.focusWidget() is focused
    undo = next(button for button in toast.findChildren(Button) if button.label() == "元に戻す")
    undo.click()
    undo.click()
    assert undone == ["undone"]
    assert not toast.isVisible()


@pytest.mark.parametrize("step", [TextStep.STANDARD, TextStep.EXTRA_LARGE])
def test_a_toast_covers_only_the_status_bar(window: MainWindow, step: TextStep) -> None:
    theme().apply("light", step)
    window.resize(1024, 520)
    front(window).tell("1件をごみ箱に移しました", lambda: None)
    toast = window.findChild(Toast)
    assert toast is not None
    assert toast.geometry() == window.status_bar.geometry()
    window.resize(1366, 688)
    assert toast.geometry() == window.status_bar.geometry()
    assert misfits(window) == []


def test_notices_and_messages_are_announced(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    for module in ("toast", "message_bar"):
        monkeypatch.setattr(f"ui.widgets.{module}.announce", lambda _source, text: said.append(text))
    front(window).tell("1件をごみ箱に移しました", lambda: None)
    front(window).warn(REFUSED, "danger")
    assert said == [
        "1件をごみ箱に移しました。元に戻せます",
        "この端末に書き込めません。。文は控えに取りました。",
    ]


def test_a_message_shows_its_three_parts_and_copies_no_names(window: MainWindow, qtbot: QtBot) -> None:
    bar = next(each for each in window.findChildren(MessageBar) if each is not window.trouble_bar)
    front(window).warn(REFUSED, "danger")
    assert bar.isVisible()
    with qtbot.waitSignal(window.message_acted):
        next(button for button in bar.findChildren(Button) if button.label() == "別の場所に保存").click()
    next(button for button in bar.findChildren(Button) if button.label() == "詳細を写す").click()
    from PySide6.QtGui import QGuiApplication

    assert QGuiApplication.clipboard().text() == "E-101\nこの端末に書き込めません。\n文は控えに取りました。"
    window.open(COMPANIES)
    assert not bar.isVisible()


def test_the_palette_goes_to_a_place_by_a_few_characters(window: MainWindow, qtbot: QtBot) -> None:
    press(window, Qt.Key.Key_K)
    palette = window.findChild(GoToPalette)
    assert palette is not None
    assert palette.isVisible()
    field, hits = palette.findChild(SearchField), palette.findChild(RowList)
    assert field is not None
    assert hits is not None
    assert field.hasFocus()
    field.insert("企")
    qtbot.waitUntil(lambda: hits.model().rowCount() == 2)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert front(window).title == "企業"
    assert not palette.isVisible()


def test_the_palette_asks_for_companies_and_esc_returns_the_focus(window: MainWindow, qtbot: QtBot) -> None:
    window.set_go_to(lambda text: [GoToHit("北国精密(株)", f"金属加工 {text}", "company", COMPANIES)])
    focused = window.focusWidget()
    press(window, Qt.Key.Key_K)
    palette = window.findChild(GoToPalette)
    assert palette is not None
    field, hits = palette.findChild(SearchField), palette.findChild(RowList)
    assert field is not None
    assert hits is not None
    QTest.keyClicks(field, "hokkoku")
    qtbot.waitUntil(lambda: hits.model().rowCount() == 2)
    shown = [hits.model().index(number, 0).data() for number in range(2)]
    assert shown == ["北国精密(株) 金属加工 hokkoku", "「hokkoku」をすべての記録からさがす Ctrl+Shift+F"]
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert window.focusWidget() is focused


def test_the_left_bar_shrinks_to_icons_in_a_narrow_window_and_by_the_text_step(window: MainWindow) -> None:
    window.resize(1366, 688)
    assert window.left_bar.width() == 176
    window.resize(1024, 520)
    assert window.left_bar.width() == 56
    window.resize(1366, 688)
    theme().apply("light", TextStep.LARGE)
    assert window.left_bar.width() == 70
    theme().apply("light", TextStep.STANDARD)
    window.resize(1920, 1000)
    assert window.left_bar.width() == 200


def test_the_panel_becomes_a_drawer_in_a_narrow_window(qtbot: QtBot) -> None:
    panel, main = SidePanel(), QWidget()
    panel.add_section("見える人").add(Button("変更"))
    split = WithSidePanel(main, panel)
    qtbot.addWidget(split)
    split.resize(1366, 600)
    split.show()
    assert main.width() == 1046
    qtbot.waitUntil(panel.isVisible)  # it is taken in with the next turn
    split.resize(1024, 520)
    assert (main.width(), panel.isVisible()) == (1024, False)
    split.toggle_panel()
    assert (main.width(), panel.isVisible()) == (1024, True)
    split.toggle_panel()
    assert not panel.isVisible()


def test_the_ring_lies_around_what_has_the_focus(window: MainWindow, qtbot: QtBot) -> None:
    line = window.findChild(TitleLine)
    assert line is not None
    button = line.primary_button()
    assert button is not None
    button.setFocus()
    ring = window.findChild(QWidget, "focus-ring")
    assert ring is not None
    assert ring.isVisible()
    outer = button.rect().translated(button.mapTo(window, button.rect().topLeft())).adjusted(-4, -4, 4, 4)
    assert ring.rect().translated(ring.mapTo(window, ring.rect().topLeft())) == outer


@pytest.mark.parametrize("size", [(1024, 520), (1366, 688), (1920, 1000)])
@pytest.mark.parametrize("step", list(TextStep))
def test_nothing_on_the_title_line_is_cut_or_lies_over_another_part(
    window: MainWindow, size: tuple[int, int], step: TextStep
) -> None:
    theme().apply("light", step)
    window.resize(*size)
    line = window.findChild(TitleLine)
    assert line is not None
    parts = line.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    shown = sorted((part for part in parts if part.isVisible()), key=lambda part: part.x())
    for before, after in pairwise(shown):
        assert before.geometry().right() < after.geometry().left()
    assert shown[-1].geometry().right() <= line.width()


def test_on_the_title_line_only_as_much_gives_way_as_must(qtbot: QtBot) -> None:
    line = TitleLine()
    qtbot.addWidget(line)
    line.resize(1600, 44)
    line.show()
    facts = ("1/16(金) 10:00–11:20", "港北工場 応接室", "港社長 ほか3人")
    buttons = (LineButton("print", primary=True),)
    line.show_heading(Heading("みなと木工株式会社", facts=facts, buttons=buttons))
    layout = line.layout()
    assert layout is not None
    line.resize(layout.sizeHint().width() - 1, 44)
    seen = [each.text() for each in line.findChildren(Text) if each.isVisible() and each.text() in facts]
    assert seen == list(facts[:2])


def test_enter_presses_the_primary_button_that_has_the_focus(window: MainWindow) -> None:
    line = window.findChild(TitleLine)
    assert line is not None
    button = line.primary_button()
    assert button is not None
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    assert front(window).asked[-1] == "new"


def test_a_heading_leaves_no_halves_of_items_that_qt_deletes(qtbot: QtBot) -> None:
    line = TitleLine()
    qtbot.addWidget(line)
    before = halves_of_items()
    for number in range(3):
        facts = tuple(f"第{fact}" for fact in range(number + 1))
        line.show_heading(Heading("北国精密株式会社", facts=(*facts, State("secret", "担当者限り"))))
    assert halves_of_items() == before


def halves_of_items() -> int:
    wrappers = Shiboken.getAllValidWrappers()
    return sum(isinstance(each, QLayoutItem) and not isinstance(each, QLayout) for each in wrappers)
