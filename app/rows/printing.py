"""What a person asks to be printed, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.domain.terms import Confidentiality, Term
from app.reports.document import Document
from app.reports.preflight import Unprintable
from app.rows.companies import CompanyListRow

COPY_OF_FILE = "attachment"
"""What an `issued_document` of a plain copy of an attached file is called."""


class DocumentKind(Term):
    """帳票. The codes are the words of the command line."""

    HISTORY = "history", "支援経過記録"
    MINUTES = "minutes", "議事録"
    PLAN = "plan", "支援計画書"
    VISIT_SHEET = "visit-sheet", "訪問シート"


@dataclass(frozen=True, slots=True)
class PrintRequest:
    """Which document, of which companies, at which 取扱.

    `since` and `until` bound the visits (None: no bound). `session_id` names the one visit of minutes or
    of a visit sheet; without it minutes are made of every visit in the bounds, and the sheet is for the
    next visit.
    """

    kind: DocumentKind
    company_ids: Sequence[str]
    level: Confidentiality = Confidentiality.ASSIGNED
    since: date | None = None
    until: date | None = None
    session_id: str | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How much stayed inside: 秘密 lines, and items less open than the chosen 取扱."""

    secret: int = 0
    closed: int = 0

    def __add__(self, other: LeftOut) -> LeftOut:
        """The sum over several companies."""
        return LeftOut(self.secret + other.secret, self.closed + other.closed)


@dataclass(frozen=True, slots=True)
class Prepared:
    """Laid out documents, one per company (minutes: one per visit), with the check before printing.

    `empty_companies` are those of which nothing may leave at the chosen 取扱. In `unprintable`, places of
    several companies end with the company's name.
    """

    request: PrintRequest
    documents: tuple[Document, ...]
    company_ids: tuple[str, ...]
    unprintable: tuple[Unprintable, ...]
    left_out: LeftOut
    empty_companies: tuple[str, ...]

    @property
    def pages(self) -> int:
        """Pages of all documents."""
        return sum(len(document.pages) for document in self.documents)


@dataclass(frozen=True, slots=True)
class PrintedFile:
    """One PDF file as it is shown, saved and sent to a printer: always these bytes."""

    name: str
    """Without the ending."""
    pdf: bytes
    pages: int


@dataclass(frozen=True, slots=True)
class PrintableVisit:
    """The 面談 that minutes or a visit sheet were asked for."""

    id: str
    ordinal: int
    starts_at: datetime | None


@dataclass(frozen=True, slots=True)
class PrintOffer:
    """What 印刷 lets a person choose from. `years` are the 年度 with support, newest first."""

    companies: tuple[CompanyListRow, ...]
    years: tuple[int, ...]
    today: date
    approvals: tuple[str, ...]
    visit: PrintableVisit | None
