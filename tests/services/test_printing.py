"""What leaves on paper: nothing 秘密 and nothing less open than the chosen 取扱, in any document."""

import io
import itertools
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from app.domain.terms import Confidentiality
from app.errors import DiskFull, NothingToPrint
from app.rows.printing import DocumentKind, Prepared, PrintRequest
from app.services.printing import PrintService
from app.workplace import Workplace
from tests.services.planted import Marker, Planting, plant_company
from tests.services.records import line, put, session, withdraw

LEVELS = list(Confidentiality)


def text_of(pdf: bytes) -> str:
    """All text of a file, without line ends."""
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    try:
        return "".join("".join(page.get_textpage().get_text_bounded().split()) for page in document)
    finally:
        document.close()


@pytest.fixture
def planted(place: Workplace) -> tuple[list[str], list[Marker]]:
    with place.action("植える", None) as work:
        planting = Planting(place, work)
        pairs = itertools.product(LEVELS, (None, Confidentiality.ASSIGNED, Confidentiality.PUBLIC))
        companies = [plant_company(planting, level, plan) for level, plan in pairs]
    return companies, planting.markers


def printed(place: Workplace, kind: DocumentKind, ids: list[str], level: Confidentiality) -> Prepared | None:
    service = PrintService(place, is_practice=False)
    try:
        return service.prepare(PrintRequest(kind, ids, level))
    except NothingToPrint:
        return None


@pytest.mark.parametrize("level", LEVELS, ids=lambda level: level.value)
@pytest.mark.parametrize("kind", list(DocumentKind), ids=lambda kind: kind.value)
def test_nothing_secret_and_nothing_less_open_is_in_the_file(
    place: Workplace, planted: tuple[list[str], list[Marker]], kind: DocumentKind, level: Confidentiality
) -> None:
    companies, markers = planted
    prepared = printed(place, kind, companies, level)
    assert prepared is not None
    text = text_of(PrintService(place, is_practice=False).pdf(prepared))
    out = [marker for marker in markers if marker.text in text]
    assert [marker for marker in out if not marker.may_leave(level)] == []
    assert any(marker.may_leave(level) for marker in out)


def test_a_history_holds_every_line_that_may_leave_of_the_visits_that_may(
    place: Workplace, planted: tuple[list[str], list[Marker]]
) -> None:
    companies, markers = planted
    level = Confidentiality.MEETING
    prepared = printed(place, DocumentKind.HISTORY, companies, level)
    assert prepared is not None
    text = text_of(PrintService(place, is_practice=False).pdf(prepared))
    lines = [marker for marker in markers if marker.column == "text"]
    visits_leave = {
        marker.text for marker in lines if replace(marker, levels=marker.levels[1:]).may_leave(level)
    }
    expected = {marker.text for marker in lines if marker.may_leave(level)} & visits_leave
    assert {marker.text for marker in lines if marker.text in text} == expected
    assert expected


@pytest.fixture
def visit(place: Workplace) -> tuple[str, str]:
    company = put(place, "company", name="北国精密", confidentiality=Confidentiality.MEETING)
    return company, session(place, company, "2025-07-01T13:00", method="visit", purpose="目的")


def history(place: Workplace, company: str, level: Confidentiality = Confidentiality.ASSIGNED) -> Prepared:
    prepared = printed(place, DocumentKind.HISTORY, [company], level)
    assert prepared is not None
    return prepared


def test_what_stays_inside_is_counted(place: Workplace, visit: tuple[str, str]) -> None:
    company, held = visit
    line(place, company, held, "ひみつ", is_secret=True)
    line(place, company, held, "とじた行", confidentiality=Confidentiality.ASSIGNED)
    line(place, company, held, "ひらいた行")
    left_out = history(place, company, Confidentiality.MEETING).left_out
    assert (left_out.secret, left_out.closed) == (1, 1)


def test_withdrawn_lines_visits_and_homework_are_gone_from_paper(
    place: Workplace, visit: tuple[str, str]
) -> None:
    company, held = visit
    line(place, company, held, "のこる")
    withdraw(place, "note_line", line(place, company, held, "けした行"))
    gone = session(place, company, "2025-07-02T13:00", method="visit")
    line(place, company, gone, "けした面談の行")
    withdraw(place, "support_session", gone)
    text = text_of(PrintService(place, is_practice=False).pdf(history(place, company)))
    assert "のこる" in text
    assert "けした" not in text


def test_an_issued_document_is_noted_in_the_record(
    place: Workplace, visit: tuple[str, str], tmp_path: Path
) -> None:
    company, _ = visit
    service = PrintService(place, is_practice=False)
    prepared = history(place, company, Confidentiality.MEETING)
    (written,) = service.save(prepared, tmp_path / "out.pdf")
    with place.reading() as reading:
        (issued,) = reading.records("issued_document", company_id=company)
    assert (issued["kind"], issued["level"], issued["destination"]) == ("history", "meeting", "pdf")
    assert issued["pages"] == len(pypdfium2.PdfDocument(written))


def test_a_file_that_cannot_be_written_notes_nothing(
    place: Workplace, visit: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, content: bytes) -> int:
        raise OSError(28, "full")

    company, _ = visit
    service = PrintService(place, is_practice=False)
    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(DiskFull):
        service.save(history(place, company), tmp_path / "out.pdf")
    with place.reading() as reading:
        assert reading.records("issued_document") == []


def test_two_companies_of_one_name_get_a_file_each(place: Workplace, tmp_path: Path) -> None:
    companies = [put(place, "company", name="同名/会社") for _ in range(2)]
    for company in companies:
        session(place, company, "2025-07-01T13:00", method="visit")
    service = PrintService(place, is_practice=False)
    prepared = service.prepare(PrintRequest(DocumentKind.HISTORY, companies))
    written = service.save(prepared, tmp_path / "folder")
    assert len(set(written)) == 2
    assert all(path.parent == tmp_path / "folder" for path in written)


def test_practice_stands_across_every_page(place: Workplace, visit: tuple[str, str]) -> None:
    company, _ = visit
    service = PrintService(place, is_practice=True)
    pdf = service.pdf(service.prepare(PrintRequest(DocumentKind.HISTORY, [company])))
    assert "練習用" in text_of(pdf)


def test_a_sheet_for_the_next_visit_looks_back_on_one_that_ended_today(place: Workplace) -> None:
    company = put(place, "company", name="北国精密", confidentiality="assigned")
    today = place.today().isoformat()
    session(place, company, f"{today}T09:00", finished_at=place.now(), method="visit")
    prepared = printed(place, DocumentKind.VISIT_SHEET, [company], Confidentiality.ASSIGNED)
    assert prepared is not None
    text = text_of(PrintService(place, is_practice=False).pdf(prepared))
    assert "第2回" in text
    assert "はじめての面談です" not in text


def test_a_visit_sheet_warns_of_days_that_lines_marked_as_deadlines_name(place: Workplace) -> None:
    company = put(place, "company", name="北国精密")
    visit = session(place, company, "2025-07-01T13:00")
    line(place, company, visit, "補助金の締切は 8/15", mark="deadline")
    line(place, company, visit, "見本の締切は 8/20", mark="fact")
    line(place, company, visit, "申込みの締切は 7/2", mark="deadline")
    prepared = printed(place, DocumentKind.VISIT_SHEET, [company], Confidentiality.ASSIGNED)
    assert prepared is not None
    to_watch = text_of(PrintService(place, is_practice=False).pdf(prepared)).partition("これまで")[0]
    assert "補助金の締切は8/15" in to_watch
    assert "8/20" not in to_watch
    assert "7/2" not in to_watch
