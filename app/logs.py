"""The log: ids, counts and codes, never a word of a client.

Our own lines are ASCII, with what varies as arguments (`_log.info("saved %s cells", count)`). The formatter
lets numbers and types through, and of texts only what looks like an id or a code; everything else becomes
`[withheld]`. Of exceptions it writes types and places, not messages. So what a person typed does not get
into the file where a line was written carelessly or comes from a library.
"""

from __future__ import annotations

import logging
import platform
import re
import sys
import threading
import traceback
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Final

from app.errors import AppError

LOG_NAME: Final = "banso.log"
STEP: Final = "step"
"""Begins the lines that tell what a person did."""
WITHHELD: Final = "[withheld]"
_FILE_BYTES: Final = 1_000_000
_FILES_KEPT: Final = 4
_OURS: Final = ("app", "db", "ui")
_ID_OR_CODE: Final = re.compile(r"(?=.*[0-9._])[A-Za-z0-9][A-Za-z0-9_.:+-]{0,63}")

Report = Callable[[str], None]


def start_logging(folder: Path) -> None:
    """Write our lines from INFO up, and libraries' from WARNING up, into the folder. Safe to call again.

    A folder that takes no writes costs the log, never the start.
    """
    root = logging.getLogger()
    if any(isinstance(handler.formatter, WordlessFormatter) for handler in root.handlers):
        return
    root.addHandler(_handler(folder))
    root.setLevel(logging.WARNING)
    for name in _OURS:
        logging.getLogger(name).setLevel(logging.INFO)


def install_last_resort(show: Report) -> None:
    """Have defects on any thread logged and shown as a report without messages, locals or client text."""

    def met(failure: BaseException) -> None:
        logging.getLogger("app").error("defect", exc_info=failure)
        show(defect_report(failure))

    def met_here(kind: type[BaseException], failure: BaseException, trace: TracebackType | None) -> None:
        if isinstance(failure, Exception):
            met(failure)
        else:
            sys.__excepthook__(kind, failure, trace)

    sys.excepthook = met_here
    threading.excepthook = lambda hook: met(hook.exc_value or hook.exc_type())


def defect_report(failure: BaseException) -> str:
    """What is sent to support, and can be read before: the system, and places in the code."""
    return f"{system_words()}\n{wordless_trace(failure)}"


def system_words() -> str:
    """The kind of device: versions of Python and system, never the name of device or user."""
    return (
        f"Python {platform.python_version()} / {platform.system()} {platform.release()} {platform.machine()}"
    )


def log_step(kind: str, name: str) -> None:
    """What a person did, by the id of a command or screen: the steps of a report."""
    logging.getLogger("app").info(f"{STEP} %s", f"{kind}.{name}")


def wordless_trace(failure: BaseException) -> str:
    """Types and places of an exception and its causes; messages and locals may hold client text."""
    lines = [f"  {_place(frame)}" for frame in traceback.extract_tb(failure.__traceback__)]
    lines.append(_kind_and_code(failure))
    cause = failure.__cause__ or (None if failure.__suppress_context__ else failure.__context__)
    return "\n".join([wordless_trace(cause), "then", *lines] if cause else lines)


class WordlessFormatter(logging.Formatter):
    """Formats records so that no text of a client passes."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """The line of a copy of the record in which only numbers, ids and codes are left."""
        clean = logging.makeLogRecord(vars(record))
        clean.msg, clean.args = _clean_message(record), None
        clean.exc_text = _trace_of(record)
        clean.exc_info, clean.stack_info = None, None
        return super().format(clean)


def _handler(folder: Path) -> logging.Handler:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            folder / LOG_NAME,
            maxBytes=_FILE_BYTES,
            backupCount=_FILES_KEPT,
            encoding="ascii",
            errors="replace",
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(WordlessFormatter())
    return handler


def _trace_of(record: logging.LogRecord) -> str | None:
    failure = record.exc_info[1] if record.exc_info else None
    return wordless_trace(failure) if failure else None


def _clean_message(record: logging.LogRecord) -> str:
    is_ours = record.name.partition(".")[0] in _OURS
    if not (isinstance(record.msg, str) and record.msg.isascii() and (is_ours or record.args)):
        return WITHHELD
    try:
        return record.msg % _clean_arguments(record.args) if record.args else record.msg
    except (TypeError, ValueError):
        return WITHHELD


def _clean_arguments(arguments: object) -> object:
    if isinstance(arguments, dict):
        return {name: _clean(value) for name, value in arguments.items()}
    return tuple(_clean(value) for value in arguments) if isinstance(arguments, tuple) else _clean(arguments)


def _clean(value: object) -> object:
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, type):
        return value.__qualname__
    return value if isinstance(value, str) and _ID_OR_CODE.fullmatch(value) else WITHHELD


def _place(frame: traceback.FrameSummary) -> str:
    """File, line and function; of the file's path only the last two parts, as the rest names a user."""
    return f"{'/'.join(Path(frame.filename).parts[-2:])}:{frame.lineno} {frame.name}"


def _kind_and_code(failure: BaseException) -> str:
    name = type(failure).__qualname__
    return f"{name} {failure.code}" if isinstance(failure, AppError) else name
