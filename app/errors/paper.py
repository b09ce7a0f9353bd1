"""Printing, and files made in place of paper."""

from __future__ import annotations

from app.errors.cases import AppError


class PrinterGone(AppError):
    """The printer stopped answering after `pages_done` pages; `next_page` is the first not printed."""

    code = "print.printer_gone"

    def __init__(self, *, pages_done: int, next_page: int) -> None:
        super().__init__(pages_done=pages_done, next_page=next_page)


class NoPrinter(AppError):
    """The system knows no printer."""

    code = "print.no_printer"


class NothingToPrint(AppError):
    """The chosen companies, period and level leave no page."""

    code = "print.nothing"


class FileInTheWay(AppError):
    """The output file exists and may not be replaced, or another program has it open."""

    code = "print.file_in_the_way"
