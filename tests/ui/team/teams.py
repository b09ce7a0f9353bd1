"""A team around the person who sits before the window: others with real stores, without windows."""

from dataclasses import dataclass
from pathlib import Path

from app.domain.terms import TeamRole
from app.services.sharing import SharingService
from app.workplace import Workplace
from tests.services.conftest import SteppingClock
from tests.services.stores import make_store
from tests.ui.program.house import House
from tests.ui.team.rooms import sharing


@dataclass(frozen=True)
class Other:
    """Somebody else's store."""

    workplace: Workplace

    @property
    def sharing(self) -> SharingService:
        return SharingService(self.workplace)

    @property
    def device(self) -> str:
        """The id of its device."""
        found = self.sharing.overview().devices
        return next(each.id for each in found if each.is_own)


def make_other(path: Path, clock: SteppingClock, number: int) -> Other:
    """A store that shares with nobody."""
    return Other(make_store(path, clock, f"0198a2b4-0000-7000-8000-{number:012}").opened())


def admit(
    house: House, other: Other, name: str, companies: list[str], role: TeamRole = TeamRole.MEMBER
) -> None:
    """Somebody joins the team of the house."""
    ours = sharing(house)
    digits = other.sharing.join(ours.invite().encode(), name)
    ours.approve(digits, role, companies)
    other.sharing.synchronise()
