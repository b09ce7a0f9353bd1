"""How a device comes to know the key log: in any order, from bytes that anybody may have touched."""

from __future__ import annotations

from dataclasses import replace

from app.sharing.membership.acts import Role
from app.sharing.membership.key_log import KeyLog
from app.sharing.membership.keys import new_device_keys
from app.sharing.membership.names import ROSTER
from tests.sharing.membership.team import Station, Team, seal


def grown_team() -> tuple[Team, Station]:
    team = Team()
    for name in ("鈴木", "田中"):
        lost = team.join(name)
        team.act(team.first, team.first.desk.remove({lost.id: ()}))
    return team, team.join("伊藤")


def afresh(team: Team, station: Station) -> Station:
    return Station(station.id, station.keys, team.root.root, station.random_bytes)


def test_entries_may_come_one_by_one_in_any_order() -> None:
    team, newcomer = grown_team()
    for _ in range(10):
        again = afresh(team, newcomer)
        for sealed in team.rng.sample(team.storage, len(team.storage)):
            again.log.receive([sealed])
        assert again.state == team.first.state
        assert not again.log.unread


def test_what_was_proven_before_is_not_looked_at_again() -> None:
    team, newcomer = grown_team()
    kept = KeyLog(team.root.root, newcomer.ring, newcomer.id, newcomer.keys, newcomer.log.entries)
    assert kept.state == newcomer.state
    assert not kept.receive(team.storage)


def test_a_touched_entry_is_damage_and_the_sound_one_still_counts() -> None:
    team, newcomer = grown_team()
    last = team.storage[-1]
    touched = [
        replace(last, id=b"1" * 32, sealed=last.sealed[:-1] + bytes([last.sealed[-1] ^ 1])),
        replace(last, id=b"2" * 32, author=newcomer.id),
        replace(last, id=b"3" * 32, extension=last.extension + b"\0"),
        replace(last, id=b"4" * 32, extension=b"\1"),
    ]
    again = afresh(team, newcomer)
    again.log.receive([*touched, *team.storage, *touched])
    assert again.log.damaged == {each.id for each in touched}
    assert again.state == team.first.state


def test_an_entry_that_its_author_did_not_sign_never_counts() -> None:
    team, newcomer = grown_team()
    draft = team.first.desk.set_role(newcomer.id, Role.ADMINISTRATOR)
    key = newcomer.ring.key(ROSTER, draft.epoch)
    assert key is not None
    forged = seal(draft, key, newcomer.keys)
    team.first.log.receive([forged])
    assert team.first.log.damaged == {forged.id}
    assert team.first.state.devices[newcomer.id].role is Role.MEMBER


def test_a_stranger_s_entry_waits_and_counts_for_nothing() -> None:
    team, newcomer = grown_team()
    stranger = new_device_keys()
    draft = replace(team.first.desk.stop(newcomer.id), author=stranger.public.device_id)
    key = newcomer.ring.key(ROSTER, draft.epoch)
    assert key is not None
    sealed = seal(draft, key, stranger)
    team.first.log.receive([sealed])
    assert team.first.log.unread == {sealed.id}
    assert team.first.state.devices[newcomer.id].is_active


def test_somebody_without_a_wrap_reads_nothing() -> None:
    team, _ = grown_team()
    keys = new_device_keys()
    stranger = Station(keys.public.device_id, keys, team.root.root, team.rng.randbytes)
    team.sync(stranger)
    assert len(stranger.log.unread) == len(team.storage)
    assert not stranger.ring.all()
    assert not stranger.state.devices
