"""Finding by words: what is found and in which order, what narrows a search, and what it never tells."""

from datetime import date

import pytest

from app.domain.links import LinkKind
from app.domain.terms import Mark
from app.rows.search import LATELY, SearchChoices, SearchFilters, SearchHit, SearchKind, SearchQuery
from app.services.links import set_links
from app.services.search import MOST_HITS, MOST_NAMES, SearchService
from app.services.trash import TrashService
from app.workplace import Workplace, session_scope
from db.repositories import secret_items
from tests.services.records import change, line, put, session


@pytest.fixture
def search(place: Workplace) -> SearchService:
    return SearchService(place)


@pytest.fixture
def company(place: Workplace) -> str:
    return put(place, "company", name="株式会社北国精密", kana="ホッコクセイミツ")


@pytest.fixture
def visit(place: Workplace, company: str) -> str:
    return session(place, company, "2025-07-22T13:00")


def texts(hits: tuple[SearchHit, ...]) -> list[str]:
    return [hit.text for hit in hits]


def link_evidence(place: Workplace, record_id: str, line_ids: list[str], company: str) -> None:
    with place.action("用意", None) as work:
        set_links(work, record_id, LinkKind.EVIDENCE, line_ids, compartment=company)


def test_a_hit_shows_its_line_day_and_company(
    place: Workplace, search: SearchService, company: str, visit: str
) -> None:
    line_id = line(place, company, visit, "焼入れ治具は髙橋さんの考え", mark=Mark.FACT)
    (hit,) = search.find(SearchQuery("高橋　治具")).hits
    assert hit == SearchHit(
        kind=SearchKind.LINE,
        id=line_id,
        text="焼入れ治具は髙橋さんの考え",
        spans=((3, 5), (6, 8)),
        company_id=company,
        company_name="株式会社北国精密",
        day=date(2025, 7, 22),
        mark=Mark.FACT,
        support_session_id=visit,
    )


def test_the_newest_visit_comes_first_however_late_it_was_written(
    place: Workplace, search: SearchService, company: str
) -> None:
    later = session(place, company, "2025-07-22T13:00")
    line(place, company, later, "治具の二回目")
    earlier = session(place, company, "2025-07-03T13:00")
    line(place, company, earlier, "治具の一回目")
    assert texts(search.find(SearchQuery("治具")).hits) == ["治具の二回目", "治具の一回目"]
    change(place, "support_session", earlier, starts_at="2025-08-01T10:00", ends_at=None)
    assert texts(search.find(SearchQuery("治具")).hits) == ["治具の一回目", "治具の二回目"]


def test_issues_seeds_and_actions_belong_to_the_visit_of_their_line(
    place: Workplace, search: SearchService, company: str
) -> None:
    old = session(place, company, "2024-05-01T10:00")
    source = line(place, company, old, "似た品の不安")
    issue = put(place, "issue", company, title="似た治具", response="契約で守る")
    put(place, "ip_seed", company, name="治具A", description="構造")
    put(place, "action_item", company, title="治具の図面", source_line_id=source, due_on=date(2024, 6, 3))
    link_evidence(place, issue, [source], company)
    hits = search.find(SearchQuery("治具")).hits
    assert [(hit.kind, hit.day) for hit in hits] == [
        (SearchKind.SEED, date(2025, 7, 22)),
        (SearchKind.ISSUE, date(2024, 5, 1)),
        (SearchKind.ACTION, date(2024, 5, 1)),
    ]
    assert hits[2].note == "期限 6/3"


def test_a_text_that_is_not_the_first_is_shown_behind_it(
    place: Workplace, search: SearchService, company: str
) -> None:
    put(place, "issue", company, title="似た治具", response="秘密保持の契約で守る")
    (hit,) = search.find(SearchQuery("契約")).hits
    assert hit.text == "似た治具: 秘密保持の契約で守る"
    assert [hit.text[start:end] for start, end in hit.spans] == ["契約"]


def test_companies_and_people_stand_by_themselves(
    place: Workplace, search: SearchService, company: str, visit: str
) -> None:
    put(place, "person", company, name="北国 太郎", role="社長")
    line(place, company, visit, "北国の雪")
    page = search.find(SearchQuery("北国"))
    assert [(hit.kind, hit.text, hit.day) for hit in page.names] == [
        (SearchKind.COMPANY, "株式会社北国精密", None),
        (SearchKind.PERSON, "北国 太郎", None),
    ]
    assert texts(page.hits) == ["北国の雪"]
    assert page.names[1].note == "社長"


def test_no_more_than_fit_come_at_once(
    place: Workplace, search: SearchService, company: str, visit: str
) -> None:
    for number in range(MOST_HITS + 1):
        line(place, company, visit, f"治具 {number}")
    for number in range(MOST_NAMES[SearchKind.COMPANY] + 1):
        put(place, "company", name=f"治具工業{number}")
    page = search.find(SearchQuery("治具"))
    assert (len(page.hits), page.has_more) == (MOST_HITS, True)
    assert (len(page.names), page.has_more_names) == (MOST_NAMES[SearchKind.COMPANY], True)
    assert page.hits[0].text == f"治具 {MOST_HITS}"
    assert search.count(SearchQuery("治具")) == MOST_HITS + 1


@pytest.mark.parametrize(
    ("narrowing", "found"),
    [
        ({}, ["治具C", "治具B", "治具A"]),
        ({"mark": Mark.DECISION}, ["治具B"]),
        ({"since": date(2025, 7, 1)}, ["治具C", "治具B"]),
        ({"until": date(2025, 7, 1)}, ["治具B", "治具A"]),
        ({"since": date(2025, 7, 1), "until": date(2025, 7, 1)}, ["治具B"]),
        ({"kind": SearchKind.ISSUE}, []),
        ({"kind": SearchKind.LINE, "mark": Mark.FACT}, ["治具A"]),
    ],
)
def test_filters_narrow_a_search_together(
    place: Workplace, search: SearchService, company: str, narrowing: dict, found: list[str]
) -> None:
    for day, text, mark in (
        ("2025-06-30", "治具A", Mark.FACT),
        ("2025-07-01", "治具B", Mark.DECISION),
        ("2025-07-02", "治具C", None),
    ):
        line(place, company, session(place, company, f"{day}T23:59"), text, mark=mark)
    query = SearchQuery("治具", **narrowing)
    assert texts(search.find(query).hits) == found
    assert search.count(query) == len(found)


def test_a_search_within_one_company_tells_of_no_other(
    place: Workplace, search: SearchService, company: str, visit: str
) -> None:
    other = put(place, "company", name="北国電装株式会社")
    line(place, other, session(place, other, "2025-07-20T10:00"), "北国の治具")
    put(place, "person", other, name="北国 花子")
    line(place, company, visit, "北国の図面")
    query = SearchQuery("北国", company_id=company)
    page = search.find(query)
    assert {hit.company_id for hit in (*page.names, *page.hits)} == {company}
    assert search.count(query) == 1


def test_a_secret_line_is_found_as_such_and_shows_nothing_of_itself(
    place: Workplace, search: SearchService, company: str, visit: str
) -> None:
    line(place, company, visit, "焼入れは850度", mark=Mark.FACT, is_secret=True)
    (hit,) = search.find(SearchQuery("850度")).hits
    assert (hit.text, hit.spans, hit.mark, hit.is_secret) == ("秘密の行", (), None, True)


def test_without_secrets_nothing_that_rests_on_them_is_found_or_counted(
    place: Workplace, search: SearchService, company: str, visit: str
) -> None:
    secret = line(place, company, visit, "焼入れ条件", is_secret=True)
    plain = line(place, company, visit, "図面")
    resting = [
        put(place, "issue", company, title="焼入れの漏れ"),
        put(place, "ip_seed", company, name="焼入れ"),
    ]
    for record_id in resting:
        link_evidence(place, record_id, [secret], company)
    mixed = put(place, "issue", company, title="焼入れと図面")
    link_evidence(place, mixed, [secret, plain], company)
    drawn = [
        put(place, "action_item", company, title="焼入れを記録", **{column: source})
        for column, source in (
            ("source_line_id", secret),
            ("source_issue_id", resting[0]),
            ("source_seed_id", resting[1]),
        )
    ]
    free = put(place, "action_item", company, title="焼入れ炉を見る", source_issue_id=mixed)
    everything = {hit.id for hit in search.find(SearchQuery("焼入れ")).hits}
    assert everything == {secret, *resting, mixed, *drawn, free}
    outside = SearchQuery("焼入れ", with_secret=False)
    found = {hit.id for hit in search.find(outside).hits}
    with place.reading() as reading:
        closed = secret_items.line_ids(reading) | secret_items.derived_ids(reading)
    assert found == everything - closed == {mixed, free}
    assert search.count(outside) == 2


def test_what_lies_in_the_trash_is_found_nowhere(
    place: Workplace, search: SearchService, company: str, visit: str
) -> None:
    line(place, company, visit, "治具")
    trash = TrashService(place)
    for kind, record_id in (("support_session", visit), ("company", company)):
        trash.delete(kind, record_id)
        assert search.find(SearchQuery("治具")).is_empty
        trash.restore(kind, record_id)
        assert texts(search.find(SearchQuery("治具")).hits) == ["治具"]


def test_undo_takes_words_out_of_the_index_again(
    place: Workplace, search: SearchService, company: str, visit: str
) -> None:
    line_id = line(place, company, visit, "治具")
    with place.action("行を書く", session_scope(visit)) as work:
        work.save("note_line", line_id, {"text": "図面"})
    assert search.find(SearchQuery("治具")).is_empty
    place.undo(session_scope(visit))
    assert texts(search.find(SearchQuery("治具")).hits) == ["治具"]
    assert search.find(SearchQuery("図面")).is_empty


@pytest.mark.parametrize("text", ["", "　", "ー", '" OR words : "治'])
def test_a_search_that_says_nothing_or_looks_like_an_expression_finds_nothing(
    place: Workplace, search: SearchService, company: str, visit: str, text: str
) -> None:
    line(place, company, visit, "治具")
    assert search.find(SearchQuery(text)).is_empty
    assert search.count(SearchQuery(text)) == 0


def test_filters_are_kept_and_forget_a_company_that_is_gone(
    place: Workplace, search: SearchService, company: str, visit: str
) -> None:
    assert search.choices().chosen == SearchFilters()
    filters = SearchFilters("note_line", company, "2025", "fact")
    search.keep(filters)
    choices = search.choices()
    assert choices == SearchChoices(((company, "株式会社北国精密"),), (2025,), filters)
    TrashService(place).delete("company", company)
    assert search.choices().chosen == SearchFilters("note_line", "", "2025", "fact")


def test_filters_become_days_and_codes(place: Workplace, search: SearchService) -> None:
    assert search.query("治具", SearchFilters(period="2024")) == SearchQuery(
        "治具", since=date(2024, 4, 1), until=date(2025, 3, 31)
    )
    lately = search.query("治具", SearchFilters("issue", "", LATELY, "fact"))
    assert lately == SearchQuery("治具", SearchKind.ISSUE, None, Mark.FACT, date(2025, 6, 22))


def test_the_years_reach_back_to_the_first_visit(
    place: Workplace, search: SearchService, company: str
) -> None:
    session(place, company, "2023-03-31T10:00")
    assert search.choices().years == (2025, 2024, 2023, 2022)
