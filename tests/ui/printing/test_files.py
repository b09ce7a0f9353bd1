"""Files of a print on the disk, and what stays inside of them."""

from pathlib import Path

import pytest

from app.errors import FileInTheWay
from app.rows.printing import DocumentKind, PrintedFile, PrintRequest
from app.services.printed_files import put_files
from tests.ui.printing.conftest import Desk

ONE = PrintedFile("議事録_北国精密_会議まで_20260722", b"%PDF one", 1)
SAME_NAME = PrintedFile(ONE.name, b"%PDF other", 1)


def test_two_companies_of_one_name_keep_both_files(tmp_path: Path) -> None:
    paths = put_files((ONE, SAME_NAME), tmp_path / "folder")
    assert [path.read_bytes() for path in paths] == [ONE.pdf, SAME_NAME.pdf]


def test_a_file_in_the_folder_is_never_replaced(tmp_path: Path) -> None:
    (before,) = put_files((ONE,), tmp_path)
    put_files((SAME_NAME,), tmp_path)
    assert before.read_bytes() == ONE.pdf


def test_a_file_that_another_program_holds_is_named_as_such_and_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(path: Path, target: Path) -> Path:
        raise PermissionError(13, "held", str(target))

    out = tmp_path / "out.pdf"
    out.write_bytes(b"before")
    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(FileInTheWay):
        put_files((ONE,), out)
    assert list(tmp_path.iterdir()) == [out]
    assert out.read_bytes() == b"before"


def test_what_two_parts_of_a_page_leave_out_counts_once(desk: Desk) -> None:
    company = desk.supported()[0]
    visit = desk.services.companies.card(company).course[0].id
    service = desk.services.printing

    def left_out(visit_id: str | None) -> object:
        request = PrintRequest(DocumentKind.VISIT_SHEET, (company,), session_id=visit_id)
        return service.prepare(request).left_out

    assert left_out(visit) == left_out(None)
