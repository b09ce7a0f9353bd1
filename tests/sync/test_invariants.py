"""The invariants hold for many seeds, and a broken rule is noticed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from app.sync import clock, form
from app.sync.merge import cells, policies, records, references, sentences
from tests.sync import model
from tests.sync.invariants import breaches_in_turn, breaches_of, judge_forgery
from tests.sync.model import Store, World

Look = Callable[[int], World]

SEEDS = range(250)
LONG_SEEDS = range(1000, 5000)
MOST_SEEDS_FOR_A_MUTANT = 150

HELD_BY: dict[int, Look] = {
    1: breaches_of,
    2: breaches_of,
    3: breaches_of,
    4: breaches_of,
    5: breaches_in_turn,
    6: breaches_of,
    7: breaches_of,
    9: breaches_of,
    10: breaches_of,
    11: breaches_of,
    12: breaches_of,
    14: breaches_of,
    15: breaches_of,
    18: breaches_in_turn,
    19: judge_forgery,
}


def breaches(look: Look, seeds: range) -> Iterator[str]:
    for seed in seeds:
        yield from (f"seed {seed}, {each.invariant}: {each.found}" for each in look(seed).breaches)


@pytest.mark.parametrize("look", [breaches_of, breaches_in_turn, judge_forgery])
def test_no_invariant_is_broken(look: Look) -> None:
    assert next(breaches(look, SEEDS), None) is None


@pytest.mark.long
@pytest.mark.parametrize("look", [breaches_of, breaches_in_turn, judge_forgery])
def test_no_invariant_is_broken_in_thousands_of_worlds(look: Look) -> None:
    assert next(breaches(look, LONG_SEEDS), None) is None


def _write_row_by_row(store: Store, rows):
    for key, row in rows:
        store.burn()
        store.put(key, row)
    store.burn()


def _only_what_is_earlier(cell):
    """Let clocks decide what a write replaces."""
    return {
        known
        for change in cell.eligible.values()
        for known in change.known
        if known in cell.eligible and cell.eligible[known].time < change.time
    }


def _without_newer_kinds(real):
    return lambda changes, quarantined: real([c for c in changes if c.kind in {"set", "ack"}], quarantined)


def _heads_without_circles(cell):
    gone = references.superseded(cell)
    return [change for change in cell.eligible.values() if change.kind != "ack" and change.id not in gone]


NONE = frozenset()
MUTANTS = {
    "the first to arrive wins": (1, policies, "newest", lambda changes: next(iter(changes))),
    "what was replaced unseen is forgotten": (2, cells, "buried", lambda cell: NONE),
    "losing heads are not listed": (2, cells, "losing", lambda policy, rivals: NONE),
    "the clock decides what a write replaces": (3, references, "superseded", _only_what_is_earlier),
    "sentences may run together": (4, sentences, "keeps_sentences_whole", lambda merged, pieces: True),
    "a write replaces nothing": (5, references, "superseded", lambda cell: set()),
    "a form claims all it knew as seen": (
        6,
        form,
        "token_of",
        lambda view: form.CellToken(view.displayed.union(view.heads), view.displayed.union(view.heads)),
    ),
    "the last to arrive ends the chain": (7, cells, "is_chain", lambda changes, quarantined: True),
    "saves are numbered by device": (9, model, "save_id", lambda random_bytes: b"8 bytes!"),
    "edits unknown to a deletion are ignored": (10, records, "content", lambda cells: NONE),
    "a deletion covers nothing": (10, model.merge, "whole_content", lambda cells: NONE),
    "children do not matter": (10, model.merge, "kept_by_children", lambda record, children: record),
    "any time is adopted": (11, clock, "is_near", lambda remote, now_ms: True),
    "what a removed device replaced stays gone": (12, cells, "brought_back", lambda cell: NONE),
    "newer kinds are left out": (14, cells, "gather", _without_newer_kinds(references.gather)),
    "a save is written row by row": (15, Store, "write", _write_row_by_row),
    "missing changes are not waited for": (18, cells, "is_waiting", lambda cell: False),
    "circles leave no head": (19, cells, "unsuperseded", _heads_without_circles),
}


@pytest.mark.parametrize("name", MUTANTS)
def test_a_broken_rule_is_noticed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    invariant, place, function, mutant = MUTANTS[name]
    monkeypatch.setattr(place, function, mutant)
    noticed = (
        each.invariant == invariant
        for seed in range(MOST_SEEDS_FOR_A_MUTANT)
        for each in HELD_BY[invariant](seed).breaches
    )
    assert any(noticed)
