"""The practice region on two devices of one machine that share through a folder, for trainers and tests."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.bootstrap import USER, create_store, open_workplace
from app.clock import Clock, SystemClock
from app.crypto.key_slots import StoreKey
from app.domain.terms import TeamRole
from app.errors import write_fault
from app.ids import record_id
from app.paths import StoreFolder
from app.services.practice_store import make_practice_store
from app.services.sharing import SharingService
from app.store_keys import new_practice_keys, unlock_practice
from app.workplace import Workplace
from db.store import write_marker


@dataclass(frozen=True, slots=True)
class PracticePair:
    """Two stores below one folder, and the 置き場 between them."""

    first: StoreFolder
    second: StoreFolder
    place: Path


def pair_at(folder: Path) -> PracticePair:
    """Where the two of a folder lie."""
    return PracticePair(StoreFolder(folder / "一台目"), StoreFolder(folder / "二台目"), folder / "置き場")


def make_practice_pair(folder: Path, clock: Clock | None = None) -> tuple[PracticePair, bool]:
    """Make both where they are not there yet, in one team; whether they had to be made.

    The second device belongs to another member of the practice team. Raises PracticeOnly where a real store
    stands in the way, and what a refused write is.
    """
    clock = clock or SystemClock()
    pair = pair_at(folder)
    if pair.second.database.exists():
        return pair, False
    try:
        pair.place.mkdir(parents=True, exist_ok=True)
    except OSError as refused:
        raise write_fault(refused) from refused
    make_practice_store(pair.first, clock)
    first = open_workplace(pair.first, unlock_practice(pair.first), clock=clock)
    try:
        _share(first, pair, clock)
    finally:
        first.store.close()
    return pair, True


def _share(first: Workplace, pair: PracticePair, clock: Clock) -> None:
    sharing = SharingService(first)
    own, other = _two_members(first)
    sharing.create(str(pair.place), own[1])
    keys = new_practice_keys(record_id(clock.now()))
    create_store(pair.second, keys, clock)
    _belong_to(pair.second, keys.key, other[0], clock)
    second = open_workplace(pair.second, keys.key, clock=clock)
    try:
        digits = SharingService(second).join(sharing.invite().encode(), other[1])
        sharing.approve(digits, TeamRole.MEMBER, _companies(first))
        SharingService(second).synchronise()
    finally:
        second.store.close()


def _two_members(first: Workplace) -> tuple[tuple[str, str], tuple[str, str]]:
    """(id, name) of the person at the first device, and of another one of the team."""
    with first.reading() as reading:
        people = reading.records("person", company_id=None, order=("order_key", "id"))
    named = [(each["id"], each["name"] or "") for each in people]
    own = next(each for each in named if each[0] == first.user_id)
    return own, next(each for each in named if each != own)


def _companies(first: Workplace) -> list[str]:
    with first.reading() as reading:
        return [each["id"] for each in reading.records("company")]


def _belong_to(folder: StoreFolder, key: StoreKey, person: str, clock: Clock) -> None:
    """Let a new store be that of a person whom the team knows already."""
    place = open_workplace(folder, key, clock=clock)
    with place.store.writing_raw() as connection:
        write_marker(connection, USER, person)
    place.store.close()
