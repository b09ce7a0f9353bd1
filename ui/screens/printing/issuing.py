"""Giving out what the preview shows: to a printer, or as PDF files, noted in each company's history."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.errors import AppError, FileInTheWay, NoPrinter, PrinterGone
from app.rows.printing import Prepared, PrintedFile
from app.services.printed_files import put_files
from ui.printing import saving
from ui.printing.page_thread import page_thread
from ui.printing.printers import Printer, chosen_printer, known_printers
from ui.printing.sending import PrintJob, send, sends_pictures
from ui.screens.printing.printer_line import PrinterLine
from ui.screens.printing.printer_picker import PrinterPicker
from ui.screens.printing.progress_line import ProgressLine
from ui.tasks import TaskRunner, Ticket
from ui.widgets.message_bar import MessageBar
from ui.wording import error_message

if TYPE_CHECKING:
    from app.services.printing import PrintService
    from ui.program import Program


@dataclass(frozen=True, slots=True)
class _Issue:
    """What left: `destination` is "pdf" or "print", `words` tell the person."""

    prepared: Prepared
    destination: str
    digests: Sequence[str]
    words: str


class _Run:
    """One run of printing, which the person may stop after a page."""

    def __init__(self, moved: Callable[[int], None]) -> None:
        self._moved = moved
        self.is_stopped = False
        self.done = 0

    def watch(self, done: int) -> bool:
        """Called on the thread that prints."""
        self.done = done
        self._moved(done)
        return not self.is_stopped


class Issuing(QObject):
    """Holds the files in view and the printer; the bytes shown are the bytes given out."""

    issued = Signal(object)
    """The Prepared that was printed or saved."""
    told = Signal(str)

    def __init__(self, owner: QWidget, tasks: TaskRunner, service: PrintService, program: Program) -> None:
        super().__init__(owner)
        self._owner = owner
        self._tasks = tasks
        self._service = service
        self._program = program
        self._prepared: Prepared | None = None
        self._files: tuple[PrintedFile, ...] = ()
        self._printers: tuple[Printer, ...] | None = None
        """None until the system has answered."""
        self._waiting_page = 0
        self._run: _Run | None = None
        self._fault: AppError | None = None
        self._picker = PrinterPicker(owner)
        self._picker.picked.connect(self._use_printer)

    def attach(self, printer: PrinterLine, messages: MessageBar, progress: ProgressLine) -> None:
        """The parts of the screen in which this shows itself."""
        self._line, self._messages, self._progress = printer, messages, progress
        printer.show_sides(self._program.settings.prints_both_sides)
        printer.change_asked.connect(self._pick_printer)
        printer.sides_changed.connect(self._remember_sides)
        messages.acted.connect(self._act)
        progress.stopped.connect(self._stop)

    def offer(self, prepared: Prepared | None, files: tuple[PrintedFile, ...] = ()) -> None:
        """These are in view now; None for nothing."""
        self._prepared, self._files, self._waiting_page = prepared, files, 0
        self._messages.hide()

    # printers

    def look_for_printers(self) -> None:
        """Ask the system, which may take its time."""
        self._tasks.run(_look, self._show_printers, side=True)

    def _show_printers(self, printers: tuple[Printer, ...]) -> None:
        self._printers = printers
        self._line.show_printer(self._printer())
        page, self._waiting_page = self._waiting_page, 0
        if page:
            self.print_out(page)

    def _printer(self) -> Printer | None:
        return chosen_printer(self._printers or (), self._program.settings.printer)

    def _pick_printer(self) -> None:
        printer = self._printer()
        self._picker.show_printers(self._printers or (), printer.queue if printer else "")
        self._picker.open_below(self._line)

    def _use_printer(self, queue: str) -> None:
        self._program.change_settings(printer=queue)
        self._line.show_printer(self._printer())

    def _remember_sides(self, on_both_sides: bool) -> None:
        self._program.change_settings(prints_both_sides=on_both_sides)

    # printing

    def print_out(self, first_page: int = 1) -> None:
        """Send the pages in view to the printer; without one the same pages become a PDF, said plainly."""
        prepared, printer = self._prepared, self._printer()
        if prepared is None or self._run is not None:
            return
        if self._printers is None:
            self._waiting_page = first_page
            return
        if printer is None:
            self._refuse(NoPrinter())
            self.save()
            return
        self._messages.hide()
        title = f"{prepared.request.kind.term} ({prepared.pages:,}頁)"
        line = self._line
        job = PrintJob(printer.queue, title, self._files, line.copies, line.on_both_sides, first_page)
        self._progress.begin("印刷しています", job.pages, "頁")
        self._run = _Run(self._progress.moved.emit)
        work = partial(_printed, job, printer.name, self._run, self._service, prepared)
        # Pages become pictures on the one thread for that.
        runner, side = (page_thread(), False) if sends_pictures() else (self._tasks, True)
        runner.run(work, self._done, self._failed, side=side)

    def _stop(self) -> None:
        if self._run is not None:
            self._run.is_stopped = True

    # saving

    def save(self) -> None:
        """Ask for a place and write the files in view there."""
        if self._prepared is None:
            return
        folder = self._program.settings.pdf_folder
        if len(self._files) == 1:
            saving.ask_for_file(self._owner, folder, self._files[0].name, self._save_to)
        else:
            saving.ask_for_folder(self._owner, folder, self._save_to)

    def _save_to(self, chosen: str) -> None:
        if self._prepared is None:
            return
        self._messages.hide()
        path = Path(chosen)
        self._program.change_settings(pdf_folder=str(path.parent if len(self._files) == 1 else path))
        work = partial(_saved, self._service, self._prepared, self._files, path)
        self._tasks.run(work, self._done, self._failed, side=True)

    # after it

    def _done(self, issue: _Issue) -> None:
        self._run = None
        self._progress.end()
        self._tasks.run(partial(_noted, self._service, issue))
        self.told.emit(issue.words)
        self.issued.emit(issue.prepared)

    def _failed(self, fault: Exception) -> None:
        self._run = None
        self._progress.end()
        if isinstance(fault, AppError):
            self._refuse(fault)
        else:
            self._tasks.failed_unheard.emit(fault)

    def _refuse(self, fault: AppError) -> None:
        self._fault = fault
        message = error_message(fault)
        can_help = isinstance(fault, PrinterGone | NoPrinter | FileInTheWay)
        self._messages.tell(message if can_help else replace(message, action=""))

    def _act(self) -> None:
        """The next step that the message names."""
        self._messages.hide()
        if isinstance(self._fault, PrinterGone):
            self.print_out(int(self._fault.facts["next_page"]))
        else:
            self.save()


def _look(_ticket: Ticket) -> tuple[Printer, ...]:
    return known_printers()


def _printed(
    job: PrintJob, printer: str, run: _Run, service: PrintService, prepared: Prepared, _ticket: Ticket
) -> _Issue:
    send(job, run.watch)
    words = f"「{printer}」に送りました ({job.pages:,}頁)"
    if run.is_stopped and run.done < job.pages:
        words = f"{run.done:,}頁まで印刷して、やめました"
    return _Issue(prepared, "print", service.digests(prepared), words)


def _saved(
    service: PrintService, prepared: Prepared, files: tuple[PrintedFile, ...], path: Path, _ticket: Ticket
) -> _Issue:
    paths = put_files(files, path)
    if len(paths) == 1:
        words = f"PDFを保存しました: {saving.shown_place(paths[0])}"
    else:
        words = f"PDFを {len(paths):,}件保存しました: {saving.shown_place(paths[0].parent)}"
    return _Issue(prepared, "pdf", service.digests(prepared), words)


def _noted(service: PrintService, issue: _Issue, _ticket: Ticket) -> None:
    service.note_issued(issue.prepared, issue.destination, issue.digests)
