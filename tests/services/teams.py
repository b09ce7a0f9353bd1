"""Teams of real stores that share through a real folder."""

from collections.abc import Callable

from app.domain.terms import TeamRole
from app.services.sharing import SharingService
from app.workplace import Workplace

NewMember = Callable[[], Workplace]


def joined(
    first: Workplace,
    second: Workplace,
    companies: list[str],
    role: TeamRole = TeamRole.MEMBER,
    name: str = "伊藤",
) -> None:
    """A second device joins the team of the first."""
    letter = SharingService(first).invite().encode()
    digits = SharingService(second).join(letter, name)
    SharingService(first).approve(digits, role, companies)
    SharingService(second).synchronise()


def names(workplace: Workplace) -> list[str]:
    """Of the companies that a store shows."""
    with workplace.reading() as reading:
        return sorted(each["name"] for each in reading.records("company"))
