"""Companies entered twice: found, compared, merged, and parted again."""

from datetime import date

import pytest

from app.domain.ids import dependent_id
from app.domain.links import LinkKind
from app.domain.terms import Mark
from app.errors import CompanyNotFound
from app.rows.duplicates import Choice
from app.rows.search import SearchQuery
from app.services.companies import CompanyService
from app.services.duplicates import DuplicateService
from app.services.history import HistoryService
from app.services.people import PeopleService
from app.services.search import SearchService
from app.services.support_sessions import SupportSessionService
from app.services.trash import DAYS_KEPT, TrashService
from app.workplace import Workplace, company_scope
from tests.services.conftest import SteppingClock
from tests.services.records import change, line, put, session, stored

ENTRY = {
    "name": "北国精密株式会社",
    "kana": "キタグニセイミツ",
    "corporate_number": "8990000000001",
    "representative_name": "高橋 一郎",
    "prefecture": "新潟県",
    "city": "みどり市",
    "industry_major": "E",
    "products": "油圧部品の切削",
}


@pytest.fixture
def doubles(place: Workplace) -> DuplicateService:
    return DuplicateService(place)


@pytest.fixture
def pair(place: Workplace) -> tuple[str, str]:
    """The company that stays, with one 面談, and the one entered again, with another."""
    companies = CompanyService(place)
    again = {**ENTRY, "name": "北国精密㈱", "corporate_number": "", "products": "熱処理", "street": "団地3"}
    kept, merged = companies.register(ENTRY), companies.register(again)
    for company, day in ((kept, "2025-05-20T13:00"), (merged, "2025-06-12T10:00")):
        visit = SupportSessionService(place).start(company)
        change(place, "support_session", visit, starts_at=f"{day}")
        line(place, company, visit, "社長の話", mark=Mark.FACT)
    return kept, merged


def live(place: Workplace, record_type: str, **equal: object) -> list[str]:
    with place.reading() as reading:
        return [found["id"] for found in reading.records(record_type, **equal)]


def everything(place: Workplace) -> dict[str, list[dict]]:
    """All live records, without what only the log counts."""
    kinds = (
        "company",
        "engagement",
        "support_session",
        "note_line",
        "person",
        "action_plan",
        "intake_answer",
    )
    with place.reading() as reading:
        found = {kind: [dict(each) for each in reading.records(kind)] for kind in kinds}
        found["link"] = [dict(each) for each in reading.records("link", present=True)]
    return found


def test_the_same_number_or_the_same_name_in_the_same_city_is_a_double(
    place: Workplace, doubles: DuplicateService, pair: tuple[str, str]
) -> None:
    kept, merged = pair
    (found,) = doubles.pairs()
    assert (found.kept.id, found.merged.id, found.reason) == (kept, merged, "名前と市区町村が同じ")
    change(place, "company", merged, city="あおば市")
    assert doubles.pairs() == ()
    change(place, "company", merged, corporate_number=ENTRY["corporate_number"])
    assert doubles.pairs()[0].reason == "法人番号が同じ"


def test_the_company_with_more_visits_is_proposed_to_stay(
    place: Workplace, doubles: DuplicateService, pair: tuple[str, str]
) -> None:
    kept, merged = pair
    session(place, merged, "2025-07-01T10:00")
    (found,) = doubles.pairs()
    assert (found.kept.id, found.merged.id, found.kept.sessions) == (merged, kept, 2)


def test_a_pair_that_was_said_to_be_two_is_not_offered_again(
    place: Workplace, doubles: DuplicateService, pair: tuple[str, str]
) -> None:
    kept, merged = pair
    assert doubles.like(ENTRY, own_id=merged) is not None
    scope = doubles.keep_apart(merged, kept)
    assert doubles.pairs() == ()
    assert doubles.like(ENTRY, own_id=merged) is None
    assert doubles.like(ENTRY) is not None
    place.undo(scope)
    assert len(doubles.pairs()) == 1


def test_the_sheet_asks_only_where_both_say_something_else(
    doubles: DuplicateService, pair: tuple[str, str]
) -> None:
    sheet = doubles.sheet(*pair)
    asked = {cell.term: (cell.kept, cell.merged, cell.default) for cell in sheet.cells}
    assert asked["企業名"] == ("北国精密株式会社", "北国精密㈱", Choice.KEPT)
    assert asked["主な製品・サービス"] == ("油圧部品の切削", "熱処理", Choice.BOTH)
    assert "法人番号" not in asked
    assert dict(sheet.moving) == {"面談": 1, "面談の行": 1, "人": 1}


def test_everything_moves_to_the_company_that_stays(
    place: Workplace, doubles: DuplicateService, pair: tuple[str, str]
) -> None:
    kept, merged = pair
    put(place, "issue", merged, title="図面がない")
    put(place, "ip_seed", merged, name="二段の油温")
    put(place, "action_item", merged, title="弁理士に相談", due_on=date(2025, 8, 5))
    note = doubles.merge(kept, merged, {"company.products": Choice.BOTH, "company.name": Choice.MERGED})
    assert note.message == "「北国精密㈱」を「北国精密㈱」にまとめました"
    assert live(place, "company") == [kept]
    for kind in ("support_session", "note_line", "issue", "ip_seed", "action_item", "person"):
        assert set(live(place, kind, company_id=kept)) == set(live(place, kind))
        assert live(place, kind, company_id=merged) == []
    company = stored(place, "company", kept)
    assert (company["name"], company["products"]) == ("北国精密㈱", "油圧部品の切削\n熱処理")
    assert company["corporate_number"] == ENTRY["corporate_number"]


def test_one_engagement_plan_and_answer_stays_for_each_year_and_question(
    place: Workplace, doubles: DuplicateService, pair: tuple[str, str]
) -> None:
    kept, merged = pair
    companies = CompanyService(place)
    for company, aim in ((kept, "値決め"), (merged, "新しい客")):
        companies.set_aim(company, aim)
    codes = list(place.masters.intake_field)[:2]
    companies.answer(merged, codes[0], "答え")
    engagements = [live(place, "engagement", company_id=company)[0] for company in pair]
    plan = put(place, "action_plan", merged, goal="目標", engagement_id=engagements[1])
    milestone = put(place, "milestone", merged, title="出願", action_plan_id=plan)
    past = put(place, "engagement", merged, fiscal_year=2024)
    doubles.merge(kept, merged, {})
    assert live(place, "engagement") == [engagements[0], past]
    assert stored(place, "engagement", engagements[0])["aim"] == "値決め\n新しい客"
    (plan_kept,) = live(place, "action_plan", company_id=kept)
    assert plan_kept == dependent_id(engagements[0], "action_plan")
    assert stored(place, "milestone", milestone)["action_plan_id"] == plan_kept
    assert companies.form(kept).answers == {codes[0]: "答え"}


def test_a_person_in_both_is_one_and_stays_where_they_were(
    place: Workplace, doubles: DuplicateService, pair: tuple[str, str]
) -> None:
    kept, merged = pair
    ((double,), (own,)) = (live(place, "person", company_id=each) for each in (merged, kept))
    (visit,) = live(place, "support_session", company_id=merged)
    put(place, "action_item", merged, title="見積", owner_id=double)
    doubles.merge(kept, merged, {})
    assert [person.id for person in PeopleService(place).of_company(kept)] == [own]
    with place.reading() as reading:
        assert own in [person for _, person in reading.linked(LinkKind.ATTENDEE, left_ids=[visit])]
        (action,) = reading.records("action_item", company_id=kept)
    assert action["owner_id"] == own


def test_one_undo_parts_them_as_they_were_and_redo_merges_again(
    place: Workplace, doubles: DuplicateService, pair: tuple[str, str]
) -> None:
    before = everything(place)
    note = doubles.merge(*pair, {})
    after = everything(place)
    assert place.undo(note.scope) == "企業をまとめる"
    assert everything(place) == before
    assert place.undo(note.scope, "forth") == "企業をまとめる"
    assert everything(place) == after


def test_both_histories_stay_and_the_merge_is_an_entry(
    place: Workplace, doubles: DuplicateService, pair: tuple[str, str]
) -> None:
    kept, merged = pair
    history = HistoryService(place)
    before = {row.words for company in pair for row in history.of_company(company)}
    doubles.merge(kept, merged, {})
    rows = history.of_company(kept)
    assert rows[0].words == "企業「北国精密㈱」を「北国精密株式会社」にまとめました"
    assert before <= {row.words for row in rows}
    assert [row.is_whole for row in rows][:2] == [True, False]
    moved = live(place, "note_line")[1]
    change(place, "note_line", moved, text="書き足し")
    assert history.of_company(kept)[0].words == "面談の行「書き足し」を直しました"


def test_within_thirty_days_the_bin_parts_them_and_what_came_later_stays(
    place: Workplace, doubles: DuplicateService, pair: tuple[str, str], clock: SteppingClock
) -> None:
    kept, merged = pair
    (visit,) = live(place, "support_session", company_id=merged)
    doubles.merge(kept, merged, {"company.products": Choice.BOTH})
    added = line(place, kept, visit, "あとから")
    change(place, "company", kept, kana="ホッコク")
    clock.move(days=DAYS_KEPT - 1)
    trash = TrashService(place)
    assert [(row.words, row.type_term) for row in trash.items()] == [("北国精密㈱", "企業")]
    trash.restore("company", merged)
    assert set(live(place, "company")) == {kept, merged}
    assert live(place, "support_session", company_id=merged) == [visit]
    assert added in live(place, "note_line", company_id=merged)
    assert stored(place, "company", kept)["products"] == ENTRY["products"]
    assert stored(place, "company", kept)["kana"] == "ホッコク"
    words = "企業「北国精密㈱」を「北国精密株式会社」から分けました"
    assert HistoryService(place).of_company(merged)[0].words == words
    assert doubles.pairs() != ()
    assert place.undo(company_scope(merged)) == "企業をごみ箱から戻す"
    assert live(place, "company") == [kept]


def test_what_was_deleted_before_the_merge_comes_back_to_the_company_that_stays(
    place: Workplace, doubles: DuplicateService, pair: tuple[str, str]
) -> None:
    kept, merged = pair
    trash = TrashService(place)
    issue = put(place, "issue", merged, title="不安")
    trash.delete("issue", issue)
    doubles.merge(kept, merged, {})
    trash.restore("issue", issue)
    assert live(place, "issue", company_id=kept) == [issue]
    assert live(place, "company") == [kept]


def test_what_moved_is_found_in_the_company_that_stays(
    place: Workplace, doubles: DuplicateService, pair: tuple[str, str]
) -> None:
    kept, merged = pair
    (visit,) = live(place, "support_session", company_id=merged)
    line(place, merged, visit, "焼入れ治具の図面")
    search = SearchService(place)
    for company, merge in ((merged, False), (kept, True)):
        if merge:
            doubles.merge(kept, merged, {})
        (hit,) = search.find(SearchQuery("焼入れ治具")).hits
        assert hit.company_id == company
        assert search.count(SearchQuery("焼入れ治具", company_id=company)) == 1


def test_a_chain_of_merges_keeps_every_history(
    place: Workplace, doubles: DuplicateService, pair: tuple[str, str]
) -> None:
    kept, merged = pair
    third = CompanyService(place).register({**ENTRY, "name": "北国精密"})
    doubles.merge(merged, third, {})
    doubles.merge(kept, merged, {})
    words = [row.words for row in HistoryService(place).of_company(kept)]
    assert "企業「北国精密」を「北国精密㈱」にまとめました" in words


def test_a_company_in_the_bin_is_not_merged(
    place: Workplace, doubles: DuplicateService, pair: tuple[str, str]
) -> None:
    TrashService(place).delete("company", pair[1])
    with pytest.raises(CompanyNotFound):
        doubles.merge(*pair, {})


def test_the_projections_of_a_merge_are_those_of_its_log(
    place: Workplace, doubles: DuplicateService, pair: tuple[str, str]
) -> None:
    doubles.merge(*pair, {})
    before = everything(place)
    place.store.rebuild()
    assert everything(place) == before
