import base64
import hmac
import json

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st

from app.crypto.key_file_format import from_bytes, to_bytes
from app.crypto.key_slots import SlotType, open_with_passphrase, open_with_words
from app.errors import KeyFileDamaged, KeyFileTooNew

from .test_key_slots import KEY, PASSPHRASE, SECRET, WORDS, key_file

FILE = key_file()
WRITTEN = to_bytes(FILE)


def altered(**changes: object) -> bytes:
    return json.dumps(json.loads(WRITTEN) | changes).encode()


@pytest.mark.parametrize("is_practice", [False, True])
def test_what_is_written_is_read_back_intact(is_practice: bool) -> None:
    file = key_file(is_practice=is_practice)
    read = from_bytes(to_bytes(file))
    assert read.file == file
    assert read.is_intact


def test_the_key_can_be_had_from_the_written_format_alone() -> None:
    """Read as the decision record says, without our own code."""
    content = json.loads(WRITTEN)
    words = next(slot for slot in content["slots"] if slot["type"] == "recovery")
    salt, nonce, wrapped = (base64.b64decode(words[part]) for part in ("salt", "nonce", "wrapped"))
    wrapping = HKDF(SHA256(), 32, salt, b"recovery").derive(WORDS)
    key = AESGCM(wrapping).decrypt(nonce, wrapped, (content["store_id"] + "recovery").encode())
    assert key == KEY.raw
    assert base64.b64decode(content["check"]) == hmac.digest(key, b"check", "sha256")


def test_no_secret_and_no_key_is_in_the_file() -> None:
    for secret in (KEY.raw, KEY.raw[:12], WORDS, SECRET, PASSPHRASE.encode()):
        assert secret not in WRITTEN
        assert secret.hex().encode() not in WRITTEN


def test_another_layout_of_the_same_content_is_intact() -> None:
    assert from_bytes(json.dumps(json.loads(WRITTEN), sort_keys=True).encode()).is_intact


@given(st.integers(0, len(WRITTEN) - 1), st.integers(1, 255))
def test_a_changed_byte_is_never_taken_for_an_intact_file_that_differs(place: int, change: int) -> None:
    changed = bytearray(WRITTEN)
    changed[place] ^= change
    try:
        read = from_bytes(bytes(changed))
    except (KeyFileDamaged, KeyFileTooNew):
        return
    assert not read.is_intact or read.file == FILE


@pytest.mark.parametrize("cut", [0, 1, len(WRITTEN) // 2, len(WRITTEN) - 1])
def test_a_file_cut_short_is_damaged(cut: int) -> None:
    with pytest.raises(KeyFileDamaged):
        from_bytes(WRITTEN[:cut])


@pytest.mark.parametrize(
    "foreign", [b"[]", b"null", b'"v"', b"\xff\xfe", b"{}", b'{"v": "1"}', b"[" * 100_000]
)
def test_something_else_is_damaged(foreign: bytes) -> None:
    with pytest.raises(KeyFileDamaged):
        from_bytes(foreign)


def test_a_file_of_a_later_format_is_told_apart() -> None:
    with pytest.raises(KeyFileTooNew) as told:
        from_bytes(altered(v=2))
    assert told.value.facts == {"file_version": 2}


@pytest.mark.parametrize(
    "change", [{"check": "AAAA"}, {"check": "?"}, {"store_id": 1}, {"slots": []}, {"v": 0}]
)
def test_a_file_without_what_it_needs_is_damaged(change: dict[str, object]) -> None:
    with pytest.raises(KeyFileDamaged):
        from_bytes(altered(**change))


@pytest.mark.parametrize(
    "spoiled",
    [
        {"wrapped": "AAAA"},
        {"salt": "!"},
        {"params": {"memory_kib": 1 << 40, "passes": 3, "lanes": 4}},
        {"params": {"memory_kib": 8.5, "passes": 1, "lanes": 1}},
        {"params": {}},
        {"kdf": "none"},
        {"type": "unheard of"},
    ],
)
def test_a_spoiled_slot_does_not_take_the_others_with_it(spoiled: dict[str, object]) -> None:
    slots = json.loads(WRITTEN)["slots"]
    slots[0] |= spoiled
    read = from_bytes(altered(slots=slots))
    assert not read.is_intact
    assert read.file.slot(SlotType.PASSPHRASE) is None
    assert open_with_passphrase(read.file, PASSPHRASE) is None
    assert open_with_words(read.file, WORDS) == KEY
