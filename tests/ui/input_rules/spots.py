"""Every spot of the program in which one can type, over a store that holds something everywhere."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QApplication

from app.domain.note_sheet import Edit, Line
from app.domain.terms import Mark, PersonSide, SeedKind
from app.services.directory import Services
from tests.ui.company.desk import ENTRY
from tests.ui.keyboard import press_key
from tests.ui.program.house import House
from ui import navigation
from ui.navigation import Place, Route
from ui.program import Program
from ui.screens.company.company_fields import CompanyFields
from ui.screens.company.view import INTAKE, TAB_WORDS


@dataclass(frozen=True)
class Spot:
    """A route, and what a person presses there to have the fields in front."""

    name: str
    route: Route
    prepare: Callable[[House], None] = lambda _: None


@dataclass(frozen=True)
class Filled:
    """What the store of these tests holds."""

    company: str
    session: str


def fill(services: Services) -> Filled:
    """A company with a visit, an issue, a seed and a plan, and another one that looks the same."""
    company = services.companies.register(ENTRY)
    services.companies.register({**ENTRY, "name": "北国精密㈱", "products": "熱処理"})
    services.people.add({"name": "鈴木 花子", "side": PersonSide.SUPPORT})
    session = services.support_sessions.start(company)
    lines = tuple(
        Line(services.place.new_id(), text, services.place.now(), str(key), mark)
        for key, (text, mark) in enumerate((("社長の話", Mark.FACT), ("弁理士に相談", Mark.HOMEWORK)))
    )
    services.support_sessions.edit_lines(session, Edit(put=lines))
    services.analysis.add_issue(company, {"title": "図面がない"})
    services.analysis.add_seed(company, SeedKind.KNOW_HOW, {"name": "二段の油温"})
    services.action_plans.add_action(company, {"title": "調査", "due_on": date(2026, 8, 5)})
    services.action_plans.add_indicator(company, {"name": "自社品の割合"})
    services.action_plans.add_milestone(company, {"title": "出願", "due_on": date(2026, 9, 1)})
    return Filled(company, session)


def spots(program: Program, filled: Filled, *, every_block: bool) -> Iterator[Spot]:
    """All of them; a place, tab or section that is added to the program is among them by itself.

    The blocks of the intake are one page with other fields of the same kinds; without `every_block` two stand
    for them.
    """
    for place in Place:
        yield Spot(place.value, Route(place))
    for tab in ("create", "join"):  # the words of a sheet leave the screen with their page, as passphrases do
        yield Spot(f"team/{tab}", Route(Place.TEAM, tab=tab))
    yield Spot("companies/new", Route(Place.COMPANIES, tab="new"), _unfold)
    yield Spot("companies/duplicates", Route(Place.COMPANIES, tab="duplicates"))
    for tab in TAB_WORDS:
        yield Spot(f"company/{tab}", Route(Place.COMPANIES, filled.company, tab))
    assert program.services is not None
    blocks = program.services.place.masters.intake_blocks
    for block in blocks if every_block else blocks[:2]:
        yield Spot(
            f"company/{INTAKE}/{block.code}", Route(Place.COMPANIES, filled.company, INTAKE, block.code)
        )
    yield Spot(f"company/{INTAKE}", Route(Place.COMPANIES, filled.company, INTAKE))
    plan = Route(Place.COMPANIES, filled.company, "plan")
    yield Spot("company/plan/new", plan, lambda house: house.press("Ctrl+N"))
    analysis = Route(Place.COMPANIES, filled.company, "analysis")
    yield Spot("company/analysis/new", analysis, _new_seed)
    yield Spot("visit", Route(Place.COMPANIES, filled.company, "sessions", filled.session))
    visit = Route(Place.COMPANIES, filled.company, "sessions", filled.session)
    yield Spot("visit/head", visit, lambda house: house.press("F2"))
    for screen in navigation._OWN_SCREENS:
        yield Spot(screen, Route(Place.COMPANIES, filled.company, screen, filled.session))
    yield from _sections(program)


def _new_seed(house: House) -> None:
    house.press("Ctrl+N")
    menu = QApplication.activePopupWidget()
    assert menu is not None
    press_key(menu, "Return")


def _sections(program: Program) -> Iterator[Spot]:
    from ui.screens.settings.makers import makers

    assert program.services is not None
    for key in makers(program.tasks, program.services, program):
        yield Spot(f"settings/{key}", Route(Place.SETTINGS, tab=key))
    new = Route(Place.SETTINGS, tab="people")
    yield Spot("settings/people/new", new, lambda house: house.press("Ctrl+N"))


def _unfold(house: House) -> None:
    """All fields of a company; they stay in front once they were."""
    (fields,) = house.shown(CompanyFields)
    fields.unfold()
