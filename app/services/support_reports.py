"""A report for support that a person can read before giving it to anybody: no name, no text of a client.

It holds what the log holds, which lets only numbers, ids and codes through, and facts of program and system.
Nothing is ever sent by the program.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Final

from app.logs import LOG_NAME, STEP, system_words
from app.paths import user_folders
from db.migrating import schema_number

MOST_LINES: Final = 400
MOST_STEPS: Final = 40
_NONE: Final = "(なし)"
_FACTS: Final = """\
伴走カルテの報告

版: {version} (記録の形式 {schema})
端末: {system}
{facts}
入っているもの: 版、端末の種類、操作の番号、動いた記録の終わり
入っていないもの: 企業や人の名前、書いた文、合言葉、24語、フォルダの名前
"""


def log_text(folder: Path | None = None, most: int = MOST_LINES) -> str:
    """The newest lines of the log, oldest first; empty when there is none."""
    place = folder or user_folders().logs
    lines: list[str] = []
    for name in (LOG_NAME, f"{LOG_NAME}.1"):
        if len(lines) < most:
            lines = [*_lines(place / name), *lines]
    return "\n".join(lines[-most:])


def support_report(facts: Mapping[str, str], folder: Path | None = None) -> str:
    """The whole report. `facts` are words of the window, such as its size; never of a record."""
    log = log_text(folder)
    steps = [line for line in log.splitlines() if f" {STEP} " in line][-MOST_STEPS:]
    head = _FACTS.format(
        version=files("resources").joinpath("version.txt").read_text("utf-8").strip(),
        schema=schema_number(),
        system=system_words(),
        facts="".join(f"{name}: {words}\n" for name, words in facts.items()),
    )
    return "\n".join(
        (head, "最後の操作", *(steps or ("(なし)",)), "", "動いた記録の終わり", log or "(なし)", "")
    )


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return []
