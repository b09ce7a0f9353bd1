"""Codes that only a newer program knows are shown as such, and never written over (design-sync 9)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.bootstrap import open_workplace
from app.paths import StoreFolder
from app.store_keys import unlock_practice
from app.workplace import Workplace
from build_spec.screens import StillClock, leave, make_practice, shots, show
from tests.ui.whole.conftest import opened
from ui.program import Program

NEWER = "from-a-newer-program"
SHOWN = {
    *("S01-today", "S02-companies", "search-hits", "settings-people", "S10-history", "S10-plan"),
    *("S03-overview", "S03-sessions", "S03-files", "S04-visit", "S05-read-back"),
    *("S06-analysis", "S06-panel", "S07-plan", "S07-panel"),
}
"""Those that show the records of COLUMNS, each once."""
COLUMNS = {
    "company": ("confidentiality",),
    "engagement": ("status", "stage"),
    "support_session": ("method", "confidentiality"),
    "note_line": ("mark",),
    "read_back": ("outcome",),
    "person": ("side",),
    "attachment": ("confidentiality",),
    "ip_seed": ("kind", "protection", "useful_state", "non_public_state", "managed_state"),
    "issue": ("confidentiality",),
    "action_item": ("status", "stage", "confidentiality"),
}


def write_newer_terms(place: Workplace) -> int:
    """Give every second record codes that no one here knows; how many codes were written."""
    written = 0
    with place.reading() as reading:
        found = {kind: reading.records(kind, order=("id",))[::2] for kind in COLUMNS}
    with place.action("新しい版", None) as work:
        for kind, records in found.items():
            for record in records:
                work.save(kind, record["id"], dict.fromkeys(COLUMNS[kind], NEWER))
                written += len(COLUMNS[kind])
    return written


def newer_terms_in(place: Workplace) -> int:
    with place.reading() as reading:
        return sum(
            record[column] == NEWER
            for kind, columns in COLUMNS.items()
            for record in reading.records(kind)
            for column in columns
        )


def make_newer(store: StoreFolder) -> None:
    make_practice(store)
    place = open_workplace(store, unlock_practice(store), clock=StillClock())
    write_newer_terms(place)
    place.store.close()


@pytest.fixture
def newer(qapp: QApplication, tmp_path: Path) -> Iterator[Program]:
    yield from opened(make_newer, tmp_path)


def test_every_screen_shows_records_whose_codes_only_a_newer_program_knows(newer: Program) -> None:
    assert newer.services is not None
    before = newer_terms_in(newer.services.place)
    assert before > 100
    defects: list[str] = []
    newer.defect_met.connect(defects.append)
    for shot in (each for each in shots(newer.services) if each.name in SHOWN):
        show(newer, shot)
        leave(newer, shot)
        assert defects == [], shot.name
    assert newer_terms_in(newer.services.place) == before
