"""The practice region in a store of its own, apart from real data."""

from __future__ import annotations

import shutil

from app.bootstrap import create_store, open_workplace
from app.clock import JAPAN, Clock, SystemClock
from app.errors import PracticeOnly, write_fault
from app.ids import record_id
from app.paths import StoreFolder
from app.services.practice import PracticeClock, load_practice
from app.services.practice_attachments import attach_samples
from app.store_files import delete_store
from app.store_keys import new_practice_keys, open_keys


def make_practice_store(folder: StoreFolder, clock: Clock | None = None) -> bool:
    """Make the practice region of today in a folder without a store; whether it had to be made.

    It is made aside and moved into place when it is whole: nobody meets half a region after a stop.
    Raises PracticeOnly when a real store stands there, and what a refused write is.
    """
    if folder.database.exists():
        _require_practice(folder)
        return False
    aside = StoreFolder(folder.path.with_name(f"{folder.path.name}.making"))
    try:
        shutil.rmtree(aside.path, ignore_errors=True)
        _make(aside, clock or SystemClock())
        if folder.path.exists():
            folder.path.rmdir()
        aside.path.rename(folder.path)
    except OSError as refused:
        raise write_fault(refused) from refused
    finally:
        shutil.rmtree(aside.path, ignore_errors=True)
    return True


def _make(folder: StoreFolder, clock: Clock) -> None:
    region = PracticeClock(clock.now().astimezone(JAPAN).date())
    keys = new_practice_keys(record_id(clock.now()))
    create_store(folder, keys, region)
    place = open_workplace(folder, keys.key, clock=region)
    try:
        load_practice(place, region)
        attach_samples(place, region)
    finally:
        place.store.close()


def throw_away_practice_store(folder: StoreFolder) -> None:
    """Delete the practice region with everything tried in it, and its folder if nothing else is there.

    Files that the program did not make stay. Raises PracticeOnly for a real store, and what a refused write
    is.
    """
    _require_practice(folder)
    delete_store(folder)


def _require_practice(folder: StoreFolder) -> None:
    if not open_keys(folder).is_practice:
        raise PracticeOnly
