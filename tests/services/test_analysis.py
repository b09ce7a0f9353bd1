from datetime import UTC

import pytest

from app.domain.terms import ActionStatus, Confidentiality, Mark, Protection, SecrecyState, SeedKind, Stage
from app.errors import InputMissing, RecordMissing
from app.services.analysis import AnalysisService
from app.workplace import Workplace, company_scope
from tests.services.records import change, line, put, session, stored, withdraw


@pytest.fixture
def analysis(place: Workplace) -> AnalysisService:
    return AnalysisService(place)


@pytest.fixture
def company(place: Workplace) -> str:
    company_id = put(place, "company", name="北国精密(株)")
    put(place, "engagement", company_id, fiscal_year=2025, status="supported", stage="prototype")
    return company_id


@pytest.fixture
def visit(place: Workplace, company: str) -> str:
    return session(place, company, "2025-07-22T13:00")


def test_lines_come_newest_visit_first_and_in_their_order(
    place: Workplace, analysis: AnalysisService, company: str
) -> None:
    later, earlier = session(place, company, "2025-07-22T13:00"), session(place, company, "2025-07-03T10:00")
    for text, visit_id in (("い", later), ("あ", earlier), ("ろ", later), (" ", later)):
        line(place, company, visit_id, text)
    lines = analysis.sheet(company).lines
    assert [each.text for each in lines] == ["い", "ろ", "あ"]
    assert [each.session_ordinal for each in lines] == [2, 2, 1]
    assert lines[0].session_on.day == 22
    assert lines[0].stamped_at.tzinfo is UTC


def test_only_facts_issues_and_decisions_wait_to_be_sorted(
    place: Workplace, analysis: AnalysisService, company: str, visit: str
) -> None:
    for mark in (*Mark, None):
        line(place, company, visit, mark.term if mark else "印なし", mark=mark)
    assert [each.text for each in analysis.sheet(company).unsorted] == ["事実", "課題", "決定"]


def test_a_seed_drawn_from_a_line_rests_on_it_and_undo_takes_both_back(
    place: Workplace, analysis: AnalysisService, company: str, visit: str
) -> None:
    fact = line(place, company, visit, "焼入れ 12年の蓄積", mark=Mark.FACT)
    seed_id = analysis.add_seed_from_line(fact, SeedKind.KNOW_HOW)
    sheet = analysis.sheet(company)
    (seed,) = sheet.groups[1].seeds
    assert (seed.id, seed.name, seed.kind) == (seed_id, "焼入れ 12年の蓄積", SeedKind.KNOW_HOW)
    assert [each.id for each in sheet.evidence_of(seed)] == [fact]
    assert sheet.lines[0].cited_by == (seed_id,)
    assert sheet.unsorted == ()
    place.undo(company_scope(company))
    assert analysis.sheet(company).seeds == ()
    assert [each.id for each in analysis.sheet(company).unsorted] == [fact]


def test_a_secret_line_is_told_apart_and_lends_no_words(
    place: Workplace, analysis: AnalysisService, company: str, visit: str
) -> None:
    secret = line(place, company, visit, "油温は二段", mark=Mark.FACT, is_secret=True)
    analysis.add_seed_from_line(secret, SeedKind.KNOW_HOW)
    analysis.add_issue_from_line(secret)
    sheet = analysis.sheet(company)
    assert sheet.lines[0].is_secret
    assert "油温" not in sheet.seeds[0].name + sheet.issues[0].title


def test_evidence_is_attached_detached_and_attached_again(
    place: Workplace, analysis: AnalysisService, company: str, visit: str
) -> None:
    seed_id = analysis.add_seed(company, SeedKind.BRAND, {"name": "北匠"})
    fact = line(place, company, visit, "現場では北匠と呼ぶ", mark=Mark.FACT)
    for present in (True, False, True):
        (analysis.attach if present else analysis.detach)("ip_seed", seed_id, fact)
        assert analysis.sheet(company).seeds[0].evidence == ((fact,) if present else ())


def test_a_withdrawn_line_is_no_evidence(
    place: Workplace, analysis: AnalysisService, company: str, visit: str
) -> None:
    issue_id = analysis.add_issue_from_line(line(place, company, visit, "不安", mark=Mark.ISSUE))
    withdraw(place, "note_line", analysis.sheet(company).lines[0].id)
    (issue,) = analysis.sheet(company).issues
    assert (issue.id, issue.evidence) == (issue_id, ())


def test_perspectives_are_exactly_those_chosen(analysis: AnalysisService, company: str) -> None:
    issue_id = analysis.add_issue(company, {"title": "図面", "management_code": "M6"})
    analysis.set_perspectives(issue_id, ["TS", "CON", "UCP"])
    analysis.set_perspectives(issue_id, ["CON", "PAT", "未知"])
    (issue,) = analysis.sheet(company).issues
    assert set(issue.perspective_codes) == {"CON", "PAT"}
    assert "特許" in issue.perspective_terms
    assert issue.management_term == "取引・契約"


def test_three_requirements_count_those_that_are_met(analysis: AnalysisService, company: str) -> None:
    seed_id = analysis.add_seed(company, SeedKind.KNOW_HOW, {"name": "焼入れの条件"})
    analysis.change("ip_seed", seed_id, {"useful_state": SecrecyState.MET, "useful_note": "不良率 0.3%"})
    (seed,) = analysis.sheet(company).seeds
    assert seed.met_count == 1
    assert [each.state for each in seed.requirements] == [
        SecrecyState.MET,
        SecrecyState.UNCHECKED,
        SecrecyState.UNCHECKED,
    ]
    assert seed.requirements[0].note == "不良率 0.3%"


def test_an_item_takes_the_companys_level_again(analysis: AnalysisService, company: str) -> None:
    issue_id = analysis.add_issue(company, {"title": "不安", "confidentiality": Confidentiality.MEETING})
    assert analysis.sheet(company).issues[0].level is Confidentiality.MEETING
    analysis.change("issue", issue_id, {"confidentiality": None})
    assert analysis.sheet(company).issues[0].level is None


@pytest.mark.parametrize(
    ("protection", "words"),
    [
        (Protection.FILE, "「治具A」を出願する"),
        (Protection.SECRET, "「治具A」を秘密として管理する"),
        (None, "「治具A」の守り方を決める"),
    ],
)
def test_a_seed_goes_into_the_plan_in_words_that_fit_its_protection(
    place: Workplace, analysis: AnalysisService, company: str, protection: Protection | None, words: str
) -> None:
    seed_id = analysis.add_seed(company, SeedKind.TECHNOLOGY, {"name": "治具A", "protection": protection})
    action_id = analysis.to_plan("ip_seed", seed_id)
    (action,) = analysis.sheet(company).seeds[0].actions
    assert (action.id, action.title, action.status) == (action_id, words, ActionStatus.OPEN)
    assert stored(place, "action_item", action_id)["stage"] == Stage.PROTECT


def test_the_same_item_is_planned_once_until_it_is_done(
    place: Workplace, analysis: AnalysisService, company: str
) -> None:
    issue_id = analysis.add_issue(company, {"title": "不安", "response": "外形だけの図面にする"})
    first = analysis.to_plan("issue", issue_id)
    assert analysis.to_plan("issue", issue_id) == first
    change(place, "action_item", first, status=ActionStatus.DONE)
    second = analysis.to_plan("issue", issue_id)
    assert second != first
    action = stored(place, "action_item", second)
    assert (action["title"], action["stage"]) == ("外形だけの図面にする", Stage.PROTOTYPE)


def test_words_are_asked_for(place: Workplace, analysis: AnalysisService, company: str, visit: str) -> None:
    with pytest.raises(InputMissing):
        analysis.add_issue(company, {"title": " "})
    with pytest.raises(InputMissing):
        analysis.add_seed_from_line(line(place, company, visit, ""), SeedKind.DATA)
    with pytest.raises(RecordMissing):
        analysis.add_issue_from_line(place.new_id())


def test_an_edit_that_started_from_an_older_load_lists_the_other_value(
    place: Workplace, analysis: AnalysisService, company: str
) -> None:
    issue_id = analysis.add_issue(company, {"title": "不安", "management_code": "M5"})
    form = analysis.form("issue", issue_id)
    analysis.change("issue", issue_id, {"management_code": "M6"})
    analysis.change("issue", issue_id, {"management_code": "M2"}, form)
    assert stored(place, "issue", issue_id)["conflicts"] == 1


def test_prompts_fit_the_issue(analysis: AnalysisService) -> None:
    prompts = analysis.prompts("M6")
    assert prompts
    assert all("M6" in prompt.management_codes for prompt in prompts)
