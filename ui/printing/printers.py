"""Which printers this device knows. Asked off the window's thread: a printer on the net may answer late."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtPrintSupport import QPrinterInfo

_PATIENCE_SECONDS = 10
_DESCRIPTION = "Description:"


@dataclass(frozen=True, slots=True)
class Printer:
    """A printer: its queue for the system, its name for people."""

    queue: str
    name: str
    is_default: bool = False


def known_printers(platform: str = sys.platform) -> tuple[Printer, ...]:
    """The printers, the system's own choice first. Empty where there are none or nobody answers."""
    printers = _windows_printers() if platform == "win32" else _cups_printers()
    return tuple(sorted(printers, key=lambda printer: not printer.is_default))


def chosen_printer(printers: Sequence[Printer], queue: str) -> Printer | None:
    """The one that was used last, else the first."""
    return next((printer for printer in printers if printer.queue == queue), next(iter(printers), None))


def in_english() -> dict[str, str]:
    """The environment in which CUPS answers in words that can be read by a program."""
    return {**os.environ, "LC_ALL": "C.UTF-8"}


def _cups_printers() -> list[Printer]:
    queues = _asked("lpstat", "-e").split()
    default = _asked("lpstat", "-d").rpartition(":")[2].strip()
    return [Printer(queue, _cups_name(queue), queue == default) for queue in queues]


def _cups_name(queue: str) -> str:
    """What the administrator called it: 「2階 共用プリンター」; else the queue."""
    for line in _asked("lpstat", "-l", "-p", queue).splitlines():
        words = line.strip()
        if words.startswith(_DESCRIPTION):
            return words.removeprefix(_DESCRIPTION).strip() or queue
    return queue


def _asked(*command: str) -> str:
    try:
        answer = subprocess.run(  # noqa: S603 - a fixed program of the system, never a shell
            command,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=_PATIENCE_SECONDS,
            env=in_english(),
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return answer.stdout


def _windows_printers() -> list[Printer]:
    default = QPrinterInfo.defaultPrinterName()
    return [Printer(name, name, name == default) for name in QPrinterInfo.availablePrinterNames()]
