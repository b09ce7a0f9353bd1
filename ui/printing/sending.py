"""Handing PDF files to a printer: to CUPS as they are, on Windows as pictures of their pages."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.errors import PrinterGone
from app.rows.printing import PrintedFile
from ui.printing.printers import in_english

_PATIENCE_SECONDS = 60


@dataclass(frozen=True, slots=True)
class PrintJob:
    """What goes to which printer. `title` is read by others in the printer's queue: no names in it."""

    queue: str
    title: str
    files: tuple[PrintedFile, ...]
    copies: int = 1
    on_both_sides: bool = True
    first_page: int = 1
    """Where to go on after a printer stopped answering."""

    @property
    def pages(self) -> int:
        """Pages of one copy."""
        return sum(file.pages for file in self.files)


Watch = Callable[[int], bool]
"""Told how many pages are done; answers whether to go on."""


def sends_pictures(platform: str = sys.platform) -> bool:
    """Whether the system's spooler takes no PDF, so that printing takes its time and can be followed."""
    return platform == "win32"


def send(job: PrintJob, watch: Watch, platform: str = sys.platform) -> None:
    """Print. Raises PrinterGone with the pages that went out before."""
    if sends_pictures(platform):
        # Imported here: only Windows prints this way.
        from ui.printing.raster import print_pictures

        print_pictures(job, watch)
    else:
        _send_to_cups(job, watch)


def _send_to_cups(job: PrintJob, watch: Watch) -> None:
    done = 0
    for file in job.files:
        if done + file.pages >= job.first_page and not _was_taken(cups_command(job), file.pdf):
            raise PrinterGone(pages_done=done, next_page=done + 1)
        done += file.pages
        if not watch(done):
            return


def cups_command(job: PrintJob) -> Sequence[str]:
    """`lp` with the PDF on its standard input, so that no file of ours lies on the disk."""
    sides = "two-sided-long-edge" if job.on_both_sides else "one-sided"
    options = ("-n", str(job.copies), "-o", "media=A4", "-o", f"sides={sides}")
    return ("lp", "-d", job.queue, *options, "-t", job.title, "-")


def _was_taken(command: Sequence[str], pdf: bytes) -> bool:
    try:
        taken = subprocess.run(  # noqa: S603 - a fixed program of the system, never a shell
            command,
            input=pdf,
            capture_output=True,
            timeout=_PATIENCE_SECONDS,
            env=in_english(),
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return taken.returncode == 0
