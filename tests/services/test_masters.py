from collections.abc import Iterator
from datetime import date

import pytest

from app.domain.masters import FIRST_VISIT_QUESTION, IP_PERSPECTIVE, MANAGEMENT_ISSUE, PROMPT
from app.domain.terms import Confidentiality
from app.errors import InputMissing, RecordMissing
from app.rows.masters import MasterRow
from app.rows.printing import DocumentKind, PrintRequest
from app.services.action_plans import ActionPlanService
from app.services.analysis import AnalysisService
from app.services.history import HistoryService
from app.services.masters import MasterService, entry_id
from app.services.printing import PrintService
from app.services.trash import TrashService
from app.workplace import TEAM_SCOPE, Workplace
from tests.services.records import put, session, stored


@pytest.fixture
def masters(place: Workplace) -> MasterService:
    return MasterService(place)


@pytest.fixture
def company(place: Workplace) -> Iterator[str]:
    company_id = put(place, "company", name="北国精密")
    put(place, "engagement", company_id, fiscal_year=2025, status="supported")
    return company_id


def entry(masters: MasterService, kind: str, code: str) -> MasterRow:
    return next(each for each in masters.entries(kind) if each.code == code)


@pytest.mark.parametrize(
    ("kind", "count"),
    [(MANAGEMENT_ISSUE, 16), (IP_PERSPECTIVE, 21), (PROMPT, 40), (FIRST_VISIT_QUESTION, 11)],
)
def test_without_edits_the_lists_are_the_shipped_ones_in_their_order(
    place: Workplace, masters: MasterService, kind: str, count: int
) -> None:
    rows = masters.entries(kind)
    assert len(rows) == count
    assert not any(row.is_own or row.is_changed or row.is_hidden for row in rows)
    assert masters.offered() == place.masters


def test_an_edit_is_one_change_on_the_id_made_from_kind_and_code(
    place: Workplace, masters: MasterService
) -> None:
    masters.change(MANAGEMENT_ISSUE, "M3", {"label": "売り先"})
    row = entry(masters, MANAGEMENT_ISSUE, "M3")
    assert (row.label, row.is_changed, row.is_own) == ("売り先", True, False)
    assert row.detail == place.masters.management_issue["M3"].explanation
    assert stored(place, "master_item", entry_id(MANAGEMENT_ISSUE, "M3"))["code"] == "M3"
    assert [each.code for each in masters.entries(MANAGEMENT_ISSUE)][2] == "M3"


def test_words_as_shipped_are_no_edit(place: Workplace, masters: MasterService) -> None:
    shipped = place.masters.ip_perspective["PAT"].word
    masters.change(IP_PERSPECTIVE, "PAT", {"label": "発明"})
    masters.change(IP_PERSPECTIVE, "PAT", {"label": shipped})
    assert not entry(masters, IP_PERSPECTIVE, "PAT").is_changed


def test_reset_goes_back_to_the_shipped_words_and_undo_to_the_edit(
    place: Workplace, masters: MasterService
) -> None:
    before = entry(masters, PROMPT, "P01")
    masters.change(
        PROMPT, "P01", {"label": "選ばれない", "management_codes": ("M2", "M4"), "detail": "調べる"}
    )
    masters.hide(PROMPT, "P01", is_hidden=True)
    masters.reset(PROMPT, "P01")
    assert entry(masters, PROMPT, "P01") == before
    assert place.undo(TEAM_SCOPE) == "はじめの言葉に戻す"
    changed = entry(masters, PROMPT, "P01")
    assert (changed.label, changed.management_codes, changed.is_hidden) == ("選ばれない", ("M2", "M4"), True)


def test_an_own_entry_comes_last_has_its_id_for_a_code_and_no_shipped_words(masters: MasterService) -> None:
    code = masters.add(FIRST_VISIT_QUESTION, {"label": "後継ぎ", "detail": "後を継ぐ方はいますか。"})
    last = masters.entries(FIRST_VISIT_QUESTION)[-1]
    assert (last.code, last.is_own, last.is_changed) == (code, True, False)
    assert entry_id(FIRST_VISIT_QUESTION, code) == code
    with pytest.raises(RecordMissing):
        masters.reset(FIRST_VISIT_QUESTION, code)


@pytest.mark.parametrize("label", ["", "  ", None])
def test_an_entry_has_words(masters: MasterService, label: str | None) -> None:
    with pytest.raises(InputMissing):
        masters.add(PROMPT, {"label": label})
    with pytest.raises(InputMissing):
        masters.change(PROMPT, "P01", {"label": label})


def test_a_hidden_entry_is_not_offered_but_what_names_it_keeps_its_word(
    place: Workplace, masters: MasterService, company: str
) -> None:
    analysis = AnalysisService(place)
    issue = analysis.add_issue(company, {"title": "図面", "management_code": "M6"})
    analysis.set_perspectives(issue, ["PAT"])
    masters.change(MANAGEMENT_ISSUE, "M6", {"label": "契約まわり"})
    masters.hide(MANAGEMENT_ISSUE, "M6", is_hidden=True)
    masters.hide(IP_PERSPECTIVE, "PAT", is_hidden=True)
    offered = masters.offered()
    assert "M6" not in offered.management_issue
    assert "PAT" not in offered.ip_perspective
    (shown,) = analysis.sheet(company).issues
    assert (shown.management_term, shown.perspective_terms) == ("契約まわり", ("特許",))
    assert ActionPlanService(place).sheet(company).issues[0].management_term == "契約まわり"


def test_an_own_perspective_is_chosen_and_keeps_its_word_after_it_was_deleted(
    place: Workplace, masters: MasterService, company: str
) -> None:
    analysis = AnalysisService(place)
    code = masters.add(IP_PERSPECTIVE, {"label": "標準化", "detail": "規格に入れる"})
    issue = analysis.add_issue(company, {"title": "図面"})
    analysis.set_perspectives(issue, [code])
    deleted = TrashService(place).delete("master_item", code)
    assert deleted.words == "標準化"
    assert code not in masters.offered().ip_perspective
    assert analysis.sheet(company).issues[0].perspective_terms == ("標準化",)
    place.undo(TEAM_SCOPE)
    assert code in masters.offered().ip_perspective


def test_prompts_of_an_issue_are_the_teams(place: Workplace, masters: MasterService) -> None:
    analysis = AnalysisService(place)
    code = masters.add(
        PROMPT, {"label": "後継ぎがいない", "management_codes": ("M16",), "detail": "聞く\n\n探す"}
    )
    own = next(each for each in analysis.prompts("M16") if each.code == code)
    assert (own.text, own.measures) == ("後継ぎがいない", ("聞く", "探す"))
    masters.hide(PROMPT, code, is_hidden=True)
    assert code not in {each.code for each in analysis.prompts("M16")}


def test_the_visit_sheet_asks_what_the_team_asks(
    place: Workplace, masters: MasterService, company: str
) -> None:
    session(place, company, "2025-07-23T13:00")
    masters.change(FIRST_VISIT_QUESTION, "Q01", {"detail": "なぜ選ばれるのでしょう。"})
    masters.hide(FIRST_VISIT_QUESTION, "Q02", is_hidden=True)
    request = PrintRequest(
        DocumentKind.VISIT_SHEET, (company,), Confidentiality.ASSIGNED, None, date(2025, 7, 31)
    )
    (document,) = PrintService(place, is_practice=False).prepare(request).documents
    words = "".join(str(document).split())
    assert "なぜ選ばれるのでしょう。" in words
    assert "まねされると一番困るものは" not in words


def test_history_tells_a_choice_in_the_teams_words(
    place: Workplace, masters: MasterService, company: str
) -> None:
    masters.change(MANAGEMENT_ISSUE, "M6", {"label": "契約まわり"})
    AnalysisService(place).add_issue(company, {"title": "図面", "management_code": "M6"})
    changes = [
        change
        for row in HistoryService(place).of_company(company)
        for item in row.items
        for change in item.changes
    ]
    assert "契約まわり" in {change.after for change in changes}
