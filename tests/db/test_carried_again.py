"""A change that several objects carry counts where one of them does, whichever came first."""

import random
from collections.abc import Callable
from dataclasses import replace
from itertools import permutations

import pytest

from db import change_log
from db.change_columns import Arrived
from db.mirror import HeldObject, Mirror, ObjectState
from tests.db.test_applying import Device, new_devices, raw

__all__ = ["new_devices"]
NewDevices = Callable[[int, int], list[Device]]
COUNTING = 7


def hold(device: Device, number: int, state: ObjectState) -> int:
    """Hold an object of the other device in this state; its number."""
    author, stream = raw(device.id), bytes([number]) * 16
    held = HeldObject(bytes([number]) * 32, 1, author, stream, 0, bytes(16), f"s/{number}", state)
    with device.store.writing_raw() as connection:
        kept = Mirror(connection).add(held, b"", placed=None)
    assert kept is not None
    return kept


def both_brought(device: Device, arrived: Arrived, states: tuple[ObjectState, ...]) -> list[int]:
    """The same changes come in one object after the other."""
    numbers = [hold(device, COUNTING + place, state) for place, state in enumerate(states)]
    for number in numbers:
        device.take([replace(arrived, number=number)])
    return numbers


def written(new: NewDevices) -> tuple[Device, Arrived, Device]:
    giver, taker, other = new(3, 3)
    for seed in range(6):
        giver.act(random.Random(seed))
    (arrived,) = giver.give()
    other.take([replace(arrived, number=hold(other, COUNTING, ObjectState.APPLIED))])
    return taker, arrived, other


@pytest.mark.parametrize("states", [*permutations((ObjectState.APPLIED, ObjectState.QUARANTINED))])
def test_what_one_object_puts_aside_counts_by_another(
    new_devices: NewDevices, states: tuple[ObjectState, ...]
) -> None:
    taker, arrived, other = written(new_devices)
    both_brought(taker, arrived, states)
    assert taker.view() == other.view()
    assert taker.view()
    assert taker.store.check().faults == ()


def test_it_counts_no_more_once_none_of_its_objects_does(new_devices: NewDevices) -> None:
    taker, arrived, other = written(new_devices)
    numbers = both_brought(taker, arrived, (ObjectState.APPLIED, ObjectState.APPLIED))
    for number in numbers:
        before = taker.view()
        with taker.store.writing_raw() as connection:
            Mirror(connection).set_state([number], ObjectState.QUARANTINED)
            taker.store.settle_again(connection, [number])
        assert (taker.view() == before) == (number == numbers[0])
    with taker.store.writing_raw() as connection:
        Mirror(connection).set_state(numbers[1:], ObjectState.APPLIED)
        taker.store.settle_again(connection, numbers[1:])
    assert taker.view() == other.view()
    assert taker.store.check().faults == ()


def test_looking_at_the_first_object_alone_is_found_out(
    new_devices: NewDevices, monkeypatch: pytest.MonkeyPatch
) -> None:
    first_alone = (
        "SELECT change.id FROM change JOIN object ON object.no=change.segment WHERE cell=? AND object.state=?"
    )
    monkeypatch.setattr(change_log, "_ASIDE", first_alone)
    taker, arrived, other = written(new_devices)
    both_brought(taker, arrived, (ObjectState.QUARANTINED, ObjectState.APPLIED))
    assert taker.view() != other.view()
