"""Printing: preparing documents, writing them to files, and noting in the record what was issued."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from app.clock import JAPAN
from app.domain.calendar import fiscal_year
from app.domain.due_words import due_words
from app.domain.terms import Mark, SessionMethod
from app.errors import NothingToPrint, outside_fault
from app.reports import content
from app.reports.batch import Cancelled, Job, print_files, workers_for
from app.reports.document import Document
from app.reports.layout import Content, lay_out
from app.reports.output import write
from app.rows.printed_batch import PrintedBatch
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
from app.services.print_batches import PrintBatch, unprintable_of
from app.services.printed_contents import EARLIER_VISITS, CompanyContents
from app.services.printed_files import composed, put_files
from app.services.team import TeamService
from app.workplace import Workplace
from db.reading import Reading
from db.repositories import printing as found_printing
from db.repositories import secret_items


@dataclass(frozen=True, slots=True)
class _Made:
    company_id: str
    document: Document
    said: Content


_Maker = Callable[[CompanyContents, PrintRequest, content.Imprint], Iterator[Content]]


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
                said = self._said(gathered, request, imprint)
                of_company = [_Made(company_id, lay_out(each), each) for each in said]
                made += of_company
                left_out += gathered.left_out
                if not of_company:
                    empty.append(company_id)
                on_progress(count)
        if not made:
            raise NothingToPrint
        several = len({each.company_id for each in made}) > 1
        return Prepared(
            request,
            tuple(each.document for each in made),
            tuple(each.company_id for each in made),
            tuple(unprintable_of([each.said for each in made], with_company=several)),
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

    def save_each(
        self,
        request: PrintRequest,
        folder: Path,
        *,
        is_cancelled: Callable[[], bool] = lambda: False,
        on_progress: Callable[[int], None] = lambda count: None,
    ) -> PrintedBatch:
        """One file for each company into `folder`, read and written as they come, on all cores.

        For many companies: no page is kept, so that a thousand take no more memory than a few. No file in
        `folder` is replaced. `on_progress` is told how many files there are. Raises NothingToPrint,
        Cancelled and what a refused write is; the files finished before stay and are noted.
        """
        batch = PrintBatch(folder)
        workers = workers_for(len(request.company_ids))
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with self._place.reading() as reading:
                jobs = self._jobs(reading, request, batch)
                for printed in print_files(
                    jobs, workers=workers, is_cancelled=is_cancelled, on_progress=on_progress
                ):
                    batch.finished(printed)
        except OSError as refused:
            raise outside_fault(refused) from refused
        finally:
            if issued := list(batch.issued()):
                self._note(request, "pdf", issued)
        told = batch.told()
        if not told.files:
            raise NothingToPrint
        return told

    def digests(self, prepared: Prepared) -> tuple[str, ...]:
        """SHA-256 of each document as a file of its own: what the record keeps of it."""
        return tuple(sha256(write([document])).hexdigest() for document in prepared.documents)

    def note_issued(self, prepared: Prepared, destination: str, digests: Sequence[str]) -> None:
        """Note in the record what left: `destination` is "pdf" or "print"."""
        pages = (len(document.pages) for document in prepared.documents)
        self._note(prepared.request, destination, zip(prepared.company_ids, pages, digests, strict=True))

    def _note(self, request: PrintRequest, destination: str, issued: Iterable[tuple[str, int, str]]) -> None:
        """Note documents, each by its company, pages and SHA-256."""
        with self._place.action("印刷を記録する", None) as work:
            for company_id, pages, digest in issued:
                values = {
                    "company_id": company_id,
                    "kind": request.kind,
                    "level": request.level,
                    "destination": destination,
                    "pages": pages,
                    "sha256": digest,
                    "issued_at": self._place.now(),
                }
                work.save("issued_document", self._place.new_id(), values, compartment=company_id)

    # saying

    def _jobs(self, reading: Reading, request: PrintRequest, batch: PrintBatch) -> Iterator[Job]:
        secret_derived = secret_items.derived_ids(reading)
        imprint = self._imprint(reading, request)
        for company_id in request.company_ids:
            gathered = CompanyContents(reading, self._place, company_id, request.level, secret_derived)
            said = list(self._said(gathered, request, imprint))
            yield from batch.job(company_id, said, gathered.left_out)

    def _said(
        self, gathered: CompanyContents, request: PrintRequest, imprint: content.Imprint
    ) -> Iterator[Content]:
        makers: Mapping[DocumentKind, _Maker] = {
            DocumentKind.HISTORY: self._history,
            DocumentKind.MINUTES: self._minutes,
            DocumentKind.PLAN: self._plan,
            DocumentKind.VISIT_SHEET: self._visit_sheet,
        }
        return makers[request.kind](gathered, request, imprint)

    def _history(
        self, gathered: CompanyContents, request: PrintRequest, imprint: content.Imprint
    ) -> Iterator[content.History]:
        visits = gathered.visits(request.since, request.until)
        if visits:
            since, until = request.since or visits[0].on, request.until or visits[-1].on
            yield content.History(gathered.company, since, until, visits, imprint)

    def _minutes(
        self, gathered: CompanyContents, request: PrintRequest, imprint: content.Imprint
    ) -> Iterator[content.Minutes]:
        chosen = gathered.visit(request.session_id) if request.session_id else None
        visits = gathered.visits(request.since, request.until) if not request.session_id else ()
        for visit in (chosen,) if chosen else visits:
            yield content.Minutes(gathered.company, visit, imprint)

    def _plan(
        self, gathered: CompanyContents, request: PrintRequest, imprint: content.Imprint
    ) -> Iterator[content.Plan]:
        said = gathered.plan(fiscal_year(request.until or self._place.today()), imprint)
        if said:
            yield said

    def _visit_sheet(
        self, gathered: CompanyContents, request: PrintRequest, imprint: content.Imprint
    ) -> Iterator[content.VisitSheet]:
        today = self._place.today()
        visits = gathered.visits(None, None)
        session_id = request.session_id or gathered.next_session_id(today)
        planned = gathered.visit(session_id) if session_id else None
        visit = planned or _unplanned(today, gathered.next_number)
        earlier = tuple(each for each in reversed(visits) if each.number < visit.number)[:EARLIER_VISITS]
        yield content.VisitSheet(
            company=gathered.company,
            visit=visit,
            imprint=imprint,
            homework=gathered.open_homework(),
            questions=gathered.questions(),
            dates=dates_to_watch(gathered, visits, today),
            earlier=earlier,
        )

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


def dates_to_watch(
    gathered: CompanyContents, visits: Sequence[content.Visit], today: date
) -> tuple[content.DateToWatch, ...]:
    """Milestones, and what lines marked 期限 say is due, from today on; soonest first."""
    said = [
        content.DateToWatch(due.day, line.text)
        for visit in visits
        for line in visit.marked(Mark.DEADLINE)
        if (due := due_words(line.text, visit.on)) and due.day >= today
    ]
    return tuple(sorted((*gathered.dates_to_watch(today), *said), key=lambda each: each.on))


def _unplanned(today: date, number: int) -> content.Visit:
    return content.Visit(number=number, on=today, method=SessionMethod.VISIT)
