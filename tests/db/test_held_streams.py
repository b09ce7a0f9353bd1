"""What is kept of each stream is what counting its segments anew would say, and what the migration makes."""

from __future__ import annotations

from random import Random

import pytest

from db.base import Connection
from db.migrating import statements, steps
from db.mirror import HeldObject, Mirror, ObjectState
from db.store import Store

DEVICES, STREAMS = (b"a" * 16, b"b" * 16), (b"s" * 16, b"t" * 16, b"u" * 16)
_MIGRATION = 6
_KEPT = "SELECT stream, device, held, sequence, newest, latest FROM held_stream ORDER BY stream, device"


def fill(connection: Connection, rng: Random) -> None:
    """Segments in any order, numbers twice, a stream that two devices write, other objects between."""
    mirror = Mirror(connection)
    for number in range(200):
        object_id = rng.randbytes(32)
        kind, sequence = rng.choice((1, 1, 1, 9)), rng.randrange(40)
        ids = object_id, kind, rng.choice(DEVICES), rng.choice(STREAMS), sequence, bytes(16)
        held = HeldObject(*ids, str(number), ObjectState.APPLIED)
        for _ in range(rng.choice((1, 2))):
            mirror.add(held, b"", placed=None)


def kept(connection: Connection) -> list[tuple[object, ...]]:
    return [tuple(row) for row in connection.exec_driver_sql(_KEPT)]


@pytest.mark.parametrize("seed", range(10))
def test_the_sum_of_each_stream_is_what_counting_makes_of_it(seed: int, store: Store) -> None:
    with store.writing_raw() as connection:
        fill(connection, Random(seed))
        followed = kept(connection)
        connection.exec_driver_sql("DELETE FROM held_stream")
        script = dict(steps())[_MIGRATION]
        for statement in statements(script):
            if statement.lstrip().startswith(("INSERT", "UPDATE")):
                connection.exec_driver_sql(statement)
        assert len(followed) == len(DEVICES) * len(STREAMS)
        assert kept(connection) == followed


def test_what_is_asked_of_a_stream_is_what_lies_in_it(store: Store) -> None:
    with store.writing_raw() as connection:
        fill(connection, Random(1))
        mirror = Mirror(connection)
        run = connection.exec_driver_sql
        for device in DEVICES:
            for stream, (following, last, _) in mirror.streams_of(device).items():
                greatest = (
                    "SELECT max(sequence) FROM object WHERE type=1 AND stream=? AND device=?",
                    (stream, device),
                )
                assert following - 1 == run(*greatest).scalar_one()
                named = run("SELECT sequence, device FROM object WHERE oid=?", (last,)).one()
                assert tuple(named) == (following - 1, device)
            assert {each.device for _, each in mirror.segments([device])} == {device}
        counted = sum(len(mirror.segments([device])) for device in DEVICES)
        assert counted == run("SELECT count(*) FROM object WHERE type=1").scalar_one()
        with pytest.raises(ValueError, match="by device"):
            mirror.of_type(1)
