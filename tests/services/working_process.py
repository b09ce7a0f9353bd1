"""A process at work in a store, to be killed: `python -m tests.services.working_process ACT FOLDER`.

It prints what it is about to do and what it has done, a line each: `> value` before, `= value` after.
"""

import os
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from app.bootstrap import open_workplace
from app.clock import SystemClock
from app.paths import StoreFolder
from app.services.backups import BackupService
from app.services.bundles import BundleService
from app.store_keys import unlock_practice
from app.workplace import Workplace

Act = Callable[[Workplace, StoreFolder], Iterator[str]]

LINES = 5
"""As many lines as each saved visit has."""

_SCOPE = "company"


def saves(place: Workplace, folder: StoreFolder) -> Iterator[str]:
    """Visits with their lines, one action each."""
    company = company_named(place, "企業")
    while True:
        session = place.new_id()
        yield session
        with place.action("面談", None) as work:
            work.save("support_session", session, {"company_id": company}, compartment=company)
            for number in range(LINES):
                values = {"support_session_id": session, "text": f"行{number}", "company_id": company}
                work.save("note_line", place.new_id(), values, compartment=company)


def undo(place: Workplace, folder: StoreFolder) -> Iterator[str]:
    """Changes of one name, each taken back and done again."""
    company = company_named(place, "名0")
    for number in count(1):
        yield f"名{number}"
        with place.action("名", _SCOPE) as work:
            work.save("company", company, {"name": f"名{number}"})
        yield f"名{number - 1}"
        place.undo(_SCOPE)
        yield f"名{number}"
        place.undo(_SCOPE, "forth")


def backup(place: Workplace, folder: StoreFolder) -> Iterator[str]:
    """One backup after the other."""
    company_named(place, "企業")
    service = BackupService(folder, unlock_practice(folder), SystemClock())
    for number in count():
        yield str(number)
        service.make()


def rebuild(place: Workplace, folder: StoreFolder) -> Iterator[str]:
    """The records made again from the log, over and over."""
    company_named(place, "企業")
    for number in count():
        yield str(number)
        place.store.rebuild()


def export(place: Workplace, folder: StoreFolder) -> Iterator[str]:
    """One bundle after the other."""
    company_named(place, "企業")
    for number in count():
        yield str(number)
        BundleService(place).export(folder.path / f"{number}.zip")


def company_named(place: Workplace, name: str) -> str:
    """Write a company; its id."""
    company = place.new_id()
    with place.action("企業", None) as work:
        work.save("company", company, {"name": name}, compartment=company)
    return company


ACTS: dict[str, Act] = {act.__name__: act for act in (saves, undo, backup, rebuild, export)}


def main(act: str, folder: StoreFolder) -> None:
    """Work until killed."""
    place = open_workplace(folder, unlock_practice(folder))
    done = ""
    for value in ACTS[act](place, folder):
        _say("=", done)
        _say(">", value)
        done = value


def _say(sign: str, value: str) -> None:
    if value:
        os.write(sys.stdout.fileno(), f"{sign} {value}\n".encode())


if __name__ == "__main__":
    main(sys.argv[1], StoreFolder(Path(sys.argv[2])))
