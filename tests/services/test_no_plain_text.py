"""No word that anybody typed stands readable in any file under the store's folder or the log."""

import logging
from pathlib import Path

import pytest

from app.domain.terms import Confidentiality
from app.logs import start_logging
from app.services.backups import restore
from app.services.drafts import DraftService
from app.services.support_sessions import SupportSessionService
from app.workplace import session_scope
from tests.services.conftest import SteppingClock
from tests.services.planted import Planting, plant_company
from tests.services.records import put
from tests.services.stores import PASSPHRASE, make_store

SAMPLE = 12
"""Bytes of a text, or all of a shorter one, that must not be found anywhere."""


@pytest.fixture
def log(tmp_path: Path) -> Path:
    start_logging(tmp_path / "logs")
    return tmp_path / "logs"


def samples(texts: list[str]) -> set[bytes]:
    """Pieces of every text in the encodings in which SQLite, JSON and Qt would leave them."""
    encoded = [text.encode(encoding) for text in texts for encoding in ("utf-8", "utf-16-le")]
    return {
        each[start : start + SAMPLE]
        for each in encoded
        for start in range(0, max(1, len(each) - SAMPLE + 1), 4)
    }


def readable(folder: Path, texts: list[str]) -> list[str]:
    wanted = samples(texts)
    found = []
    for path in folder.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        found += [path.name for sample in wanted if sample in content]
    return found


def test_no_file_holds_what_was_typed_while_open_closed_backed_up_and_restored(
    tmp_path: Path, clock: SteppingClock, log: Path, caplog: pytest.LogCaptureFixture
) -> None:
    made = make_store(tmp_path / "store", clock)
    place = made.opened()
    typed = ["治具の寸法は社外に出さないと社長が言った", "打ちかけで止まった文もここに残ってはならない"]
    with place.action("植える", None) as work:
        planting = Planting(place, work)
        company = plant_company(planting, Confidentiality.ASSIGNED, None)
    put(place, "company", name=typed[0])
    session = SupportSessionService(place).start(company)
    drafts = DraftService(place.store, place.clock)
    drafts.keep(session_scope(session), "行", typed[1], preedit=typed[1])
    place.undo(session_scope(session))
    typed += [marker.text for marker in planting.markers] + [PASSPHRASE]
    logging.getLogger("app").warning("opened %s", typed[0])
    assert (made.folder.path / "store.db-wal").exists()
    assert readable(tmp_path, typed) == []
    backup = made.backups.make()
    place.store.close()
    restore(made.folder, made.key, backup.path, clock)
    made.opened().store.close()
    assert (log / "banso.log").stat().st_size
    assert readable(tmp_path, typed) == []


def test_the_search_for_readable_text_would_find_it(tmp_path: Path) -> None:
    (tmp_path / "store.db-wal").write_bytes(bytes(100) + "社外に出さないと社長が言った".encode() + bytes(100))
    assert readable(tmp_path, ["治具の寸法は社外に出さないと社長が言った"])


def test_no_file_of_the_store_is_a_plain_database(tmp_path: Path, clock: SteppingClock) -> None:
    made = make_store(tmp_path / "store", clock)
    place = made.opened()
    made.backups.make()
    heads = {path.name: path.read_bytes()[:16] for path in made.folder.path.rglob("*.db")}
    place.store.close()
    assert len(heads) == 2
    assert b"SQLite format 3\0" not in heads.values()
