"""A process at work in a store, to be killed: `python -m tests.services.working_process ACT FOLDER`.

It prints what it is about to do and what it has done, a line each: `> value` before, `= value` after.
"""

import os
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import count
from pathlib import Path

from app.bootstrap import create_store, open_workplace
from app.clock import SystemClock
from app.domain.terms import Confidentiality
from app.paths import StoreFolder
from app.rows.printing import DocumentKind, PrintRequest
from app.services import backups
from app.services.backup_items import BackupItemService
from app.services.backups import BackupService
from app.services.bundles import BundleService
from app.services.printing import PrintService
from app.services.self_checks import SelfCheckService
from app.store_keys import NewKeys, open_keys, unlock_practice
from app.store_lock import holding
from app.workplace import Workplace
from db import migrating
from db import store as db_store

Act = Callable[[Workplace, StoreFolder], Iterator[str]]

LINES = 5
"""As many lines as each saved visit has."""
TABLES = 8
"""As many tables as each migration makes."""
TAKEN = 40
"""As many companies as the bundle holds that is taken in."""

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


def take_in(place: Workplace, folder: StoreFolder) -> Iterator[str]:
    """A bundle taken into one empty store after the other."""
    for number in range(TAKEN):
        company_named(place, f"企業{number}")
    bundle = folder.path / "all.zip"
    BundleService(place).export(bundle)
    for number in count():
        empty = StoreFolder(folder.path / f"empty{number}")
        create_store(empty, NewKeys(open_keys(folder), unlock_practice(folder), ()))
        yield str(number)
        taken = open_workplace(empty, unlock_practice(empty))
        BundleService(taken).take_in(bundle)
        taken.store.close()


def restore(place: Workplace, folder: StoreFolder) -> Iterator[str]:
    """Two backups, each put in the place of the store in turn."""
    key = unlock_practice(folder)
    company = company_named(place, "名0")
    service = BackupService(folder, key, SystemClock())
    made = [service.make()]
    with place.action("名", None) as work:
        work.save("company", company, {"name": "名1"})
    made.append(service.make())
    place.store.close()
    for number in count():
        yield f"名{number % 2}"
        with holding(folder):
            backups.restore(folder, key, made[number % 2].path, SystemClock())


def bring_back(place: Workplace, folder: StoreFolder) -> Iterator[str]:
    """Items of a backup brought back and changed again."""
    ids = [company_named(place, "前") for _ in range(20)]
    key = unlock_practice(folder)
    backup = BackupService(folder, key, SystemClock()).make()
    items = BackupItemService(place, folder, key)
    while True:
        yield "後"
        with place.action("直す", None) as work:
            for each in ids:
                work.save("company", each, {"name": "後"})
        yield "前"
        comparison = items.compare(backup)
        items.bring_back(comparison, [item.key for item in comparison.items])


def self_check(place: Workplace, folder: StoreFolder) -> Iterator[str]:
    """What somebody spoilt behind the log's back, mended by the monthly check."""
    for _ in range(20):
        company_named(place, "正しい名")
    checks = SelfCheckService(place, folder, unlock_practice(folder))
    for number in count():
        with place.store.writing_raw() as connection:
            connection.exec_driver_sql("UPDATE company SET name='よその名'")
        yield str(number)
        checks.settle(checks.look())


def print_files(place: Workplace, folder: StoreFolder) -> Iterator[str]:
    """The history of a company printed into one file after the other."""
    company = company_named(place, "企業")
    session = place.new_id()
    with place.action("面談", None) as work:
        values = {"company_id": company, "starts_at": datetime(2025, 7, 22, 13)}  # noqa: DTZ001 - on the wall
        work.save("support_session", session, values, compartment=company)
    printing = PrintService(place, is_practice=True)
    request = PrintRequest(DocumentKind.HISTORY, (company,), Confidentiality.ASSIGNED)
    for number in count():
        yield str(number)
        printing.save(printing.prepare(request), folder.path / f"{number}.pdf")


def migrate(place: Workplace, folder: StoreFolder) -> Iterator[str]:
    """One migration after the other, each making some tables, each after a backup."""
    company_named(place, "企業")
    key = unlock_practice(folder)
    place.store.close()
    known = list(migrating.steps())
    for number in count(known[-1][0] + 1):
        known.append((number, step_of(number)))
        migrating.steps = lambda: tuple(known)
        yield str(number)
        service = BackupService(folder, key, SystemClock())
        db_store.prepare(folder.database, key.raw, before_migrating=service.make)


def step_of(number: int) -> str:
    """A migration of several statements."""
    return "".join(f"CREATE TABLE later_{number}_{part} (seq INTEGER);\n" for part in range(TABLES))


def company_named(place: Workplace, name: str) -> str:
    """Write a company; its id."""
    company = place.new_id()
    with place.action("企業", None) as work:
        work.save("company", company, {"name": name}, compartment=company)
    return company


_ALL = (saves, undo, backup, rebuild, export, take_in, restore, bring_back, self_check, migrate, print_files)
ACTS: dict[str, Act] = {act.__name__: act for act in _ALL}


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
