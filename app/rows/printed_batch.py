"""What came of printing many companies at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.reports.preflight import Unprintable
from app.rows.printing import LeftOut

MANY: Final = 20
"""More companies than this are printed file by file, without keeping their pages to look at."""


@dataclass(frozen=True, slots=True)
class PrintedBatch:
    """The files of many companies; the other fields are those of `Prepared`."""

    files: tuple[Path, ...]
    pages: int
    unprintable: tuple[Unprintable, ...]
    left_out: LeftOut
    empty_companies: tuple[str, ...]
