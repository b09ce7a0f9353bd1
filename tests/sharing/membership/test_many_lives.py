"""Teams that live at random with real keys: after quiet everybody entitled reads all, and nobody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from app.sharing.membership import batch, desk, opening, renewing
from app.sharing.membership.acts import Role
from app.sharing.membership.batch import Draft
from app.sharing.membership.epochs import NO_OLDER_KEYS
from app.sharing.membership.keys import new_device_keys
from app.sharing.membership.names import ROSTER, TEAM
from app.sharing.membership.sealing import gaps, sealing_epoch
from tests.sharing.membership.team import Station, Team

COMPANIES = (b"company number 1", b"company number 2")
SEEDS = range(25)
LONG_SEEDS = range(1000, 3000)
MOST_ROUNDS = 12


class Life:
    """A team of up to 8 devices of up to 5 people. Companies belong to all administrators from the start."""

    def __init__(self, seed: int) -> None:
        self.team = Team(seed)
        self.rng = self.team.rng
        self.stations = [self.team.first]
        self.names = {self.team.first.id: "佐藤"}
        self.ever = {(company, self.team.user("佐藤")) for company in COMPANIES}
        for company in COMPANIES:
            self.team.act(
                self.team.first, self.team.first.desk.create_company(company, [self.team.user("佐藤")])
            )
        self.join("高橋", Role.ADMINISTRATOR, COMPANIES)
        self.join("鈴木", Role.MEMBER, COMPANIES[:1])
        for _ in range(self.rng.randint(4, 14)):
            self.turn()

    def join(self, name: str, role: Role, companies: tuple[bytes, ...]) -> None:
        keys = new_device_keys(self.rng.randbytes)
        by = self.author()
        if by is None:
            return
        self.ever |= {(company, self.team.user(name)) for company in companies}
        draft = by.desk.approve(self.team.newcomer(keys, name), role, companies)
        self.team.publish(by, draft)
        self.stations.append(self.team._station(keys))
        self.names[self.stations[-1].id] = name

    def author(self) -> Station | None:
        """An administrator by its own lights, who has looked at the 置き場 or not."""
        chosen = self.rng.choice(self.stations)
        if self.rng.random() < 0.6:
            self.team.sync(chosen)
        device = chosen.state.devices.get(chosen.id)
        return chosen if device and device.is_administrator else None

    def turn(self) -> None:
        by = self.author()
        if by is None:
            return
        other = self.rng.choice(self.stations)
        user = self.team.user(self.names[other.id])
        company = self.rng.choice(COMPANIES)
        what = self.rng.choice(["join", "remove", "stop", "lift", "grant", "withdraw", "mend", "mend"])
        if what == "join":
            if len(self.stations) < 8:
                names = ["鈴木", "田中", "伊藤"]
                self.join(self.rng.choice(names), Role.MEMBER, COMPANIES[: self.rng.randint(0, 2)])
        elif what == "grant":
            self.ever.add((company, user))
            self.team.publish(by, by.desk.grant(company, user))
        elif self.names[other.id] not in {"佐藤", "高橋"}:
            self._against(by, other, user, company, what)

    def _against(self, by: Station, other: Station, user: bytes, company: bytes, what: str) -> None:
        drafts: dict[str, Callable[[], Draft | None]] = {
            "remove": lambda: by.desk.remove({other.id: ()}),
            "stop": lambda: by.desk.stop(other.id),
            "lift": lambda: by.desk.lift(other.id),
            "withdraw": lambda: by.desk.withdraw(company, user),
            "mend": lambda: by.desk.mend(),
        }
        draft = drafts[what]()
        if draft:
            self.team.publish(by, draft)

    def quiet(self) -> bool:
        """Everybody looks, administrators' programs mend, until nothing is left; whether that came to be."""
        for _ in range(MOST_ROUNDS):
            self.team.sync(*self.stations)
            drafts = [(each, each.desk.mend()) for each in self.stations if self._may_mend(each)]
            if not any(draft for _, draft in drafts):
                return True
            for each, draft in drafts:
                if draft:
                    self.team.publish(each, draft)
        return False

    @staticmethod
    def _may_mend(station: Station) -> bool:
        return station.id in station.state.devices and bool(station.ring.epochs_of(ROSTER))


def breaches_of(seed: int) -> Iterator[str]:
    life = Life(seed)
    if not life.quiet():
        yield "mending does not end"
    state = life.team.first.state
    if gaps(state):
        yield "a gap is left"
    for station in life.stations:
        device = state.devices.get(station.id)
        if device is None:
            yield "somebody who was admitted is unknown"
        elif device.is_active:
            if station.state != state:
                yield "two devices see two teams"
            for compartment in (ROSTER, TEAM, *COMPANIES):
                yield from judge_compartment(life, station, compartment)
        else:
            yield from judge_excluded(life, station)


def judge_compartment(life: Life, station: Station, compartment: bytes) -> Iterator[str]:
    state = life.team.first.state
    user = life.team.user(life.names[station.id])
    if compartment in {ROSTER, TEAM} or user in state.users[compartment]:
        if not station.can_seal(compartment):
            yield "somebody entitled cannot seal"
        if not station.holds_all(compartment):
            yield "somebody entitled cannot read everything"
    elif (compartment, user) not in life.ever and station.ring.epochs_of(compartment):
        yield "somebody holds a key of a company never given"


def judge_excluded(life: Life, station: Station) -> Iterator[str]:
    for compartment in (ROSTER, TEAM, *COMPANIES):
        sealing = sealing_epoch(life.team.first.state, compartment)
        if sealing and station.ring.key(*sealing.name):
            yield "somebody excluded holds the key to seal with"


def breaches(seeds: range) -> Iterator[str]:
    return (f"seed {seed}: {each}" for seed in seeds for each in breaches_of(seed))


def test_everybody_entitled_reads_all_and_nobody_else() -> None:
    assert next(breaches(SEEDS), None) is None


@pytest.mark.long
def test_everybody_entitled_reads_all_and_nobody_else_in_thousands_of_lives() -> None:
    assert next(breaches(LONG_SEEDS), None) is None


MUTANTS: dict[str, tuple[str, Any, str, Callable[..., Any]]] = {
    "nobody mends": ("cannot", desk.Desk, "mend", lambda self: None),
    "a newcomer is given no older roster keys": ("", batch.Batch, "carry_roster", lambda self: None),
    "new keys carry no older ones": ("", renewing, "seal_older", lambda *_: NO_OLDER_KEYS),
    "carried keys are not opened": ("", opening, "open_carried", lambda ring, entries: False),
    "headers carry no wraps": ("", batch.Batch, "roster_wraps", lambda self: ()),
    "a removed device stays a recipient": (
        "excluded",
        batch.Membership,
        "entitled",
        lambda self, compartment: tuple(self.devices.values()),
    ),
    "a company's key goes to the whole team": (
        "never given",
        batch.Membership,
        "entitled",
        lambda self, compartment: self.active(),
    ),
}


@pytest.mark.parametrize("name", MUTANTS)
def test_a_broken_rule_is_noticed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    words, place, function, mutant = MUTANTS[name]
    monkeypatch.setattr(place, function, mutant)
    noticed = (found for found in breaches(SEEDS) if words in found)
    assert next(noticed, None) is not None
