"""Packing changes no view, whoever does it and whatever befalls it; what is packed need not lie there twice.

Each story plays one thing and returns what does not hold afterwards; a program in which the guard against it
is taken out must be found out by its story (design-sync 6.6, 11: invariants 16 and 17).
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from app.domain.terms import TeamRole
from app.services import sharing_packing
from app.services.sharing_inbox import Inbox
from app.services.sharing_packing import Packing
from app.sharing.places.stopping import Stopped
from db import mirror as mirror_module
from db.packs import Packs
from tests.sharing.rounds.conftest import NewTeam
from tests.sharing.rounds.team_of_stores import Device, Team

Story = Callable[[Team], list[str]]
ENOUGH = 5


def loose(team: Team) -> set[str]:
    return {name for name in team.storage.objects if name.startswith("s/")}


def packs(team: Team) -> set[str]:
    return {name for name in team.storage.objects if name.startswith("p/")}


def worked(team: Team, device: Device, times: int = ENOUGH) -> None:
    for number in range(times):
        team.write(device, *team.records[number % len(team.records)])
        device.sharing.synchronise()


def tidied(team: Team) -> None:
    """Everybody worked, and packs stand alone."""
    for device in team.devices:
        worked(team, device)
    team.grow_quiet(4)


def packs_that_stand_alone(team: Team) -> list[str]:
    """What everybody holds lies there once, nobody puts it back, and a newcomer reads all of it."""
    tidied(team)
    told = ["nothing was packed"] * (not packs(team))
    told += [f"{name} lies there loose as well" for name in sorted(loose(team) & packed_by_all(team))]
    team.grow_quiet(2)
    told += [f"{name} was put back" for name in sorted(loose(team) & packed_by_all(team))]
    newcomer = team.join("後藤")
    team.full_round(newcomer)
    told += ["packs are not known to a newcomer"] * (newcomer.packs().keys() != packs(team))
    return told + team.complaints()


def packed_by_all(team: Team) -> set[str]:
    return set[str]().union(*(members for device in team.devices for members in device.packs().values()))


def packs_of_two_copies(team: Team) -> list[str]:
    """Both copies of one laptop pack what they have in common, in rounds at the same time."""
    worked(team, team.devices[1])
    copy = team.clone(team.devices[1])
    for device in (team.devices[1], copy, team.devices[1], copy):
        team.write(device, *team.records[0])
        team.full_round(device)
    team.grow_quiet(4)
    return ["nothing was packed"] * (not packs(team)) + team.complaints()


def two_rounds_that_pack_one_store(team: Team) -> list[str]:
    """A command packs between the window's look at what is due and its packing."""
    window = team.devices[0]
    command = team.opened_twice(window)
    worked(team, window)
    make = Packing._make

    def after_the_other(packing: Packing, group: Any) -> Any:
        with pytest.MonkeyPatch.context() as back:
            back.setattr(Packing, "_make", make)
            team.full_round(command)
        return make(packing, group)

    with pytest.MonkeyPatch.context() as between:
        between.setattr(Packing, "_make", after_the_other)
        team.full_round(window)
    command.workplace.store.abandon()
    team.grow_quiet(3)
    double = [name for held in window.packs().values() for name in held]
    return ["a segment is in two packs"] * (len(double) != len(set(double))) + team.complaints()


def packing_stopped_anywhere(team: Team) -> list[str]:
    tidied(team)
    sender = team.devices[0]
    for verbs in range(30):
        team.write(sender, *team.records[verbs % len(team.records)])
        sender.access.verbs_left = verbs
        with suppress(Stopped):
            team.full_round(sender)
        sender.access.verbs_left = None
        team.full_round(team.devices[1])
    team.grow_quiet(4)
    return team.complaints()


def lost_packs(team: Team) -> list[str]:
    """Packs that stand alone are lost, cut short and altered; whoever holds what was in them heals it."""
    tidied(team)
    for number, name in enumerate(sorted(packs(team))):
        content = team.storage.objects.pop(name)
        if number % 3:
            team.storage.objects[name] = content[:-1] + (
                bytes((content[-1] ^ 1,)) if number % 3 == 1 else b""
            )
    healer = team.devices[2]
    for _ in range(2):
        team.full_round(healer)
    lacking = healer.held().keys() - team.lying()
    return [f"{name} was not healed" for name in sorted(lacking)] + team.complaints()


def packs_put_badly(team: Team) -> list[str]:
    """The place keeps a pack altered, in its full size: what lies there loose must stay."""
    sender = team.devices[0]
    put = type(sender.access).put

    def badly(name: str, content: bytes, stop: Any) -> Any:
        return put(sender.access, name, content[:-1] + b"?" if name.startswith("p/") else content, stop)

    sender.access.put = badly  # type: ignore[method-assign]
    worked(team, sender)
    for _ in range(3):
        for device in team.devices:
            team.full_round(device)
            gone = {name for name in sender.held() if name.startswith("s/")} - loose(team)
            if gone:
                return [f"{name} is nowhere" for name in sorted(gone)]
    return ["nothing was packed"] * (not packs(team))


def one_who_is_away(team: Team) -> list[str]:
    """Whoever does not have it yet finds it loose, as before."""
    team.grow_quiet(1)
    before = team.devices[0].held().keys()
    worked(team, team.devices[0])
    for _ in range(3):
        for device in team.devices[:2]:
            team.full_round(device)
    new = {name for name in team.devices[0].held().keys() - before if name.startswith("s/")}
    told = [f"{name} is gone" for name in sorted(new - loose(team))]
    told += ["nothing was packed"] * (not packs(team))
    team.grow_quiet(4)
    return told + team.complaints()


def who_takes_away(team: Team) -> list[str]:
    """Only its author takes an object away."""
    told: list[str] = []
    for device in team.devices:
        delete = device.access.delete

        def watched(name: str, stop: Any, device: Device = device, delete: Any = delete) -> Any:
            told.extend([f"{name} of another was taken away"] * (name not in own_names(device)))
            return delete(name, stop)

        device.access.delete = watched  # type: ignore[method-assign]
    tidied(team)
    return told + team.complaints()


def own_names(device: Device) -> set[str]:
    with device.workplace.store.reading() as connection:
        return {
            name for _, _, name, _, placed in mirror_module.Mirror(connection).names() if placed is not None
        }


STORIES: tuple[Story, ...] = (
    packs_that_stand_alone,
    packs_of_two_copies,
    two_rounds_that_pack_one_store,
    packing_stopped_anywhere,
    lost_packs,
    packs_put_badly,
    one_who_is_away,
    who_takes_away,
)


@pytest.mark.parametrize("story", STORIES)
def test_a_story_ends_well(new_team: NewTeam, story: Story) -> None:
    assert story(new_team()) == []


def forgets_packs(*_: object) -> None: ...


def believes(*_: object) -> bool:
    return True


def knows_no_members(_: Packs) -> set[int]:
    return set()


def in_another_order(connection: Any, number: int) -> bytes:
    driver = connection.connection.dbapi_connection
    head, tail = driver.execute("SELECT head, tail FROM pack WHERE no=?", (number,)).fetchone()
    sql = "SELECT bytes FROM packed JOIN object_bytes ON no=object WHERE pack=? ORDER BY place DESC"
    return b"".join((head, *(data for (data,) in driver.execute(sql, (number,)).fetchall()), tail))


def tidies_for_everybody(self: Packing, _entries: object, _heads: object) -> None:
    with self._store.reading() as connection:
        packs = Packs(connection)
        held = [packs.in_pack(number) for number, *_ in mirror_module.Mirror(connection).names()]
    for members in held:
        for name, *_ in members:
            self._place.delete(name, self._stop)


@pytest.mark.parametrize(
    ("owner", "name", "mutant", "story"),
    [
        (Inbox, "_keep_pack", forgets_packs, packs_that_stand_alone),
        (Packing, "tidy", forgets_packs, packs_that_stand_alone),
        (Packs, "members", knows_no_members, packs_that_stand_alone),
        (Packs, "members", knows_no_members, two_rounds_that_pack_one_store),
        (mirror_module, "whole_pack", in_another_order, lost_packs),
        (Packing, "_reads_back", believes, packs_put_badly),
        (sharing_packing, "is_held_by_all", believes, one_who_is_away),
        (Packing, "tidy", tidies_for_everybody, who_takes_away),
    ],
)
def test_a_story_finds_out_what_is_missing(
    new_team: NewTeam, monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, mutant: Any, story: Story
) -> None:
    team = new_team()
    monkeypatch.setattr(owner, name, mutant)
    assert story(team)


def test_a_newcomer_reads_packs_first_and_what_is_in_them_only_once(new_team: NewTeam) -> None:
    team = new_team()
    for device in team.devices:
        worked(team, device, 25)
    for device in team.devices:
        team.full_round(device)
    assert packs(team)
    packed = packed_by_all(team)
    assert packed <= loose(team)
    newcomer, asked = team.new_device(), list[str]()
    digits = newcomer.sharing.join(team.devices[0].sharing.invite().encode(), "後藤")
    companies = [record for kind, record, _ in team.records if kind == "company"]
    team.devices[0].sharing.approve(digits, TeamRole.MEMBER, companies)
    get = newcomer.access.get
    newcomer.access.get = lambda name, *more: asked.append(name) or get(name, *more)  # type: ignore
    newcomer.sharing.synchronise()
    assert packs(team) <= set(asked)
    assert not packed & set(asked)
    assert newcomer.view() == team.devices[0].view()
