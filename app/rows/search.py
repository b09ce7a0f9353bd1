"""What leaves a search."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.search_hits import Span
from app.domain.terms import Mark, Term

LATELY = "lately"


class SearchKind(Term):
    """What can be found; the codes are types of records."""

    LINE = "note_line", "面談の行"
    ISSUE = "issue", "課題"
    SEED = "ip_seed", "知財の種"
    ACTION = "action_item", "すること"
    ATTACHMENT = "attachment", "資料"
    COMPANY = "company", "企業"
    PERSON = "person", "人"

    @property
    def is_name(self) -> bool:
        """Whether it is found by its name and belongs to no day."""
        return self in (SearchKind.COMPANY, SearchKind.PERSON)


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What is looked for: every word of `text`, narrowed by kind, company, mark, days (both included).

    Without `with_secret` neither 秘密 lines nor what rests on them is found or counted: for 来客表示 and for
    whatever leaves the program.
    """

    text: str
    kind: SearchKind | None = None
    company_id: str | None = None
    mark: Mark | None = None
    since: date | None = None
    until: date | None = None
    with_secret: bool = True


@dataclass(frozen=True, slots=True)
class SearchFilters:
    """What narrows every search until it is chosen otherwise; codes, "" for all.

    `period` is a 年度 such as "2025", or `LATELY` for the last 30 days.
    """

    kind: str = ""
    company_id: str = ""
    period: str = ""
    mark: str = ""

    @property
    def is_open(self) -> bool:
        """Whether nothing is left out."""
        return self == SearchFilters()


@dataclass(frozen=True, slots=True)
class SearchChoices:
    """What can be chosen to narrow a search: companies by id and name, 年度 from the newest, and what was."""

    companies: tuple[tuple[str, str], ...]
    years: tuple[int, ...]
    chosen: SearchFilters


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One record found. `text` is one line as typed, `spans` the places in it that were looked for.

    A 秘密 line is 「秘密の行」 without spans and mark. `day` is that of the visit, else of the making of the
    record; None for companies and people. `note` says more: state of an action, role of a person.
    """

    kind: SearchKind
    id: str
    text: str
    spans: tuple[Span, ...]
    company_id: str | None
    company_name: str
    day: date | None
    mark: Mark | None = None
    is_secret: bool = False
    support_session_id: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The first companies and people of that name, and the newest of the rest; whether there are more."""

    names: tuple[SearchHit, ...] = ()
    hits: tuple[SearchHit, ...] = ()
    has_more_names: bool = False
    has_more: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found."""
        return not self.names and not self.hits
