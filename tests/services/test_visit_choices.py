"""Choices about a 面談: written at once, or kept in their order until the disk takes them."""

from datetime import timedelta

import pytest

from app.clock import JAPAN
from app.domain.terms import PersonSide, ReadBackOutcome
from app.errors import DISK_FAULTS, FolderReadOnly
from app.services.drafts import DraftService, Unwritten
from app.services.read_back import ReadBackService
from app.services.support_sessions import SupportSessionService
from app.services.visit_choices import VisitChoiceService
from app.workplace import Workplace
from tests.services.conftest import START, SteppingClock
from tests.services.records import change, line, put, session, stored, withdraw
from tests.troubled_disk import without_right_to_write


@pytest.fixture
def company(place: Workplace) -> str:
    return put(place, "company", name="北国精密")


@pytest.fixture
def visit(place: Workplace, company: str) -> str:
    return session(place, company, "2025-07-22T13:00")


@pytest.fixture
def drafts(place: Workplace, clock: SteppingClock) -> DraftService:
    return DraftService(place.store, clock)


@pytest.fixture
def choices(place: Workplace, drafts: DraftService) -> VisitChoiceService:
    return VisitChoiceService(place, drafts)


def test_what_was_refused_is_written_in_the_order_of_choosing(
    place: Workplace, choices: VisitChoiceService, drafts: DraftService, visit: str, company: str
) -> None:
    with without_right_to_write(place.store):
        for choice in (
            choices.method("phone"),
            choices.method("online"),
            choices.person("高橋 誠", PersonSide.COMPANY),
            choices.level("team"),
        ):
            with pytest.raises(DISK_FAULTS):
                choices.take(visit, choice)
        assert drafts.unwritten() == Unwritten(0, is_rescued=False, choices=4)
        assert drafts.to_hand_out() == ((), 0)
    choices.write_waiting()
    sheet = SupportSessionService(place).sheet(visit)
    assert (sheet.method, sheet.own_level) == ("online", "team")
    assert [person.name for person in sheet.attendees] == ["高橋 誠"]
    assert drafts.left() == ()


def test_a_new_choice_goes_behind_those_that_wait(
    place: Workplace, choices: VisitChoiceService, visit: str
) -> None:
    with without_right_to_write(place.store), pytest.raises(FolderReadOnly):
        choices.take(visit, choices.method("phone"))
    choices.take(visit, choices.method("visit"))
    choices.write_waiting()
    assert stored(place, "support_session", visit)["method"] == "visit"


def test_the_end_that_waited_is_the_moment_at_which_it_was_pressed(
    place: Workplace, choices: VisitChoiceService, visit: str, clock: SteppingClock
) -> None:
    clock.move(hours=1)
    with without_right_to_write(place.store), pytest.raises(FolderReadOnly):
        choices.take(visit, choices.finished())
    clock.move(days=2)
    choices.write_waiting()
    ends_at = SupportSessionService(place).sheet(visit).ends_at
    assert ends_at == (START.astimezone(JAPAN) + timedelta(hours=1)).replace(tzinfo=None)


def test_a_person_who_was_half_written_is_not_added_twice(
    place: Workplace, choices: VisitChoiceService, visit: str
) -> None:
    person = choices.person("高橋 誠", PersonSide.COMPANY)
    choices.take(visit, person)
    choices.take(visit, person)
    assert [each.name for each in SupportSessionService(place).sheet(visit).attendees] == ["高橋 誠"]


def test_a_choice_for_a_visit_that_is_gone_by_then_is_let_go(
    place: Workplace, choices: VisitChoiceService, drafts: DraftService, visit: str
) -> None:
    with without_right_to_write(place.store), pytest.raises(FolderReadOnly):
        choices.take(visit, choices.method("phone"))
    withdraw(place, "support_session", visit)
    choices.write_waiting()
    assert drafts.left() == ()


def test_an_answer_that_was_refused_belongs_to_what_was_read_out_at_its_time(
    place: Workplace, choices: VisitChoiceService, visit: str, company: str, clock: SteppingClock
) -> None:
    decided = line(place, company, visit, "治具の図面は社外に出さない", mark="decision")
    (item,) = ReadBackService(place).sheet(visit).items
    asked_at = clock.now()
    with without_right_to_write(place.store), pytest.raises(DISK_FAULTS):
        choices.take(visit, choices.read_back_answered(item, ReadBackOutcome.CONFIRMED, None))
    clock.move(hours=1)
    choices.write_waiting()
    (item,) = ReadBackService(place).sheet(visit).items
    assert item.answer is not None
    assert item.answer.outcome is ReadBackOutcome.CONFIRMED
    assert item.answer.at - asked_at < timedelta(minutes=1)
    with without_right_to_write(place.store), pytest.raises(DISK_FAULTS):
        choices.take(visit, choices.read_back_answered(item, ReadBackOutcome.CONFIRMED, None))
    change(place, "note_line", decided, text="治具の図面は公開してよい")
    choices.write_waiting()
    (item,) = ReadBackService(place).sheet(visit).items
    assert (item.answer, item.is_changed) == (None, True), "nobody said yes to these words"
