"""Invariant 13 holds for hundreds of random key logs, and a broken rule is noticed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from app.sharing.membership import (
    authority,
    compiling,
    endorsements,
    evaluation,
    history,
    sealing,
    standing,
    state,
    stops,
)
from tests.sharing.membership.judges import breaches_of

_EPOCHS_OF = compiling.epochs_of

SEEDS = range(300)
LONG_SEEDS = range(1000, 21000)
MOST_SEEDS_FOR_A_MUTANT = 200


def breaches(seeds: range) -> Iterator[str]:
    return (f"seed {seed}, {each}" for seed in seeds for each in breaches_of(seed))


def test_membership_holds_for_hundreds_of_key_logs() -> None:
    assert next(breaches(SEEDS), None) is None


@pytest.mark.long
def test_membership_holds_for_thousands_of_key_logs() -> None:
    assert next(breaches(LONG_SEEDS), None) is None


def _administrators_never_fall(self, device, number):
    return False


def _roots_are_authors_like_others(self, author, number):
    return self.standings.could(author, authority.Role.ADMINISTRATOR, number)


def _only_what_follows_is_void(history, act, removal):
    return history.knew(act, removal)


def _stopped_are_active(ruling, device, stopped):
    removed = ruling.standings.is_removed(device)
    return state.Status.REMOVED if removed else state.Status.ACTIVE


def _added_again(self, device):
    standing = self.of(device)
    return bool(standing.removals) and max(standing.removals) > max(standing.admissions, default=-1)


def _whoever_is_admitted(self, compartment):
    return tuple(self.devices.values())


def _whole_team(self, compartment):
    return self.active()


def _without_authors(ruling, counted):
    made = _EPOCHS_OF(ruling, counted)
    given = {
        (act.compartment, act.epoch): {wrap.recipient for wrap in act.wraps}
        for _, _, act in counted
        if isinstance(act, compiling.NewEpoch)
    }
    return {name: replace(epoch, holders=frozenset(given[name])) for name, epoch in made.items()}


MUTANTS: dict[str, tuple[str, Any, str, Callable[..., Any]]] = {
    "the first to arrive is the elder": (
        "judge_order",
        history,
        "in_order",
        lambda depths: sorted(depths, key=depths.__getitem__),
    ),
    "the root is an author like others": (
        "judge_root",
        authority.Court,
        "stands",
        _roots_are_authors_like_others,
    ),
    "anybody removes the root": ("judge_root", authority.Court, "is_senior", _administrators_never_fall),
    "only what follows a removal is void": (
        "judge_authors",
        standing,
        "is_voided",
        _only_what_follows_is_void,
    ),
    "a notice voids nothing": ("judge_authors", evaluation, "barred_by", lambda history, notices: 0),
    "a demotion takes nothing": (
        "judge_demotions",
        standing.Standings,
        "bases",
        lambda self, standing, need, counts: [up for up, role in standing.raised if role <= need],
    ),
    "juniors remove their seniors": (
        "judge_removals",
        authority.Court,
        "is_senior",
        _administrators_never_fall,
    ),
    "a removed device is added again": ("judge_removals", standing.Standings, "is_removed", _added_again),
    "a stopped device is active": ("judge_notices", compiling, "status_of", _stopped_are_active),
    "a device under notice lifts it": (
        "judge_notices",
        stops,
        "is_under_notice",
        lambda history, lift, standing: False,
    ),
    "removing the author ends a notice": ("judge_notices", stops, "outranks", lambda *_: True),
    "one administrator makes a sheet count": (
        "judge_sheets",
        endorsements,
        "administrators_at",
        lambda ruling, number: set(),
    ),
    "suspended devices keep the key": (
        "judge_sealing",
        state.Membership,
        "entitled",
        _whoever_is_admitted,
    ),
    "a company is open to the whole team": ("judge_sealing", state.Membership, "entitled", _whole_team),
    "any usable epoch will do": ("judge_sealing", sealing, "age", lambda epoch: epoch.id),
    "who has a newer key does not count as having the older": (
        "judge_sealing",
        compiling,
        "spread",
        lambda holders, carried: None,
    ),
    "who makes a key does not count as having it": (
        "judge_sealing",
        compiling,
        "epochs_of",
        _without_authors,
    ),
}


@pytest.mark.parametrize("name", MUTANTS)
def test_a_broken_rule_is_noticed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    judge, place, function, mutant = MUTANTS[name]
    monkeypatch.setattr(place, function, mutant)
    noticed = (found for found in breaches(range(MOST_SEEDS_FOR_A_MUTANT)) if judge in found)
    assert next(noticed, None) is not None
