"""From the words of a command line to its exit code."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Sequence
from importlib import import_module

from app.errors import AppError, Defect
from ui.command_line.console import Console, WrongUse, speak_utf8
from ui.command_line.exit_codes import ExitCode
from ui.command_line.parser import make_parser

Command = Callable[[Namespace, Console], int]

INTERRUPTED = 130
_COMMANDS = {
    None: ("windows", "window"),
    "demo": ("windows", "demo"),
    "print": ("printing", "print_documents"),
    "search": ("searching", "search"),
    "check": ("care", "check"),
    "backup": ("care", "backup"),
    "restore": ("restoring", "restore_store"),
    "export": ("bundles", "export"),
    "import": ("bundles", "take_in"),
    "team": ("sharing", "team"),
    "sync": ("sharing", "sync"),
    "carry": ("carrying", "carry"),
    "conflicts": ("conflicts", "conflicts"),
}
"""Module and function of each command; imported when the command is run."""


def run(words: Sequence[str] | None = None) -> int:
    """Carry out a command line (this process's own by default); return its exit code.

    Wrong use of the parser's own leaves by SystemExit, as argparse does.
    """
    given = make_parser().parse_args(words)
    as_json = getattr(given, "json", False)
    speak_utf8(as_json=as_json)
    return _carried_out(given, Console(as_json=as_json))


def _carried_out(given: Namespace, console: Console) -> int:
    from app.services.defects import note_defect, start_log

    start_log()
    try:
        return int(_command(given.command)(given, console))
    except WrongUse as wrong:
        console.note(str(wrong))
        return ExitCode.WRONG_USE
    except AppError as error:
        return console.refusal(error)
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as failure:  # noqa: BLE001 (the last resort: said in Japanese, logged without words)
        report = note_defect(failure)
        exit_code = console.refusal(Defect())
        console.note(report)
        return exit_code


def _command(name: str | None) -> Command:
    module, function = _COMMANDS[name]
    command: Command = getattr(import_module(f"ui.command_line.{module}"), function)
    return command
