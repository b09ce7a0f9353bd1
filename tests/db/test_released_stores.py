"""Every store that a released program left behind opens in this one, with everything in it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from db.maintenance import page_faults
from db.migrating import schema_number
from db.reading import Reading
from db.repositories import search
from db.repositories.search import Wanted
from db.store import Store, prepare
from tests.db.conftest import KEY
from tests.db.released_stores import ACTION, COMPANY, FOLDER, GONE, LINES, SECRET, make
from tests.db.test_schema import schema

RELEASED = sorted(FOLDER.glob("*.db"))


@pytest.fixture(params=RELEASED, ids=lambda path: path.stem)
def released(request: pytest.FixtureRequest, tmp_path: Path, make_store: Callable[[str], Store]) -> Store:
    path = Path(shutil.copyfile(request.param, tmp_path / "released.db"))
    backups: list[int] = []
    steps = prepare(path, KEY, before_migrating=lambda: backups.append(1))
    assert steps == schema_number() - int(request.param.stem)
    assert len(backups) == bool(steps)
    return make_store("released.db")


def test_the_schema_of_today_is_kept_as_a_store() -> None:
    assert f"{schema_number():04}" in [path.stem for path in RELEASED]


def test_it_has_the_schema_of_today(released: Store, store: Store) -> None:
    assert schema(released._reader) == schema(store._reader)


def test_its_pages_are_sound_and_its_records_equal_its_log(released: Store) -> None:
    assert page_faults(released.path, KEY) == ()
    assert released.check().faults == ()
    assert released.check().records == 8


def test_what_was_written_is_read(released: Store) -> None:
    with released.reading() as connection:
        reading = Reading(connection)
        company = reading.record("company", COMPANY)
        lines = {found["id"]: found for found in reading.records("note_line", include_deleted=True)}
        action = reading.record("action_item", ACTION)
    assert company is not None
    assert action is not None
    assert (company["name"], company["conflicts"]) == ("ほっこく精密", 1)
    assert company["products"] == "治具を二つ作る。図面は渡さない。"
    assert {line: found["text"] for line, found in lines.items()} == LINES
    assert [line for line, found in lines.items() if found["deleted"] == 1] == [GONE]
    assert [line for line, found in lines.items() if found["is_secret"]] == [SECRET]
    assert (action["title"], action["deleted"]) == ("治具を作る", 0)


def test_its_words_are_found(released: Store) -> None:
    with released.reading() as connection:
        found = search.newest(Reading(connection), Wanted(["治具"]), 10)
    assert sorted(row["kind"] for row in found) == ["action_item", "note_line"]


def test_work_goes_on_in_it(released: Store) -> None:
    with released.writing() as work:
        work.save("company", COMPANY, {"name": "北国精密工業"})
    released.rebuild()
    with released.reading() as connection:
        company = Reading(connection).record("company", COMPANY)
    assert company is not None
    assert (company["name"], company["conflicts"]) == ("北国精密工業", 1)


def test_the_making_of_these_stores_still_works(tmp_path: Path) -> None:
    make(tmp_path / "made.db")
    assert page_faults(tmp_path / "made.db", KEY) == ()
