"""What S10 opens with, and what its choices ask for."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.terms import Confidentiality, EngagementStatus
from app.rows.companies import CompanyListRow
from app.rows.printing import DocumentKind, LeftOut, PrintableVisit, PrintOffer
from app.settings import PrintUse, Settings
from ui.navigation import Place, Route
from ui.screens.printing import words
from ui.screens.printing.choices import (
    ALL,
    DAYS,
    NEXT,
    VISIT,
    Choices,
    as_used,
    first_choices,
    is_as_used,
)

TODAY = date(2026, 7, 22)


def company(key: str, status: EngagementStatus | None) -> CompanyListRow:
    return CompanyListRow(
        key, f"{key}社", "", status, None, (), None, "", None, Confidentiality.ASSIGNED, key
    )


COMPANIES = (
    company("a", EngagementStatus.SUPPORTED),
    company("b", EngagementStatus.SUPPORTED),
    company("c", EngagementStatus.CANDIDATE),
)
OFFER = PrintOffer(COMPANIES, (2026, 2025), TODAY, ("所長", "担当"), None)
WITH_VISIT = replace(OFFER, visit=PrintableVisit("v", 3, None))


def opened(route: Route, offer: PrintOffer = OFFER, **settings: object) -> Choices:
    return first_choices(route, offer, Settings(**settings))  # type: ignore[arg-type]


def test_without_companies_the_supported_ones_are_ticked_and_the_last_form_comes_back() -> None:
    choices = opened(Route(Place.DOCUMENTS), print_kind="plan")
    assert choices.kind is DocumentKind.PLAN
    assert choices.company_ids == ("a", "b")


def test_the_route_says_which_companies_and_which_document() -> None:
    choices = opened(Route(Place.DOCUMENTS, company_ids=("c",), document="minutes"))
    assert (choices.kind, choices.company_ids) == (DocumentKind.MINUTES, ("c",))


def test_the_first_time_prints_this_year_for_those_in_charge_only() -> None:
    choices = opened(Route(Place.DOCUMENTS))
    assert (choices.period, choices.level) == ("2026", Confidentiality.ASSIGNED)
    request = choices.request()
    assert (request.since, request.until) == (date(2026, 4, 1), date(2027, 3, 31))


def test_each_kind_comes_back_as_it_was_used() -> None:
    uses = {"history": PrintUse("public", ALL, True, "2026-07-01"), "plan": PrintUse("team")}
    choices = opened(Route(Place.DOCUMENTS), print_uses=uses)
    assert (choices.level, choices.period, choices.one_each) == (Confidentiality.PUBLIC, ALL, True)
    assert is_as_used(choices, uses["history"], OFFER)
    plan = as_used(replace(choices, kind=DocumentKind.PLAN), uses["plan"], OFFER)
    assert (plan.level, plan.period) == (Confidentiality.TEAM, "2026")


def test_last_years_choice_is_this_years_next_april() -> None:
    choices = replace(opened(Route(Place.DOCUMENTS)), period="2025")
    next_april = replace(OFFER, today=date(2027, 4, 2))
    assert as_used(choices, choices.use(TODAY), next_april).period == "2027"


@pytest.mark.parametrize(
    ("kind", "period"),
    [(DocumentKind.MINUTES, VISIT), (DocumentKind.VISIT_SHEET, VISIT), (DocumentKind.HISTORY, "2026")],
)
def test_a_visit_is_for_documents_of_one_visit(kind: DocumentKind, period: str) -> None:
    route = Route(Place.DOCUMENTS, company_ids=("a",), document=str(kind), item_id="v")
    choices = opened(route, WITH_VISIT)
    assert choices.period == period
    assert choices.request().session_id == ("v" if period == VISIT else None)


def test_other_companies_leave_the_named_visit_behind() -> None:
    route = Route(Place.DOCUMENTS, company_ids=("a",), document="visit-sheet", item_id="v")
    choices = opened(route, WITH_VISIT).with_companies(("a", "b"), TODAY)
    assert (choices.period, choices.visit_id) == (NEXT, None)


def test_typed_days_bound_the_visits() -> None:
    choices = replace(opened(Route(Place.DOCUMENTS)), period=DAYS, since=date(2026, 5, 1))
    assert (choices.request().since, choices.request().until) == (date(2026, 5, 1), None)


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (DocumentKind.HISTORY, ["2026", "2025", ALL, DAYS]),
        (DocumentKind.MINUTES, [VISIT, "2026", "2025", ALL, DAYS]),
        (DocumentKind.PLAN, ["2026", "2025"]),
        (DocumentKind.VISIT_SHEET, [VISIT, NEXT]),
    ],
)
def test_each_document_offers_the_periods_it_can_have(kind: DocumentKind, values: list[str]) -> None:
    assert [option.value for option in words.period_options(kind, WITH_VISIT)] == values


def test_what_stays_inside_is_told_in_two_counts() -> None:
    states = words.left_out_states(LeftOut(secret=7, closed=1200))
    assert [state.text for state in states] == ["秘密の行 7件は除きます", "この範囲の外 1,200件も除きます"]
    assert words.left_out_states(LeftOut()) == []
