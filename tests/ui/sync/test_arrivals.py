"""A11: what others wrote arrives while one types; typing is never touched, and nothing is lost."""

from app.rows.conflicts import ConflictKind
from app.services.conflicts import ConflictService
from app.workplace import Workplace, session_scope
from tests.services.records import change, line, session, stored
from tests.ui.program.house import House
from tests.ui.sync.conftest import Team
from tests.ui.sync.waiting import a_round, place_of
from ui.navigation import Place, Route
from ui.widgets.fields.text_field import TextField
from ui.widgets.notes.note_editor import NoteEditor


def open_visit(team: Team, *texts: str) -> tuple[str, list[str]]:
    """A 面談 with these lines, known to both and open in the window, the caret in its first line."""
    visit = session(team.other, team.company, "2026-07-22T13:00")
    lines = [line(team.other, team.company, visit, text) for text in texts]
    team.other_round()
    house = team.house
    program = house.start_and_open()
    a_round(house)
    program.window.open(Route(Place.COMPANIES, team.company, "sessions", visit))
    house.settle()
    editor(house).setFocus()
    editor(house).place_caret(0, 0)
    return visit, lines


def editor(house: House) -> NoteEditor:
    (found,) = house.shown(NoteEditor)
    return found


def shown_lines(house: House) -> list[str]:
    return editor(house).toPlainText().split("\n")


def arrive(team: Team) -> None:
    """The other one's work reaches the window."""
    team.other_round()
    a_round(team.house)


def test_lines_of_others_appear_in_time_order_while_one_types(team: Team) -> None:
    visit, (first, _) = open_visit(team, "一行目。", "三行目。")
    house = team.house
    house.enter("ab")
    line(team.other, team.company, visit, "四行目。")
    arrive(team)
    assert shown_lines(house) == ["ab一行目。", "三行目。", "四行目。"]
    assert editor(house).caret() == (0, 2)
    house.press("Down")
    house.settle()
    assert stored(_place_of(team), "note_line", first)["text"] == "ab一行目。"
    a_round(house)
    team.other_round()
    assert stored(team.other, "note_line", first)["text"] == "ab一行目。"
    assert ConflictService(team.other).rows() == ()


def test_a_change_to_the_line_being_typed_waits_until_the_caret_leaves_and_both_stand(team: Team) -> None:
    _, (first, _) = open_visit(team, "前の文。後の文。", "次の行")
    house = team.house
    house.enter("ab")
    change(team.other, "note_line", first, text="前の文。後の文も直した。")
    arrive(team)
    assert shown_lines(house)[0] == "ab前の文。後の文。"
    house.press("Down")
    house.settle()
    assert shown_lines(house)[0] == "ab前の文。後の文も直した。"
    assert ConflictService(_place_of(team)).rows() == ()


def test_a_line_with_the_caret_but_without_typing_waits_too(team: Team) -> None:
    _, (first, _) = open_visit(team, "初めの文。", "次の行")
    house = team.house
    change(team.other, "note_line", first, text="別の文。")
    arrive(team)
    assert shown_lines(house)[0] == "初めの文。"
    house.press("Down")
    house.settle()
    assert shown_lines(house)[0] == "別の文。"


def test_two_wordings_of_one_sentence_become_a_question_and_neither_is_lost(team: Team) -> None:
    _, (first, _) = open_visit(team, "文です。", "次の行")
    house = team.house
    house.enter("ab")
    change(team.other, "note_line", first, text="相手の文です。")
    arrive(team)
    house.press("Down")
    house.settle()
    (row,) = ConflictService(_place_of(team)).rows()
    page = ConflictService(_place_of(team)).page("note_line", first, "text")
    assert row.kind is ConflictKind.VALUES
    assert {side.words for side in page.sides} == {"ab文です。", "相手の文です。"}


def test_a_mark_of_somebody_else_is_not_taken_back_by_typing(team: Team) -> None:
    _, (first, _) = open_visit(team, "文です。", "次の行")
    house = team.house
    house.enter("ab")
    change(team.other, "note_line", first, mark="decision")
    arrive(team)
    house.press("Down")
    house.settle()
    found = stored(_place_of(team), "note_line", first)
    assert (found["text"], found["mark"]) == ("ab文です。", "decision")


def test_what_arrives_is_no_step_of_undo(team: Team) -> None:
    visit, (first, second) = open_visit(team, "一。", "二。")
    house = team.house
    house.enter("ab")
    house.press("Down")
    house.settle()
    change(team.other, "note_line", second, text="二も直した。")
    arrive(team)
    assert _place_of(team).undo(session_scope(visit)) is not None
    assert stored(_place_of(team), "note_line", first)["text"] == "一。"
    assert stored(_place_of(team), "note_line", second)["text"] == "二も直した。"
    assert _place_of(team).undo(session_scope(visit)) is None


def test_a_field_that_is_typed_in_keeps_its_typing_and_both_values_stand(team: Team) -> None:
    house = team.house
    program = house.start_and_open()
    a_round(house)
    program.window.open(Route(Place.COMPANIES, team.company, "intake"))
    house.settle()
    (name,) = [each for each in house.shown(TextField) if each.text() == "北国工業"]
    name.setFocus()
    name.selectAll()
    house.enter("kitaguni")
    change(team.other, "company", team.company, name="北国工業所", city="旭川")
    arrive(team)
    assert name.text() == "kitaguni"
    house.wait_until(lambda: any(each.text() == "旭川" for each in house.shown(TextField)))
    assert name.hasFocus()
    house.press("Tab")
    house.settle()
    house.wait_until(lambda: len(ConflictService(_place_of(team)).rows()) == 1)
    house.wait_until(lambda: "ほかの人も直していました" in house.words())
    page = ConflictService(_place_of(team)).page("company", team.company, "name")
    assert {side.words for side in page.sides} == {"kitaguni", "北国工業所"}


def test_a_field_that_is_saved_without_a_form_answers_for_what_it_showed_too(team: Team) -> None:
    house = team.house
    program = house.start_and_open()
    program.services.team.change({"region": "北国"})  # type: ignore[union-attr]
    a_round(house)
    team.other_round()
    program.window.open(Route(Place.SETTINGS, tab="team"))
    house.settle()
    (region,) = [each for each in house.shown(TextField) if each.accessibleName() == "地域名"]
    region.setFocus()
    region.selectAll()
    house.enter("kitaguni")
    with team.other.reading() as reading:
        (known,) = reading.records("team")
    change(team.other, "team", known["id"], region="北国県", meeting_name="連絡会")
    arrive(team)
    house.wait_until(lambda: any(each.text() == "連絡会" for each in house.shown(TextField)))
    assert region.text() == "kitaguni"
    house.press("Tab")
    house.settle()
    house.wait_until(lambda: len(ConflictService(_place_of(team)).rows()) == 1)
    page = ConflictService(_place_of(team)).page("team", known["id"], "region")
    assert {side.words for side in page.sides} == {"kitaguni", "北国県"}


def test_once_the_caret_has_left_what_came_counts_as_seen(team: Team) -> None:
    house = team.house
    program = house.start_and_open()
    a_round(house)
    program.window.open(Route(Place.COMPANIES, team.company, "intake"))
    house.settle()
    change(team.other, "company", team.company, name="北国工業所")
    arrive(team)
    house.wait_until(lambda: any(each.text() == "北国工業所" for each in house.shown(TextField)))
    house.wait_until(lambda: _place_of(team).shown.until is None)
    (name,) = [each for each in house.shown(TextField) if each.text() == "北国工業所"]
    name.setFocus()
    name.selectAll()
    house.enter("kitaguni")
    house.press("Tab")
    house.settle()
    house.wait_until(lambda: stored(_place_of(team), "company", team.company)["name"] == "kitaguni")
    assert ConflictService(_place_of(team)).rows() == ()


def _place_of(team: Team) -> Workplace:
    assert team.house.program is not None
    return place_of(team.house.program)
