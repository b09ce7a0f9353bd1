"""The monthly check of an open store: due in time, mends what the log explains, tells the rest."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app import making_way
from app.errors import RecordsMended, StoreDamaged
from app.services.self_checks import SelfCheckService
from app.services.store_reports import StoreReport
from app.workplace import Workplace
from tests.services.conftest import SteppingClock
from tests.services.records import change, put, stored, withdraw
from tests.services.stores import MadeStore, make_store


@pytest.fixture
def made(tmp_path: Path, clock: SteppingClock) -> MadeStore:
    return make_store(tmp_path / "store", clock)


@pytest.fixture
def place(made: MadeStore) -> Iterator[Workplace]:
    place = made.opened()
    yield place
    place.store.abandon()


@pytest.fixture
def checks(made: MadeStore, place: Workplace) -> SelfCheckService:
    return SelfCheckService(place, made.folder, made.key)


def spoil(place: Workplace, sql: str) -> None:
    """Change the projections behind the log's back."""
    with place.store.writing_raw() as connection:
        connection.exec_driver_sql(sql)


def test_it_is_due_a_month_after_the_last_one(checks: SelfCheckService, clock: SteppingClock) -> None:
    assert not checks.is_due()
    clock.move(days=29)
    assert not checks.is_due()
    clock.move(days=1)
    assert checks.is_due()
    assert checks.settle(checks.look()) is None
    assert not checks.is_due()


def test_it_makes_way_for_typing_between_two_records(
    checks: SelfCheckService, place: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("北国精密", "青葉食品", "松葉"):
        put(place, "company", name=name)
    rests: list[None] = []
    monkeypatch.setattr(making_way.COURTESY, "make_way", lambda: rests.append(None))
    checks.look()
    assert len(rests) >= 2 * 3  # the log, then the index


def test_what_the_log_explains_is_mended_and_told(checks: SelfCheckService, place: Workplace) -> None:
    company, gone, kept = (put(place, "company", name=name) for name in ("北国精密", "青葉食品", "松葉"))
    change(place, "company", company, kana="キタグニ")
    withdraw(place, "company", gone)
    spoil(place, f"UPDATE company SET name='よその名前', deleted=1 WHERE id='{company}'")
    spoil(place, f"DELETE FROM company WHERE id='{gone}'")
    told = checks.settle(checks.look())
    assert isinstance(told, RecordsMended)
    assert told.facts == {"count": 2}
    assert stored(place, "company", company)["name"] == "北国精密"
    assert stored(place, "company", gone)["deleted"] == 1
    assert stored(place, "company", kept)["name"] == "松葉"
    assert place.store.check().differing == ()


def test_damaged_pages_are_told_and_looked_at_again_next_time(
    checks: SelfCheckService, clock: SteppingClock
) -> None:
    assert not checks.is_due()
    clock.move(days=31)
    assert isinstance(checks.settle(StoreReport(page_faults=2, log=None, backups=())), StoreDamaged)
    assert checks.is_due()


def test_records_without_any_log_are_told_with_the_way_to_the_backup(
    checks: SelfCheckService, place: Workplace
) -> None:
    put(place, "company", name="北国精密")
    nobodys = "'0198a2b4-0000-7000-8000-00000000000a', 'y', 'どこからも来ない'"
    spoil(place, f"INSERT INTO company(id, compartment, name) VALUES({nobodys})")
    told = checks.settle(checks.look())
    assert told is not None
    assert (told.code, told.facts) == ("store.records_unreadable", {"count": 1, "others": 0})
