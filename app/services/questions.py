"""聞き忘れがないか: which questions of the first visit a company has answered."""

from __future__ import annotations

from app.domain.links import LinkKind
from app.domain.masters import FIRST_VISIT_QUESTION
from app.masters import Masters
from app.rows.questions import QuestionRow
from app.services.links import set_link
from app.services.masters import entry_id, offered
from app.workplace import Workplace, session_scope
from db.reading import Reading


class QuestionService:
    """Ticks are links of the company, so that they travel like everything else."""

    def __init__(self, place: Workplace) -> None:
        self._place = place

    def of_company(self, company_id: str) -> tuple[QuestionRow, ...]:
        """The questions as the team words them, with what was asked at this company."""
        with self._place.reading() as reading:
            return questions_of(reading, self._place.masters, company_id)

    def set_asked(self, session_id: str, company_id: str, code: str, *, is_asked: bool) -> None:
        """Tick a question in a 面談, or take the tick back. One undo step of the 面談."""
        label = "聞いたことにする" if is_asked else "聞いていないことにする"
        question = entry_id(FIRST_VISIT_QUESTION, code)
        with self._place.action(label, session_scope(session_id)) as work:
            set_link(work, company_id, LinkKind.ASKED, question, present=is_asked, compartment=company_id)


def questions_of(reading: Reading, shipped: Masters, company_id: str) -> tuple[QuestionRow, ...]:
    """The offered questions within a moment that shows more."""
    asked = {right for _, right in reading.linked(LinkKind.ASKED, left_ids=[company_id])}
    return tuple(
        QuestionRow(each.code, each.word, each.text, entry_id(FIRST_VISIT_QUESTION, each.code) in asked)
        for each in offered(reading, shipped).first_visit_questions
    )
