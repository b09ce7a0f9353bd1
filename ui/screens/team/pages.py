"""The pages of チーム by their key, which is the tab of a route. Each is imported when it is first shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from ui.screens.team.page import TeamPage
from ui.tasks import TaskRunner

if TYPE_CHECKING:
    from app.services.directory import Services
    from ui.program import Program

_Maker = Callable[[TaskRunner, "Services", "Program"], TeamPage]


def make_page(key: str, tasks: TaskRunner, services: Services, program: Program) -> TeamPage:
    """The page of a key; チーム itself for one that is unknown."""
    return _MAKERS.get(key, _people)(tasks, services, program)


def _alone(tasks: TaskRunner, services: Services, _program: Program) -> TeamPage:
    from ui.screens.team.alone_page import AlonePage

    return AlonePage(tasks, services)


def _waiting(tasks: TaskRunner, services: Services, _program: Program) -> TeamPage:
    from ui.screens.team.waiting_page import WaitingPage

    return WaitingPage(tasks, services)


def _people(tasks: TaskRunner, services: Services, _program: Program) -> TeamPage:
    from ui.screens.team.people_page import PeoplePage

    return PeoplePage(tasks, services)


def _create(tasks: TaskRunner, services: Services, _program: Program) -> TeamPage:
    from ui.screens.team.create_page import CreatePage

    return CreatePage(tasks, services)


def _join(tasks: TaskRunner, services: Services, _program: Program) -> TeamPage:
    from ui.screens.team.join_page import JoinPage

    return JoinPage(tasks, services)


def _invite(tasks: TaskRunner, services: Services, _program: Program) -> TeamPage:
    from ui.screens.team.invite_page import InvitePage

    return InvitePage(tasks, services)


def _requests(tasks: TaskRunner, services: Services, _program: Program) -> TeamPage:
    from ui.screens.team.requests_page import RequestsPage

    return RequestsPage(tasks, services)


def _member(tasks: TaskRunner, services: Services, _program: Program) -> TeamPage:
    from ui.screens.team.member_page import MemberPage

    return MemberPage(tasks, services)


def _companies(tasks: TaskRunner, services: Services, _program: Program) -> TeamPage:
    from ui.screens.team.access_page import AccessPage

    return AccessPage(tasks, services)


def _stop(tasks: TaskRunner, services: Services, program: Program) -> TeamPage:
    from ui.screens.team.stop_page import StopPage

    return StopPage(tasks, services, program)


def _leave(tasks: TaskRunner, services: Services, _program: Program) -> TeamPage:
    from ui.screens.team.leave_page import LeavePage

    return LeavePage(tasks, services)


def _end(tasks: TaskRunner, services: Services, _program: Program) -> TeamPage:
    from ui.screens.team.leave_page import EndPage

    return EndPage(tasks, services)


def _wipe(tasks: TaskRunner, services: Services, program: Program) -> TeamPage:
    from ui.screens.team.wipe_page import WipePage

    return WipePage(tasks, services, program)


def _place(tasks: TaskRunner, services: Services, _program: Program) -> TeamPage:
    from ui.screens.team.place_page import PlacePage

    return PlacePage(tasks, services)


def _held(tasks: TaskRunner, services: Services, _program: Program) -> TeamPage:
    from ui.screens.team.held_page import HeldPage

    return HeldPage(tasks, services)


def _versions(tasks: TaskRunner, services: Services, _program: Program) -> TeamPage:
    from ui.screens.team.versions_page import VersionsPage

    return VersionsPage(tasks, services)


def _sheet(tasks: TaskRunner, services: Services, _program: Program) -> TeamPage:
    from ui.screens.team.sheet_page import SheetPage

    return SheetPage(tasks, services)


def _recover(tasks: TaskRunner, services: Services, _program: Program) -> TeamPage:
    from ui.screens.team.recover_page import RecoverPage

    return RecoverPage(tasks, services)


_MAKERS: Mapping[str, _Maker] = {
    "alone": _alone,
    "waiting": _waiting,
    "people": _people,
    "create": _create,
    "join": _join,
    "invite": _invite,
    "requests": _requests,
    "member": _member,
    "companies": _companies,
    "stop": _stop,
    "leave": _leave,
    "end": _end,
    "place": _place,
    "sheet": _sheet,
    "versions": _versions,
    "held": _held,
    "wipe": _wipe,
    "recover": _recover,
}
