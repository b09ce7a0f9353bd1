"""Printing pictures of pages through QPrinter, for systems whose spooler takes no PDF."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMarginsF, QRect
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from app.errors import PrinterGone
from ui.printing.pdf_pages import POINTS_PER_INCH, PdfPages
from ui.printing.sending import PrintJob, Watch

DOTS_PER_INCH = 600
"""Enough for 7.5 pt characters in black; Qt's own default of 1200 takes four times as long."""


def system_printer(queue: str) -> QPrinter:
    """The printer of that name."""
    return QPrinter(QPrinterInfo.printerInfo(queue), QPrinter.PrinterMode.HighResolution)


def print_pictures(
    job: PrintJob, watch: Watch, printer_named: Callable[[str], QPrinter] = system_printer
) -> None:
    """Print on the page thread, each file as a job of its own so that it begins on a fresh sheet.

    `watch` is told after each page; printing stops where it answers False. Raises PrinterGone with the pages
    that went out before.
    """
    done = 0
    for file in job.files:
        first = max(0, job.first_page - 1 - done)
        if first < file.pages:
            printer = _prepared(printer_named(job.queue), job)
            if not _print_file(file.pdf, printer, (done, first), watch):
                return
        done += file.pages


def _print_file(pdf: bytes, printer: QPrinter, where: tuple[int, int], watch: Watch) -> bool:
    """Print one file; whether to go on. `where` says how many pages of others lie before, and its first."""
    done, first = where
    pages = PdfPages([pdf])
    pages.open()
    painter = QPainter()
    try:
        if not painter.begin(printer):
            raise PrinterGone(pages_done=done + first, next_page=done + first + 1)
        width = round(pages.size.width() / POINTS_PER_INCH * printer.resolution())
        for number in range(first, pages.count):
            if number > first and not printer.newPage():
                raise PrinterGone(pages_done=done + number, next_page=done + number + 1)
            picture = pages.picture(number, width, grey=True)
            painter.drawImage(QRect(0, 0, picture.width(), picture.height()), picture)
            if not watch(done + number + 1):
                printer.abort()
                return False
    finally:
        painter.end()
        pages.close()
    return True


def _prepared(printer: QPrinter, job: PrintJob) -> QPrinter:
    printer.setDocName(job.title)
    printer.setFullPage(True)
    printer.setResolution(DOTS_PER_INCH)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageMargins(QMarginsF(), QPageLayout.Unit.Point)
    printer.setColorMode(QPrinter.ColorMode.GrayScale)
    printer.setCopyCount(job.copies)
    duplex = QPrinter.DuplexMode.DuplexLongSide if job.on_both_sides else QPrinter.DuplexMode.DuplexNone
    printer.setDuplex(duplex)
    return printer
