"""Making the screens. Each is imported when it is first wanted, so that starting imports none of them.

Once the first screen is there, the others are imported beside it: opening one then does not wait for that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from pkgutil import walk_packages
from time import monotonic, sleep
from typing import TYPE_CHECKING

from ui import screens
from ui.screens.screen import Screen
from ui.tasks import Ticket
from ui.wording import read_words

if TYPE_CHECKING:
    from app.services.directory import Services
    from ui.program import Program


MADE_AHEAD = ("companies", "company", "support_session", "search", "documents")
"""Those that one opens all day and that take long to make, in the order in which one comes to them."""
_FOR_AN_OPEN_STORE = "ui.one_window"


def factories(program: Program, services: Services) -> Mapping[str, Callable[[], Screen]]:
    """A factory for each `Route.screen` key."""
    makers = {
        "today": _today,
        "companies": _companies,
        "company": _company,
        "preparation": _preparation,
        "support_session": _support_session,
        "read_back": _read_back,
        "leftover": _leftover,
        "documents": _documents,
        "team": _team,
        "sync": _sync,
        "settings": _settings,
        "search": _search,
    }
    return {key: partial(make, program, services) for key, make in makers.items()}


def import_all(ticket: Ticket) -> None:
    """Import every screen, first what an open store wants; read the words of messages.

    Not on the window's thread, which gets half of the time for itself.
    """
    modules = [module.name for module in walk_packages(screens.__path__, f"{screens.__name__}.")]
    importing = [partial(import_module, module) for module in (_FOR_AN_OPEN_STORE, *modules)]
    steps: list[Callable[[], object]] = [importing[0], read_words, *importing[1:]]
    for step in steps:
        if ticket.cancelled:
            return
        begun = monotonic()
        step()
        sleep(monotonic() - begun)


def _today(program: Program, services: Services) -> Screen:
    from ui.screens.today.screen import TodayScreen

    return TodayScreen(program.tasks, services)


def _companies(program: Program, services: Services) -> Screen:
    from ui.screens.companies.view import CompaniesScreen

    return CompaniesScreen(program.tasks, services)


def _company(program: Program, services: Services) -> Screen:
    from ui.screens.company.view import CompanyScreen

    return CompanyScreen(program.tasks, services)


def _support_session(program: Program, services: Services) -> Screen:
    from ui.screens.support_session.screen import SupportSessionScreen

    return SupportSessionScreen(program.tasks, services)


def _read_back(program: Program, services: Services) -> Screen:
    from ui.screens.read_back.screen import ReadBackScreen

    return ReadBackScreen(program.tasks, services)


def _leftover(program: Program, services: Services) -> Screen:
    from ui.screens.leftover.screen import LeftoverScreen

    return LeftoverScreen(program.tasks, services)


def _preparation(program: Program, services: Services) -> Screen:
    from ui.screens.preparation.screen import PreparationScreen

    return PreparationScreen(program.tasks, services)


def _documents(program: Program, services: Services) -> Screen:
    from ui.screens.printing.screen import PrintingScreen

    return PrintingScreen(program.tasks, services, program)


def _team(program: Program, services: Services) -> Screen:
    from ui.screens.team.screen import TeamScreen

    return TeamScreen(program.tasks, services, program)


def _sync(program: Program, services: Services) -> Screen:
    from ui.screens.sync.screen import SyncScreen

    watch = program.sharing_watch
    if watch is None:
        raise ValueError("no store is open")
    return SyncScreen(program.tasks, services, watch)


def _settings(program: Program, services: Services) -> Screen:
    from ui.screens.settings.screen import SettingsScreen

    return SettingsScreen(program.tasks, services, program)


def _search(program: Program, services: Services) -> Screen:
    from ui.screens.search.screen import SearchScreen

    return SearchScreen(program.tasks, services)
