from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from db.engine import StoreDamaged, StoreFileMissing, StoreFileUnreadable
from db.maintenance import back_up, page_faults, verify
from db.migrating import StoreNewerThanProgram
from db.store import Store, prepare
from tests.db.conftest import KEY, record_number

COMPANY = record_number(1)


@pytest.fixture
def filled(store: Store) -> Store:
    with store.writing() as work:
        for number in range(200):
            company = record_number(number)
            values = {"name": f"目印の文{number}", "products": "x" * 500}
            work.save("company", company, values, compartment=company)
    return store


def test_a_sound_store_passes_every_check(filled: Store) -> None:
    assert page_faults(filled.path, KEY) == ()
    found = filled.check()
    assert (found.records, found.differing) == (200, ())


def test_a_projection_that_was_tampered_with_is_found(filled: Store) -> None:
    with filled.writing_raw() as connection:
        connection.execute(text("UPDATE company SET name='別の名' WHERE id=:id"), {"id": COMPANY})
        connection.execute(text("DELETE FROM company WHERE id=:id"), {"id": record_number(2)})
    assert {found for _, found in filled.check().differing} == {COMPANY, record_number(2), ""}


def test_a_rebuild_mends_the_projections(filled: Store) -> None:
    with filled.writing_raw() as connection:
        connection.execute(text("DELETE FROM company"))
    filled.rebuild()
    assert filled.check().faults == ()


def test_a_backup_opens_with_the_same_key_and_holds_the_same(filled: Store, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    back_up(filled.path, KEY, target)
    verify(target, KEY)
    assert not list(tmp_path.glob("*.part"))


def test_neither_store_nor_backup_nor_log_file_holds_typed_text(filled: Store, tmp_path: Path) -> None:
    back_up(filled.path, KEY, tmp_path / "copy.db")
    for file in tmp_path.iterdir():
        content = file.read_bytes()
        assert not content.startswith(b"SQLite format 3")
        assert "目印の文".encode() not in content
        assert b"xxxxxxxxxxxx" not in content


def test_one_flipped_byte_is_found(filled: Store, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    back_up(filled.path, KEY, target)
    content = bytearray(target.read_bytes())
    content[len(content) // 2] ^= 1
    target.write_bytes(content)
    with pytest.raises(StoreDamaged):
        verify(target, KEY)


def test_another_key_does_not_open_the_store(filled: Store) -> None:
    with pytest.raises(StoreFileUnreadable):
        page_faults(filled.path, bytes(48))


@pytest.mark.parametrize("make", [Path.unlink, lambda path: path.write_bytes(b"")])
def test_a_missing_or_empty_file_never_becomes_a_new_store(
    tmp_path: Path, make: Callable[[Path], object]
) -> None:
    path = tmp_path / "store.db"
    path.write_bytes(b"x")
    make(path)
    with pytest.raises(StoreFileMissing):
        prepare(path, KEY, before_migrating=lambda: None)


def test_a_store_of_a_later_program_is_refused_and_left_alone(filled: Store) -> None:
    with filled.writing_raw() as connection:
        connection.exec_driver_sql("PRAGMA user_version=999")
    with pytest.raises(StoreNewerThanProgram) as refused:
        prepare(filled.path, KEY, before_migrating=lambda: None)
    assert refused.value.found == 999
