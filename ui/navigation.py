"""Where one can be, and the way back: routes and their history, without any widget."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Place(StrEnum):
    """A place to be. Each but さがす stands in the left bar."""

    TODAY = "today"
    COMPANIES = "companies"
    DOCUMENTS = "documents"
    SYNC = "sync"
    TEAM = "team"
    SETTINGS = "settings"
    SEARCH = "search"


PLACE_WORDS = {
    Place.TODAY: "今日",
    Place.COMPANIES: "企業",
    Place.DOCUMENTS: "資料・印刷",
    Place.SYNC: "同期",
    Place.TEAM: "チーム",
    Place.SETTINGS: "設定",
    Place.SEARCH: "さがす",
}
PLACE_ICONS = {
    Place.TODAY: "today",
    Place.COMPANIES: "company",
    Place.DOCUMENTS: "print",
    Place.SYNC: "sync",
    Place.TEAM: "people",
    Place.SETTINGS: "settings",
    Place.SEARCH: "search",
}
BAR_PLACES: tuple[Place, ...] = tuple(place for place in Place if place is not Place.SEARCH)
"""The places of the left bar, from the top."""


_OWN_SCREENS = ("preparation", "read_back", "leftover")
_FOR_GUESTS = ("support_session", "read_back")


@dataclass(frozen=True, slots=True)
class Route:
    """One spot in the program, small enough to keep in the history and to hand around.

    `tab` names a tab of the company file or of 設定 ("overview", "sessions", "analysis", "plan", "history",
    "trash" ...), `item_id` the record shown there, `anchor` a line or row inside it, `narrowed` a filter of
    a list, `company_ids` and `document` what 印刷 starts with, `sought` words to look for: everywhere
    (さがす) or in the notes of a 面談. Beside the tabs of a company, "preparation" is what one looks at
    before a 面談 (`item_id` None while it was only noted), "read_back" its 読み合わせ, "leftover" its lines
    without a mark. Of 同期, `item_id` is the key of a question, the tab "merged" lists texts that were put
    together from two.
    """

    place: Place
    company_id: str | None = None
    tab: str | None = None
    item_id: str | None = None
    anchor: str | None = None
    narrowed: str | None = None
    company_ids: tuple[str, ...] = ()
    document: str | None = None
    sought: str | None = None

    @property
    def screen(self) -> str:
        """Key of the screen that shows this route: "today", "companies", "company", "preparation",
        "support_session", "read_back", "leftover", "documents", "sync", "team", "settings" or "search".
        """
        if self.place is Place.COMPANIES and self.company_id is not None:
            if self.tab == "sessions" and self.item_id:
                return "support_session"
            return self.tab if self.tab in _OWN_SCREENS else "company"
        return self.place.value

    def shows_guest(self, company_id: str) -> bool:
        """Whether a guest of that company may see where this leads: its 面談 and their 読み合わせ."""
        return self.company_id == company_id and self.screen in _FOR_GUESTS


def history_route(company_id: str, record_type: str, record_id: str) -> Route:
    """To the history of one record of a company."""
    return Route(Place.COMPANIES, company_id, "history", anchor=f"{record_type}:{record_id}")


@dataclass(slots=True)
class _Visit:
    route: Route
    memory: object = None


@dataclass(slots=True)
class History:
    """Visited routes with what each screen remembered (caret, scroll), as in a browser."""

    _visits: list[_Visit] = field(default_factory=list)
    _at: int = -1

    @property
    def route(self) -> Route | None:
        """The present route; None before the first visit."""
        return self._visits[self._at].route if self._visits else None

    @property
    def memory(self) -> object:
        """What the screen of the present route remembered when it was left."""
        return self._visits[self._at].memory if self._visits else None

    @property
    def can_go_back(self) -> bool:
        """Whether there is an earlier visit."""
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether one has gone back before."""
        return self._at < len(self._visits) - 1

    @property
    def earlier(self) -> Route | None:
        """Where `back` leads."""
        return self._visits[self._at - 1].route if self.can_go_back else None

    @property
    def later(self) -> Route | None:
        """Where `forward` leads."""
        return self._visits[self._at + 1].route if self.can_go_forward else None

    def visit(self, route: Route) -> None:
        """Go somewhere new; the way forward is forgotten. The same route twice is one visit."""
        if route == self.route:
            return
        del self._visits[self._at + 1 :]
        self._visits.append(_Visit(route))
        self._at += 1

    def remember(self, memory: object) -> None:
        """Keep what the present screen wants back when one returns here."""
        if self._visits:
            self._visits[self._at].memory = memory

    def back(self) -> Route:
        """Step back. Raises IndexError at the start."""
        return self._step(-1, allowed=self.can_go_back)

    def forward(self) -> Route:
        """Step forward. Raises IndexError at the end."""
        return self._step(1, allowed=self.can_go_forward)

    def _step(self, by: int, *, allowed: bool) -> Route:
        if not allowed:
            raise IndexError(self._at + by)
        self._at += by
        return self._visits[self._at].route
