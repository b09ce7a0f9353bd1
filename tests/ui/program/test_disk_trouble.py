"""The disk fills up, turns read-only or goes away while a person types: told, kept, handed out, mended."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtGui import QGuiApplication

from app.errors import FolderReadOnly, StoreInUse
from app.paths import StoreFolder
from app.rows.today import WaitingKind
from app.services.drafts import Unwritten
from app.store_lock import holding
from tests.services.records import put, session, stored
from tests.troubled_disk import Stick, fill, small_disk, without_right_to_write
from tests.ui.program.house import House
from ui import disk_trouble
from ui.navigation import Place, Route
from ui.program import Program
from ui.screens.support_session.head_form import HeadForm
from ui.screens.support_session.screen import SupportSessionScreen
from ui.screens.today.presenter import waiting_route
from ui.widgets.message_bar import MessageBar

TYPED = "歩留まりが落ちた訳を社長が話した"


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk_trouble, "TRY_AGAIN_MS", 50)


@pytest.fixture(autouse=True)
def _logged(caplog: pytest.LogCaptureFixture) -> None:
    """That the disk refused is in the log."""


def sit_down(house: House) -> tuple[Program, str]:
    """Open an empty visit of a new company."""
    house.make_store()
    program = house.start_and_open()
    assert program.services is not None
    place = program.services.place
    company = put(place, "company", name="北国精密")
    visit = session(place, company, "2026-07-22T13:00")
    program.window.open(Route(Place.COMPANIES, company_id=company, tab="sessions", item_id=visit))
    house.settle()
    screen = program.window.current_screen()
    assert isinstance(screen, SupportSessionScreen)
    screen._editor.setFocus()
    return program, visit


def lines(program: Program) -> list[str]:
    assert program.services is not None
    with program.services.place.reading() as reading:
        return [found["text"] for found in reading.records("note_line")]


def bar(house: House) -> MessageBar:
    assert house.program is not None
    return house.program.window.trouble_bar


def is_told(house: House, number: str) -> bool:
    return bar(house).isVisible() and bar(house).message.number == number


def type_in_trouble(house: House, program: Program, number: str) -> None:
    """Type a line, leave it, and go on; then the trouble is told once and the text is there."""
    house.commit(TYPED)
    house.press("Return")
    house.commit("次の行")
    house.wait_until(lambda: is_told(house, number) and "2件" in bar(house).message.detail)
    assert "暗号化して控えに取りました" in bar(house).message.detail
    assert [each for each in house.shown(MessageBar) if each is not bar(house)] == []
    screen = program.window.current_screen()
    assert isinstance(screen, SupportSessionScreen)
    assert screen._editor.toPlainText() == f"{TYPED}\n次の行"


def mended(house: House, program: Program) -> None:
    house.wait_until(lambda: not bar(house).isVisible())
    house.wait_until(lambda: lines(program) == [TYPED, "次の行"])
    assert program.services is not None
    assert program.services.drafts.unwritten().count == 0


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk", 4000) as disk:
        yield disk


def test_a_disk_that_fills_while_typing_in_the_notes_costs_no_word(full: Path, house: House) -> None:
    house.folder = StoreFolder(full / "store")
    program, _ = sit_down(house)
    ballast = fill(full)
    type_in_trouble(house, program, "E-103")
    ballast.unlink()
    mended(house, program)
    house.close()


def trouble(program: Program) -> AbstractContextManager[None]:
    assert program.services is not None
    return without_right_to_write(program.services.place.store)


def test_a_disk_that_turns_read_only_while_typing_costs_no_word_and_text_is_handed_out(
    house: House, tmp_path: Path
) -> None:
    program, _ = sit_down(house)
    with trouble(program):
        type_in_trouble(house, program, "E-104")
        house.click("文を写す")
        house.wait_until(lambda: QGuiApplication.clipboard().text() == f"{TYPED}\n\n次の行")
        assert program._disk is not None
        program._disk.save_to(str(tmp_path / "書きかけ.txt"))
        house.wait_until((tmp_path / "書きかけ.txt").exists)
        assert (tmp_path / "書きかけ.txt").read_text(encoding="utf-8") == f"{TYPED}\n\n次の行"
        program.window.open(Route(Place.SETTINGS, tab="about"))
        house.settle()
        assert is_told(house, "E-104")
        program.window.back()
        house.settle()
    mended(house, program)


def test_a_stick_that_is_pulled_out_while_typing_costs_no_word(house: House, tmp_path: Path) -> None:
    stick = Stick(tmp_path / "content", tmp_path / "stick")
    stick.plug_in()
    house.folder = StoreFolder(stick.place / "store")
    program, _ = sit_down(house)
    stick.pull_out()
    try:
        type_in_trouble(house, program, "E-105")
    finally:
        stick.plug_in()
    mended(house, program)
    house.close()
    stick.pull_out()


def test_what_waits_when_the_window_is_closed_in_trouble_is_back_at_the_next_start(house: House) -> None:
    program, visit = sit_down(house)
    ExitStack().enter_context(trouble(program))  # and never leave it: the store is closed in it
    type_in_trouble(house, program, "E-104")
    house.close()
    program = house.start_and_open()
    assert program.services is not None
    (waiting,) = program.services.today.board().waiting
    assert (waiting.kind, waiting.support_session_id, waiting.count) == (WaitingKind.DRAFTS, visit, 2)
    texts = [draft.text for draft in program.services.drafts.of(f"support_session:{visit}")]
    assert set(texts) == {TYPED, "次の行"}


def test_the_head_of_a_visit_is_written_once_the_disk_is_back(house: House) -> None:
    program, visit = sit_down(house)
    assert program.services is not None
    place = program.services.place
    screen = program.window.current_screen()
    assert isinstance(screen, SupportSessionScreen)
    with trouble(program):
        screen._presenter.change_head({"purpose": "課題を聞く"})
        house.wait_until(lambda: is_told(house, "E-104"))
        assert "書きかけの文はありません" in bar(house).message.detail
    house.wait_until(lambda: stored(place, "support_session", visit)["purpose"] == "課題を聞く")


def head_of(program: Program) -> HeadForm:
    """面談の情報 of the visit in front, opened."""
    screen = program.window.current_screen()
    assert isinstance(screen, SupportSessionScreen)
    screen.commands()["edit"]()
    return screen._panel.form


def test_a_disk_that_fills_while_typing_in_the_head_costs_no_word(full: Path, house: House) -> None:
    house.folder = StoreFolder(full / "store")
    program, visit = sit_down(house)
    assert program.services is not None
    place = program.services.place
    form = head_of(program)
    house.settle()
    ballast = fill(full)
    form._purpose.setFocus()
    house.commit("焼入れの条件を聞く")
    form._place.setFocus()
    house.commit("本社工場")
    house.press("Tab")
    house.wait_until(lambda: is_told(house, "E-103") and "2件" in bar(house).message.detail)
    assert "暗号化して控えに取りました" in bar(house).message.detail
    assert (form._purpose.text(), form._place.text()) == ("焼入れの条件を聞く", "本社工場")
    ballast.unlink()
    house.wait_until(lambda: not bar(house).isVisible())
    house.wait_until(lambda: stored(place, "support_session", visit)["purpose"] == "焼入れの条件を聞く")
    house.wait_until(lambda: stored(place, "support_session", visit)["place"] == "本社工場")
    house.wait_until(lambda: program.services is not None and program.services.drafts.left() == ())
    house.close()


def test_the_head_that_waits_when_the_window_is_closed_in_trouble_is_back_at_the_next_start(
    house: House,
) -> None:
    program, visit = sit_down(house)
    form = head_of(program)
    house.settle()
    ExitStack().enter_context(trouble(program))
    form._purpose.setFocus()
    house.commit("焼入れの条件を聞く")
    house.press("Tab")
    house.wait_until(lambda: is_told(house, "E-104") and "1件" in bar(house).message.detail)
    house.close()
    program = house.start_and_open()
    assert program.services is not None
    (waiting,) = program.services.today.board().waiting
    assert (waiting.kind, waiting.support_session_id, waiting.count) == (WaitingKind.DRAFTS, visit, 1)
    program.window.open(waiting_route(waiting))
    house.settle()
    screen = program.window.current_screen()
    assert isinstance(screen, SupportSessionScreen)
    house.wait_until(lambda: screen._panel.form._purpose.text() == "焼入れの条件を聞く")
    assert screen._panel.form.isVisible()
    place = program.services.place
    screen.leave()
    house.wait_until(lambda: stored(place, "support_session", visit)["purpose"] == "焼入れの条件を聞く")


def choose_in_trouble(house: House, program: Program) -> None:
    """Choose how the visit was held and end it while nothing can be written."""
    form = head_of(program)
    house.settle()
    form._method.setFocus()
    house.press("End")
    screen = program.window.current_screen()
    assert isinstance(screen, SupportSessionScreen)
    screen.commands()["finish"]()
    house.wait_until(lambda: is_told(house, "E-104") and "選んだこと 2件" in bar(house).message.detail)
    assert "文を写す" not in house.words()


def is_chosen(program: Program, visit: str) -> bool:
    assert program.services is not None
    held = stored(program.services.place, "support_session", visit)
    return (held["method"], held["finished_at"] is not None) == ("phone", True)


def test_a_choice_and_the_end_of_a_visit_are_written_once_the_disk_is_back(house: House) -> None:
    program, visit = sit_down(house)
    with trouble(program):
        choose_in_trouble(house, program)
        program.window.open(Route(Place.TODAY))
        house.settle()
    house.wait_until(lambda: is_chosen(program, visit))
    house.wait_until(lambda: program.services is not None and program.services.drafts.left() == ())


def test_a_choice_and_the_end_of_a_visit_survive_the_end_of_the_program_in_trouble(house: House) -> None:
    program, visit = sit_down(house)
    ExitStack().enter_context(trouble(program))
    choose_in_trouble(house, program)
    house.close()
    program = house.start_and_open()
    assert is_chosen(program, visit)
    assert program.services is not None
    assert program.services.drafts.left() == ()
    assert program.services.today.board().waiting == ()


def test_a_stick_that_comes_back_is_held_before_anything_is_written_to_it(
    house: House, tmp_path: Path
) -> None:
    stick = Stick(tmp_path / "content", tmp_path / "stick")
    stick.plug_in()
    house.folder = StoreFolder(stick.place / "store")
    program, _ = sit_down(house)
    stick.pull_out()
    lock = tmp_path / "content" / "store" / house.folder.lock.name
    try:
        type_in_trouble(house, program, "E-105")
        lock.unlink()  # as when another machine had the stick
    finally:
        stick.plug_in()
    mended(house, program)
    with pytest.raises(StoreInUse), holding(house.folder):
        pytest.fail("two hold one store")
    house.close()
    with holding(house.folder):
        pass
    stick.pull_out()


def test_text_in_a_field_of_another_screen_survives_too(house: House) -> None:
    program, _ = sit_down(house)
    assert program.services is not None
    place = program.services.place
    person = put(place, "person", name="林 拓也", side="support")
    program.window.open(Route(Place.SETTINGS, tab="people"))
    house.settle()
    with trouble(program):
        house.tab_to("所属")
        house.commit("北国県産業振興財団")
        house.press("Tab")
        house.wait_until(lambda: is_told(house, "E-104") and "1件" in bar(house).message.detail)
        assert house.tab_to("所属").text() == "北国県産業振興財団"
    house.wait_until(lambda: not bar(house).isVisible())
    house.wait_until(lambda: stored(place, "person", person)["body"] == "北国県産業振興財団")


def test_text_typed_while_one_long_action_holds_the_store_is_on_a_disk_all_the_same(house: House) -> None:
    program, visit = sit_down(house)
    assert program.services is not None
    drafts = program.services.drafts
    form = head_of(program)
    house.settle()
    ended = Event()
    program.tasks.run(lambda _: ended.wait())
    try:
        screen = program.window.current_screen()
        assert isinstance(screen, SupportSessionScreen)
        screen._editor.setFocus()
        house.commit(TYPED)
        form._purpose.setFocus()
        house.commit("焼入れの条件を聞く")
        house.wait_until(lambda: drafts.unwritten() == Unwritten(2, is_rescued=True))
    finally:
        ended.set()
    house.wait_until(lambda: drafts.unwritten().count == 0)
    place = program.services.place
    screen.leave()
    house.wait_until(lambda: stored(place, "support_session", visit)["purpose"] == "焼入れの条件を聞く")
    house.wait_until(lambda: lines(program) == [TYPED])


def test_what_was_refused_is_written_again_though_the_trouble_was_too_short_to_be_told(house: House) -> None:
    program, visit = sit_down(house)
    assert program.services is not None
    place = program.services.place
    form = head_of(program)
    house.settle()
    form._purpose.setPlainText("焼入れの条件を聞く")
    form._purpose.untell()  # as after a refusal
    assert program._disk is not None
    program._disk._met(FolderReadOnly())
    house.wait_until(lambda: stored(place, "support_session", visit)["purpose"] == "焼入れの条件を聞く")
    assert not bar(house).isVisible()
