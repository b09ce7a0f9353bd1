"""D1, E2, E3: who was not given a company finds nothing of it anywhere; who was stopped, nothing newer.

What a member could read is taken by its raw bytes: the whole decrypted database, and every object of the
置き場 that any key opens which the member's device holds, or could find in the key log.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from app.domain.terms import Confidentiality
from app.logs import start_logging
from app.paths import StoreFolder
from app.rows.search import SearchQuery
from app.services.attachments import AttachmentService
from app.services.blob_files import BlobFiles
from app.services.drafts import DraftService
from app.services.search import SearchService
from app.services.sharing import SharingService
from app.services.sharing_held_work import HeldWorkService
from app.services.sharing_standing import Standing, standing_of
from app.services.sharing_state import read_identity
from app.sharing.objects import container
from app.sharing.objects.container import SealedObject, parse
from app.sharing.objects.malformed import MalformedObject
from app.sharing.rounds.key_log import read_key_log
from app.workplace import Workplace, session_scope
from tests.services.planted import Planting, plant_company
from tests.services.records import line, put, session
from tests.services.stores import PASSPHRASE
from tests.services.teams import NewMember, joined
from tests.services.test_no_plain_text import SAMPLE, readable, samples

OF_NOBODY = "南国窯業の配合は社長と佐藤だけの話にする"
AFTER = "止めたあとに決めた温度は八百二十度とする"
FILE = "配合表の数字は持ち出さないことになっている".encode() * 9


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "place"
    folder.mkdir()
    return folder


@pytest.fixture
def log(tmp_path: Path) -> Path:
    start_logging(tmp_path / "logs")
    return tmp_path / "logs"


def attach(workplace: Workplace, company: str, tmp_path: Path) -> None:
    """A file, whose plain original lies elsewhere and goes away."""
    original = tmp_path.parent / "配合表.txt"
    original.write_bytes(FILE)
    AttachmentService(workplace, BlobFiles(StoreFolder(workplace.store.path.parent))).add(company, [original])
    original.unlink()


def planted(workplace: Workplace, count: int = 1) -> list[tuple[str, list[str]]]:
    """Companies in which every text is marked, each with a text of its own: ids and texts."""
    made: list[tuple[str, list[str]]] = []
    with workplace.action("植える", None) as work:
        planting = Planting(workplace, work)
        for _ in range(count):
            begun = len(planting.markers)
            company = plant_company(planting, Confidentiality.ASSIGNED, None)
            made.append((company, [marker.text for marker in planting.markers[begun:]]))
    return made


def decrypted(workplace: Workplace, place: Path) -> bytes:
    """Everything that a member could read with what its store holds."""
    with workplace.store.reading() as connection:
        driver = connection.connection.dbapi_connection
        assert driver is not None
        rows = [
            repr(row).encode() + b"".join(each for each in row if isinstance(each, bytes))
            for (table,) in driver.execute("SELECT name FROM sqlite_master WHERE type='table'").fetchall()
            if table != "search_text"  # without contents of its own; its index is in tables beside
            for row in driver.execute(f"SELECT * FROM {table}").fetchall()
        ]
        identity = read_identity(connection)
        assert identity is not None
        standing = standing_of(connection, identity)
    opened = b"".join(opened_by(standing, place))
    return b"".join(rows) + opened


def opened_by(standing: Standing, place: Path) -> Iterator[bytes]:
    """Every object that lies in the place, opened by any key of the team that the device can come by."""
    found = [each for path in place.rglob("*.osy") if (each := _parsed(path, standing)) is not None]
    entries = [each for each in found if each.header.type == container.ObjectType.KEY_LOG_ENTRY]
    identity, ring = standing.identity, standing.ring
    for _ in range(3):
        read_key_log(entries, ring, identity.keys, identity.root)
    for each in found:
        for key in ring.all().values():
            try:
                yield each.open_body(key)
            except MalformedObject:
                continue


def _parsed(path: Path, standing: Standing) -> SealedObject | None:
    try:
        return parse(path.read_bytes(), standing.identity.vault)
    except MalformedObject:
        return None


def found_in(content: bytes, texts: Iterable[str]) -> list[str]:
    return [text for text in texts if any(sample in content for sample in samples([text]))]


def test_who_was_not_given_a_company_finds_nothing_of_it_anywhere(
    new_member: NewMember, tmp_path: Path, place: Path, log: Path, caplog: pytest.LogCaptureFixture
) -> None:
    first, member = new_member(), new_member()
    (shared, shared_texts), (kept, kept_texts) = planted(first, 2)
    visit = session(first, kept, "2025-06-12T13:00")
    line(first, kept, visit, OF_NOBODY)
    kept_texts += [OF_NOBODY, "配合表.txt"]
    attach(first, kept, tmp_path)
    SharingService(first).create(str(place), "佐藤")
    joined(first, member, [shared])
    for workplace in (first, member, first, member):
        SharingService(workplace).synchronise()
    logging.getLogger("app").warning("shared %s", OF_NOBODY)
    everything = decrypted(member, place)
    assert found_in(everything, shared_texts), "the search would find what is there"
    assert found_in(everything, kept_texts) == []
    assert FILE[:SAMPLE] not in everything
    assert SearchService(member).find(SearchQuery("南国窯業")).hits == ()
    assert kept not in repr([path.name for path in tmp_path.rglob("*")])
    assert readable(tmp_path, [*kept_texts, *shared_texts, FILE.decode(), PASSPHRASE]) == []


def test_who_was_stopped_can_open_nothing_that_was_written_since(
    new_member: NewMember, tmp_path: Path, place: Path
) -> None:
    first, stopped, other = new_member(), new_member(), new_member()
    company = put(first, "company", name="北国工業")
    visit = session(first, company, "2025-06-12T13:00")
    before = "止める前に書いた治具の寸法は十二ミリ"
    line(first, company, visit, before)
    SharingService(first).create(str(place), "佐藤")
    joined(first, stopped, [company], name="伊藤")
    joined(first, other, [company], name="高橋")
    for workplace in (stopped, other):
        SharingService(workplace).synchronise()
    SharingService(other).stop_device("伊藤")
    for workplace in (first, other):
        SharingService(workplace).synchronise()
        line(workplace, company, visit, AFTER)
        SharingService(workplace).synchronise()
    new_company = put(first, "company", name="止めたあとの企業名")
    SharingService(first).synchronise()
    everything = decrypted(stopped, place)
    assert found_in(everything, [before]) == [before]
    assert found_in(everything, [AFTER, "止めたあとの企業名"]) == []
    SharingService(stopped).synchronise()
    everything = decrypted(stopped, place)
    assert found_in(everything, [AFTER, "止めたあとの企業名"]) == []
    assert new_company.encode() not in everything
    assert found_in(decrypted(other, place), [AFTER]) == [AFTER]


def test_who_may_not_renew_keys_stops_a_device_and_nobody_has_to_wait(
    new_member: NewMember, place: Path
) -> None:
    first, lost, other = new_member(), new_member(), new_member()
    company = put(first, "company", name="北国工業")
    SharingService(first).create(str(place), "佐藤")
    joined(first, lost, [company], name="伊藤")
    joined(first, other, [company], name="高橋")
    SharingService(other).synchronise()
    SharingService(other).stop_device("伊藤")
    visit = session(other, company, "2025-06-12T13:00")
    line(other, company, visit, AFTER)
    report = SharingService(other).synchronise()
    assert report.waiting, "it waits for new keys, and is safe here"
    renewal = SharingService(other).overview().renewal
    assert renewal is not None
    assert not renewal.is_over
    assert renewal.awaited == ("佐藤",)
    SharingService(first).synchronise()
    assert SharingService(other).synchronise().waiting == 0
    renewal = SharingService(other).overview().renewal
    assert renewal is not None
    assert (renewal.done, renewal.is_over) == (renewal.total, True)


def test_no_file_of_anybody_holds_what_was_handed_over_typed_or_carried(
    new_member: NewMember, tmp_path: Path, place: Path, log: Path
) -> None:
    first, member = new_member(), new_member()
    [(company, texts)] = planted(first)
    SharingService(first).create(str(place), "佐藤")
    joined(first, member, [company])
    visit = session(member, company, "2025-06-12T13:00")
    DraftService(member.store, member.clock).keep(session_scope(visit), "行", OF_NOBODY, preedit=OF_NOBODY)
    line(member, company, visit, AFTER)
    attach(member, company, tmp_path)
    SharingService(first).stop_device("伊藤")
    SharingService(member).synchronise()
    SharingService(first).synchronise()
    service = HeldWorkService(first)
    (parcel,) = [row for row in service.rows() if any(AFTER in each for each in row.lines)]
    service.accept([parcel.id])
    SharingService(first).synchronise()
    assert list((place / "d").iterdir())
    assert readable(tmp_path, [*texts, OF_NOBODY, AFTER, FILE.decode(), "配合表", PASSPHRASE]) == []
    assert (log / "banso.log").exists()
