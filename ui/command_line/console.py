"""What a command says, and where: results to stdout, everything else to stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from app.errors import AppError
from ui.command_line.exit_codes import ExitCode, exit_code_of
from ui.wording import message

_ON_THE_COMMAND_LINE = {
    "company.ambiguous": "名前の続きか法人番号を --company に書いてください。",
    "company.not_found": "名前、読み、法人番号のどれかを --company に書いてください。",
    "keyring": "--passphrase-stdin を付けて、合言葉を標準入力から渡してください。",
    "keys.wrong_passphrase": "標準入力の1行目に、合言葉だけを書いて渡してください。",
    "keys.file_damaged": "控えから戻すには: banso restore --from newest --yes",
    "keys.file_missing": "控えから戻すには: banso restore --from newest --yes",
    "store.damaged": "控えから戻すには: banso restore --from newest --yes",
    "store.empty_file": "控えから戻すには: banso restore --from newest --yes",
    "store.in_use": "使っている窓や命令を終えてから、もう一度実行してください。",
    "store.missing": "フォルダは --store で選びます。",
    "practice.only": "練習用の記録を作るフォルダは --store で選びます。",
}
"""By code or by the part before its dot: the next step where there are no buttons."""


class WrongUse(Exception):
    """The command line cannot be followed; the message is for the person who wrote it."""


class Console:
    """Says a command's results, as lines for people or as one JSON object for programs."""

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json

    def result(self, lines: Sequence[str], facts: Mapping[str, object]) -> None:
        """Say what came of the command: the lines, or with `--json` the facts."""
        if self._as_json:
            lines = [json.dumps(facts, ensure_ascii=False)]
        for line in lines:
            sys.stdout.write(f"{line}\n")

    def note(self, line: str) -> None:
        """Say something beside the result."""
        sys.stderr.write(f"{line}\n")

    def refusal(self, error: AppError) -> ExitCode:
        """Say what happened, what is safe and what to do next; return the exit code."""
        exit_code = exit_code_of(error)
        said = message(error.code, error.facts)
        self.note(f"{said.title} ({said.number})")
        self.note(said.detail)
        self.note(f"次にすること: {_next_step(error.code) or said.action}")
        if self._as_json:
            facts = {"code": error.code, "number": said.number, "facts": error.facts}
            self.result((), {"exit_code": exit_code.value, "refused": facts})
        return exit_code


def require_folder_of(out: Path) -> None:
    """Raise WrongUse where the folder that an output is to appear in is not there."""
    if not out.absolute().parent.is_dir():
        raise WrongUse(
            f"{out.absolute().parent} というフォルダがありません。作ってから、もう一度実行してください。"
        )


def speak_utf8(*, as_json: bool) -> None:
    """Never stop for a character the terminal lacks; JSON is UTF-8 everywhere."""
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="replace", **({"encoding": "utf-8"} if as_json else {}))


def _next_step(code: str) -> str:
    return _ON_THE_COMMAND_LINE.get(code) or _ON_THE_COMMAND_LINE.get(code.partition(".")[0], "")
