"""What is handed to printers: by CUPS the file itself, elsewhere pictures of its pages."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from pytestqt.qtbot import QtBot

from app.errors import PrinterGone
from app.rows.printing import PrintedFile
from app.services.recovery_paper import recovery_paper
from tests.ui.printing.conftest import Desk, StillClock
from tests.ui.printing.cups import NAME, QUEUE, running_cups
from tests.ui.printing.reading import page_count, pictures_of
from ui.printing import raster
from ui.printing.printers import Printer, chosen_printer, known_printers
from ui.printing.sending import PrintJob, send

WORDS = ["あいこくしん"] * 23 + ["だいじょうぶ"]


@pytest.fixture
def paper() -> PrintedFile:
    return recovery_paper(WORDS, StillClock())


def job(*files: PrintedFile, queue: str = QUEUE, **more: object) -> PrintJob:
    return PrintJob(queue, "支援経過記録 (1頁)", files, **more)  # type: ignore[arg-type]


def go_on(_done: int) -> bool:
    return True


def test_a_real_cups_gets_the_bytes_of_the_preview(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.environ["PATH"].partition(os.pathsep)[2])  # without the stand-ins
    with running_cups() as cups:
        monkeypatch.setenv("CUPS_SERVER", str(cups.server))
        screen = desk.open(company_ids=desk.supported(), document="history")
        desk.until(lambda: screen._issuing._printers)
        assert screen._issuing._printer() == Printer(QUEUE, NAME)
        screen._print()
        desk.until(lambda: desk.issued() and cups.jobs())
        ((pdf, told),) = cups.jobs()
    assert pdf == screen._issuing._files[0].pdf
    assert page_count(pdf) == screen._preview.images.count
    title, copies, options = told.splitlines()
    assert (title, copies) == (f"支援経過記録 ({screen._laid_out.prepared.pages}頁)", "1")
    assert {"media=A4", "sides=two-sided-long-edge"} <= set(options.split())


def test_a_queue_that_does_not_exist_is_a_printer_that_is_gone(
    paper: PrintedFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running_cups() as cups:
        monkeypatch.setenv("CUPS_SERVER", str(cups.server))
        with pytest.raises(PrinterGone):
            send(job(paper, queue="nowhere"), go_on, platform="linux")


def test_without_cups_there_are_no_printers_and_none_takes_a_job(
    paper: PrintedFile, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert known_printers("darwin") == ()
    with pytest.raises(PrinterGone):
        send(job(paper), go_on, platform="darwin")


def test_windows_names_its_printers_the_usual_one_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["1階", "2階"])
    monkeypatch.setattr(QPrinterInfo, "defaultPrinterName", lambda: "2階")
    printers = known_printers("win32")
    assert [(each.queue, each.is_default) for each in printers] == [("2階", True), ("1階", False)]
    assert chosen_printer(printers, "1階") == printers[1]
    assert chosen_printer(printers, "取り外した") == printers[0]
    assert chosen_printer((), "1階") is None


class PrintersOfWindows:
    """Printers that print into files, at a resolution that keeps the test quick."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.made: list[QPrinter] = []

    def __call__(self, _queue: str) -> QPrinter:
        printer = QPrinter()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(self._folder / f"{len(self.made)}.pdf"))
        self.made.append(printer)
        return printer

    def printed(self) -> list[bytes]:
        return [path.read_bytes() for path in sorted(self._folder.iterdir())]


@pytest.fixture
def printers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> PrintersOfWindows:
    monkeypatch.setattr(raster, "DOTS_PER_INCH", 100)
    folder = tmp_path / "windows"
    folder.mkdir()
    return PrintersOfWindows(folder)


def darkness(picture: QImage) -> float:
    """Share of dark pixels of a small picture of the page."""
    small = picture.convertToFormat(QImage.Format.Format_Grayscale8).scaled(
        60, 85, mode=Qt.TransformationMode.SmoothTransformation
    )
    return sum(255 - value for value in bytes(small.constBits())) / (255 * 60 * 85)


def test_pictures_of_all_pages_reach_a_printer_that_takes_no_pdf(
    desk: Desk, printers: PrintersOfWindows
) -> None:
    screen = desk.open(company_ids=desk.supported()[:2], document="history")
    files = screen._issuing._files
    done: list[int] = []
    raster.print_pictures(job(*files), lambda count: done.append(count) or True, printers)
    (printed,) = printers.printed()
    assert done == list(range(1, files[0].pages + 1))
    pairs = zip(pictures_of(printed, 600), pictures_of(files[0].pdf, 600), strict=True)
    for came, meant in pairs:
        assert darkness(came) == pytest.approx(darkness(meant), abs=0.01)


def test_printing_stops_after_the_page_at_which_one_said_so(desk: Desk, printers: PrintersOfWindows) -> None:
    screen = desk.open(company_ids=desk.supported(), document="history")
    done: list[int] = []
    raster.print_pictures(job(*screen._issuing._files), lambda count: bool(done.append(count)), printers)
    assert done == [1]


def test_printing_goes_on_at_the_page_that_did_not_come_out(
    paper: PrintedFile, printers: PrintersOfWindows
) -> None:
    done: list[int] = []
    raster.print_pictures(
        job(paper, paper, paper, first_page=3), lambda count: done.append(count) or True, printers
    )
    assert done == [3]
    assert len(printers.made) == 1


def test_windows_paper_is_a4_to_its_edges_in_grey_on_both_sides(printers: PrintersOfWindows) -> None:
    printer = raster._prepared(printers(""), job(copies=2, on_both_sides=True))
    assert printer.pageLayout().pageSize().name().startswith("A4")
    assert printer.fullPage()
    assert printer.copyCount() == 2
    assert printer.colorMode() is QPrinter.ColorMode.GrayScale
    assert printer.docName() == "支援経過記録 (1頁)"
