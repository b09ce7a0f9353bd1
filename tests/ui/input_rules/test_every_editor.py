"""The rules of Japanese input (design-ux 2.9), in every text widget of every spot of the program.

A screen, tab or section that is added is walked by itself; so is every field that is added to one.
"""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QLineEdit, QTextEdit

from app.changes import Changes
from app.domain.folding import fold
from db.cells import BY_NAME
from tests.ui.input_rules.editors import Editor, candidates_at, caret_of, editors, name_of, text_of
from tests.ui.input_rules.spots import Filled, Spot, fill, spots
from tests.ui.keyboard import commit_text, convert_text, press_key
from tests.ui.program.house import House
from ui.actions import COMMANDS
from ui.input_method import conversion, is_converting
from ui.main_window import MainWindow
from ui.program import Program
from ui.screen_factories import factories
from ui.widgets.fields.number_field import NumberField
from ui.widgets.fields.text_field import SearchField

KEYS = [keys for command in COMMANDS for keys in command.keys]
OTHER_KEYS = ["Return", "Enter", "Esc", "Tab", "Up", "Down", "F4", "Space", "Del", "Shift+F10"]
READING = "へんかんちゅう"


class Walk:
    """Goes to every spot and through all its editors, collecting what is wrong instead of stopping there."""

    def __init__(self, house: House, *, is_quick: bool) -> None:
        house.make_store()
        self.house = house
        self.is_quick = is_quick
        self.program: Program = house.start_and_open()
        assert self.program.services is not None
        self.services = self.program.services
        self.filled: Filled = fill(self.services)
        house.settle()
        self.wrong: list[str] = []
        self.seen: dict[str, int] = {}
        self.ran: list[str] = []

    @property
    def window(self) -> MainWindow:
        return self.program.window

    def go_to(self, spot: Spot) -> None:
        self.window.open(spot.route)
        self.house.settle()
        spot.prepare(self.house)
        self.house.settle()
        # A menu that closes leaves the offscreen window without focus.
        self.window.activateWindow()
        self.house.wait_until(self.window.isActiveWindow)

    def editors(self, *, only_ends: bool = False) -> Iterator[tuple[Spot, Editor]]:
        """Each with the focus in it; one that another has hidden meanwhile is left out.

        With `only_ends` a quick walk stops at the first and the last one of each spot.
        """
        for spot in spots(self.program, self.filled, every_block=not self.is_quick):
            self.go_to(spot)
            found = list(editors(self.window))
            self.seen[spot.name] = len(found)
            for editor in dict.fromkeys((*found[:1], *found[-1:])) if only_ends and self.is_quick else found:
                editor.setFocus()
                if editor.hasFocus():
                    yield spot, editor
                    commit_text(editor, "")
                    if isinstance(editor, SearchField):
                        editor.clear()

    def check(self, spot: Spot, editor: Editor, is_right: bool, what: str) -> None:
        if not is_right:
            self.wrong.append(f"{spot.name}: {name_of(editor)}: {what}")

    def is_in_the_store(self, text: str) -> bool:
        """Whether a field of any record, or any draft, holds the text."""
        self.house.settle()
        kept = [draft.text for draft in self.services.drafts.left()]
        with self.services.place.reading() as reading:
            for kind in BY_NAME:
                kept += [str(value) for found in reading.records(kind) for value in found.values()]
        return any(fold(text) in fold(each) for each in kept)


@pytest.fixture(params=["quick", pytest.param("whole", marks=pytest.mark.long)])
def walk(house: House, request: pytest.FixtureRequest) -> Walk:
    return Walk(house, is_quick=request.param == "quick")


def test_only_the_conversion_reacts_while_text_is_being_converted(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = MainWindow.run_command

    def run_command(window: MainWindow, command: str) -> None:
        walk.ran += [command] if is_converting() else []
        run(window, command)

    monkeypatch.setattr(MainWindow, "run_command", run_command)
    for spot, editor in walk.editors():
        before = text_of(editor)
        convert_text(editor, READING)
        caret = caret_of(editor)
        for keys in (*KEYS, *OTHER_KEYS):
            press_key(editor, keys)
            still = not walk.ran and editor.hasFocus() and conversion().preedit == READING
            walk.check(spot, editor, still, f"{keys} did something: {walk.ran}")
            walk.ran.clear()
        is_same = (text_of(editor), caret_of(editor)) == (before, caret)
        walk.check(spot, editor, is_same, "text or caret were touched")
        editor.grab()
        place = candidates_at(editor)
        inside = editor.rect().toRectF().adjusted(-2, -2, 2, 2)
        walk.check(spot, editor, inside.contains(place.center()) and place.height() > 5, f"caret at {place}")
        commit_text(editor, "変換")
        walk.check(
            spot, editor, len(text_of(editor)) == len(before) + 2, f"not taken over: {text_of(editor)}"
        )
    assert not walk.wrong, "\n".join(walk.wrong)
    assert set(walk.window._frame.stack.made) == set(factories(walk.program, walk.services))
    assert sum(walk.seen.values()) > 80
    with_editors = {name for name, count in walk.seen.items() if count}
    assert {"companies/new", "company/plan/new", "visit", "visit/head", "settings/team"} <= with_editors


def test_news_from_the_record_wait_until_the_conversion_has_ended(walk: Walk) -> None:
    everything = Changes(frozenset((kind, walk.filled.company) for kind in BY_NAME))
    for spot, editor in walk.editors(only_ends=True):
        convert_text(editor, READING)
        before, caret = text_of(editor), caret_of(editor)
        walk.window.touched(everything)
        walk.house.settle()
        walk.check(spot, editor, editor.hasFocus(), "the focus went")
        walk.check(spot, editor, conversion().preedit == READING, "the conversion ended")
        is_same = (text_of(editor), caret_of(editor)) == (before, caret)
        walk.check(spot, editor, is_same, "text or caret were touched")
        commit_text(editor, "変換")
        walk.check(spot, editor, "変換" in text_of(editor), f"not in it: {text_of(editor)}")
    assert not walk.wrong, "\n".join(walk.wrong)


def test_nothing_is_cut_or_dropped_and_a_conversion_stays_when_the_focus_goes(walk: Walk) -> None:
    long = "長い文を打つ。" * 30
    lines, office = pasted_table()
    for number, (spot, editor) in enumerate(walk.editors()):
        if isinstance(editor, QLineEdit):
            walk.check(spot, editor, editor.maxLength() == 32767, f"cut after {editor.maxLength()}")
            takes_all = editor.validator() is None and not editor.inputMask()
            walk.check(spot, editor, takes_all, "full-width figures are dropped")
        if isinstance(editor, SearchField):
            asked: list[str] = []
            editor.searched.connect(asked.append)
            convert_text(editor, READING)
            press_key(editor, "Return")
            walk.check(spot, editor, not asked, f"asked in mid-conversion: {asked}")
        if isinstance(editor, QTextEdit):
            editor.selectAll()
            editor.insertFromMimeData(office)
            walk.check(spot, editor, text_of(editor) == lines, f"pasted: {text_of(editor)[:80]!r}")
            walk.check(spot, editor, not has_looks(editor), "looks were pasted")
        text = f"{READING}{number}番"
        commit_text(editor, long)
        convert_text(editor, text)
        walk.window.setFocus()
        walk.check(spot, editor, not is_converting(), "the conversion is still open")
        stays = (
            fold(long + text) in fold(text_of(editor)) or _is_a_count(editor) or walk.is_in_the_store(text)
        )
        walk.check(spot, editor, stays, f"lost: {text_of(editor)}")
    assert not walk.wrong, "\n".join(walk.wrong)


def test_a_conversion_stays_when_one_goes_to_another_place_or_locks(walk: Walk) -> None:
    for number, (spot, editor) in enumerate(walk.editors(only_ends=True)):
        text = f"{READING}{number}番"
        convert_text(editor, text)
        walk.window._leave()
        walk.check(spot, editor, not is_converting(), "the conversion is still open")
        stays = fold(text) in fold(text_of(editor)) or _is_a_count(editor) or walk.is_in_the_store(text)
        walk.check(spot, editor, stays, f"lost: {text_of(editor)}")
    assert not walk.wrong, "\n".join(walk.wrong)


def pasted_table() -> tuple[str, QMimeData]:
    """2,000 characters as an office program puts a table on the clipboard, and what shall come of it."""
    lines = [f"{number}工程\t油温は二段で切り替える\t月に三千個" for number in range(100)]
    cells = "".join(f"<tr><td><b><font color=red>{line}</font></b></td></tr>" for line in lines)
    office = QMimeData()
    office.setText("\r\n".join(lines))
    office.setHtml(f"<table>{cells}</table>")
    return "\n".join(lines), office


def has_looks(editor: QTextEdit) -> bool:
    """Whether fonts or colours came along."""
    form = editor.document().find("油温").charFormat()
    return form.fontWeight() > 400 or form.foreground().color().name() == "#ff0000"


def _is_a_count(editor: Editor) -> bool:
    """The number of copies: words in it are no number, and one copy is printed."""
    return isinstance(editor, NumberField) and editor.accessibleName() == "部数"
