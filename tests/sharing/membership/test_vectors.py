"""The vectors of `build_spec/specification/key-log.md`: bytes of today are read for ever."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.sharing.membership import acts
from app.sharing.membership.acts import CutMark, Role
from app.sharing.membership.byte_fields import FieldReader
from app.sharing.membership.deposits import open_deposit, read_deposit
from app.sharing.membership.entries import body_of, extension_of, read_entry, read_extension
from app.sharing.membership.epochs import EpochKey, OlderKeys, open_older, read_older_keys, unwrap_epoch
from app.sharing.membership.invitations import Invitation, read_text, text_of
from app.sharing.membership.joining import read_request
from app.sharing.membership.keys import PrivateKeys, PublicKeys, root_keys
from app.sharing.membership.names import TEAM
from app.sharing.membership.wraps import Wrap

VAULT = b"vault of vectors"


@pytest.fixture(scope="module")
def vectors(request: pytest.FixtureRequest) -> Any:
    return json.loads((Path(request.path).parent / "vectors" / "key-log.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def device(vectors: Any) -> PrivateKeys:
    return PrivateKeys.from_raw(bytes.fromhex(vectors["device"]["private"]))


def each(number: int, length: int = 16) -> bytes:
    return bytes([number]) * length


def every_act() -> tuple[acts.Act, ...]:
    cuts = (CutMark(each(7), each(8, 32)),)
    wraps = (Wrap(each(1), 2, b"sealed"),)
    older = OlderKeys((each(10),), b"older")
    public = PublicKeys(each(1, 32), each(2, 32))
    return (
        acts.Add(public, each(3), Role.MEMBER, "鈴木", each(4)),
        acts.Stop(each(5), cuts, "紛失"),
        acts.Lift(each(5)),
        acts.Remove(each(5), cuts, ""),
        acts.Leave(),
        acts.SetRole(each(5), Role.VIEWER, cuts),
        acts.CreateCompartment(each(6), (each(3),)),
        acts.Grant(each(6), each(3)),
        acts.Withdraw(each(6), each(3), cuts),
        acts.NewEpoch(each(6), each(9), wraps, older),
        acts.ShareEpoch(each(6), each(9), wraps),
        acts.Carry(each(6), each(9), older),
        acts.Accept((each(11, 32),)),
        acts.EndorseRoot(public),
        acts.Unknown(200, b"later"),
    )


def test_the_root_follows_from_the_recovery_sheet(vectors: Any) -> None:
    root = root_keys(bytes.fromhex(vectors["recovery_seed"]))
    assert {
        "signing": root.public.signing.hex(),
        "x25519": root.public.x25519.hex(),
        "ml_kem_seed": root.ml_kem_seed.hex(),
        "fingerprint": root.public.root_fingerprint.hex(),
    } == vectors["root"]


def test_ids_follow_from_keys(vectors: Any, device: PrivateKeys) -> None:
    assert device.public.device_id.hex() == vectors["device"]["id"]
    for epoch in vectors["epochs"].values():
        assert EpochKey(VAULT, TEAM, bytes.fromhex(epoch["key"])).id.hex() == epoch["id"]


def test_wraps_of_both_suites_open(vectors: Any, device: PrivateKeys) -> None:
    epoch = vectors["epochs"]["newer"]
    opened = [
        unwrap_epoch(
            VAULT,
            (TEAM, bytes.fromhex(epoch["id"])),
            Wrap(device.public.device_id, one["suite"], bytes.fromhex(one["sealed"])),
            device,
        )
        for one in vectors["wraps"]
    ]
    assert [one["suite"] for one in vectors["wraps"]] == [1, 2]
    assert opened == [bytes.fromhex(epoch["key"])] * 2


def test_older_keys_open_under_the_newer(vectors: Any) -> None:
    packed = bytes.fromhex(vectors["older_keys"])
    newer = EpochKey(VAULT, TEAM, bytes.fromhex(vectors["epochs"]["newer"]["key"]))
    opened = open_older(newer, read_older_keys(FieldReader(packed, len(packed))))
    older = vectors["epochs"]["older"]
    assert opened == {bytes.fromhex(older["id"]): bytes.fromhex(older["key"])}


def test_an_entry_with_every_act_has_these_bytes(vectors: Any) -> None:
    kept = vectors["entry"]
    parents = [bytes.fromhex(parent) for parent in kept["parents"]]
    assert body_of(1_780_000_000_000, parents, every_act()).hex() == kept["body"]
    entry = read_entry(bytes(32), bytes(16), bytes(16), bytes.fromhex(kept["body"]))
    assert (entry.parents, entry.acts) == (tuple(parents), every_act())
    wraps = (Wrap(each(1), 2, b"sealed"),)
    assert extension_of(wraps).hex() == kept["extension"]
    assert read_extension(bytes.fromhex(kept["extension"])) == wraps


def test_an_invitation_and_its_answer_have_these_bytes(vectors: Any, device: PrivateKeys) -> None:
    invited = read_text(vectors["invitation"])
    assert text_of(invited) == vectors["invitation"]
    assert invited == Invitation(
        VAULT,
        bytes.fromhex(vectors["root"]["fingerprint"]),
        each(12),
        device.public.device_id,
        device.public.x25519,
        1_780_000_000_000,
        "https://example.jp/banso",
    )
    kept = vectors["join_request"]
    request = read_request(bytes.fromhex(kept["data"]), [invited], device)
    assert request is not None
    assert request.digits == kept["digits"]
    assert request.newcomer.public == PrivateKeys.from_raw(bytes.fromhex(kept["newcomer_private"])).public
    assert (request.newcomer.user, request.newcomer.name) == (each(3), "鈴木")


def test_a_deposit_opens(vectors: Any, device: PrivateKeys) -> None:
    author = PrivateKeys.from_raw(bytes.fromhex(vectors["join_request"]["newcomer_private"])).public
    deposit = read_deposit(bytes.fromhex(vectors["deposit"]), {author.device_id: author}.get)
    assert (deposit.vault, deposit.compartment) == (VAULT, each(6))
    assert open_deposit(deposit, device.public.device_id, device) == "未送信".encode()
