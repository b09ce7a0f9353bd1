"""Printing one page: a small panel with the printers and a PDF file; nothing is on the disk before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.errors import AppError
from app.rows.printing import PrintedFile
from app.services.printed_files import put_files
from ui.models.row_list_model import Entry, ListHeading, ListRow
from ui.printing import saving
from ui.printing.overlay import Overlay
from ui.printing.printers import Printer, known_printers
from ui.printing.sending import PrintJob, send
from ui.tasks import TaskRunner, Ticket
from ui.theme.fonts import Role
from ui.widgets.announce import announce
from ui.widgets.buttons import IconButton
from ui.widgets.layouts import column, row
from ui.widgets.row_list import RowList
from ui.widgets.texts import Paragraph, Text
from ui.wording import error_message

MakePaper = Callable[[Ticket], PrintedFile]
_AS_PDF = "/pdf"
"""Key of the row that saves; no queue of CUPS has a slash in its name."""


@dataclass(frozen=True, slots=True)
class Cautions:
    """What to mind about the paper, once it is printed or saved."""

    printed: str = ""
    saved: str = ""


NO_CAUTIONS = Cautions()


def offer_to_print(
    parent: QWidget, tasks: TaskRunner, title: str, make: MakePaper, cautions: Cautions = NO_CAUTIONS
) -> None:
    """Offer the printers and a PDF file, over the page `parent`; `make` runs on a side thread."""
    panel = PaperPanel(parent, tasks, title, make, cautions)
    opener = parent.window().focusWidget()
    panel.open_below(opener if opener is not None and parent.isAncestorOf(opener) else parent)


class PaperPanel(Overlay):
    """Lives until it is closed; what it prints goes with it."""

    def __init__(
        self, owner: QWidget, tasks: TaskRunner, title: str, make: MakePaper, cautions: Cautions = NO_CAUTIONS
    ) -> None:
        super().__init__(owner, title, 400, 320)
        self._tasks = tasks
        self._make = make
        self._cautions = cautions
        self._printers: tuple[Printer, ...] = ()
        self._paper: PrintedFile | None = None
        self._queue: str | None = None
        """What was chosen, while its page is being made."""
        self._list = RowList(name="出す先", indent=12, opens_on_click=True)
        self._list.opened.connect(self._choose)
        self._told = Paragraph(cautions.printed, Role.TABLE, "sub")
        close = IconButton("close", "閉じる", key="Esc")
        close.clicked.connect(self.dismiss)
        head = row(margins=(12, 0, 0, 0))
        head.addWidget(Text(title, Role.BODY_BOLD), 1)
        head.addWidget(close)
        foot = row(margins=(12, 0, 12, 0))
        foot.addWidget(self._told)
        body = column(self, spacing=6, margins=(4, 6, 4, 12))
        body.addLayout(head)
        body.addWidget(self._list, 1)
        body.addLayout(foot)
        self._show_printers(())
        tasks.run(_look, self._show_printers, side=True)

    def first_field(self) -> QWidget:
        """The list."""
        return self._list

    def fold_away(self) -> None:
        """Close for good, so that nothing stays behind."""
        super().fold_away()
        self.deleteLater()

    def _show_printers(self, printers: tuple[Printer, ...]) -> None:
        self._printers = printers
        entries: list[Entry] = [ListHeading("プリンター")] if printers else []
        entries += [ListRow(each.queue, each.name, icon="print") for each in printers]
        entries += [ListHeading("ファイル"), ListRow(_AS_PDF, "PDF にして保存", icon="download")]
        self._list.show_entries(entries)
        self._list.go_to(printers[0].queue if printers else _AS_PDF)

    def _choose(self, key: str) -> None:
        if self._queue is None:
            self._queue = key
            self._tasks.run(self._make, self._give_out, self._failed, side=True)

    def _give_out(self, paper: PrintedFile) -> None:
        queue, self._queue = self._queue, None
        if queue == _AS_PDF or queue is None:
            self._paper = paper
            saving.ask_for_file(self, "", paper.name, self._save_to)
        else:
            job = PrintJob(queue, paper.name, (paper,), on_both_sides=False)
            self._tasks.run(partial(_sent, job, self._cautions), self._tell, self._failed, side=True)

    def _save_to(self, chosen: str) -> None:
        if self._paper is not None:
            work = partial(_saved, self._paper, Path(chosen), self._cautions)
            self._tasks.run(work, self._tell, self._failed, side=True)

    def _tell(self, words: str) -> None:
        self._told.set_text(words)
        announce(self, words)

    def _failed(self, fault: Exception) -> None:
        self._queue = None
        if isinstance(fault, AppError):
            message = error_message(fault)
            self._tell(f"{message.title}。{message.detail} {message.number}")
        else:
            self._tasks.failed_unheard.emit(fault)


def _look(_ticket: Ticket) -> tuple[Printer, ...]:
    return known_printers()


def _sent(job: PrintJob, cautions: Cautions, _ticket: Ticket) -> str:
    send(job, lambda _done: True)
    return f"プリンターに送りました。{cautions.printed}"


def _saved(paper: PrintedFile, path: Path, cautions: Cautions, _ticket: Ticket) -> str:
    put_files((paper,), path)
    return f"PDFを保存しました: {saving.shown_place(path)}。{cautions.saved}"
