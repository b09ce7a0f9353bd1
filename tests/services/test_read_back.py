"""読み合わせ: what is read out, and what the client's answer is tied to."""

from datetime import UTC, date, datetime

import pytest

from app.domain.links import LinkKind
from app.domain.terms import Confidentiality, Mark, ReadBackOutcome
from app.errors import RecordMissing
from app.services.history import HistoryService
from app.services.people import PeopleService
from app.services.printed_contents import CompanyContents
from app.services.read_back import ReadBackService
from app.services.support_sessions import SupportSessionService
from app.services.trash import TrashService
from app.workplace import Workplace, session_scope
from tests.services.records import change, line, put, session, stored

SAID_AT = datetime(2025, 7, 22, 4, 15, tzinfo=UTC)


class Visit:
    """A 面談 with one client, in which things were said."""

    def __init__(self, place: Workplace) -> None:
        self.place = place
        self.company = put(place, "company", name="北国精密(株)")
        self.session = session(place, self.company, "2025-07-22T13:00")
        people = PeopleService(place)
        self.client = people.add({"name": "高橋 誠", "role": "社長", "side": "company"}, self.company)
        self.helper = people.add({"name": "鈴木 花子", "side": "support"})
        SupportSessionService(place).set_attendees(self.session, [self.helper, self.client])
        self.read_back = ReadBackService(place)

    def says(self, text: str, mark: Mark | None, *, is_secret: bool = False) -> str:
        said = line(self.place, self.company, self.session, text, mark=mark, is_secret=is_secret)
        change(self.place, "note_line", said, stamped_at=SAID_AT)
        return said

    def homework(self, text: str, *, is_secret: bool = False, **values: object) -> str:
        source = self.says(text, Mark.HOMEWORK, is_secret=is_secret)
        values = {"title": text, "source_line_id": source, **values}
        return put(self.place, "action_item", self.company, **values)

    def items(self):
        return self.read_back.sheet(self.session).items

    def item(self, subject_id: str):
        return next(item for item in self.items() if item.subject_id == subject_id)

    def answer(self, subject_id: str, outcome: ReadBackOutcome | None, **more: object) -> None:
        self.read_back.answer(self.session, self.item(subject_id), outcome, **more)


@pytest.fixture
def visit(place: Workplace) -> Visit:
    return Visit(place)


def test_decisions_come_first_then_homework_then_days(visit: Visit) -> None:
    day = visit.says("6/12 の機械展に出した", Mark.DEADLINE)
    task = visit.homework("図面の一覧", owner_id=visit.client, due_on=date(2025, 8, 5))
    decision = visit.says("治具は出願を検討する", Mark.DECISION)
    visit.says("主力は切削", Mark.FACT)
    assert [item.subject_id for item in visit.items()] == [decision, task, day]
    read_day, read_task = visit.item(day), visit.item(task)
    assert [each.words for each in read_day.days] == ["2025/06/12(木) 公開"]
    assert (read_task.owner_name, read_task.due_on) == ("高橋 誠", date(2025, 8, 5))


def test_nothing_secret_is_read_out_and_nothing_that_came_from_it(visit: Visit) -> None:
    visit.says("焼入れは850度", Mark.DECISION, is_secret=True)
    visit.homework("条件表を写す", is_secret=True)
    assert visit.items() == ()


def test_a_confirmation_names_who_gave_it_and_when(visit: Visit) -> None:
    decision = visit.says("治具は出願を検討する", Mark.DECISION)
    visit.answer(decision, ReadBackOutcome.CONFIRMED, person_id=visit.client)
    answer = visit.item(decision).answer
    assert answer is not None
    assert answer.outcome is ReadBackOutcome.CONFIRMED
    assert answer.by is not None
    assert answer.by.name == "高橋 誠"
    assert visit.read_back.sheet(visit.session).answered == 1


def test_a_disagreement_keeps_both_wordings(visit: Visit) -> None:
    decision = visit.says("治具は出願を検討する", Mark.DECISION)
    visit.answer(decision, ReadBackOutcome.DIFFERS, their_wording="出願はまだ決めていない")
    item = visit.item(decision)
    assert item.text == "治具は出願を検討する"
    assert item.answer is not None
    assert item.answer.their_wording == "出願はまだ決めていない"


@pytest.mark.parametrize("values", [{"title": "図面"}, {"due_on": date(2025, 8, 6)}, {"owner_id": None}])
def test_what_changes_after_the_answer_has_to_be_read_again(visit: Visit, values: dict) -> None:
    task = visit.homework("図面の一覧", owner_id=visit.client, due_on=date(2025, 8, 5))
    visit.answer(task, ReadBackOutcome.CONFIRMED, person_id=visit.client)
    change(visit.place, "action_item", task, **values)
    assert visit.item(task).answer is None
    assert visit.item(task).is_changed


def test_other_words_in_a_line_open_its_answer_again(visit: Visit) -> None:
    decision = visit.says("治具は出願する", Mark.DECISION)
    visit.answer(decision, ReadBackOutcome.CONFIRMED)
    visit.read_back.reword(visit.session, decision, "治具は出願を検討する")
    assert visit.item(decision).is_changed
    visit.place.undo(session_scope(visit.session))
    assert visit.item(decision).answer is not None


def test_each_answer_is_one_step_of_the_undo_of_the_visit(visit: Visit) -> None:
    decision = visit.says("治具は出願する", Mark.DECISION)
    visit.answer(decision, ReadBackOutcome.CONFIRMED)
    visit.answer(decision, ReadBackOutcome.DIFFERS, their_wording="しない")
    assert visit.place.undo(session_scope(visit.session)) == "見解の相違を残す"
    answer = visit.item(decision).answer
    assert answer is not None
    assert (answer.outcome, answer.their_wording) == (ReadBackOutcome.CONFIRMED, "")
    visit.place.undo(session_scope(visit.session))
    assert visit.item(decision).answer is None


def test_an_answer_can_be_taken_back(visit: Visit) -> None:
    decision = visit.says("治具は出願する", Mark.DECISION)
    visit.answer(decision, ReadBackOutcome.CONFIRMED)
    visit.answer(decision, None)
    assert visit.item(decision).answer is None
    assert not visit.item(decision).is_changed


def test_what_was_answered_to_a_line_that_became_secret_is_not_told_in_the_history(visit: Visit) -> None:
    decision = visit.says("焼入れは850度", Mark.DECISION)
    visit.answer(decision, ReadBackOutcome.DIFFERS, their_wording="830度である")
    change(visit.place, "note_line", decision, is_secret=True)
    told = repr(HistoryService(visit.place).of_company(visit.company))
    assert "830度" not in told
    assert "850度" not in told


def test_a_visit_in_the_bin_takes_its_answers_along_and_brings_them_back(visit: Visit) -> None:
    decision = visit.says("治具は出願する", Mark.DECISION)
    visit.answer(decision, ReadBackOutcome.CONFIRMED)
    trash = TrashService(visit.place)
    trash.delete("support_session", visit.session)
    with pytest.raises(RecordMissing):
        visit.read_back.sheet("nowhere")
    trash.restore("support_session", visit.session)
    assert visit.item(decision).answer is not None


def test_two_devices_that_answer_the_same_item_make_one_record(visit: Visit) -> None:
    decision = visit.says("治具は出願する", Mark.DECISION)
    for _ in range(2):
        visit.answer(decision, ReadBackOutcome.CONFIRMED)
    with visit.place.reading() as reading:
        assert len(reading.records("read_back")) == 1


def test_paper_says_both_wordings_and_never_those_of_a_secret_line(visit: Visit) -> None:
    decision = visit.says("治具は出願を検討する", Mark.DECISION)
    visit.answer(decision, ReadBackOutcome.DIFFERS, their_wording="まだ決めていない")
    assert printed(visit) == ["治具は出願を検討する（見解の相違。先方の言い方: まだ決めていない）"]
    visit.read_back.reword(visit.session, decision, "出願するかは次回決める")
    assert printed(visit) == ["出願するかは次回決める"]
    change(visit.place, "note_line", decision, is_secret=True)
    assert printed(visit) == []


def printed(visit: Visit) -> list[str]:
    with visit.place.reading() as reading:
        gathered = CompanyContents(reading, visit.place, visit.company, Confidentiality.ASSIGNED, frozenset())
        (said,) = gathered.visits(None, None)
    return [each.text for each in said.lines]


def test_clients_are_those_of_the_company_who_were_there(visit: Visit) -> None:
    sheet = visit.read_back.sheet(visit.session)
    assert [person.id for person in sheet.clients] == [visit.client]
    assert stored(visit.place, "support_session", visit.session)["company_id"] == sheet.company_id
    with visit.place.reading() as reading:
        assert len(reading.linked(LinkKind.ATTENDEE, left_ids=[visit.session])) == 2
