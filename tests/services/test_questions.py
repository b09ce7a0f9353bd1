"""聞き忘れがないか: ticks per company."""

from app.domain.masters import FIRST_VISIT_QUESTION
from app.services.history import HistoryService
from app.services.masters import MasterService
from app.services.questions import QuestionService
from app.workplace import Workplace, session_scope
from tests.services.records import put, session


def test_a_tick_belongs_to_the_company_and_not_to_one_visit(place: Workplace) -> None:
    company, other = put(place, "company", name="北国精密"), put(place, "company", name="青葉食品")
    visit = session(place, company, "2025-07-22T13:00")
    service = QuestionService(place)
    assert len(service.of_company(company)) == 11
    service.set_asked(visit, company, "Q04", is_asked=True)
    assert [row.code for row in service.of_company(company) if row.is_asked] == ["Q04"]
    assert not any(row.is_asked for row in service.of_company(other))


def test_ctrl_z_takes_a_tick_back(place: Workplace) -> None:
    company = put(place, "company", name="北国精密")
    visit = session(place, company, "2025-07-22T13:00")
    service = QuestionService(place)
    service.set_asked(visit, company, "Q04", is_asked=True)
    assert place.undo(session_scope(visit)) == "聞いたことにする"
    assert not any(row.is_asked for row in service.of_company(company))


def test_questions_are_those_of_the_team_and_a_tick_is_told_in_its_words(place: Workplace) -> None:
    company = put(place, "company", name="北国精密")
    visit = session(place, company, "2025-07-22T13:00")
    masters, service = MasterService(place), QuestionService(place)
    masters.hide(FIRST_VISIT_QUESTION, "Q01", is_hidden=True)
    own = masters.add(FIRST_VISIT_QUESTION, {"label": "設備", "detail": "一番古い機械は何年目ですか。"})
    rows = service.of_company(company)
    assert [row.code for row in rows][-1] == own
    assert "Q01" not in [row.code for row in rows]
    service.set_asked(visit, company, own, is_asked=True)
    service.set_asked(visit, company, "Q10", is_asked=True)
    told = repr(HistoryService(place).of_company(company))
    assert "設備" in told
    assert "海外" in told
