"""Keys, wraps and epochs: fixed vectors, and what opens nothing."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from app.sharing.membership.epochs import (
    EpochKey,
    KeyRing,
    new_epoch_key,
    open_older,
    seal_older,
    unwrap_epoch,
    wrap_epoch,
)
from app.sharing.membership.keys import (
    SUITE_HYBRID,
    SUITE_X25519,
    PrivateKeys,
    PublicKeys,
    new_device_keys,
    root_keys,
)
from app.sharing.membership.names import TEAM
from app.sharing.membership.wraps import BadRecipient, Wrap, wrap
from app.sharing.objects.malformed import MalformedObject
from tests.sharing.membership.team import SEED, VAULT

DEVICE = new_device_keys()
OWN = DEVICE.public.device_id


def plain(public: PublicKeys) -> PublicKeys:
    return PublicKeys(public.signing, public.x25519)


def test_the_recovery_sheet_always_gives_the_same_root() -> None:
    """The vector of decision 132: a seed of the bytes 0 to 31."""
    root = root_keys(SEED)
    fingerprint = root.public.root_fingerprint.hex()
    assert fingerprint == "73164dc5f81f9d20a47b9397bbc5aef44c2d2b4b14a5a40b6ff8ac2219fd94fb"
    assert root.signing != root.x25519


def test_keys_come_back_from_their_bytes() -> None:
    assert PrivateKeys.from_raw(DEVICE.raw) == DEVICE
    assert PublicKeys.from_raw(DEVICE.public.raw) == DEVICE.public
    assert len(DEVICE.raw) == 128
    assert len(DEVICE.public.raw) == 1248


@pytest.mark.parametrize("public", [DEVICE.public, plain(DEVICE.public)])
def test_public_keys_come_back_from_a_vault_file(public: PublicKeys) -> None:
    later = (*public.hpke_keys, (3, b"of a suite to come"))
    assert PublicKeys.from_hpke_keys(public.signing, later) == public


def test_keys_of_two_suites_that_contradict_each_other_are_refused() -> None:
    ours, theirs = DEVICE.public.hpke_keys, new_device_keys().public.hpke_keys
    with pytest.raises(MalformedObject):
        PublicKeys.from_hpke_keys(DEVICE.public.signing, (ours[0], theirs[1]))


def test_no_private_key_is_in_a_repr() -> None:
    assert str(DEVICE.signing) not in repr(DEVICE)
    key = new_epoch_key(VAULT, TEAM)
    assert str(key.key) not in repr(key)


def test_a_signature_is_its_author_s_alone() -> None:
    signature = DEVICE.sign(b"osy1 test")
    assert DEVICE.public.has_signed(signature, b"osy1 test")
    assert not DEVICE.public.has_signed(signature, b"osy1 test.")
    assert not new_device_keys().public.has_signed(signature, b"osy1 test")


@pytest.mark.parametrize(
    ("public", "suite"), [(DEVICE.public, SUITE_HYBRID), (plain(DEVICE.public), SUITE_X25519)]
)
def test_a_wrap_takes_the_strongest_suite_and_opens_for_its_recipient(public: PublicKeys, suite: int) -> None:
    key = new_epoch_key(VAULT, TEAM)
    wrapped = wrap_epoch(key, public, OWN)
    assert wrapped.suite == suite
    assert unwrap_epoch(VAULT, key.name, wrapped, DEVICE) == key.key
    assert unwrap_epoch(VAULT, key.name, wrapped, new_device_keys()) is None


@pytest.mark.parametrize("suite", [SUITE_HYBRID, SUITE_X25519])
def test_a_wrap_is_bound_to_vault_compartment_epoch_recipient_and_suite(suite: int) -> None:
    key = new_epoch_key(VAULT, TEAM)
    wrapped = wrap_epoch(key, DEVICE.public if suite == SUITE_HYBRID else plain(DEVICE.public), OWN)
    assert unwrap_epoch(b"another vault of", key.name, wrapped, DEVICE) is None
    assert unwrap_epoch(VAULT, (b"another company.", key.id), wrapped, DEVICE) is None
    assert unwrap_epoch(VAULT, (TEAM, b"another epoch..."), wrapped, DEVICE) is None
    assert unwrap_epoch(VAULT, key.name, Wrap(b"another device..", suite, wrapped.sealed), DEVICE) is None
    for other in (0, 3 - suite, 3, 255):
        assert unwrap_epoch(VAULT, key.name, Wrap(OWN, other, wrapped.sealed), DEVICE) is None


def test_the_hybrid_needs_both_keys() -> None:
    key = new_epoch_key(VAULT, TEAM)
    wrapped = wrap_epoch(key, DEVICE.public, OWN)
    half = new_device_keys()
    for thief in (
        PrivateKeys(DEVICE.signing, DEVICE.x25519, half.ml_kem_seed),
        PrivateKeys(DEVICE.signing, half.x25519, DEVICE.ml_kem_seed),
    ):
        assert unwrap_epoch(VAULT, key.name, wrapped, thief) is None


@pytest.mark.parametrize("ml_kem", [b"", b"\xff" * 1184])
def test_keys_that_are_no_keys_receive_nothing(ml_kem: bytes) -> None:
    broken = PublicKeys(bytes(32), bytes(32), ml_kem)
    with pytest.raises(BadRecipient):
        wrap(b"secret", broken, OWN, b"info")


def test_an_epoch_is_named_for_its_key() -> None:
    ring, key = KeyRing(VAULT), new_epoch_key(VAULT, TEAM)
    assert not ring.add(TEAM, key.id, bytes(32))
    assert ring.add(TEAM, key.id, key.key)
    assert not ring.add(TEAM, key.id, key.key)
    assert ring.compartment_of(key.id) == TEAM
    assert EpochKey(VAULT, b"another company.", key.key).id != key.id
    assert EpochKey(b"another vault of", TEAM, key.key).id != key.id


def test_older_keys_open_under_the_newer_one_only() -> None:
    older = [new_epoch_key(VAULT, TEAM) for _ in range(3)]
    newer = new_epoch_key(VAULT, TEAM)
    carried = seal_older(newer, older)
    assert open_older(newer, carried) == {each.id: each.key for each in older}
    assert open_older(new_epoch_key(VAULT, TEAM), carried) == {}
    swapped = type(carried)(carried.ids[::-1], carried.sealed)
    assert open_older(newer, swapped) == {}


def test_suite_1_is_hpke_of_rfc_9180() -> None:
    """Base mode, DHKEM(X25519, HKDF-SHA-256): the encapsulated key is 32 bytes, the tag 16."""
    ours = X25519PrivateKey.from_private_bytes(DEVICE.x25519).public_key().public_bytes_raw()
    assert ours == DEVICE.public.x25519
    assert len(wrap(bytes(32), plain(DEVICE.public), OWN, b"info").sealed) == 32 + 32 + 16
