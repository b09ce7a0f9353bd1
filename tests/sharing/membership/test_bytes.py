"""Foreign bytes: what was written comes back, and nothing else ends in anything but MalformedObject."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sharing.membership import acts
from app.sharing.membership.acts import Act, CutMark, Role
from app.sharing.membership.deposits import read_deposit
from app.sharing.membership.entries import author_keys, body_of, extension_of, read_entry, read_extension
from app.sharing.membership.epochs import OlderKeys
from app.sharing.membership.invitations import read_file, read_text
from app.sharing.membership.joining import read_request
from app.sharing.membership.keys import PrivateKeys, PublicKeys, new_device_keys
from app.sharing.membership.wraps import Wrap
from app.sharing.objects.malformed import MalformedObject, NewerFormat

KEYS = new_device_keys()

ids = st.binary(min_size=16, max_size=16)
object_ids = st.binary(min_size=32, max_size=32)
cuts = st.lists(st.builds(CutMark, ids, object_ids), max_size=3).map(tuple)
wraps = st.lists(st.builds(Wrap, ids, st.integers(0, 255), st.binary(max_size=40)), max_size=3).map(tuple)
older = st.builds(OlderKeys, st.lists(ids, max_size=3).map(tuple), st.binary(max_size=40))
publics = st.one_of(st.binary(min_size=64, max_size=64), st.binary(min_size=1248, max_size=1248)).map(
    PublicKeys.from_raw
)
words = st.text(st.characters(codec="utf-8"), max_size=200)
roles = st.sampled_from(Role)
any_act: st.SearchStrategy[Act] = st.one_of(
    st.builds(acts.Add, publics, ids, roles, words, ids),
    st.builds(acts.Stop, ids, cuts, words),
    st.builds(acts.Lift, ids),
    st.builds(acts.Remove, ids, cuts, words),
    st.builds(acts.Leave),
    st.builds(acts.SetRole, ids, roles, cuts),
    st.builds(acts.CreateCompartment, ids, st.lists(ids, max_size=3).map(tuple)),
    st.builds(acts.Grant, ids, ids),
    st.builds(acts.Withdraw, ids, ids, cuts),
    st.builds(acts.NewEpoch, ids, ids, wraps, older),
    st.builds(acts.ShareEpoch, ids, ids, wraps),
    st.builds(acts.Carry, ids, ids, older),
    st.builds(acts.Accept, st.lists(object_ids, max_size=3).map(tuple)),
    st.builds(acts.Require, st.integers(0, (1 << 32) - 1), words),
    st.builds(acts.Decline, st.lists(object_ids, max_size=3).map(tuple)),
    st.builds(acts.EndorseRoot, publics),
    st.builds(acts.Unknown, st.integers(15, 255), st.binary(max_size=40)),
)
many_acts = st.lists(any_act, max_size=4).map(tuple)
parents = st.sets(object_ids, max_size=3).map(lambda found: tuple(sorted(found)))

READERS: dict[str, Callable[[bytes], object]] = {
    "entry": lambda raw: read_entry(bytes(32), bytes(16), bytes(16), raw),
    "extension": read_extension,
    "public keys": PublicKeys.from_raw,
    "private keys": PrivateKeys.from_raw,
    "invitation file": read_file,
    "join request": lambda raw: read_request(raw, [], KEYS),
    "deposit": lambda raw: read_deposit(raw, lambda author: KEYS.public),
}


@given(parents, many_acts, wraps)
def test_an_entry_comes_back_as_it_was_written(
    parents: tuple[bytes, ...], done: tuple[Act, ...], roster_wraps: tuple[Wrap, ...]
) -> None:
    entry = read_entry(bytes(32), bytes(16), bytes(16), body_of(1, parents, done), extension_of(roster_wraps))
    assert (entry.time_ms, entry.parents, entry.acts, entry.roster_wraps) == (1, parents, done, roster_wraps)


@given(many_acts, st.data())
def test_an_entry_with_changed_bytes_is_read_or_refused(done: tuple[Act, ...], data: st.DataObject) -> None:
    body = bytearray(body_of(0, (), done))
    for _ in range(data.draw(st.integers(1, 4))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(body[: data.draw(st.integers(0, len(body)))])
    for each in (bytes(body), cut, bytes(body) + b"\xff"):
        with suppress(MalformedObject):
            read_entry(bytes(32), bytes(16), bytes(16), each)


@pytest.mark.parametrize("name", READERS)
@given(raw=st.binary(max_size=3000))
def test_garbage_is_refused_with_one_exception(name: str, raw: bytes) -> None:
    with suppress(MalformedObject):
        READERS[name](raw)


@pytest.mark.parametrize("name", ["entry", "extension", "join request", "deposit"])
def test_what_a_newer_program_wrote_is_told_from_damage(name: str) -> None:
    with pytest.raises(NewerFormat):
        READERS[name](b"\x02" + bytes(200))


def test_a_count_is_no_promise_of_memory() -> None:
    huge = b"\x01" + bytes(8) + b"\xff\xff" + bytes(100)
    with pytest.raises(MalformedObject, match="more than is there"):
        READERS["entry"](huge)


@pytest.mark.parametrize("name", READERS)
def test_what_is_too_long_is_not_looked_at(name: str) -> None:
    with pytest.raises(MalformedObject):
        READERS[name](bytes([1]) * (33 << 20))


def test_fields_that_a_newer_program_added_to_an_act_are_ignored() -> None:
    body = bytearray(body_of(0, (), (acts.Lift(bytes(16)),)))
    at = len(body) - 20
    body[at : at + 4] = (18).to_bytes(4)
    entry = read_entry(bytes(32), bytes(16), bytes(16), bytes(body) + b"xx")
    assert entry.acts == (acts.Lift(bytes(16)),)


def test_a_role_of_a_newer_program_may_only_read() -> None:
    device = b"device of a test"
    body = body_of(0, (), (acts.SetRole(device, Role.MEMBER),)).replace(device + b"\x02", device + b"\x09")
    (act,) = read_entry(bytes(32), bytes(16), bytes(16), body).acts
    assert isinstance(act, acts.SetRole)
    assert act.role is Role.VIEWER


def test_a_device_is_named_by_its_keys() -> None:
    add = acts.Add(KEYS.public, bytes(16), Role.MEMBER, "")
    entry = read_entry(bytes(32), bytes(16), bytes(16), body_of(0, (), (add,)))
    assert author_keys([entry]) == {KEYS.public.device_id: KEYS.public.signing}


@given(st.text(max_size=300))
def test_any_text_is_an_invitation_or_refused(text: str) -> None:
    for each in (text, f"BANSO1:{text}"):
        with suppress(MalformedObject):
            read_text(each)
