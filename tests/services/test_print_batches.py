"""Many companies file by file: the same files and the same notes as one by one."""

from pathlib import Path

import pytest

from app.domain.terms import Confidentiality
from app.errors import DiskFull, NothingToPrint
from app.reports import batch
from app.reports.batch import Cancelled
from app.rows.printing import DocumentKind, PrintRequest
from app.services.printing import PrintService
from app.workplace import Workplace
from tests.services.records import line, put, session


@pytest.fixture
def companies(place: Workplace) -> list[str]:
    """Fourteen with two visits each, two of them of one name, and one without any."""
    found = []
    for number in range(14):
        company = put(
            place, "company", name=f"第{max(number, 1)}精密", confidentiality=Confidentiality.MEETING
        )
        for day in (1, 2):
            held = session(place, company, f"2025-07-0{day}T13:00", method="visit")
            line(place, company, held, "ひらいた行 😀")
            line(place, company, held, "ひみつ", is_secret=True)
        found.append(company)
    return [*found, put(place, "company", name="面談のない会社")]


def notes(place: Workplace) -> list[tuple[object, ...]]:
    columns = ("company_id", "kind", "level", "destination", "pages", "sha256")
    with place.reading() as reading:
        return sorted(tuple(note[name] for name in columns) for note in reading.records("issued_document"))


@pytest.mark.parametrize("kind", [DocumentKind.HISTORY, DocumentKind.MINUTES])
def test_a_batch_gives_what_saving_one_by_one_gives(
    place: Workplace,
    companies: list[str],
    tmp_path: Path,
    kind: DocumentKind,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = place.now()
    monkeypatch.setattr(place, "now", lambda: now)
    service = PrintService(place, is_practice=False)
    request = PrintRequest(kind, companies)
    prepared = service.prepare(request)
    saved = service.save(prepared, tmp_path / "one")
    noted = notes(place)

    printed = service.save_each(request, tmp_path / "many")

    assert [path.name for path in printed.files] == [path.name for path in saved]
    for ours, theirs in zip(printed.files, saved, strict=True):
        assert ours.read_bytes() == theirs.read_bytes()
    assert printed.pages == prepared.pages
    assert printed.unprintable == prepared.unprintable
    assert printed.left_out == prepared.left_out
    assert printed.empty_companies == prepared.empty_companies == (companies[-1],)
    assert notes(place) == sorted([*noted, *noted])


def test_a_stopped_batch_keeps_and_notes_what_is_finished(
    place: Workplace, companies: list[str], tmp_path: Path
) -> None:
    told: list[int] = []
    service = PrintService(place, is_practice=False)

    with pytest.raises(Cancelled):
        service.save_each(
            PrintRequest(DocumentKind.HISTORY, companies),
            tmp_path,
            is_cancelled=lambda: bool(told),
            on_progress=told.append,
        )

    pdfs = [path for path in tmp_path.iterdir() if path.suffix == ".pdf"]
    assert 0 < len(pdfs) < 14
    assert len(notes(place)) == len(pdfs)


def test_a_batch_of_nothing_is_refused_and_notes_nothing(place: Workplace, tmp_path: Path) -> None:
    company = put(place, "company", name="面談のない会社")
    service = PrintService(place, is_practice=False)

    with pytest.raises(NothingToPrint):
        service.save_each(PrintRequest(DocumentKind.HISTORY, [company]), tmp_path / "folder")

    assert notes(place) == []


def test_a_full_disk_is_told_and_nothing_noted(
    place: Workplace, companies: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(batch, "_whole_or_nothing", full)
    service = PrintService(place, is_practice=False)

    with pytest.raises(DiskFull):
        service.save_each(PrintRequest(DocumentKind.HISTORY, companies), tmp_path)

    assert notes(place) == []


def test_many_companies_are_written_by_several_processes(
    place: Workplace, companies: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.services.printing.workers_for", lambda count: 2)
    service = PrintService(place, is_practice=False)
    progress: list[int] = []

    printed = service.save_each(
        PrintRequest(DocumentKind.HISTORY, companies), tmp_path, on_progress=progress.append
    )

    assert len(printed.files) == len(set(printed.files)) == 14
    assert progress == [10, 14]
    assert [page for _, _, _, _, page, _ in notes(place)] == [1] * 14
