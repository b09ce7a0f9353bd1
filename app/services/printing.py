"""Printing: preparing documents, writing them to files, and noting in the record what was issued."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from app.clock import JAPAN
from app.domain.calendar import fiscal_year
from app.domain.terms import SessionMethod
from app.errors import NothingToPrint, write_fault
from app.reports import content
from app.reports.document import Document
from app.reports.documents.history import history
from app.reports.documents.minutes import minutes
from app.reports.documents.plan import plan
from app.reports.documents.visit_sheet import visit_sheet
from app.reports.output import write
from app.reports.preflight import Unprintable, unprintable
from app.rows.printing import DocumentKind, LeftOut, Prepared, PrintRequest
from app.services.printed_contents import EARLIER_VISITS, CompanyContents
from app.services.team import TeamService
from app.workplace import Workplace
from db.reading import Reading
from db.repositories import secret_items

_FORBIDDEN_IN_NAMES = '\\/:*?"<>|'


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

    def prepare(self, request: PrintRequest) -> Prepared:
        """Lay out what is asked for, without writing anything. Raises NothingToPrint."""
        with self._place.reading() as reading:
            secret_derived = secret_items.derived_ids(reading)
            imprint = self._imprint(reading, request)
            made: list[_Made] = []
            left_out, empty = LeftOut(), []
            for company_id in request.company_ids:
                gathered = CompanyContents(reading, self._place, company_id, request.level, secret_derived)
                of_company = list(self._made(gathered, company_id, request, imprint))
                made += of_company
                left_out += gathered.left_out
                if not of_company:
                    empty.append(company_id)
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

    def pdf(self, prepared: Prepared) -> bytes:
        """All documents as one file."""
        return write(prepared.documents, title=prepared.request.kind.term)

    def save(self, prepared: Prepared, out: Path) -> tuple[Path, ...]:
        """Write one merged file to `out`, or one file each into the folder `out`; return the paths.

        `out` is a folder when it is one or has no .pdf ending. Files appear whole or not at all and are
        noted in each company's history. Raises what a refused write is.
        """
        try:
            written = tuple(self._written(prepared, out))
        except OSError as refused:
            raise write_fault(refused) from refused
        self.note_issued(prepared, "pdf")
        return written

    def note_issued(self, prepared: Prepared, destination: str) -> None:
        """Note in the record what left: `destination` is "pdf" or "print"."""
        with self._place.action("印刷を記録する", None) as work:
            for company_id, document in zip(prepared.company_ids, prepared.documents, strict=True):
                values = {
                    "company_id": company_id,
                    "kind": prepared.request.kind,
                    "level": prepared.request.level,
                    "destination": destination,
                    "pages": len(document.pages),
                    "sha256": sha256(write([document])).hexdigest(),
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

    # files

    def _written(self, prepared: Prepared, out: Path) -> Iterator[Path]:
        if out.suffix.lower() == ".pdf" and not out.is_dir():
            yield _put(out, self.pdf(prepared))
            return
        out.mkdir(parents=True, exist_ok=True)
        for name, documents in _by_file(prepared):
            yield _put(_free(out / f"{name}.pdf"), write(documents))


def file_name(document: Document) -> str:
    """A name for a document's file: what it is, of whom, which day, at which 取扱."""
    day = document.imprint.printed_at.strftime("%Y%m%d")
    words = (document.name, document.company.name, document.imprint.confidentiality.term, day)
    return "_".join(word.translate({ord(bad): "＿" for bad in _FORBIDDEN_IN_NAMES}) for word in words)


def _by_file(prepared: Prepared) -> Iterator[tuple[str, Sequence[Document]]]:
    by_company: dict[str, list[Document]] = {}
    for company_id, document in zip(prepared.company_ids, prepared.documents, strict=True):
        by_company.setdefault(company_id, []).append(document)
    for documents in by_company.values():
        yield file_name(documents[0]), documents


def _put(path: Path, pdf: bytes) -> Path:
    unfinished = path.with_name(path.name + ".part")
    unfinished.write_bytes(pdf)
    unfinished.replace(path)
    return path


def _free(path: Path) -> Path:
    """The path, or one with a number where two companies have one name."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem}_{number}{path.suffix}")
    return free


def _unplanned(today: date, number: int) -> content.Visit:
    return content.Visit(number=number, on=today, method=SessionMethod.VISIT)


def _all_unprintable(made: Sequence[_Made]) -> tuple[Unprintable, ...]:
    return tuple(found for each in made for found in unprintable(each.said))
