"""Undo and redo: in the order of doing, over several records, and never over somebody else's words."""

import random
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import pytest

from app.domain.note_sheet import Edit, Line, NoteSheet
from app.domain.terms import ActionStatus, Confidentiality, EngagementStatus, Mark, Stage
from app.errors import DecisionTextMissing, UndoMovedOn
from app.services.action_plans import ActionPlanService
from app.services.companies import CompanyService
from app.services.people import PeopleService
from app.services.support_sessions import SupportSessionService
from app.services.trash import TrashService
from app.workplace import Workplace, company_scope, session_scope
from db.cells import RECORD_TYPES
from tests.services.conftest import SteppingClock
from tests.services.records import change, line, put, session, stored, withdraw

_LOCAL = {"seq", "conflicts", "search_key"}


def shown(place: Workplace) -> Mapping[str, Mapping[str, Any]]:
    """Every live record by id: what the person sees."""
    with place.reading() as reading:
        return {
            found["id"]: {name: value for name, value in found.items() if name not in _LOCAL}
            for kind in RECORD_TYPES
            for found in reading.records(kind.name)
        }


REQUIRED = {
    "name": "北国精密",
    "kana": "ホッコク",
    "representative_name": "北国 一郎",
    "prefecture": "北国県",
    "city": "みどり市",
    "industry_major": "E",
    "products": "治具",
}


@pytest.fixture
def company(place: Workplace) -> str:
    return put(place, "company", name="北国精密")


class Sheet:
    """A person at a note sheet: types, marks, splits and joins lines."""

    def __init__(self, place: Workplace, session_id: str) -> None:
        self.place = place
        self.session_id = session_id
        self.service = SupportSessionService(place)

    def lines(self) -> list[Line]:
        return [
            Line(row.id, row.text or "", row.stamped_at, row.order_key, row.mark, bool(row.is_secret))
            for row in self.service.sheet(self.session_id).lines
        ]

    def sheet(self) -> NoteSheet:
        return NoteSheet(self.lines(), self.place.new_id)

    def type(self, text: str) -> None:
        sheet = self.sheet()
        edit = Edit(put=(sheet.insert(len(sheet.lines), text, self.place.now()),))
        self.service.edit_lines(self.session_id, edit)

    def retype(self, index: int, text: str) -> None:
        self.service.edit_lines(self.session_id, self.sheet().retype(index, text))

    def rewrite(self, first: int, count: int, texts: list[str]) -> None:
        """`count` lines from `first` on become these: splitting, joining, pasting, all in one."""
        edit = self.sheet().rewrite(first, count, texts, self.place.now())
        self.service.edit_lines(self.session_id, edit)

    def remove(self, index: int) -> None:
        self.service.edit_lines(self.session_id, self.sheet().remove(index))

    def mark(self, index: int, mark: Mark | None) -> None:
        self.service.set_mark(self.session_id, self.lines()[index], mark)

    def secret(self, index: int, *, is_secret: bool) -> None:
        self.service.set_secret(self.session_id, self.lines()[index], is_secret=is_secret)

    def texts(self) -> list[str]:
        return [line.text for line in self.lines()]

    @property
    def scope(self) -> str:
        return session_scope(self.session_id)


@pytest.fixture
def sheet(place: Workplace, company: str) -> Sheet:
    return Sheet(place, session(place, company, "2025-07-22T13:00", method="visit"))


def test_typing_comes_back_in_the_order_of_typing(sheet: Sheet, place: Workplace) -> None:
    sheet.type("一行目")
    sheet.type("二行目")
    sheet.retype(0, "一行目を直した")
    seen = []
    while place.undo(sheet.scope):
        seen.append(sheet.texts())
    assert seen == [["一行目", "二行目"], ["一行目"], []]
    while place.undo(sheet.scope, "forth"):
        seen.append(sheet.texts())
    assert seen[3:] == [["一行目"], ["一行目", "二行目"], ["一行目を直した", "二行目"]]


def test_one_act_over_several_records_is_one_step(sheet: Sheet, place: Workplace) -> None:
    sheet.type("佐藤さんが図面を8/8までに送る")
    before = shown(place)
    sheet.mark(0, Mark.HOMEWORK)
    done = shown(place)
    assert len(done) == len(before) + 1
    assert place.undo(sheet.scope) == "印「宿題」を付ける"
    assert shown(place) == before
    assert place.undo(sheet.scope, "forth") == "印「宿題」を付ける"
    assert shown(place) == done


def test_what_was_undone_is_gone_once_something_else_is_done(sheet: Sheet, place: Workplace) -> None:
    sheet.type("一行目")
    place.undo(sheet.scope)
    sheet.type("別の行")
    assert place.undo(sheet.scope, "forth") is None
    assert sheet.texts() == ["別の行"]


def test_a_chain_ends_where_the_work_began(sheet: Sheet, place: Workplace, company: str) -> None:
    opened = shown(place)
    sheet.type("一行目")
    CompanyService(place).set_level(company, Confidentiality.MEETING)
    assert place.undo(sheet.scope) == "行を書く"
    assert place.undo(sheet.scope) is None
    assert place.undo(company_scope(company)) == "取扱を変える"
    assert place.undo(company_scope(company)) is None
    assert shown(place) == opened


@pytest.mark.parametrize("seed", range(12))
def test_back_to_the_start_and_forth_to_the_end_whatever_was_done(
    sheet: Sheet, place: Workplace, clock: SteppingClock, seed: int
) -> None:
    chance = random.Random(seed)
    seen = [shown(place)]
    for number in range(14):
        clock.move(seconds=20)
        act(sheet, chance, number)
        after = shown(place)
        if after != seen[-1]:
            seen.append(after)
    for before in seen[-2::-1]:
        assert place.undo(sheet.scope) is not None
        assert shown(place) == before
    assert place.undo(sheet.scope) is None
    for after in seen[1:]:
        assert place.undo(sheet.scope, "forth") is not None
        assert shown(place) == after
    assert place.store.check().faults == ()


def act(sheet: Sheet, chance: random.Random, number: int) -> None:
    """One of the things a person does in a note sheet, at a place chosen by chance."""
    count = len(sheet.lines())
    if count < 2:
        sheet.type(f"鈴木さんが治具の図面を8/{number + 1}までに{number}枚作る")
        return
    index = chance.randrange(count)
    lines = sheet.lines()
    first = min(index, count - 2)
    joined = lines[first].text + lines[first + 1].text
    doings: list[Callable[[], object]] = [
        lambda: sheet.type(f"新しい行{number}"),
        lambda: sheet.retype(index, f"直した行{number}"),
        lambda: sheet.rewrite(index, 1, [lines[index].text[:3], lines[index].text[3:]]),
        lambda: sheet.rewrite(first, 2, [joined]),
        lambda: sheet.rewrite(index, 1, ["貼る1", "貼る2", lines[index].text]),
        lambda: sheet.remove(index),
        lambda: sheet.mark(index, chance.choice([None, *Mark])),
        lambda: sheet.secret(index, is_secret=chance.random() < 0.5),
        lambda: sheet.service.set_line_level(
            sheet.session_id, lines[index].id, chance.choice([None, *Confidentiality])
        ),
    ]
    with suppress(DecisionTextMissing):
        chance.choice(doings)()


def test_every_act_on_a_company_comes_back(place: Workplace) -> None:
    companies, people, plans = CompanyService(place), PeopleService(place), ActionPlanService(place)
    company = companies.register(REQUIRED, EngagementStatus.SUPPORTED)
    assignee = put(place, "person", name="佐藤", side="support")
    scope = company_scope(company)
    acts: list[Callable[[], object]] = [
        lambda: companies.change(companies.form(company).form, {"products": "治具と金型", "city": "あお市"}),
        lambda: companies.answer(company, "motive", "後継ぎの相談"),
        lambda: companies.set_answer_level(company, "motive", Confidentiality.TEAM),
        lambda: companies.set_level(company, Confidentiality.PUBLIC),
        lambda: companies.set_standing(company, EngagementStatus.GRADUATED, "自走できた"),
        lambda: companies.set_stage(company, Stage.SALES),
        lambda: companies.set_aim(company, "自社の名前で売る"),
        lambda: companies.set_assignees(company, [assignee]),
        lambda: people.add({"name": "北国 花子"}, company),
        lambda: people.change(people.of_company(company)[0], {"name": "北国 太郎"}),
        lambda: people.remove(people.of_company(company)[0]),
        lambda: plans.add_action(company, {"title": "治具を作る"}),
        lambda: plans.change_plan(company, {"goal": "売上の三割"}),
    ]
    seen = [shown(place)]
    for each in acts:
        each()
        seen.append(shown(place))
        assert seen[-1] != seen[-2]
    for before in seen[-2::-1]:
        place.undo(scope)
        assert shown(place) == before
    for after in seen[1:]:
        place.undo(scope, "forth")
        assert shown(place) == after


def test_a_deletion_with_all_that_belongs_comes_back_whole_and_no_more(
    place: Workplace, company: str
) -> None:
    held = session(place, company, "2025-07-22T13:00", method="visit")
    gone = line(place, company, held, "先に消した行")
    withdraw(place, "note_line", gone)
    for number in range(3):
        line(place, company, held, f"行{number}")
    before = shown(place)
    note = TrashService(place).delete("support_session", held)
    assert held not in shown(place)
    place.undo(note.scope)
    assert shown(place) == before
    assert stored(place, "note_line", gone)["deleted"] == 1


def test_words_that_somebody_else_wrote_since_are_not_undone(sheet: Sheet, place: Workplace) -> None:
    sheet.type("一行目")
    sheet.retype(0, "直した")
    change(place, "note_line", sheet.lines()[0].id, text="ほかの人が直した")
    before = shown(place)
    with pytest.raises(UndoMovedOn):
        place.undo(sheet.scope)
    assert shown(place) == before
    last = place.undo_chains.take(sheet.scope, "back")
    assert last is not None
    assert last.label == "行を書く"


def test_a_line_that_somebody_else_wrote_into_is_not_taken_away(sheet: Sheet, place: Workplace) -> None:
    sheet.type("一行目")
    change(place, "note_line", sheet.lines()[0].id, confidentiality=Confidentiality.TEAM)
    with pytest.raises(UndoMovedOn):
        place.undo(sheet.scope)
    assert sheet.texts() == ["一行目"]


def test_a_line_that_was_deleted_elsewhere_does_not_come_back_by_undoing_its_words(
    sheet: Sheet, place: Workplace
) -> None:
    sheet.type("一行目")
    sheet.retype(0, "直した")
    withdraw(place, "note_line", sheet.lines()[0].id)
    with pytest.raises(UndoMovedOn):
        place.undo(sheet.scope)
    assert sheet.texts() == []


def test_homework_that_was_worked_on_stays_when_its_mark_is_undone(
    sheet: Sheet, place: Workplace, company: str
) -> None:
    sheet.type("佐藤さんが図面を8/8までに送る")
    sheet.mark(0, Mark.HOMEWORK)
    with place.reading() as reading:
        (homework,) = reading.records("action_item")
    ActionPlanService(place).change_action(homework["id"], {"status": ActionStatus.DOING})
    with pytest.raises(UndoMovedOn):
        place.undo(sheet.scope)
    assert stored(place, "action_item", homework["id"])["deleted"] == 0


def test_an_undo_tells_what_it_touched(sheet: Sheet, place: Workplace) -> None:
    sheet.type("一行目")
    touched: list[frozenset[tuple[str, str]]] = []
    place.feed.subscribe(lambda changes: touched.append(changes.touched))
    place.undo(sheet.scope)
    assert [kind for kind, _ in touched[0]] == ["note_line"]
