"""Changes of other devices: in any order, in any portions, any number of times, all devices agree."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.log_rules import RULES
from db import applying, settling
from db import store as db_store
from db.change_columns import Arrived
from db.change_log import pack, unpack
from db.store import Author, Store
from db.unsent import after, mark_sent, take_unsent, waiting_changes, waiting_compartments
from tests.db.conftest import KEY, TEAM, record_number


def raw(identity: str) -> bytes:
    return bytes.fromhex(identity.replace("-", ""))


COMPARTMENT = raw(TEAM)


class Device:
    """One laptop of a team."""

    def __init__(self, path: Path, number: int, seed: int) -> None:
        self.id = record_number(900 + number)
        noise = random.Random(seed * 100 + number)
        stamps = iter(range((1 << 40) + number, 1 << 41, 7))
        db_store.create(path, KEY, {})
        self.store = Store(
            path,
            KEY,
            RULES,
            Author(record_number(800 + number), self.id),
            tick=lambda: next(stamps),
            new_save_id=lambda: noise.randbytes(8),
        )
        self.forms: list[Any] = []

    def act(self, rng: random.Random) -> None:
        """What a person might do, also from a form that was opened long ago."""
        record, kind = record_number(rng.randrange(4)), "company"
        with self.store.writing() as work:
            known = work._log.find_record(raw(record))
            if known is None:
                work.save(kind, record, {"name": rng.choice("甲乙丙"), "city": "旭川"}, compartment=TEAM)
                return
            doing = rng.randrange(6)
            if doing == 0:
                work.delete(kind, record)
            elif doing == 1:
                work.undelete(kind, record)
            elif doing == 2:
                self.forms.append((record, work.load(kind, record)))
            elif doing == 3 and self.forms:
                stale, form = rng.choice(self.forms)
                work.save(kind, stale, {"name": rng.choice("丁戊"), "products": "治具。油。"}, form)
            else:
                work.save(kind, record, {rng.choice(("name", "city", "products")): rng.choice("子丑寅")})

    def give(self, most: int = 20_000) -> list[Arrived]:
        """Everything it holds, in portions."""
        with self.store.reading() as connection:
            parts = take_unsent(connection, waiting_changes(connection).get(COMPARTMENT, []), most)
            return [Arrived(1, COMPARTMENT, raw(self.id), changes) for _, changes in parts]

    def take(self, portions: list[Arrived]) -> applying.Applied:
        with self.store.writing_raw() as connection:
            return self.store.apply(connection, portions)

    def view(self) -> list[tuple[Any, ...]]:
        sql = "SELECT id, deleted, conflicts, name, city, products, search_key FROM company ORDER BY id"
        with self.store.reading() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(sql)]


@pytest.fixture
def new_devices(tmp_path: Path) -> Iterator[Callable[[int, int], list[Device]]]:
    made: list[Device] = []

    def make(count: int, seed: int) -> list[Device]:
        new = [Device(tmp_path / f"{len(made) + number}.db", number, seed) for number in range(count)]
        made.extend(new)
        return new

    yield make
    for device in made:
        device.store.abandon()


def play(devices: list[Device], seed: int) -> None:
    """Acts and half-finished exchanges, then everybody hears of everything, each in an order of its own."""
    rng = random.Random(seed)
    for _ in range(rng.randrange(5, 30)):
        device, other = rng.choice(devices), rng.choice(devices)
        device.act(rng)
        if rng.random() < 0.4 and device is not other:
            portions = device.give(rng.choice((1, 3, 20)))
            device_portions = rng.sample(portions, rng.randrange(len(portions) + 1))
            other.take(device_portions)
    everything = {device.id: device.give(rng.choice((1, 2, 50))) for device in devices}
    for device in devices:
        portions = [part for giver, parts in everything.items() if giver != device.id for part in parts]
        rng.shuffle(portions)
        while portions:
            size = rng.randrange(1, 6)
            device.take(portions[:size])
            portions = portions[size:]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(seed=st.integers(0, 10**6))
def test_all_devices_agree_and_the_view_is_what_the_log_says(
    new_devices: Callable[[int, int], list[Device]], seed: int
) -> None:
    devices = new_devices(3, seed)
    play(devices, seed)
    assert [device.store.check().faults for device in devices] == [()] * 3
    first, *others = [device.view() for device in devices]
    assert others == [first, first]


def test_a_view_that_forgets_to_resolve_is_found_out(
    new_devices: Callable[[int, int], list[Device]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def newest(self: Any, number: int, _policy: str) -> Any:
        last = self._by_cell[number][-1]
        return (number, last[0], None, None, 0), unpack(last[5])

    monkeypatch.setattr(settling._Cells, "_settled", newest)
    found = []
    for seed in range(4):
        devices = new_devices(3, seed)
        play(devices, seed)
        found += [fault for device in devices for fault in device.store.check().faults]
    assert found


def test_what_is_known_already_changes_nothing(new_devices: Callable[[int, int], list[Device]]) -> None:
    giver, taker = new_devices(2, 1)
    for seed in range(12):
        giver.act(random.Random(seed))
    assert taker.take(giver.give()).new > 0
    before = taker.view()
    again = taker.take(giver.give())
    assert (again.new, again.traces) == (0, ())
    assert taker.view() == before


def test_nobody_writes_into_a_record_of_another_compartment(
    new_devices: Callable[[int, int], list[Device]],
) -> None:
    giver, taker = new_devices(2, 2)
    with giver.store.writing() as work:
        work.save("company", record_number(1), {"name": "北国"}, compartment=record_number(77))
    with giver.store.reading() as connection:
        ((_, changes),) = take_unsent(connection, waiting_changes(connection)[raw(record_number(77))], 100)
    theirs = Arrived(1, raw(record_number(77)), raw(giver.id), changes)
    assert taker.take([theirs]).new == 1
    forged = replace(theirs, compartment=COMPARTMENT, changes=replace(changes, saves=(bytes(8),)))
    applied = taker.take([forged])
    assert (applied.new, applied.misplaced) == (0, 1)


def test_two_contents_under_one_id_are_both_kept_and_listed(
    new_devices: Callable[[int, int], list[Device]],
) -> None:
    giver, taker = new_devices(2, 3)
    with giver.store.writing() as work:
        work.save("company", record_number(1), {"name": "北国"}, compartment=TEAM)
    (honest,) = giver.give()
    taker.take([honest])
    forged = replace(honest, changes=replace(honest.changes, value=(pack("偽"),)))
    assert taker.take([forged]).new == 1
    assert taker.take([forged]).new == 0
    assert taker.store.check().faults == ()
    (row,) = taker.view()
    assert row[2] == 1


def test_a_sealed_save_waits_no_longer_and_is_never_divided(
    new_devices: Callable[[int, int], list[Device]],
) -> None:
    (device,) = new_devices(1, 4)
    with device.store.writing() as work:
        for number in range(5):
            work.save("company", record_number(number), {"name": "甲", "city": "旭川"}, compartment=TEAM)
    with device.store.writing() as work:
        work.save("company", record_number(9), {"name": "乙"}, compartment=TEAM)
    with device.store.writing_raw() as connection:
        waiting = waiting_changes(connection)[COMPARTMENT]
        parts = list(take_unsent(connection, waiting, 3))
        assert [len(numbers) for numbers, _ in parts] == [10, 1]
        assert waiting_compartments(connection) == {COMPARTMENT: 11}
        assert [len(numbers) for numbers, _ in take_unsent(connection, waiting, 11)] == [11]
        assert [len(numbers) for numbers, _ in take_unsent(connection, waiting, 99, 300)] == [10, 1]
        mark_sent(connection, parts[0][0], 1)
        assert [len(numbers) for numbers, _ in take_unsent(connection, waiting, 3)] == [1]
        assert after(waiting, parts[0][0]) == parts[1][0]
        assert waiting_compartments(connection) == {COMPARTMENT: 1}
