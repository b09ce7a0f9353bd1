"""Printing: preparing documents, writing them to files, and noting in the record what was issued."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from app.clock import JAPAN
from app.domain.calendar import fiscal_year
from app.domain.terms import SessionMethod
from app.errors import NothingToPrint
from app.reports import content
from app.reports.batch import Cancelled
from app.reports.document import Document
from app.reports.documents.history import history
from app.reports.documents.minutes import minutes
from app.reports.documents.plan import plan
from app.reports.documents.visit_sheet import visit_sheet
from app.reports.output import write
from app.reports.preflight import Unprintable, unprintable
from app.rows.printing import (
    DocumentKind,
    LeftOut,
    Prepared,
    PrintableVisit,
    PrintedFile,
    PrintOffer,
    PrintRequest,
)
from app.services.companies import CompanyService
from app.services.printed_contents import EARLIER_VISITS, CompanyContents
from app.services.printed_files import composed, put_files
from app.services.team import TeamService
from app.workplace import Workplace
from db.reading import Reading
from db.repositories import printing as found_printing
from db.repositories import secret_items

_Said = content.History | content.Minutes | content.Plan | content.VisitSheet


@dataclass(frozen=True, slots=True)
class _Made:
    company_id: str
    document: Document
    said: _Said


_Maker = Callable[[CompanyContents, PrintRequest, content.Imprint], Iterator[tuple[_Said, Document]]]


class PrintService:
    """What a person does with paper. `is_practice` stands 練習用 across every page."""

    def __init__(self, place: Workplace, *, is_practice: bool) -> None:
        self._place = place
        self._is_practice = is_practice

    def offer(self, visit_id: str | None = None) -> PrintOffer:
        """What there is to choose from; `visit_id` names the 面談 that was asked for."""
        companies = CompanyService(self._place).list_rows()
        with self._place.reading() as reading:
            team = TeamService(self._place).read(reading)
            years = {team.fiscal_year, *found_printing.years(reading)}
            visit = self._visit(reading, visit_id) if visit_id else None
        today = self._place.today()
        return PrintOffer(companies, tuple(sorted(years, reverse=True)), today, team.approval_boxes, visit)

    def prepare(
        self,
        request: PrintRequest,
        *,
        is_cancelled: Callable[[], bool] = lambda: False,
        on_progress: Callable[[int], None] = lambda count: None,
    ) -> Prepared:
        """Lay out what is asked for, without writing anything. Raises NothingToPrint, and Cancelled.

        `on_progress` is told how many companies are laid out.
        """
        with self._place.reading() as reading:
            secret_derived = secret_items.derived_ids(reading)
            imprint = self._imprint(reading, request)
            made: list[_Made] = []
            left_out, empty = LeftOut(), []
            for count, company_id in enumerate(request.company_ids, 1):
                if is_cancelled():
                    raise Cancelled
                gathered = CompanyContents(reading, self._place, company_id, request.level, secret_derived)
                of_company = list(self._made(gathered, company_id, request, imprint))
                made += of_company
                left_out += gathered.left_out
                if not of_company:
                    empty.append(company_id)
                on_progress(count)
        if not made:
            raise NothingToPrint
        return Prepared(
            request,
            tuple(each.document for each in made),
            tuple(each.company_id for each in made),
            _all_unprintable(made),
            left_out,
            tuple(empty),
        )

    def files(self, prepared: Prepared, *, one_each: bool) -> tuple[PrintedFile, ...]:
        """The files to show, save and print: one with everything, or one for each company."""
        return composed(prepared, one_each=one_each)

    def pdf(self, prepared: Prepared) -> bytes:
        """All documents as one file."""
        return composed(prepared, one_each=False)[0].pdf

    def save(self, prepared: Prepared, out: Path) -> tuple[Path, ...]:
        """Write one merged file to `out`, or one file each into the folder `out`; return the paths.

        `out` is a folder when it is one or has no .pdf ending. Files appear whole or not at all and are
        noted in each company's history. Raises what a refused write is.
        """
        one_each = out.is_dir() or out.suffix.lower() != ".pdf"
        written = put_files(composed(prepared, one_each=one_each), out)
        self.note_issued(prepared, "pdf", self.digests(prepared))
        return written

    def digests(self, prepared: Prepared) -> tuple[str, ...]:
        """SHA-256 of each document as a file of its own: what the record keeps of it."""
        return tuple(sha256(write([document])).hexdigest() for document in prepared.documents)

    def note_issued(self, prepared: Prepared, destination: str, digests: Sequence[str]) -> None:
        """Note in the record what left: `destination` is "pdf" or "print"."""
        with self._place.action("印刷を記録する", None) as work:
            issued = zip(prepared.company_ids, prepared.documents, digests, strict=True)
            for company_id, document, digest in issued:
                values = {
                    "company_id": company_id,
                    "kind": prepared.request.kind,
                    "level": prepared.request.level,
                    "destination": destination,
                    "pages": len(document.pages),
                    "sha256": digest,
                    "issued_at": self._place.now(),
                }
                work.save("issued_document", self._place.new_id(), values, compartment=company_id)

    # laying out

    def _made(
        self, gathered: CompanyContents, company_id: str, request: PrintRequest, imprint: content.Imprint
    ) -> Iterator[_Made]:
        makers: Mapping[DocumentKind, _Maker] = {
            DocumentKind.HISTORY: self._history,
            DocumentKind.MINUTES: self._minutes,
            DocumentKind.PLAN: self._plan,
            DocumentKind.VISIT_SHEET: self._visit_sheet,
        }
        for said, document in makers[request.kind](gathered, request, imprint):
            yield _Made(company_id, document, said)

    def _history(
        self, gathered: CompanyContents, request: PrintRequest, imprint: content.Imprint
    ) -> Iterator[tuple[content.History, Document]]:
        visits = gathered.visits(request.since, request.until)
        if visits:
            since, until = request.since or visits[0].on, request.until or visits[-1].on
            said = content.History(gathered.company, since, until, visits, imprint)
            yield said, history(said)

    def _minutes(
        self, gathered: CompanyContents, request: PrintRequest, imprint: content.Imprint
    ) -> Iterator[tuple[content.Minutes, Document]]:
        chosen = gathered.visit(request.session_id) if request.session_id else None
        visits = gathered.visits(request.since, request.until) if not request.session_id else ()
        for visit in (chosen,) if chosen else visits:
            said = content.Minutes(gathered.company, visit, imprint)
            yield said, minutes(said)

    def _plan(
        self, gathered: CompanyContents, request: PrintRequest, imprint: content.Imprint
    ) -> Iterator[tuple[content.Plan, Document]]:
        said = gathered.plan(fiscal_year(request.until or self._place.today()), imprint)
        if said:
            yield said, plan(said)

    def _visit_sheet(
        self, gathered: CompanyContents, request: PrintRequest, imprint: content.Imprint
    ) -> Iterator[tuple[content.VisitSheet, Document]]:
        today = self._place.today()
        visits = gathered.visits(None, None)
        session_id = request.session_id or gathered.next_session_id(today)
        planned = gathered.visit(session_id) if session_id else None
        visit = planned or _unplanned(today, len(visits) + 1)
        earlier = tuple(each for each in reversed(visits) if each.on < visit.on)[:EARLIER_VISITS]
        said = content.VisitSheet(
            company=gathered.company,
            visit=visit,
            imprint=imprint,
            homework=gathered.open_homework(),
            questions=gathered.questions(),
            dates=gathered.dates_to_watch(today),
            earlier=earlier,
        )
        yield said, visit_sheet(said)

    def _visit(self, reading: Reading, visit_id: str) -> PrintableVisit | None:
        found = reading.record("support_session", visit_id)
        if found is None:
            return None
        ids = [each["id"] for each in found_printing.sessions(reading, found["company_id"])]
        ordinal = ids.index(visit_id) + 1 if visit_id in ids else 0
        return PrintableVisit(visit_id, ordinal, found["starts_at"])

    def _imprint(self, reading: Reading, request: PrintRequest) -> content.Imprint:
        team = TeamService(self._place).read(reading)
        user = reading.record("person", self._place.user_id)
        return content.Imprint(
            confidentiality=request.level,
            team=f"{team.region} プロデューサーチーム".strip(),
            region=team.region,
            fiscal_year=team.fiscal_year,
            printed_by=(user or {}).get("name") or "",
            printed_at=self._place.now().astimezone(JAPAN),
            edition=1,
            approvals=team.approval_boxes,
            watermark="練習用" if self._is_practice else "",
        )


def _unplanned(today: date, number: int) -> content.Visit:
    return content.Visit(number=number, on=today, method=SessionMethod.VISIT)


def _all_unprintable(made: Sequence[_Made]) -> tuple[Unprintable, ...]:
    several = len({each.company_id for each in made}) > 1
    return tuple(
        replace(found, place=f"{found.place}・{each.document.company.name}") if several else found
        for each in made
        for found in unprintable(each.said)
    )
