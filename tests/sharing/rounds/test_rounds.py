"""Whatever befalls 置き場 and laptops: all agree, nothing is lost, and the place is whole again.

Each story plays one thing that may happen and returns what does not hold afterwards. A program in which the
guard against it is taken out must be found out by its story.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import pytest

from app.services.sharing_healing import Healing
from app.services.sharing_inbox import Inbox
from app.services.sharing_outbox import Outbox
from app.services.sharing_rounds import RoundWishes
from app.services.sharing_standing import Standing
from app.sharing.places.stopping import Stopped
from db.mirror import Mirror
from tests.sharing.rounds.conftest import NewTeam
from tests.sharing.rounds.team_of_stores import Device, Team

FEW = range(6)
MANY = range(1000, 4000)
EVENTS = 40

Story = Callable[[Team], list[str]]


def worked_with(team: Team, device: Device) -> None:
    team.write(device, *team.records[0])
    device.sharing.synchronise()


def faults(team: Team) -> list[str]:
    team.live(EVENTS)
    team.grow_quiet()
    return team.complaints()


def a_clone(team: Team) -> list[str]:
    """Both copies of one laptop go on working."""
    worked_with(team, team.devices[1])
    copy = team.clone(team.devices[1])
    for _ in range(2):
        for device in (team.devices[1], copy):
            team.write(device, *team.records[0])
            device.sharing.synchronise()
    team.grow_quiet()
    shared = team.devices[1].own_streams() & copy.own_streams()
    return ["they write one stream"] * bool(shared) + team.complaints()


def an_old_backup(team: Team) -> list[str]:
    """What was sent after the backup comes back from the place; the stream that has it is not written on."""
    device = team.devices[1]
    worked_with(team, device)
    team.back_up(device)
    sent = team.write(device, *team.records[0])
    device.sharing.synchronise()
    before = device.own_streams()
    team.restore(device)
    team.write(device, *team.records[0])
    device.sharing.synchronise()
    team.grow_quiet()
    told = ["what was sent is lost"] * (sent not in device.values())
    told += ["it writes on where it had written before"] * bool(before & device.own_streams())
    return told + team.complaints()


def a_bad_place(team: Team) -> list[str]:
    """Objects are gone, cut short, and altered without a change of their size."""
    for name in sorted(team.storage.objects)[::2]:
        del team.storage.objects[name]
    for name in sorted(team.storage.objects)[::2]:
        content = team.storage.objects[name]
        team.storage.objects[name] = content[: len(content) // 2]
    for name in sorted(team.storage.objects)[1::2]:
        content = team.storage.objects[name]
        team.storage.objects[name] = content[:-1] + bytes((content[-1] ^ 1,))
    team.grow_quiet(2)
    return team.complaints()


def an_empty_place(team: Team) -> list[str]:
    team.storage.objects.clear()
    team.grow_quiet(2)
    return team.complaints()


def a_removed_device(team: Team) -> list[str]:
    """It is stopped, does not hear of it, and goes on sending."""
    first, second, removed = team.devices
    known = set(team.storage.objects)
    first.sharing.stop_device("伊藤2")
    removed.access.hidden = set(team.storage.objects) - known
    value = team.write(removed, *team.records[0])
    removed.sharing.synchronise()
    team.grow_quiet(1)
    shown = [device.view() for device in (first, second)]
    told = ["what it sent counts"] * any(value in str(view) for view in shown)
    told += ["what it sent was thrown away"] * (value not in first.values())
    removed.access.hidden = set()
    report = removed.sharing.synchronise()
    team.grow_quiet(1)
    told += ["it is not told"] * (not report.is_stopped)
    return told + team.complaints()


def rounds_stopped_anywhere(team: Team) -> list[str]:
    """Somebody stops each round at another verb; a thrown away store or place would show."""
    sender, taker = team.devices[:2]
    for verbs in range(16):
        team.write(sender, *team.records[verbs % len(team.records)])
        for device in (sender, taker):
            device.access.verbs_left = verbs
            with suppress(Stopped):
                device.sharing.synchronise(wishes=RoundWishes(look_through=verbs % 2 == 0))
            device.access.verbs_left = None
    team.grow_quiet(2)
    return team.complaints()


def two_rounds_of_one_store(team: Team) -> list[str]:
    """A window and a command share the same store at the same time."""
    window = team.devices[0]
    command = team.opened_twice(window)
    for number in range(6):
        team.write(window if number % 2 else command, *team.records[number % len(team.records)])
        with ThreadPoolExecutor(2) as threads:
            for done in [threads.submit(each.sharing.synchronise) for each in (window, command)]:
                done.result()
    command.workplace.store.abandon()
    team.grow_quiet(2)
    return team.complaints()


def a_company_given_later(team: Team) -> list[str]:
    """A member holds what it cannot open until the company is given."""
    first = team.devices[0]
    late = team.join("後藤", is_given_companies=False)
    value = team.write(first, *team.records[1])
    for device in (first, late):
        device.sharing.synchronise()
    told = ["it opens what it was not given"] * (value in late.values())
    for _, given, _ in team.records[1:]:
        first.sharing.give_company(given, "後藤")
    late.sharing.synchronise()
    told += ["it does not open what it was given"] * (value not in late.values())
    team.grow_quiet(2)
    return told + team.complaints()


def lost_puts(team: Team) -> list[str]:
    """The place says to have what it has not."""
    device, other = team.devices[:2]
    value = team.write(device, *team.records[0])
    device.access.is_losing = True
    report = device.sharing.synchronise()
    told = ["it is said to be sent"] * ((report.sent, report.waiting) != (0, 1))
    device.access.is_losing = False
    for each in (device, other):
        each.sharing.synchronise()
    return told + ["it never arrives"] * (value not in other.values())


STORIES: tuple[Story, ...] = (
    lost_puts,
    rounds_stopped_anywhere,
    two_rounds_of_one_store,
    a_company_given_later,
    a_clone,
    an_old_backup,
    a_bad_place,
    an_empty_place,
    a_removed_device,
)


@pytest.mark.parametrize("story", STORIES)
def test_a_story_ends_well(new_team: NewTeam, story: Story) -> None:
    assert story(new_team()) == []


@pytest.mark.parametrize("seed", FEW)
def test_all_agree_and_nothing_is_lost(new_team: NewTeam, seed: int) -> None:
    assert faults(new_team(seed)) == []


@pytest.mark.long
@pytest.mark.parametrize("members", [3, 4, 5])
def test_all_agree_for_thousands_of_lives(new_team: NewTeam, members: int) -> None:
    for seed in MANY:
        team = new_team(seed, members)
        assert faults(team) == [], f"seed {seed}"
        team.close()


def writes_on(_: Mirror) -> None: ...


def heals_nothing(_: Healing, _entries: object, notes: Any, *_more: object) -> Any:
    return notes


def believes_sizes(_: Healing, _present: object, checked: int) -> tuple[dict[int, str], int]:
    return {}, checked


def trusts_everybody(_: Standing, _device: bytes) -> bool:
    return False


def opens_nothing(_: Inbox, *, is_new_program: bool) -> None: ...


def believes_at_once(self: Any, but: object = ()) -> None:
    with self._store.writing_raw() as connection:
        mirror = Mirror(connection)
        mirror.placed([number for number, _, _ in mirror.to_place()])


def drops_one(self: Any, connection: Any, arrived: list[Any]) -> None:
    _apply(self, connection, arrived[:-1])


_apply = Inbox._apply


@pytest.mark.parametrize(
    ("owner", "name", "mutant", "story"),
    [
        (Mirror, "leave_streams", writes_on, a_clone),
        (Mirror, "leave_streams", writes_on, an_old_backup),
        (Healing, "heal", heals_nothing, an_empty_place),
        (Healing, "heal", heals_nothing, a_bad_place),
        (Healing, "_spoilt", believes_sizes, a_bad_place),
        (Standing, "is_bounded", trusts_everybody, a_removed_device),
        (Inbox, "_apply", drops_one, a_clone),
        (Inbox, "open_parked", opens_nothing, a_company_given_later),
        (Outbox, "confirm", believes_at_once, lost_puts),
    ],
)
def test_a_story_finds_out_what_is_missing(
    new_team: NewTeam, monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, mutant: Any, story: Story
) -> None:
    team = new_team()
    monkeypatch.setattr(owner, name, mutant)
    assert story(team)
