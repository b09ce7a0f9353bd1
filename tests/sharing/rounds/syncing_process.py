"""A process that writes and runs `banso sync` without an end, to be killed: `python -m … STORE`."""

import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from app.paths import StoreFolder
from app.services.stores import unlock
from ui.command_line.running import run


def work(store: Path) -> None:
    for number in range(10**6):
        with unlock(StoreFolder(store)).opened() as opened, opened.reading() as reading:
            (company, *_) = reading.records("company")
            value = f"{store.name} {number} {opened.new_id()}"
            with opened.action("書く", None) as work:
                work.save("company", company["id"], {"name": value})
        sys.stdout.write(f"={value}\n")
        sys.stdout.flush()
        with redirect_stdout(StringIO()):
            run(["sync", "--store", str(store), *(["--look-through"] if number % 3 == 0 else [])])


if __name__ == "__main__":
    work(Path(sys.argv[1]))
