"""Many threads write at once: nothing is lost, nothing crashes."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.pool import QueuePool

from db.reading import Reading
from db.store import Store
from tests.architecture.sources import ROOT
from tests.db.conftest import record_number

COMPANY = record_number(1)


def test_the_pool_is_one_that_threads_can_share(store: Store) -> None:
    assert type(store._reader.pool) is QueuePool
    assert store._writer.pool is store._reader.pool


def test_sixteen_threads_commit_sixty_times_each(tmp_path: Path) -> None:
    """In a process of its own, because the fault this guards against is a crash of the process."""
    ended = subprocess.run(
        [sys.executable, "-m", "tests.db.many_writers", str(tmp_path / "store.db"), "16", "60"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stdout.strip()) == (0, "960 960"), ended.stderr


def test_four_threads_that_add_one_lose_no_update(store: Store) -> None:
    with store.writing() as work:
        work.save("company", COMPANY, {"employees_regular": 0}, compartment=COMPANY)

    def add_one(_: int) -> None:
        with store.writing() as work:
            found = work.load("company", COMPANY).values["employees_regular"]
            work.save("company", COMPANY, {"employees_regular": found + 1})

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(add_one, range(800)))
    with store.reading() as connection:
        company = Reading(connection).record("company", COMPANY)
    assert company is not None
    assert company["employees_regular"] == 800
    assert store.check().faults == ()


def test_a_reading_stays_in_its_moment(store: Store) -> None:
    with store.writing() as work:
        work.save("company", COMPANY, {"name": "前"}, compartment=COMPANY)
    with store.reading() as connection:
        before = connection.execute(text("SELECT name FROM company")).scalar_one()
        with store.writing() as work:
            work.save("company", COMPANY, {"name": "後"})
        assert connection.execute(text("SELECT name FROM company")).scalar_one() == before == "前"
    with store.reading() as connection:
        assert connection.execute(text("SELECT name FROM company")).scalar_one() == "後"
