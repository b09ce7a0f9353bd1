"""A process that writes from many threads: `python -m tests.db.many_writers FILE THREADS COMMITS`."""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

from app.log_rules import RULES
from db.store import Store, create
from tests.db.conftest import AUTHOR, KEY, record_number


def main(path: Path, threads: int, commits: int) -> None:
    """Write one company per commit; print how many there are, and how many equal the log."""
    stamps = count(1 << 40)
    create(path, KEY, {})
    store = Store(path, KEY, RULES, AUTHOR, tick=lambda: next(stamps), new_save_id=lambda: os.urandom(8))

    def write(thread: int) -> None:
        for number in range(commits):
            company = record_number(thread * commits + number)
            with store.writing() as work:
                work.save("company", company, {"name": f"企業{thread}"}, compartment=company)

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(write, range(threads)))
    found = store.check()
    sys.stdout.write(f"{found.records} {found.records - len(found.differing)}\n")
    store.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
