"""印のない行: listed one by one; Ctrl+1 to 6, then Down."""

from app.domain.terms import Mark
from tests.ui.visit.conftest import Visit
from ui.navigation import Place, Route
from ui.widgets.row_list import RowList


def marks(visit: Visit) -> dict[str, Mark | None]:
    return {line.id: line.mark for line in visit.services.support_sessions.sheet(visit.id).lines}


def test_a_mark_and_down_for_each_line(visit: Visit) -> None:
    visit.open("leftover")
    visit.press("Ctrl+1", "Down", "Ctrl+2")
    found = marks(visit)
    assert [found[line] for line in visit.lines[5:]] == [Mark.FACT, Mark.ISSUE]


def test_a_slip_is_put_right_by_undo_and_by_another_mark(visit: Visit) -> None:
    visit.open("leftover")
    visit.press("Ctrl+1", "Ctrl+Z")
    assert marks(visit)[visit.lines[5]] is None
    visit.press("Ctrl+1", "Ctrl+2")
    assert marks(visit)[visit.lines[5]] is Mark.ISSUE


def test_whoever_is_interrupted_goes_on_at_the_same_line(visit: Visit) -> None:
    visit.open("leftover")
    visit.press("Ctrl+1", "Down")
    visit.program.window.open(Route(Place.TODAY))
    visit.house.settle()
    visit.press("Alt+Left")
    (shown,) = visit.house.shown(RowList)
    assert shown.current_key() == visit.lines[6]


def test_today_leads_there_and_a_finished_visit_too(visit: Visit) -> None:
    visit.services.support_sessions.finish(visit.id)
    visit.open("sessions")
    visit.house.click("印のない行 2、次の行へ")
    visit.house.settle()
    assert visit.program.window.route() == visit.route("leftover")
    visit.program.window.open(Route(Place.TODAY))
    visit.house.settle()
    waiting = next(each for each in visit.house.shown(RowList) if each.accessibleName() == "あなたの確認待ち")
    waiting.setFocus()
    visit.press("Return")
    assert visit.program.window.route() == visit.route("leftover")


def test_enter_goes_to_the_line_itself_and_ctrl_enter_to_the_visit(visit: Visit) -> None:
    visit.open("leftover")
    visit.press("Return")
    assert visit.program.window.route() == visit.route("sessions", anchor=visit.lines[5])
    visit.press("Alt+Left", "Ctrl+Return")
    assert visit.program.window.route() == visit.route("sessions")


def test_a_line_made_secret_shows_its_words_no_longer(visit: Visit) -> None:
    visit.open("leftover")
    visit.press("Ctrl+6")
    assert "北匠" not in visit.seen()
