"""Write the golden display lists anew with `python -m tests.reports.regolden`; review them like code."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from app.reports.display_list import Entry, display_list
from app.reports.layout import Content, lay_out
from tests.reports.cases import cases

GOLDEN = Path(__file__).parent / "golden"


def golden_text(content: Content) -> str:
    """The display list with one entry to a line."""
    return _lines(display_list(lay_out(content)))


def _lines(entries: Iterable[Entry]) -> str:
    lines = (json.dumps(entry, ensure_ascii=False, separators=(",", ":")) for entry in entries)
    return "[\n" + ",\n".join(lines) + "\n]\n"


def main() -> None:
    """Replace all golden files by what the documents look like now."""
    GOLDEN.mkdir(exist_ok=True)
    for old in GOLDEN.glob("*.json"):
        old.unlink()
    for name, content in cases().items():
        (GOLDEN / f"{name}.json").write_text(golden_text(content), encoding="utf-8")


if __name__ == "__main__":
    main()
