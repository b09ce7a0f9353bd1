"""What a person has chosen on S10, and what it asks of the print service. No widgets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from app.domain.calendar import fiscal_year, fiscal_year_span
from app.domain.terms import Confidentiality, EngagementStatus
from app.rows.printing import DocumentKind, PrintOffer, PrintRequest
from app.settings import PrintUse, Settings
from ui.navigation import Route

ALL, DAYS, VISIT, NEXT = "all", "days", "visit", "next"
"""Periods beside the 年度, whose value is their year: all time, typed days, the 面談 named, the next one."""
_THIS_YEAR = "year"
WITHOUT_END = (DocumentKind.HISTORY, DocumentKind.MINUTES)
"""Documents that can be of all time, or of typed days."""
WITH_VISIT = (DocumentKind.MINUTES, DocumentKind.VISIT_SHEET)


@dataclass(frozen=True, slots=True)
class Choices:
    """Everything that decides what the pages say."""

    kind: DocumentKind
    company_ids: tuple[str, ...]
    period: str
    level: Confidentiality
    one_each: bool = False
    since: date | None = None
    until: date | None = None
    visit_id: str | None = None

    def request(self) -> PrintRequest:
        """What the service is asked for."""
        since, until = self._span()
        visit_id = self.visit_id if self.period == VISIT else None
        return PrintRequest(self.kind, self.company_ids, self.level, since, until, visit_id)

    def use(self, today: date) -> PrintUse:
        """What is remembered of these choices. Of days only the 年度: last year's are not wanted again."""
        period = ALL if self.period == ALL else _THIS_YEAR
        return PrintUse(self.level, period, self.one_each, today.isoformat())

    def with_companies(self, company_ids: tuple[str, ...], today: date) -> Choices:
        """The same for other companies. A 面談 that was named belongs to the company it was named with."""
        if self.period != VISIT or company_ids == self.company_ids:
            return replace(self, company_ids=company_ids)
        period = usual_period(self.kind, has_visit=False, today=today)
        return replace(self, company_ids=company_ids, period=period, visit_id=None)

    def _span(self) -> tuple[date | None, date | None]:
        if self.period == DAYS:
            return self.since, self.until
        return fiscal_year_span(int(self.period)) if self.period.isdigit() else (None, None)


def first_choices(route: Route, offer: PrintOffer, settings: Settings) -> Choices:
    """What S10 opens with: what the route names, and the rest as it was used last."""
    kinds = [str(kind) for kind in DocumentKind]
    kind = DocumentKind(next(k for k in (route.document, settings.print_kind, kinds[0]) if k in kinds))
    asked = Choices(
        kind=kind,
        company_ids=route.company_ids or _supported(offer),
        period="",
        level=Confidentiality.ASSIGNED,
        visit_id=offer.visit.id if offer.visit else None,
    )
    return as_used(asked, settings.print_uses.get(kind, PrintUse()), offer)


def as_used(choices: Choices, use: PrintUse, offer: PrintOffer) -> Choices:
    """The same kind and companies with the rest as it was used."""
    period = usual_period(choices.kind, has_visit=choices.visit_id is not None, today=offer.today)
    if period == str(fiscal_year(offer.today)) and use.period == ALL:
        period = ALL
    levels = {str(level): level for level in Confidentiality}
    return replace(
        choices,
        period=period,
        level=levels.get(use.level, Confidentiality.ASSIGNED),
        one_each=use.one_each,
    )


def is_as_used(choices: Choices, use: PrintUse, offer: PrintOffer) -> bool:
    """Whether the choices are those of a use that was remembered."""
    return bool(use.used_on) and choices == as_used(choices, use, offer)


def usual_period(kind: DocumentKind, *, has_visit: bool, today: date) -> str:
    """The 面談 that was asked for, else this 年度; a visit sheet is for the next 面談."""
    if kind in WITH_VISIT and has_visit:
        return VISIT
    return NEXT if kind is DocumentKind.VISIT_SHEET else str(fiscal_year(today))


def _supported(offer: PrintOffer) -> tuple[str, ...]:
    return tuple(row.id for row in offer.companies if row.status is EngagementStatus.SUPPORTED)
