from collections.abc import Sequence

import pytest

from app.errors import RecordMissing
from app.rows.trash import TrashRow
from app.services.analysis import AnalysisService
from app.services.companies import CompanyService
from app.services.history import HistoryService
from app.services.trash import DAYS_KEPT, TrashService
from app.workplace import TEAM_SCOPE, Workplace, company_scope, session_scope
from db.repositories import history
from tests.services.conftest import SteppingClock
from tests.services.records import line, put, session, stored, withdraw


@pytest.fixture
def trash(place: Workplace) -> TrashService:
    return TrashService(place)


@pytest.fixture
def company(place: Workplace) -> str:
    return put(place, "company", name="北国精密(株)")


def live(place: Workplace, record_type: str) -> list[str]:
    with place.reading() as reading:
        return [found["id"] for found in reading.records(record_type)]


def told(rows: tuple[TrashRow, ...]) -> list[tuple[str, str, int]]:
    return [(row.type_term, row.words, row.count) for row in rows]


def test_a_session_goes_with_its_lines_and_one_undo_brings_all_back(
    place: Workplace, trash: TrashService, company: str
) -> None:
    visit = session(place, company, "2025-07-22T13:00")
    lines = [line(place, company, visit, text) for text in ("一", "二")]
    note = trash.delete("support_session", visit)
    assert (note.count, note.words) == (2, "2025/7/22 の面談")
    assert note.message == "面談「2025/7/22 の面談」をごみ箱に移しました(中の 2件も)"
    assert live(place, "note_line") == live(place, "support_session") == []
    assert place.undo(note.scope) == "面談を消す"
    assert live(place, "note_line") == lines
    assert live(place, "support_session") == [visit]


def test_a_company_takes_everything_of_its_own_but_prints_stay_on_record(
    place: Workplace, trash: TrashService, company: str
) -> None:
    other = put(place, "company", name="青葉食品(有)")
    visits = {owner: session(place, owner, "2025-07-22T13:00") for owner in (company, other)}
    for owner, visit in visits.items():
        line(place, owner, visit, "文")
        put(place, "ip_seed", owner, name="種")
    put(place, "issued_document", company, kind="history")
    assert trash.delete("company", company).count == 3
    assert live(place, "company") == [other]
    assert live(place, "support_session") == [visits[other]]
    assert len(live(place, "ip_seed")) == 1
    assert len(live(place, "issued_document")) == 1


def test_the_list_names_what_was_deleted_and_counts_what_went_with_it(
    place: Workplace, trash: TrashService, company: str, clock: SteppingClock
) -> None:
    me = {"name": "鈴木", "side": "support", "company_id": None}
    with place.action("用意", None) as work:
        work.save("person", place.user_id, me, compartment=place.team_id)
    visit = session(place, company, "2025-07-22T13:00")
    line(place, company, visit, "文")
    issue = put(place, "issue", company, title="不安")
    trash.delete("issue", issue)
    clock.move(days=2)
    trash.delete("company", company)
    rows = trash.items()
    assert told(rows) == [("企業", "北国精密(株)", 2), ("課題", "不安", 0)]
    assert [(row.company_name, row.deleted_by) for row in rows] == [("北国精密(株)", "鈴木")] * 2
    assert [row.days_left for row in rows] == [DAYS_KEPT, DAYS_KEPT - 2]
    assert rows[0].deleted_at > rows[1].deleted_at


def test_after_thirty_days_an_item_is_no_longer_listed(
    place: Workplace, trash: TrashService, company: str, clock: SteppingClock
) -> None:
    trash.delete("issue", put(place, "issue", company, title="不安"))
    clock.move(days=DAYS_KEPT, hours=-1)
    assert len(trash.items()) == 1
    clock.move(hours=2)
    assert trash.items() == ()


def test_a_secret_line_is_not_told_and_an_empty_one_not_listed(
    place: Workplace, trash: TrashService, company: str
) -> None:
    visit = session(place, company, "2025-07-22T13:00")
    for text, is_secret in (("油温は二段", True), ("", False), ("長い" * 60, False)):
        trash.delete("note_line", line(place, company, visit, text, is_secret=is_secret))
    words = [row.words for row in trash.items()]
    assert words[1] == "秘密の行"
    assert words[0].endswith("…")
    assert len(words) == 2


def test_what_undo_took_back_is_no_row_and_comes_back_with_its_words_from_the_history(
    place: Workplace, trash: TrashService, company: str
) -> None:
    visit = session(place, company, "2025-07-22T13:00")
    scope = session_scope(visit)
    lines = [place.new_id() for _ in range(3)]
    with place.action("行を貼る", scope) as work:
        for each in lines:
            values = {"company_id": company, "support_session_id": visit, "text": "油温", "is_secret": True}
            work.save("note_line", each, values, compartment=company)
    issue = place.new_id()
    with place.action("課題を足す", scope) as work:
        values = {"company_id": company, "title": "不安", "response": "聞く"}
        work.save("issue", issue, values, compartment=company)
    place.undo(scope)
    place.undo(scope)
    assert trash.items() == ()
    entry = HistoryService(place).of_company(company)[1]
    assert entry.words == "課題「不安」を消しました"
    assert "油温" not in repr(HistoryService(place).of_company(company))
    trash.restore("issue", issue)
    kept = stored(place, "issue", issue)
    assert (kept["title"], kept["response"]) == ("不安", "聞く")
    place.undo(company_scope(company))
    place.undo(scope, "forth")
    assert [stored(place, "note_line", each)["text"] for each in lines] == ["油温"] * 3


def test_what_only_undo_can_take_away_is_no_row(place: Workplace, trash: TrashService) -> None:
    companies = CompanyService(place)
    company = put(place, "company", name="北国精密")
    code = next(iter(place.masters.intake_field))
    companies.set_aim(company, "値決め")
    companies.answer(company, code, "答え")
    AnalysisService(place).set_perspectives(put(place, "issue", company, title="図面"), ["TS"])
    while place.undo(company_scope(company)):
        pass
    assert trash.items() == ()
    while place.undo(company_scope(company), "forth"):
        pass
    assert companies.form(company).answers == {code: "答え"}


def test_something_new_that_was_deleted_by_hand_is_a_row(
    place: Workplace, trash: TrashService, company: str
) -> None:
    trash.delete("issue", put(place, "issue", company, title="不安"))
    assert told(trash.items()) == [("課題", "不安", 0)]


def test_restoring_brings_back_what_went_with_it_and_nothing_that_was_deleted_before(
    place: Workplace, trash: TrashService, company: str
) -> None:
    visit = session(place, company, "2025-07-22T13:00")
    kept, dropped = line(place, company, visit, "残す"), line(place, company, visit, "捨てる")
    trash.delete("note_line", dropped)
    trash.delete("support_session", visit)
    trash.restore("support_session", visit)
    assert live(place, "note_line") == [kept]
    assert told(trash.items()) == [("面談の行", "捨てる", 0)]
    assert place.undo(company_scope(company)) == "面談をごみ箱から戻す"
    assert live(place, "support_session") == []


def test_a_line_comes_back_with_the_session_it_stands_in(
    place: Workplace, trash: TrashService, company: str
) -> None:
    visit = session(place, company, "2025-07-22T13:00")
    one, other = line(place, company, visit, "一"), line(place, company, visit, "二")
    trash.delete("note_line", one)
    trash.delete("company", company)
    trash.restore("note_line", one)
    assert live(place, "note_line") == [one]
    assert live(place, "support_session") == [visit]
    assert live(place, "company") == [company]
    assert stored(place, "note_line", other)["deleted"] == 1


def test_many_lines_come_back_in_one_action_and_what_deleted_them_is_read_once(
    place: Workplace, trash: TrashService, company: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = session(place, company, "2025-07-22T13:00")
    lines = [line(place, company, visit, text) for text in ("一", "二", "三")]
    with place.action("行を消す", session_scope(visit)) as work:
        for each in lines:
            work.delete("note_line", each)
    read: list[Sequence[int]] = []
    changes = history.changes
    monkeypatch.setattr(
        history, "changes", lambda reading, saves: (read.append(saves), changes(reading, saves))[1]
    )
    assert trash.restore_all([("note_line", each) for each in lines]) == (session_scope(visit),)
    assert len(read) == 1
    assert live(place, "note_line") == lines
    assert place.undo(session_scope(visit)) == "面談の行をごみ箱から戻す"
    assert live(place, "note_line") == []


def test_a_session_and_a_line_that_brings_it_back_are_restored_together(
    place: Workplace, trash: TrashService, company: str
) -> None:
    visit = session(place, company, "2025-07-22T13:00")
    alone, inside = line(place, company, visit, "一"), line(place, company, visit, "二")
    trash.delete("note_line", alone)
    trash.delete("support_session", visit)
    trash.restore_all([("note_line", alone), ("support_session", visit)])
    assert live(place, "note_line") == [alone, inside]
    assert live(place, "support_session") == [visit]


@pytest.mark.parametrize("is_of_team", [True, False])
def test_a_deletion_is_undone_where_its_record_lives(
    place: Workplace, trash: TrashService, company: str, is_of_team: bool
) -> None:
    person = put(place, "person", None if is_of_team else company, name="田中")
    assert trash.delete("person", person).scope == (TEAM_SCOPE if is_of_team else company_scope(company))
    visit = session(place, company, "2025-07-22T13:00")
    assert trash.delete("note_line", line(place, company, visit, "文")).scope == session_scope(visit)


def test_what_is_not_there_can_be_neither_deleted_nor_restored(
    place: Workplace, trash: TrashService, company: str
) -> None:
    with pytest.raises(RecordMissing):
        trash.delete("issue", place.new_id())
    with pytest.raises(RecordMissing):
        trash.restore("company", company)


def test_a_plan_takes_its_indicators_and_milestones(
    place: Workplace, trash: TrashService, company: str
) -> None:
    plan = put(place, "action_plan", company, goal="売る")
    for kind in ("indicator", "milestone"):
        put(place, kind, company, action_plan_id=plan)
    assert trash.delete("action_plan", plan).count == 2


def test_a_record_deleted_alone_elsewhere_is_listed(
    place: Workplace, trash: TrashService, company: str
) -> None:
    withdraw(place, "company", company)
    assert told(trash.items()) == [("企業", "北国精密(株)", 0)]
