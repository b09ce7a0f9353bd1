"""Companies: taking in, finding by name, standing by 年度, and the form that was shown."""

import pytest

from app.domain.note_sheet import Edit, Line
from app.domain.terms import Confidentiality, EngagementStatus, Mark, PersonSide, Stage
from app.errors import CompanyNotFound, InputMissing
from app.services.companies import REQUIRED, CompanyService, companies_named
from app.services.people import PeopleService
from app.services.support_sessions import SupportSessionService
from app.workplace import Workplace
from tests.services.conftest import SteppingClock
from tests.services.records import put, session, withdraw

VALUES = {
    "name": "北国精密株式会社",
    "kana": "ホッコクセイミツ",
    "representative_name": "北国 一郎",
    "representative_kana": "ホッコク イチロウ",
    "representative_title": "代表取締役",
    "prefecture": "北国県",
    "city": "みどり市",
    "industry_major": "E",
    "products": "治具",
    "corporate_number": "1234567890123",
}


@pytest.fixture
def companies(place: Workplace) -> CompanyService:
    return CompanyService(place)


@pytest.fixture
def company(companies: CompanyService) -> str:
    return companies.register(VALUES, EngagementStatus.SUPPORTED)


def test_a_company_is_taken_in_with_its_engagement_and_its_head(
    companies: CompanyService, company: str, place: Workplace
) -> None:
    card = companies.card(company)
    assert card.engagement is not None
    assert (card.engagement.fiscal_year, card.engagement.status) == (2025, EngagementStatus.SUPPORTED)
    assert card.confidentiality is Confidentiality.ASSIGNED
    (head,) = PeopleService(place).of_company(company)
    assert (head.name, head.role, head.side) == ("北国 一郎", "代表取締役", PersonSide.COMPANY)


@pytest.mark.parametrize("missing", list(REQUIRED))
def test_what_must_be_known_is_asked_by_its_word_on_the_screen(
    companies: CompanyService, missing: str
) -> None:
    with pytest.raises(InputMissing) as refused:
        companies.register({**VALUES, missing: ""})
    assert refused.value.facts == {"field": REQUIRED[missing]}
    assert companies.list_rows() == ()


def test_supported_companies_come_first_then_candidates_each_by_name(companies: CompanyService) -> None:
    for name, kana, status in (
        ("後の候補", "ン", EngagementStatus.CANDIDATE),
        ("先の候補", "ア", EngagementStatus.CANDIDATE),
        ("卒業", "ア", EngagementStatus.GRADUATED),
        ("支援中", "ン", EngagementStatus.SUPPORTED),
    ):
        companies.register({**VALUES, "name": name, "kana": kana}, status)
    assert [row.status for row in companies.list_rows()] == [
        EngagementStatus.SUPPORTED,
        EngagementStatus.CANDIDATE,
        EngagementStatus.CANDIDATE,
        EngagementStatus.GRADUATED,
    ]


def test_the_list_tells_the_last_visit_and_the_next_thing_to_do(
    companies: CompanyService, company: str, place: Workplace
) -> None:
    session(place, company, "2025-07-01T13:00")
    session(place, company, "2025-08-01T13:00")
    day = session(place, company, "2025-07-10T13:00")
    withdraw(place, "support_session", day)
    put(place, "action_item", company, title="あとで", due_on="2025-09-01", status="open")
    put(place, "action_item", company, title="さき", due_on="2025-08-01", status="doing")
    put(place, "action_item", company, title="済んだ", due_on="2025-07-01", status="done")
    (row,) = companies.list_rows()
    assert str(row.last_session_on) == "2025-07-01"
    assert (row.next_action, str(row.next_due_on)) == ("さき", "2025-08-01")


def test_a_deleted_company_is_not_listed(companies: CompanyService, company: str, place: Workplace) -> None:
    withdraw(place, "company", company)
    assert companies.list_rows() == ()
    assert companies.card(company).is_deleted


def test_an_unknown_company_is_told(companies: CompanyService, place: Workplace) -> None:
    with pytest.raises(CompanyNotFound):
        companies.card(place.new_id())


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("北国精密株式会社", ["北国精密株式会社"]),
        ("北国精密㈱", ["北国精密株式会社"]),
        ("ほっこくせいみつ", ["北国精密株式会社"]),
        ("ﾎｯｺｸｾｲﾐﾂ", ["北国精密株式会社"]),
        ("１２３４５６７８９０１２３", ["北国精密株式会社"]),
        ("北国", ["北国精密株式会社", "北国電装株式会社"]),
        ("髙橋", ["高橋製作所"]),
        ("南国", []),
        ("　", []),
    ],
)
def test_a_company_is_found_however_its_name_is_written(
    companies: CompanyService, company: str, words: str, found: list[str]
) -> None:
    for name in ("北国電装株式会社", "高橋製作所"):
        companies.register({**VALUES, "name": name, "kana": "ベツ", "corporate_number": ""})
    assert sorted(row.name for row in companies_named(companies.list_rows(), words)) == sorted(found)


def test_a_whole_name_is_not_made_doubtful_by_longer_ones(companies: CompanyService) -> None:
    for name in ("青葉", "青葉食品"):
        companies.register({**VALUES, "name": name, "kana": "", **{"kana": "アオバ"}})
    assert [row.name for row in companies_named(companies.list_rows(), "青葉")] == ["青葉"]


def test_a_new_year_opens_a_new_engagement_and_keeps_the_old(
    companies: CompanyService, company: str, place: Workplace, clock: SteppingClock
) -> None:
    companies.set_stage(company, Stage.PROTECT)
    clock.move(days=365)
    companies.set_standing(company, EngagementStatus.GRADUATED, "自走できた")
    with place.reading() as reading:
        found = reading.records("engagement", company_id=company, order=("fiscal_year",))
    assert [(year["fiscal_year"], year["status"], year["stage"]) for year in found] == [
        (2025, "supported", "protect"),
        (2026, "graduated", "organise"),
    ]


def test_a_form_shown_before_somebody_else_wrote_does_not_silence_them(
    companies: CompanyService, company: str
) -> None:
    shown = companies.form(company).form
    companies.change(companies.form(company).form, {"name": "先に直した名"})
    companies.change(shown, {"name": "後から直した名", "city": "あお市"})
    values = companies.form(company).form.values
    assert (values["name"], values["city"], values["conflicts"]) == ("後から直した名", "あお市", 1)


def test_an_answer_has_its_own_level_and_words(companies: CompanyService, company: str) -> None:
    companies.answer(company, "motive", "後継ぎの相談")
    companies.set_answer_level(company, "motive", Confidentiality.TEAM)
    form = companies.form(company)
    assert form.answers == {"motive": "後継ぎの相談"}
    assert form.answer_levels == {"motive": Confidentiality.TEAM}


def test_assignees_are_exactly_those_chosen_last(
    companies: CompanyService, company: str, place: Workplace
) -> None:
    people = [put(place, "person", name=name, side="support") for name in ("佐藤", "鈴木", "高橋")]
    companies.set_assignees(company, people[:2])
    companies.set_assignees(company, people[1:])
    assert [person.name for person in companies.card(company).assignees] == ["鈴木", "高橋"]
    (row,) = companies.list_rows()
    assert row.assignees == ("鈴木", "高橋")


def test_who_takes_a_company_in_is_its_assignee_and_expected_at_its_visits(place: Workplace) -> None:
    PeopleService(place).add_user({"name": "鈴木 花子", "side": PersonSide.SUPPORT})
    company_id = CompanyService(place).register(VALUES)
    assert [person.name for person in CompanyService(place).card(company_id).assignees] == ["鈴木 花子"]
    sessions = SupportSessionService(place)
    attendees = sessions.sheet(sessions.start(company_id)).attendees
    assert [person.name for person in attendees] == ["鈴木 花子", VALUES["representative_name"]]


def test_the_course_counts_the_homework_drawn_from_each_visit(
    companies: CompanyService, company: str, place: Workplace
) -> None:
    sessions = SupportSessionService(place)
    visit = sessions.start(company)
    line = Line(place.new_id(), "弁理士に相談する", place.now(), "a1", Mark.DECISION)
    sessions.edit_lines(visit, Edit(put=(line,)))
    sessions.set_mark(visit, line, Mark.HOMEWORK)
    (entry,) = companies.card(company).course
    assert (entry.decisions, entry.homework) == (1, 1)
