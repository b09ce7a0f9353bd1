"""訪問準備: what the 訪問シート says, for the screen."""

from __future__ import annotations

from app.domain.terms import Confidentiality, Mark
from app.reports import content
from app.rows.preparation import CarriedHomework, EarlierVisit, Preparation
from app.services.printed_contents import EARLIER_VISITS, CompanyContents
from app.services.printing import dates_to_watch
from app.workplace import Workplace
from db.repositories import printing as found_printing
from db.repositories import secret_items

_GIST_ORDER = (Mark.DECISION, Mark.ISSUE, Mark.FACT)


class PreparationService:
    """Reads what one wants to know before a visit."""

    def __init__(self, place: Workplace) -> None:
        self._place = place

    def of(self, company_id: str, session_id: str | None = None) -> Preparation:
        """What to know before a 面談, by default before the next one of the company. Raises CompanyNotFound.

        All that the team may read but 秘密, and what came from it.
        """
        today = self._place.today()
        with self._place.reading() as reading:
            secret = secret_items.derived_ids(reading)
            gathered = CompanyContents(reading, self._place, company_id, Confidentiality.ASSIGNED, secret)
            ids = [each["id"] for each in found_printing.sessions(reading, company_id)]
            wanted = session_id or gathered.next_session_id(today)
            ordinal = ids.index(wanted) + 1 if wanted in ids else gathered.next_number
            session = reading.record("support_session", wanted) if wanted else None
            visits = gathered.visits(None, None)
            earlier = [each for each in reversed(visits) if each.number < ordinal][:EARLIER_VISITS]
            dates = dates_to_watch(gathered, visits, today)
            return Preparation(
                company_id=company_id,
                company_name=gathered.company.name,
                session_id=wanted,
                ordinal=ordinal,
                starts_at=session["starts_at"] if session else None,
                place=(session["place"] or "") if session else "",
                today=today,
                homework=tuple(
                    CarriedHomework(each.text, each.owner or "", each.due_on)
                    for each in gathered.open_homework()
                ),
                questions=gathered.questions(),
                dates=tuple((each.on, each.text) for each in dates),
                visits=tuple(
                    EarlierVisit(ids[each.number - 1], each.number, each.on, each.method.term, _gist(each))
                    for each in earlier
                ),
            )


def _gist(visit: content.Visit) -> str:
    """What came of a visit: its decisions, else its issues, else its facts."""
    for mark in _GIST_ORDER:
        if lines := visit.marked(mark):
            return f"{mark.term}: " + " / ".join(line.text for line in lines)
    return visit.purpose
