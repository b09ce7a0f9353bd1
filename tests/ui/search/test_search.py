"""さがす walked by keyboard: typing, narrowing, opening a line, coming back; and finding within the notes."""

from dataclasses import dataclass

import pytest

from app.rows.search import SearchFilters
from tests.services.records import line, put, session
from tests.ui.keyboard import press_key
from tests.ui.program.house import House
from ui.models.row_list_model import ListHeading, ListRow
from ui.navigation import Place, Route
from ui.screens.search.screen import SearchScreen
from ui.screens.support_session.screen import SupportSessionScreen
from ui.widgets.empty_state import EmptyState
from ui.widgets.fields.choice_field import ChoiceField
from ui.widgets.fields.text_field import SearchField
from ui.widgets.find_bar import FindBar
from ui.widgets.row_list import RowList

SECRET = "焼入れの油は82度"


@dataclass
class Planted:
    """What the store holds."""

    house: House
    company: str
    other: str
    visit: str
    lines: list[str]


@pytest.fixture
def planted(house: House) -> Planted:
    """A company with a visit of four lines, one of them 秘密, and another company with one line."""
    house.make_store()
    program = house.start_and_open()
    place = program.services.place
    company, other = put(place, "company", name="北国精密㈱"), put(place, "company", name="青葉食品(有)")
    visit = session(place, company, "2026-07-22T10:00")
    words = ["治具の図面を渡した", SECRET, "𠮷野さんの治具は別", "焼入れは外注"]
    lines = [line(place, company, visit, text, is_secret=text == SECRET) for text in words]
    line(place, other, session(place, other, "2025-05-01T10:00"), "治具はない", mark="fact")
    house.settle()
    return Planted(house, company, other, visit, lines)


def rows(house: House) -> list[ListRow]:
    return [entry for entry in entries(house) if isinstance(entry, ListRow)]


def entries(house: House) -> list[ListRow | ListHeading]:
    return list(screen(house).findChild(RowList)._model.entries)


def screen(house: House) -> SearchScreen:
    shown = house.program.window.current_screen()
    assert isinstance(shown, SearchScreen)
    return shown


def look_for(house: House, text: str) -> None:
    """Type words into さがす and let the rest be over."""
    house.press("Ctrl+Shift+F")
    house.settle()
    house.commit(text)
    house.wait_until(lambda: screen(house)._text == text)
    house.settle()


def choose(house: House, name: str, value: str) -> None:
    choice = screen(house).findChild(ChoiceField, name)
    choice.setCurrentIndex(choice.findData(value))
    choice.activated.emit(choice.currentIndex())
    house.settle()


def notes(house: House) -> SupportSessionScreen:
    shown = house.program.window.current_screen()
    assert isinstance(shown, SupportSessionScreen)
    return shown


def test_it_looks_while_one_types_and_shows_line_day_and_company(planted: Planted) -> None:
    house = planted.house
    house.press("Ctrl+Shift+F")
    house.settle()
    assert "さがす言葉を入れてください" in [
        empty.accessibleName().split()[0] for empty in house.shown(EmptyState)
    ]
    look_for(house, "ジグ")
    assert rows(house) == []
    look_for(house, "治具")
    newest, oldest = rows(house)[0], rows(house)[-1]
    assert (newest.lead, newest.right) == ("2026/07/22(水)", "北国精密㈱")
    assert (oldest.title, oldest.mark, oldest.found) == ("治具はない", "fact", ((0, 2),))
    assert [entry.text for entry in entries(house) if isinstance(entry, ListHeading)] == ["R8年度", "R7年度"]


def test_the_invitation_stays_in_the_middle_when_the_window_shrinks(planted: Planted) -> None:
    house = planted.house
    house.press("Ctrl+Shift+F")
    house.settle()
    for width in (1366, 1024):
        house.program.window.resize(width, 520)
        (empty,) = house.shown(EmptyState)
        assert empty.width() == screen(house).findChild(RowList).viewport().width()


def test_nothing_is_looked_for_while_text_is_being_converted(planted: Planted) -> None:
    house = planted.house
    house.press("Ctrl+Shift+F")
    house.settle()
    field = screen(house).findChild(SearchField)
    house.commit("治")
    house.convert("ぐ")
    field._rest.timeout.emit()
    assert screen(house)._text == ""
    house.commit("具")
    house.wait_until(lambda: screen(house)._text == "治具")


def test_a_secret_line_is_named_as_such_and_nothing_shows_its_words(planted: Planted) -> None:
    house = planted.house
    look_for(house, "82度")
    (row,) = rows(house)
    assert (row.title, row.found, row.mark) == ("秘密の行", (), "secret")
    assert "油" not in row.spoken


def test_enter_goes_to_the_hits_and_opens_the_line_and_back_returns(planted: Planted) -> None:
    house = planted.house
    look_for(house, "吉野　治具")
    house.press("Return")
    house.settle()
    house.press("Return")
    house.settle()
    route = house.program.window.route()
    assert (route.company_id, route.item_id, route.anchor) == (
        planted.company,
        planted.visit,
        planted.lines[2],
    )
    assert notes(house)._editor.caret()[0] == 2
    assert house.shown(FindBar)[0].field.text() == "吉野　治具"
    house.press("Alt+Left")
    house.settle()
    assert screen(house).findChild(SearchField).text() == "吉野　治具"
    assert screen(house).findChild(RowList).current_key() == f"note_line:{planted.lines[2]}"


def test_filters_narrow_and_are_there_after_a_restart(planted: Planted) -> None:
    house = planted.house
    look_for(house, "治具")
    choose(house, "mark", "fact")
    choose(house, "period", "2025")
    assert [row.title for row in rows(house)] == ["治具はない"]
    choose(house, "company_id", planted.company)
    assert rows(house) == []
    assert "絞り込みをやめる" in house.words()
    house.close()
    house.start_and_open()
    house.press("Ctrl+Shift+F")
    house.settle()
    assert screen(house)._bar.filters == SearchFilters("", planted.company, "2025", "fact")
    house.commit("治具")
    house.wait_until(lambda: screen(house)._text == "治具")
    house.settle()
    house.click("絞り込みをやめる")
    house.settle()
    assert len(rows(house)) == 3


def test_ctrl_f_in_a_company_looks_in_that_company(planted: Planted) -> None:
    house = planted.house
    house.program.window.open(Route(Place.COMPANIES, planted.other))
    house.settle()
    house.press("Ctrl+F")
    house.settle()
    house.commit("治具")
    house.wait_until(lambda: screen(house)._text == "治具")
    house.settle()
    assert [row.title for row in rows(house)] == ["治具はない"]


def test_what_is_changed_elsewhere_is_found_at_once(planted: Planted) -> None:
    house = planted.house
    look_for(house, "商標")
    assert rows(house) == []
    line(house.program.services.place, planted.company, planted.visit, "商標を調べる")
    house.settle()
    assert [row.title for row in rows(house)] == ["商標を調べる"]


def test_the_palette_leads_on_to_everything_that_holds_the_words(planted: Planted) -> None:
    house = planted.house
    house.press("Ctrl+K")
    house.commit("外注")
    house.wait_until(
        lambda: any(
            "すべての記録から" in list_.model().index(0, 0).data()
            for list_ in house.shown(RowList)
            if list_.model().rowCount()
        )
    )
    house.press("Return")
    house.settle()
    assert [row.title for row in rows(house)] == ["焼入れは外注"]


def test_f3_walks_the_lines_that_hold_the_words_and_passes_secret_ones_by(planted: Planted) -> None:
    house = planted.house
    house.program.window.open(Route(Place.COMPANIES, planted.company, "sessions", planted.visit))
    house.settle()
    editor = notes(house)._editor
    editor.place_caret(3, 0)
    house.press("Ctrl+F")
    house.commit("焼入れ")
    house.press("Return")
    bar = house.shown(FindBar)[0]
    assert (editor.caret()[0], bar._count.text()) == (3, "1/1行（秘密の行を除く）")
    bar.field.selectAll()
    house.commit("治具")
    house.press("Return")
    assert editor.caret() == (0, 2)
    house.press("F3")
    assert editor.caret() == (2, 8)
    house.press("F3")
    assert editor.caret()[0] == 0
    house.press("Shift+F3")
    assert (editor.caret()[0], bar._count.text()) == (2, "2/2行（秘密の行を除く）")
    house.press("Escape")
    assert not bar.isVisible()
    assert editor.hasFocus()
    assert editor.texts()[2] == "𠮷野さんの治具は別"
    press_key(editor, "F3")
    assert house.shown(FindBar) == [bar]
