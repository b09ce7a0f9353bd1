"""確認が必要な変更: two stores and a folder, offline edits of one thing, and what a person decides."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.differences import Fate
from app.domain.terms import TeamRole
from app.errors import ConflictMovedOn
from app.rows.conflicts import ConflictKind, OwnWording
from app.rows.today import WaitingKind
from app.services.conflicts import ConflictService
from app.services.history import HistoryService
from app.services.sharing import SharingService
from app.services.sharing_rounds import RoundWishes
from app.services.sharing_status import SharingStatusService
from app.services.today import TodayService
from app.sharing.places.folder import FolderPlace
from app.sharing.places.place import Failed, Trouble
from app.workplace import Workplace, company_scope
from tests.services.conftest import SteppingClock
from tests.services.records import change, line, put, session, stored, withdraw
from tests.services.stores import make_store

Team = tuple[Workplace, Workplace]


@pytest.fixture
def team(tmp_path: Path, clock: SteppingClock) -> Iterator[Team]:
    """佐藤 and 伊藤, who may both see 北国工業."""
    places = [
        make_store(tmp_path / name, clock, f"0198a2b4-0000-7000-8000-00000000000{n}").opened()
        for n, name in enumerate(("first", "second"))
    ]
    first, second = places
    folder = tmp_path / "place"
    folder.mkdir()
    SharingService(first).create(str(folder), "佐藤")
    company = put(first, "company", name="北国工業", products="治具。")
    put(first, "action_item", company, title="弁理士に相談", due_on="2025-07-29")
    digits = SharingService(second).join(SharingService(first).invite().encode(), "伊藤")
    SharingService(first).approve(digits, TeamRole.MEMBER, [company])
    meet(first, second)
    yield first, second
    for place in places:
        place.store.close()


def meet(*places: Workplace) -> None:
    """Rounds until everybody has everything."""
    for place in (*places, *places):
        SharingService(place).synchronise()


def only(place: Workplace, record_type: str) -> str:
    with place.reading() as reading:
        (found,) = reading.records(record_type)
    return str(found["id"])


def two_days(team: Team, clock: SteppingClock) -> str:
    """Both give the action another day, neither knowing of the other; the second one later."""
    action = only(team[0], "action_item")
    change(team[0], "action_item", action, due_on="2025-08-05")
    clock.move(minutes=5)
    change(team[1], "action_item", action, due_on="2025-07-31")
    meet(*team)
    return action


def test_two_days_for_one_action_are_a_question_with_what_was_before(
    team: Team, clock: SteppingClock
) -> None:
    action = two_days(team, clock)
    for place in team:
        (row,) = ConflictService(place).rows()
        assert (row.kind, row.title, row.company_name) == (
            ConflictKind.VALUES,
            "「弁理士に相談」のいつまで",
            "北国工業",
        )
        assert row.is_asked
    page = ConflictService(team[0]).page("action_item", action, "due_on")
    assert page.before is not None
    assert page.before.words == "2025/07/29(火)"
    mine, theirs = page.sides
    assert (mine.words, mine.is_own, mine.is_here, mine.is_shown) == ("2025/08/05(火)", True, True, False)
    assert (theirs.words, theirs.is_own, theirs.is_shown) == ("2025/07/31(木)", False, True)
    assert theirs.where == "伊藤"
    assert page.first_choice == 1
    assert page.own_wording is OwnWording.DAY
    changed = "".join(each.text for each in mine.differences if each.fate is Fate.ADDED)
    assert changed
    assert changed in mine.words


@pytest.mark.parametrize("number", [0, 1])
def test_what_one_decides_is_so_for_all_and_history_says_why(
    team: Team, clock: SteppingClock, number: int
) -> None:
    action = two_days(team, clock)
    service = ConflictService(team[0])
    page = service.page("action_item", action, "due_on")
    service.choose(page, number, "先方の都合。電話で確認")
    meet(*team)
    for place in team:
        assert ConflictService(place).rows() == ()
        assert str(stored(place, "action_item", action)["due_on"]) == page.sides[number].value
        entries = HistoryService(place).of_company(only(place, "company"))
        assert any("先方の都合。電話で確認" in entry.words for entry in entries)
        assert place.store.check().faults == ()


@pytest.mark.parametrize("number", [0, 1])
def test_undoing_a_decision_puts_the_question_again(team: Team, clock: SteppingClock, number: int) -> None:
    action = two_days(team, clock)
    service = ConflictService(team[0])
    asked = service.page("action_item", action, "due_on")
    scope = service.choose(asked, number)
    assert team[0].undo(scope)
    again = service.page("action_item", action, "due_on")
    assert [side.words for side in again.sides] == [side.words for side in asked.sides]
    assert [(side.who, side.is_shown) for side in again.sides] == [
        (side.who, side.is_shown) for side in asked.sides
    ]
    meet(*team)
    assert len(ConflictService(team[1]).rows()) == 1
    assert team[0].undo(scope, "forth")
    meet(*team)
    for place in team:
        assert ConflictService(place).rows() == ()
        assert str(stored(place, "action_item", action)["due_on"]) == asked.sides[number].value


def test_questions_that_hang_together_name_each_other_and_what_was_changed_beside(
    team: Team, clock: SteppingClock
) -> None:
    first, second = team
    action, company = only(first, "action_item"), only(first, "company")
    child = put(first, "action_item", company, title="図面をそろえる", parent_id=action)
    meet(first, second)
    for number, place in enumerate(team):
        clock.move(minutes=1)
        change(place, "action_item", action, due_on=f"2025-08-0{number + 1}", owner_name=f"担当{number}")
        change(place, "action_item", child, start_on=f"2025-07-2{number + 4}")
        change(place, "company", company, city=f"第{number}市")
    meet(first, second)
    page = ConflictService(first).page("action_item", action, "due_on")
    assert {(row.record_id, row.cell) for row in page.related} == {(action, "owner"), (child, "start_on")}
    assert [side.beside for side in page.sides] == [("だれ: 担当0",), ("だれ: 担当1",)]
    of_city = ConflictService(first).page("company", company, "address")
    assert of_city.related == ()


def test_texts_are_both_kept_unless_somebody_says_otherwise(team: Team, clock: SteppingClock) -> None:
    first, second = team
    company = only(first, "company")
    change(first, "company", company, products="精密治具。")
    clock.move(minutes=5)
    change(second, "company", company, products="測定治具。")
    meet(*team)
    page = ConflictService(first).page("company", company, "products")
    assert page.first_choice is None
    ConflictService(first).keep_both(page)
    meet(*team)
    for place in team:
        assert stored(place, "company", company)["products"] == "精密治具。\n測定治具。"
        assert ConflictService(place).rows() == ()


def test_sentences_that_do_not_meet_are_put_together_and_nobody_is_asked(
    team: Team, clock: SteppingClock
) -> None:
    first, second = team
    company = only(first, "company")
    change(first, "company", company, products="一文目。二文目。三文目。")
    meet(*team)
    change(first, "company", company, products="一文目を直す。二文目。三文目。")
    change(second, "company", company, products="一文目。二文目。三文目も直す。")
    meet(*team)
    for place in team:
        assert stored(place, "company", company)["products"] == "一文目を直す。二文目。三文目も直す。"
        assert ConflictService(place).rows() == ()
        (merged,) = ConflictService(place).merged()
        assert merged.words == "一文目を直す。二文目。三文目も直す。"


def test_an_own_wording_has_seen_both(team: Team, clock: SteppingClock) -> None:
    action = two_days(team, clock)
    service = ConflictService(team[1])
    service.write_own(service.page("action_item", action, "due_on"), "2025-08-01")
    meet(*team)
    for place in team:
        assert str(stored(place, "action_item", action)["due_on"]) == "2025-08-01"
        assert ConflictService(place).rows() == ()


def test_what_was_decided_elsewhere_meanwhile_is_not_decided_again(team: Team, clock: SteppingClock) -> None:
    action = two_days(team, clock)
    first, second = (ConflictService(place) for place in team)
    page = first.page("action_item", action, "due_on")
    second.choose(second.page("action_item", action, "due_on"), 0)
    meet(*team)
    with pytest.raises(ConflictMovedOn):
        first.choose(page, 0)
    with pytest.raises(ConflictMovedOn):
        first.page("action_item", action, "due_on")


def test_a_record_deleted_here_and_edited_there_lives_until_somebody_decides(
    team: Team, clock: SteppingClock
) -> None:
    first, second = team
    action = only(first, "action_item")
    withdraw(first, "action_item", action)
    clock.move(minutes=5)
    change(second, "action_item", action, title="弁理士と特許庁に相談")
    meet(*team)
    for place in team:
        (row,) = ConflictService(place).rows()
        assert row.kind is ConflictKind.DELETED
        assert stored(place, "action_item", action)["title"] == "弁理士と特許庁に相談"
    page = ConflictService(first).page("action_item", action, "")
    kept, deleted = page.sides
    assert kept.words == "すること: 弁理士と特許庁に相談"
    assert (kept.is_own, deleted.is_own) == (False, True)


@pytest.mark.parametrize("is_kept", [True, False])
def test_keeping_and_deleting_anyway_both_end_the_question(
    team: Team, clock: SteppingClock, is_kept: bool
) -> None:
    first, second = team
    action = only(first, "action_item")
    withdraw(first, "action_item", action)
    change(second, "action_item", action, title="弁理士と特許庁に相談")
    meet(*team)
    service = ConflictService(first)
    scope = service.choose(service.page("action_item", action, ""), 0 if is_kept else 1, "先方に確認")
    meet(*team)
    for place in team:
        assert ConflictService(place).rows() == ()
        assert stored(place, "action_item", action)["deleted"] == (0 if is_kept else 1)
    assert scope == company_scope(only(first, "company"))


def test_undoing_that_a_record_stays_puts_the_question_again(team: Team) -> None:
    first, second = team
    action = only(first, "action_item")
    withdraw(first, "action_item", action)
    change(second, "action_item", action, title="弁理士と特許庁に相談")
    meet(*team)
    service = ConflictService(first)
    scope = service.choose(service.page("action_item", action, ""), 0)
    assert first.undo(scope)
    meet(*team)
    for place in team:
        assert [row.kind for row in ConflictService(place).rows()] == [ConflictKind.DELETED]
        assert stored(place, "action_item", action)["deleted"] == 2


def test_a_line_added_to_a_deleted_visit_asks_about_the_visit(team: Team, clock: SteppingClock) -> None:
    first, second = team
    company = only(first, "company")
    visit = session(first, company, "2025-07-22T13:00")
    meet(*team)
    withdraw(first, "support_session", visit)
    line(second, company, visit, "消える前に書いた行")
    meet(*team)
    for place in team:
        (row,) = ConflictService(place).rows()
        assert (row.kind, row.record_id) == (ConflictKind.DELETED, visit)
    service = ConflictService(first)
    service.choose(service.page("support_session", visit, ""), 0)
    meet(*team)
    assert [stored(place, "support_session", visit)["deleted"] for place in team] == [0, 0]
    assert ConflictService(second).rows() == ()


def test_two_members_who_edit_one_company_offline_end_with_both_edits(
    team: Team, clock: SteppingClock
) -> None:
    first, second = team
    company = only(first, "company")
    change(first, "company", company, city="旭川")
    change(second, "company", company, products="治具。検査具。")
    meet(*team)
    for place in team:
        found = stored(place, "company", company)
        assert (found["city"], found["products"]) == ("旭川", "治具。検査具。")
        assert ConflictService(place).rows() == ()


def test_nobody_is_asked_while_a_middle_change_has_not_arrived(
    team: Team, clock: SteppingClock, tmp_path: Path
) -> None:
    first, second = team
    action = only(first, "action_item")
    meet(first, second)
    before = set(tmp_path.rglob("s/**/*.osy"))
    change(first, "action_item", action, due_on="2025-08-05")
    SharingService(first).synchronise()
    (middle,) = set(tmp_path.rglob("s/**/*.osy")) - before
    change(first, "action_item", action, due_on="2025-08-06")
    SharingService(first).synchronise()
    kept = middle.rename(tmp_path / "late")
    clock.move(minutes=5)
    change(second, "action_item", action, due_on="2025-07-31")
    SharingService(second).synchronise()
    (row,) = ConflictService(second).rows()
    assert not row.is_asked
    state = SharingStatusService(second).state()
    assert state is not None
    assert state.question_count == 0
    waiting = {each.kind for each in TodayService(second).board().waiting}
    assert WaitingKind.CONFLICTS not in waiting
    kept.rename(middle)
    SharingService(second).synchronise(wishes=RoundWishes(look_through=True))
    (row,) = ConflictService(second).rows()
    assert row.is_asked


def test_what_waits_is_known_by_record_until_it_was_seen_in_the_place(team: Team, tmp_path: Path) -> None:
    first, _ = team
    company, action = only(first, "company"), only(first, "action_item")
    status = SharingStatusService(first)
    SharingService(first).synchronise()
    assert [row.title for row in status.unshared_rows()] == []
    visit = session(first, company, "2025-07-22T13:00")
    written = line(first, company, visit, "まだ送っていない行")
    change(first, "action_item", action, title="弁理士と特許庁に相談")
    state = status.state()
    assert state is not None
    assert {company, visit, written, action} <= state.unshared
    assert {row.title for row in status.unshared_rows()} == {
        "2025/7/22 の面談",
        "まだ送っていない行",
        "弁理士と特許庁に相談",
    }
    SharingService(first).synchronise()
    state = status.state()
    assert state is not None
    assert (state.unshared, state.unshared_count) == (frozenset(), 0)


def test_what_was_sealed_but_never_arrived_still_waits(team: Team, tmp_path: Path) -> None:
    first, _ = team
    action = only(first, "action_item")
    SharingService(first).synchronise()
    change(first, "action_item", action, title="弁理士と特許庁に相談")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FolderPlace, "put", lambda *_: Failed(Trouble.FULL))
        assert SharingService(first).synchronise().fault == "place.full"
    assert [row.record_id for row in SharingStatusService(first).unshared_rows()] == [action]
    SharingService(first).synchronise()
    assert SharingStatusService(first).unshared_rows() == ()
