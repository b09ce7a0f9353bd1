"""The whole visit of design-ux 1a, without photos, handwriting and consent: by keys that are counted, then by
touch alone (check A9), and how much of the notes one sees (A10)."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from app.domain.terms import Mark
from tests.services.records import session
from tests.ui.keyboard import commit_text
from tests.ui.program.house import PASSPHRASE, House
from tests.ui.visit.conftest import Visit
from ui.navigation import Place, Route
from ui.printing import saving
from ui.screens.printing import issuing
from ui.screens.read_back.item_row import ItemRow
from ui.theme.metrics import TextStep
from ui.widgets.notes.rows import rows_between
from ui.widgets.row_list import RowList

TODAY = Route(Place.TODAY)
NOTES = (
    ("主力は切削。売上の6割が1社", "Ctrl+1"),
    ("似た治具を作られる不安がある", "Ctrl+2"),
    ("6/12 の機械展に出した", "Ctrl+5"),
    ("焼入れは850度で40分", "Ctrl+6"),
    ("治具は弁理士に相談する　鈴木 7/29", "Ctrl+3"),
    ("図面の一覧を作る　高橋 8/5", "Ctrl+4"),
    ("現場では北匠と呼ぶ", ""),
    ("基本契約は口頭", ""),
)
BEFORE, DURING, PER_LEFTOVER_LINE = 3, 40, 2


class Keys:
    """Presses keys and counts them; text, and Enter within text, are typing and do not count."""

    def __init__(self, house: House) -> None:
        self._house = house
        self.counts: dict[str, int] = {}
        self._row = ""

    @contextmanager
    def row(self, name: str, most: int) -> Iterator[None]:
        """A row of the table, and what it allows."""
        self._row = name
        self.counts[name] = 0
        yield
        assert self.counts[name] <= most, f"{name}: {self.counts[name]} keys, the table has {most}"

    def press(self, *chords: str) -> None:
        for chord in chords:
            self._house.press(chord)
            self._house.settle()
            self.counts[self._row] += 1

    def type(self, text: str) -> None:
        self._house.convert(text[:1])
        self._house.commit(text)

    def new_line(self) -> None:
        self._house.press("Return")

    def total(self, *names: str) -> int:
        return sum(self.counts[name] for name in names)


@pytest.fixture
def planned(visit: Visit, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """The next visit, at 16:00. There is no printer, and the person takes what the PDF dialog offers."""
    monkeypatch.setattr(issuing, "known_printers", lambda: ())
    target = tmp_path / "sheet.pdf"
    monkeypatch.setattr(saving, "ask_for_file", lambda parent, at, name, chosen: chosen(str(target)))
    services = visit.services
    services.support_sessions.finish(visit.id)
    held = session(services.place, visit.company, "2026-07-22T16:00", method="visit", place="工場")
    helper = next(person.id for person in services.people.of_team() if person.name == "鈴木 花子")
    services.support_sessions.set_attendees(held, [helper, visit.client])
    visit.program.window.open(TODAY)
    visit.house.settle()
    return held


def test_the_visit_needs_no_more_keys_than_the_table_allows(
    visit: Visit, planned: str, tmp_path: Path
) -> None:
    keys, house = Keys(visit.house), visit.house
    house.tab_to("今日と今週")
    prepare_and_print(keys, visit, tmp_path)
    take_notes(keys, visit)
    read_back(keys, visit, planned)
    mark_what_is_left(keys, visit, planned)

    assert keys.total("訪問準備", "シートを印刷") <= BEFORE
    during = keys.total("開く", "印", "期限", "秘密", "決定と宿題", "読み合わせ", "終了")
    assert during <= DURING


def prepare_and_print(keys: Keys, visit: Visit, tmp_path: Path) -> None:
    with keys.row("訪問準備", 1):
        keys.press("Return")
    assert "持ち越しの宿題" in visit.seen()
    with keys.row("シートを印刷", 2):
        keys.press("Ctrl+P")
        visit.house.wait_until((tmp_path / "sheet.pdf").exists)
        keys.press("Alt+Left")
    assert visit.program.window.route().screen == "preparation"


def take_notes(keys: Keys, visit: Visit) -> None:
    house = visit.house
    visit.program.lock()
    house.wait_until(lambda: visit.program.entrance.is_asking)
    with keys.row("開く", 2):
        house.enter(PASSPHRASE)
        keys.press("Return")
        house.wait_until(lambda: not visit.program.window.is_locked)
        keys.press("Ctrl+N")
    assert house.focused() is visit.screen._editor
    rows = {"Ctrl+5": "期限", "Ctrl+6": "秘密", "Ctrl+3": "決定と宿題", "Ctrl+4": "決定と宿題"}
    for name, marks in (("印", 2), ("期限", 1), ("秘密", 1), ("決定と宿題", 3)):
        with keys.row(name, marks):
            for text, mark in NOTES:
                if rows.get(mark, "印") == name:
                    write(keys, text, mark)


def write(keys: Keys, text: str, mark: str) -> None:
    keys.type(text)
    if mark:
        keys.press(mark)
    if mark == "Ctrl+3":
        keys.press("Ctrl+4")
    keys.new_line()


def read_back(keys: Keys, visit: Visit, planned: str) -> None:
    with keys.row("読み合わせ", 8):
        keys.press("Ctrl+R")
        count = len(visit.services.read_back.sheet(planned).items)
        assert count == 4
        keys.press("F2")
        visit.house.commit("、料金も聞く")
        keys.press("Escape")
        keys.press(*["Return"] * count)
        sheet = visit.services.read_back.sheet(planned)
        assert sheet.answered == count
    with keys.row("終了", 1):
        keys.press("Ctrl+Return")
    assert visit.services.support_sessions.sheet(planned).finished_at is not None
    assert "この端末に保存しました" in visit.seen()


def mark_what_is_left(keys: Keys, visit: Visit, planned: str) -> None:
    with keys.row("印のない行", 2 * PER_LEFTOVER_LINE):
        keys.press("Ctrl+Return", "Ctrl+1", "Down", "Ctrl+2")
    unmarked = [
        line
        for line in visit.services.support_sessions.sheet(planned).lines
        if line.text and line.mark is None and not line.is_secret
    ]
    assert not unmarked


class Finger:
    """Taps what can be seen and reached; text comes from the keyboard on the screen."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit

    def tap(self, widget: QWidget, at: QPoint | None = None, *, twice: bool = False) -> None:
        """Tap, where nothing else lies over it."""
        point = at or widget.rect().center()
        assert widget.isVisible()
        window = self._visit.program.window
        hit = window.childAt(widget.mapTo(window, point))
        assert hit is widget or (hit is not None and widget.isAncestorOf(hit)), widget.accessibleName()
        act = QTest.mouseDClick if twice else QTest.mouseClick
        if twice:
            QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=point)
        act(widget, Qt.MouseButton.LeftButton, pos=point)
        self._visit.house.settle()

    def button(self, name: str) -> None:
        shown = self._visit.house.shown(QAbstractButton)
        self.tap(next(each for each in shown if each.accessibleName() == name))

    def row(self, list_name: str, key: str, *, twice: bool = False) -> None:
        shown = next(each for each in self._visit.house.shown(RowList) if each.accessibleName() == list_name)
        index = shown.model().index(shown.model().number_of(key))
        self.tap(shown.viewport(), shown.visualRect(index).center(), twice=twice)


def test_the_whole_visit_by_touch_alone(visit: Visit, planned: str, tmp_path: Path) -> None:
    finger, services = Finger(visit), visit.services
    board = services.today.board()
    key = next(str(n) for n, each in enumerate(board.sessions) if each.id == planned)
    finger.row("今日と今週", key, twice=True)
    finger.button("訪問シートを印刷")
    visit.house.wait_until((tmp_path / "sheet.pdf").exists)
    finger.button("戻る")
    finger.button("面談を始める")
    editor = visit.screen._editor
    for text, mark in (
        ("6/12 の機械展に出した", "期限"),
        ("治具は出願を検討する", "決定"),
        ("北匠と呼ぶ", ""),
    ):
        commit_text(editor, text)
        if mark:
            finger.button(f"印 {mark}")
        QTest.keyClick(editor, Qt.Key.Key_Return)
    finger.button("来客表示")
    finger.button("読み合わせ")
    confirmations = [row.confirm for row in visit.house.shown(ItemRow)]
    assert len(confirmations) == 2
    for each in confirmations:
        finger.tap(each)
    assert services.read_back.sheet(planned).answered == 2
    finger.button("終了")
    finger.button("来客表示をやめる")
    finger.button("印のない行 1、次の行へ")
    line = next(each for each in services.support_sessions.sheet(planned).lines if each.text == "北匠と呼ぶ")
    finger.row("印のない行", line.id)
    finger.button("印 事実")
    marks = {each.text: each.mark for each in services.support_sessions.sheet(planned).lines}
    assert marks["北匠と呼ぶ"] is Mark.FACT
    assert services.support_sessions.sheet(planned).finished_at is not None


@pytest.mark.parametrize(("width", "height"), [(1366, 688), (1093, 534)], ids=["100%", "125%"])
def test_the_editor_shows_twelve_lines_on_a_small_laptop(visit: Visit, width: int, height: int) -> None:
    """1366x768 at 100 % and at 125 % of the system, the window within task bar and title (2.2)."""
    visit.open("sessions")
    visit.program.window.resize(width, height)
    editor = visit.screen._editor
    editor.show_texts(["行"] * 40, 0, 0)
    visit.house.settle()
    bottom = editor.viewport().height()
    whole = [
        row for row in rows_between(editor, 0, bottom) if row.top >= 0 and row.top + row.height <= bottom
    ]
    assert len(whole) >= 12
    assert visit.program.window.size().width() == width
    assert TextStep(visit.program.settings.text_step) is TextStep.STANDARD
