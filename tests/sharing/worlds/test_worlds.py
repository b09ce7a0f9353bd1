"""The invariants of design-sync 11 hold for whole teams, and a broken rule is noticed.

The rounds, the key log, the sealed objects, the mirror and the outbox are the program's own. What stands
behind them is told in `light_store` and `quickening`. The table of invariants is in decision 134.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from app.services import sharing_inbox, sharing_quarantine, sharing_standing
from app.services.sharing_deposits import HandingOver
from app.services.sharing_healing import Healing
from app.services.sharing_inbox import Inbox
from app.services.sharing_outbox import Outbox
from app.sharing.objects import container
from db.mirror import Mirror, ObjectState
from tests.sharing.worlds.amounts import amount_after
from tests.sharing.worlds.forging import breaches_by_forgery
from tests.sharing.worlds.judges import breaches_of
from tests.sharing.worlds.light_store import LightConnection, LightStore
from tests.sharing.worlds.quickening import quicken
from tests.sharing.worlds.turns import breaches_in_turn
from tests.sharing.worlds.world import SIZES, TRANSPORTS, SharedWorld, begun
from tests.sync.test_invariants import MUTANTS as OF_MERGING

Look = Callable[[int, str], SharedWorld]

SEEDS = range(50)
SEEDS_ELSEWHERE = range(10)
WORLDS = int(os.environ.get("BANSO_WORLDS", "20000"))
"""How many the long run plays in all."""
MOST_SEEDS_FOR_A_MUTANT = 15


def breaches_with_packs(seed: int, transport: str) -> SharedWorld:
    """17: packs are made at any moment, also by two copies of one device."""
    world = breaches_of(seed, transport, is_packing=True)
    world.breaches[:] = [replace(each, invariant=17) for each in world.breaches]
    return world


LOOKS: dict[Look, range] = {
    breaches_of: SEEDS,
    breaches_with_packs: SEEDS_ELSEWHERE,
    breaches_in_turn: SEEDS_ELSEWHERE,
    breaches_by_forgery: SEEDS_ELSEWHERE,
}


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quicken(monkeypatch)
    for size in SIZES:  # made once for all tests, and by no mutant
        begun(size)


def breaches(look: Look, transport: str, seeds: range) -> Iterator[str]:
    for seed in seeds:
        yield from (f"seed {seed}, {each.invariant}: {each.found}" for each in look(seed, transport).breaches)


@pytest.mark.parametrize("transport", TRANSPORTS)
@pytest.mark.parametrize("look", LOOKS)
def test_no_invariant_is_broken(look: Look, transport: str) -> None:
    assert next(breaches(look, transport, LOOKS[look]), None) is None


@pytest.mark.parametrize(
    ("look", "transport", "seed"),
    [
        pytest.param(breaches_with_packs, "synced folder", 1208, id="one change in two objects"),
        pytest.param(breaches_with_packs, "object store", 1641, id="a pack that no head names"),
    ],
)
def test_no_invariant_is_broken_where_one_was(look: Look, transport: str, seed: int) -> None:
    assert next(breaches(look, transport, range(seed, seed + 1)), None) is None


@pytest.mark.long
@pytest.mark.parametrize("transport", TRANSPORTS)
@pytest.mark.parametrize("look", LOOKS)
def test_no_invariant_is_broken_in_thousands_of_worlds(look: Look, transport: str) -> None:
    seeds = range(1000, 1000 + -(-WORLDS // (len(LOOKS) * len(TRANSPORTS))))
    assert next(breaches(look, transport, seeds), None) is None


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_the_work_of_a_round_does_not_grow_with_history(transport: str) -> None:
    assert more_work(transport) == ""


SHORT, LONG = 70, 110
"""Segments of history; more than a head names."""
SOME_STEPS = 20
"""Less than one for each segment more, which nothing that looks at them can do with."""


def more_work(transport: str) -> str:
    """In what the work of taking in one change grows with history."""
    short, long = amount_after(SHORT, transport), amount_after(LONG, transport)
    grown = {
        "verbs": long.verbs > short.verbs,
        "bytes": long.read > short.read,
        "steps": long.steps > short.steps + SOME_STEPS,
    }
    return " ".join(name for name, is_more in grown.items() if is_more)


def _counts_anew(self: Mirror, stream: bytes) -> int:
    return self.count_in(stream, 0, 2**63 - 1)


def _looks_at_all_that_was_parked(self: Mirror, epochs: Any) -> list[int]:
    sql = "SELECT no, epoch FROM object WHERE +state=1"
    return [number for number, epoch in self._run(sql) if bytes(epoch) in epochs]


GROWING: dict[str, tuple[str, Any]] = {
    "bytes": ("missing", lambda _, ids: list(ids)),
    "steps of counting": ("count_all", _counts_anew),
    "steps of looking for keys that came": ("parked", _looks_at_all_that_was_parked),
}


@pytest.mark.parametrize("what", GROWING)
def test_work_that_grows_with_history_is_noticed(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Mirror, *GROWING[what])
    assert what.split()[0] in more_work("object store")


# mutants: each breaks one rule, and the world says which


def _hands_nothing_over(_: HandingOver) -> dict[str, int]:
    return {}


def _drops_one(self: Any, connection: Any, arrived: list[Any]) -> None:
    _apply(self, connection, arrived[:-1])


_apply = Inbox._apply


def _heals_nothing(_: Healing, _entries: object, notes: Any, *_more: object) -> Any:
    return notes


def _takes_absence_for_deletion(self: Any, entries: Any, notes: Any, *more: Any) -> Any:
    listed = {entry.name for entry in entries}
    with self._store.writing_raw() as connection:
        mirror = Mirror(connection)
        gone = [number for number, _, name, _, _ in mirror.names() if name not in listed]
        mirror.set_state(gone, ObjectState.QUARANTINED)
        self._store.settle_again(connection, gone)
    return notes


def _sets_nothing_aside(_membership: object, _objects: object) -> frozenset[bytes]:
    return frozenset()


def _takes_nothing_up_again(_connection: object, _standing: object) -> set[bytes]:
    return set()


def _seals_for_all(membership: Any, compartment: bytes) -> Any:
    return max(
        (each for each in membership.epochs.values() if each.compartment == compartment),
        key=lambda each: len(each.holders),
        default=None,
    )


def _drops_unknown_kinds(columns: Any) -> Any:
    stored = _as_stored(columns)
    kinds = tuple("ack" if kind not in {"set", "ack"} else kind for kind in stored.kinds)
    return replace(stored, kinds=kinds)


_as_stored = sharing_inbox.as_stored


@contextmanager
def _writes_at_once(self: LightStore) -> Iterator[Any]:
    """Nothing is taken back when the program ends in between."""
    yield LightConnection(self.raw, self.engine)
    self.burn()


def _seals_nothing(header: Any, bound: bytes, plain: bytes, epoch_key: bytes) -> bytes:
    return plain + bytes(container.TAG_BYTES)


def _knows_no_packs(_: Inbox, _name: str, _data: bytes) -> None: ...


def _puts_another(self: Any, waiting: Any) -> Iterator[tuple[str, bytes]]:
    for name, content in _contents(self, waiting):
        yield name, content[:-1] + bytes((content[-1] ^ 1,))


_contents = Outbox._contents


MUTANTS: dict[str, tuple[int, Look, Any, str, Any]] = {
    "a change of each batch is dropped": (1, breaches_of, Inbox, "_apply", _drops_one),
    "who loses a company keeps the rest": (2, breaches_of, HandingOver, "run", _hands_nothing_over),
    "what is missing is taken for deleted": (8, breaches_of, Healing, "heal", _takes_absence_for_deletion),
    "something else goes under a name": (9, breaches_of, Outbox, "_contents", _puts_another),
    "everybody's late work counts": (
        12,
        breaches_of,
        sharing_quarantine,
        "quarantined",
        _sets_nothing_aside,
    ),
    "nothing is settled when the key log grows": (
        12,
        breaches_of,
        sharing_quarantine,
        "due_for_settling",
        _takes_nothing_up_again,
    ),
    "keys of who is out are used on": (13, breaches_of, sharing_standing, "sealing_epoch", _seals_for_all),
    "kinds of a newer program are altered": (
        14,
        breaches_of,
        sharing_inbox,
        "as_stored",
        _drops_unknown_kinds,
    ),
    "a write is done before it ends": (15, breaches_of, LightStore, "writing_raw", _writes_at_once),
    "what the place lost stays lost": (16, breaches_of, Healing, "heal", _heals_nothing),
    "packs are not read": (17, breaches_with_packs, Inbox, "_take_pack", _knows_no_packs),
    "objects are not sealed": (20, breaches_of, container, "_encrypted", _seals_nothing),
}


@pytest.mark.parametrize("name", MUTANTS)
def test_a_broken_rule_of_sharing_is_noticed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    invariant, look, owner, function, mutant = MUTANTS[name]
    monkeypatch.setattr(owner, function, mutant)
    assert any(noticed(invariant, look))


MERGING: dict[str, Look] = {
    "a write replaces nothing": breaches_in_turn,
    "edits unknown to a deletion are ignored": breaches_of,
    "any time is adopted": breaches_of,
    "missing changes are not waited for": breaches_in_turn,
    "circles leave no head": breaches_by_forgery,
}


@pytest.mark.parametrize("name", MERGING)
def test_a_broken_rule_of_merging_is_noticed_behind_sealed_objects(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    invariant, place, function, mutant = OF_MERGING[name]
    monkeypatch.setattr(place, function, mutant)
    assert any(noticed(invariant, MERGING[name]))


def noticed(invariant: int, look: Look) -> Iterator[bool]:
    """Of one world after the other, whether a breach of the invariant was found in it."""
    for seed in range(MOST_SEEDS_FOR_A_MUTANT):
        for transport in TRANSPORTS:
            yield any(each.invariant == invariant for each in look(seed, transport).breaches)
