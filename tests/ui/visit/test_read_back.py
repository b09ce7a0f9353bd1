"""S05 読み合わせ, by keyboard: answers, corrections, both wordings, undo, and typing that is not lost."""

import pytest

from app.domain.terms import ReadBackOutcome
from tests.troubled_disk import without_right_to_write
from tests.ui.visit.conftest import OTHER, SECRET, Visit
from ui.actions import COMMANDS
from ui.screens.read_back.item_row import ItemRow
from ui.theme.fonts import Role
from ui.widgets.toast import Toast


@pytest.fixture
def reading(visit: Visit) -> Visit:
    """At S05, the first item in focus."""
    visit.open("sessions")
    visit.press("Ctrl+R")
    return visit


def outcomes(visit: Visit) -> list[ReadBackOutcome | None]:
    return [item.answer.outcome if item.answer else None for item in visit.items()]


def current(visit: Visit) -> str:
    return next(row.subject_id for row in visit.house.shown(ItemRow) if row.has_focus_inside())


def test_enter_confirms_and_goes_on_to_the_next(reading: Visit) -> None:
    subjects = [item.subject_id for item in reading.items()]
    for subject in subjects:
        assert current(reading) == subject
        reading.press("Return")
    assert outcomes(reading) == [ReadBackOutcome.CONFIRMED] * 3
    assert "3件中 3件 確認" in reading.seen()
    answers = [item.answer for item in reading.items()]
    assert all(answer and answer.by and answer.by.id == reading.client for answer in answers)
    assert "確認 13:38 高橋様" in reading.seen()


def test_an_answer_that_the_disk_refuses_waits_and_is_written_later(reading: Visit) -> None:
    first, second = (item.subject_id for item in reading.items()[:2])
    with without_right_to_write(reading.services.place.store):
        reading.press("Return")
        assert current(reading) == second
        assert outcomes(reading)[0] is None
    reading.services.visit_choices.write_waiting()
    assert outcomes(reading)[0] is ReadBackOutcome.CONFIRMED
    assert first != second


def test_the_client_sees_large_words_and_nothing_of_others(reading: Visit) -> None:
    assert (Role.READ_BACK.size, Role.READ_BACK.line) == (22, 36)
    seen = reading.seen()
    assert "治具は特許出願を検討する" in seen
    assert "2026/06/12(金) 公開" in seen
    for hidden in (OTHER, SECRET, "秘密の行"):
        assert hidden not in seen
    assert not reading.program.window.left_bar.isVisible()


def test_coming_back_one_goes_on_where_an_answer_is_missing(reading: Visit) -> None:
    reading.press("Return")
    reading.open("sessions")
    reading.press("Ctrl+R")
    assert current(reading) == reading.items()[1].subject_id


def test_the_fields_of_the_form_lie_below_one_another(reading: Visit) -> None:
    reading.program.window.resize(1024, 520)
    reading.press("F2")
    form = reading.screen._form
    fields = [form.ours, form.theirs]
    tops = [field.mapTo(form, field.rect().topLeft()).y() for field in fields]
    assert tops[1] >= tops[0] + form.ours.height()


def test_arrows_go_from_item_to_item(reading: Visit) -> None:
    subjects = [item.subject_id for item in reading.items()]
    reading.press("Down", "Down")
    assert current(reading) == subjects[2]
    reading.press("Up")
    assert current(reading) == subjects[1]


def test_other_words_are_written_into_the_line(reading: Visit) -> None:
    reading.press("F2")
    assert reading.house.focused().accessibleName() == "こちらの文"
    reading.press("Ctrl+A")
    reading.house.commit("治具は弁理士に相談する")
    reading.press("Escape")
    assert reading.items()[0].text == "治具は弁理士に相談する"
    assert current(reading) == reading.items()[0].subject_id


def test_a_correction_goes_on_behind_what_is_written(reading: Visit) -> None:
    reading.press("F2")
    reading.house.commit("。弁理士に聞く")
    reading.press("Escape")
    assert reading.items()[0].text == "治具は特許出願を検討する。弁理士に聞く"


def test_a_disagreement_keeps_both_wordings_and_undo_takes_it_back(reading: Visit) -> None:
    reading.press("F2")
    reading.house.tab_to("先方の言い方")
    reading.house.commit("まだ決めていない")
    reading.press("Ctrl+Return")
    assert "見解の相違" in reading.seen()
    assert "先方の言い方: まだ決めていない" in reading.seen()
    assert "治具は特許出願を検討する" in reading.seen()
    reading.press("Ctrl+Z")
    assert outcomes(reading)[0] is None


def test_keys_do_nothing_while_their_wording_is_being_converted(reading: Visit) -> None:
    reading.press("F2")
    reading.house.tab_to("先方の言い方")
    route = reading.program.window.route()
    reading.house.convert("まだ")
    for command in COMMANDS:
        for key in command.keys:
            reading.house.press(key)
    reading.house.press("Return", "Escape", "Up")
    reading.house.settle()
    assert reading.program.window.route() == route
    assert outcomes(reading) == [None] * 3
    assert reading.house.focused().accessibleName() == "先方の言い方"


def test_text_under_conversion_is_taken_over_when_one_leaves(reading: Visit) -> None:
    reading.press("F2")
    reading.house.tab_to("先方の言い方")
    reading.house.convert("まだ決めない")
    reading.program.window.open(reading.route("sessions"))
    reading.house.settle()
    assert reading.items()[0].answer is not None
    assert reading.items()[0].answer.their_wording == "まだ決めない"


def test_typing_that_a_stop_left_behind_opens_its_form_again(visit: Visit) -> None:
    subject = visit.items()[0].subject_id
    visit.services.drafts.keep(f"read_back:{visit.id}", f"{subject}.theirs", "まだ決めて")
    waiting = visit.services.today.board().waiting
    assert any(each.support_session_id == visit.id and each.form == "read_back" for each in waiting)
    visit.open("read_back")
    assert visit.screen._form.theirs.text() == "まだ決めて"


def test_typing_is_kept_as_a_draft_before_the_field_is_left(reading: Visit) -> None:
    reading.press("F2")
    reading.house.tab_to("先方の言い方")
    reading.house.commit("まだ決めていない")
    reading.screen._drafts.write_waiting()
    reading.house.settle()
    kept = {draft.text for draft in reading.services.drafts.of(f"read_back:{reading.id}")}
    assert "まだ決めていない" in kept
    reading.press("Escape")
    assert not reading.services.drafts.of(f"read_back:{reading.id}")


def test_a_line_changed_behind_it_is_shown_and_has_to_be_read_again(reading: Visit) -> None:
    reading.press("Return")
    reading.services.read_back.reword(reading.id, reading.lines[3], "治具は出願する")
    reading.house.settle()
    assert "直したので、もう一度" in reading.seen()


def test_ctrl_enter_ends_the_visit_and_says_what_is_left(reading: Visit) -> None:
    reading.press("Return", "Ctrl+Return")
    assert reading.services.support_sessions.sheet(reading.id).finished_at is not None
    assert reading.program.window.route() == reading.route("sessions")
    toast = reading.program.window.findChild(Toast)
    assert toast._text.text() == "この端末に保存しました。まだの 2件は、面談の「読み合わせ」で続けられます"


def test_the_rest_can_be_left_for_later(reading: Visit) -> None:
    reading.house.click("あとで確認する")
    reading.house.settle()
    assert reading.program.window.route() == reading.route("sessions")
    assert reading.services.support_sessions.sheet(reading.id).finished_at is None


def test_nothing_to_read_says_what_will_be_here(visit: Visit) -> None:
    for line in (2, 3, 4):
        visit.services.support_sessions.set_secret(visit.id, visit.line(line), is_secret=True)
    visit.open("read_back")
    assert "読み合わせるものは、まだありません" in visit.seen()
