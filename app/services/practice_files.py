"""Reads the sample files of the practice region from `resources/samples`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from importlib.resources import files
from typing import Any

from app.domain.terms import Confidentiality, Mark

Table = Mapping[str, Any]

COMPANY_FILES = (
    "kitaguni_seimitsu",
    "aoba_shokuhin",
    "minato_mokko",
    "kitaguni_denso",
    "hokkoku_senko",
    "takahashi_seisakusho",
    "yukishiro_shuzo",
    "matsuba_medical",
)
"""The companies of the region: five supported ones, then three candidates."""

_LINE = re.compile(r"(\d\d:\d\d) (\S+) (.+?)(?: #([\w-]+))?(?: @(\S+))?")
_MARKS: Mapping[str, Mark | None] = {"-": None, **{mark.term: mark for mark in Mark}}
_LEVELS = {level.term: level for level in Confidentiality}


@dataclass(frozen=True, slots=True)
class SampleLine:
    """One line of a note: `13:05 事実 text #key @会議まで`, with `-` for no mark and `*` for 秘密."""

    at: time
    text: str
    mark: Mark | None
    is_secret: bool
    key: str | None
    level: Confidentiality | None


def read_region() -> Table:
    """The region and its team."""
    return _read("region")


def read_companies() -> tuple[Table, ...]:
    """The companies, in the order in which they are listed above."""
    return tuple(_read(name) for name in COMPANY_FILES)


def note_lines(visit: Table) -> tuple[SampleLine, ...]:
    """The lines of a visit's note, none for one that is only planned. Raises ValueError."""
    return tuple(_line(row) for row in visit.get("note", "").splitlines() if row)


def visit_times(visit: Table) -> tuple[time, time]:
    """When a visit starts and ends, from `13:00-14:30`."""
    start, end = visit["time"].split("-")
    return time.fromisoformat(start), time.fromisoformat(end)


def _line(row: str) -> SampleLine:
    found = _LINE.fullmatch(row)
    if found is None or found[2].removesuffix("*") not in _MARKS:
        raise ValueError(f"not a line of a note: {row}")
    return SampleLine(
        at=time.fromisoformat(found[1]),
        text=found[3],
        mark=_MARKS[found[2].removesuffix("*")],
        is_secret=found[2].endswith("*"),
        key=found[4],
        level=_LEVELS[found[5]] if found[5] else None,
    )


def _read(name: str) -> Table:
    return tomllib.loads((files("resources") / "samples" / f"{name}.toml").read_text(encoding="utf-8"))
