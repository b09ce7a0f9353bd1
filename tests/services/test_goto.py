import pytest

from app.rows.goto import GoToHit, GoToKind
from app.services.goto import LEAST_PEOPLE, MOST_HITS, GoToService
from app.workplace import Workplace
from tests.services.records import put, session, withdraw


@pytest.fixture
def goto(place: Workplace) -> GoToService:
    return GoToService(place)


@pytest.fixture
def company(place: Workplace) -> str:
    return put(
        place,
        "company",
        name="株式会社北国精密",
        kana="ホッコクセイミツ",
        corporate_number="9900000000018",
        city="みどり市",
    )


def labels(hits: tuple[GoToHit, ...]) -> list[str]:
    return [hit.label for hit in hits]


@pytest.mark.parametrize(
    "typed", ["北国", "北 国精密", "ほっこく", "ﾎｯｺｸ", "ホツコク", "㈱北国", "99000000000", "９９０"]
)
def test_a_company_is_found_by_parts_of_its_name_kana_and_number(
    goto: GoToService, company: str, typed: str
) -> None:
    (hit,) = goto.find(typed)
    assert (hit.kind, hit.id, hit.company_id) == (GoToKind.COMPANY, company, company)
    assert "みどり市" in hit.detail


def test_what_begins_with_the_words_comes_first_then_what_was_met_last(
    place: Workplace, goto: GoToService, company: str
) -> None:
    met = put(place, "company", name="北国食品(有)")
    within = put(place, "company", name="青葉北国(株)")
    session(place, met, "2025-07-01T10:00")
    session(place, within, "2025-07-20T10:00")
    assert labels(goto.find("北国")) == ["北国食品(有)", "株式会社北国精密", "青葉北国(株)"]


def test_nothing_typed_gives_the_companies_met_last(
    place: Workplace, goto: GoToService, company: str
) -> None:
    for number in range(MOST_HITS + 2):
        session(place, put(place, "company", name=f"企業{number}"), f"2025-06-{number + 1:02d}T10:00")
    hits = goto.find(" ")
    assert len(hits) == MOST_HITS
    assert labels(hits)[0] == f"企業{MOST_HITS + 1}"


def test_people_are_found_with_where_they_belong(place: Workplace, goto: GoToService, company: str) -> None:
    put(place, "person", company, name="高橋 一郎", kana="たかはし いちろう", role="社長", side="company")
    put(place, "person", name="髙橋 林", body="INPIT", side="support")
    hits = goto.find("高橋")
    assert {(hit.label, hit.detail, hit.company_id) for hit in hits} == {
        ("高橋 一郎", "株式会社北国精密  社長", company),
        ("髙橋 林", "INPIT", None),
    }


def test_people_have_room_beside_many_companies(place: Workplace, goto: GoToService) -> None:
    for number in range(MOST_HITS):
        put(place, "company", name=f"高橋製作所{number}")
    for number in range(LEAST_PEOPLE + 1):
        put(place, "person", name=f"高橋{number}", side="support")
    kinds = [hit.kind for hit in goto.find("高橋")]
    assert kinds == [GoToKind.COMPANY] * (MOST_HITS - LEAST_PEOPLE) + [GoToKind.PERSON] * LEAST_PEOPLE


def test_a_day_finds_its_sessions_and_further_words_those_of_one_company(
    place: Workplace, goto: GoToService, company: str
) -> None:
    other = put(place, "company", name="青葉食品(有)")
    session(place, company, "2025-07-01T13:00")
    visit = session(place, company, "2025-07-22T13:00", purpose="治具の出願")
    session(place, other, "2025-07-22T16:00", place="本社")
    session(place, other, "2024-07-22T16:00")
    assert labels(goto.find("7/22")) == ["青葉食品(有) 第2回面談", "株式会社北国精密 第2回面談"]
    for typed in ("北国 7/22", "7月22日 ほっこく", "北国　７／２２"):
        (hit,) = goto.find(typed)
        assert (hit.support_session_id, hit.company_id) == (visit, company)
        assert hit.detail == "2025/7/22(火) 13:00  治具の出願"
    assert labels(goto.find("2024/7/22")) == ["青葉食品(有) 第1回面談"]


def test_nothing_of_a_deleted_company_is_found(place: Workplace, goto: GoToService, company: str) -> None:
    session(place, company, "2025-07-22T13:00")
    put(place, "person", company, name="高橋", side="company")
    withdraw(place, "company", company)
    assert [goto.find(typed) for typed in ("北国", "高橋", "7/22", "")] == [(), (), (), ()]


@pytest.mark.parametrize("typed", ["見つからない", "%", "_", "'", "7/99"])
def test_what_is_not_there_is_not_found(goto: GoToService, company: str, typed: str) -> None:
    assert goto.find(typed) == ()
