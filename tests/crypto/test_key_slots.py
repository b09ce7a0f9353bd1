"""One key, several secrets: each opens the store alone, and nothing else does."""

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.crypto.key_slots import (
    KeyFile,
    SlotType,
    SlotWriter,
    StoreKey,
    check_value,
    open_with_keyring,
    open_with_passphrase,
    open_with_words,
)
from app.crypto.wrapping_keys import PASSPHRASE_COST, Argon2Cost
from app.errors import KeyFileDamaged

STORE_ID = "0198a2b4-0000-7000-8000-000000000001"
KEY = StoreKey(bytes(range(48)))
CHEAP = Argon2Cost(memory_kib=8, passes=1, lanes=1)
PASSPHRASE = "工場のカギは三つある"
WORDS = b"w" * 32
SECRET = b"k" * 32


def writer(store_id: str = STORE_ID, key: StoreKey = KEY, cost: Argon2Cost = CHEAP) -> SlotWriter:
    return SlotWriter(store_id, key, cost=cost)


def key_file(*, is_practice: bool = False) -> KeyFile:
    slots = writer()
    return KeyFile(
        STORE_ID,
        is_practice,
        check_value(KEY, is_practice=is_practice),
        (slots.for_passphrase(PASSPHRASE), slots.for_words(WORDS), slots.for_keyring(SECRET)),
    )


def test_each_secret_opens_the_store_by_itself() -> None:
    file = key_file()
    assert open_with_passphrase(file, PASSPHRASE) == KEY
    assert open_with_words(file, WORDS) == KEY
    assert open_with_keyring(file, SECRET) == KEY


def test_another_secret_opens_nothing() -> None:
    file = key_file()
    assert open_with_passphrase(file, PASSPHRASE + " ") is None
    assert open_with_words(file, SECRET) is None
    assert open_with_keyring(file, WORDS) is None


@given(st.text(min_size=1, max_size=30))
def test_the_width_and_composition_of_a_passphrase_do_not_matter(passphrase: str) -> None:
    file = key_file().with_slot(writer().for_passphrase(passphrase))
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert open_with_passphrase(file, unicodedata.normalize(form, passphrase)) == KEY  # type: ignore[arg-type]


def test_half_a_character_that_a_keyboard_sent_is_part_of_the_passphrase() -> None:
    file = key_file().with_slot(writer().for_passphrase("合言葉\ud842"))
    assert open_with_passphrase(file, "合言葉\ud842") == KEY
    assert open_with_passphrase(file, "合言葉") is None


def test_half_width_kana_and_full_width_letters_are_the_same_passphrase() -> None:
    file = key_file().with_slot(writer().for_passphrase("ガッコウ ABC 123"))
    assert open_with_passphrase(file, "ｶﾞｯｺｳ　ＡＢＣ　１２３") == KEY


def test_the_real_cost_opens_what_it_closed_and_is_what_was_settled() -> None:
    file = key_file().with_slot(writer(cost=PASSPHRASE_COST).for_passphrase(PASSPHRASE))
    slot = file.slot(SlotType.PASSPHRASE)
    assert slot
    assert slot.cost == Argon2Cost(memory_kib=65536, passes=3, lanes=4)
    assert open_with_passphrase(file, PASSPHRASE) == KEY


def test_a_slot_keeps_its_own_cost_when_the_program_raises_it() -> None:
    dearer = Argon2Cost(memory_kib=32, passes=2, lanes=2)
    file = key_file().with_slot(writer(cost=dearer).for_passphrase(PASSPHRASE))
    assert open_with_passphrase(file, PASSPHRASE) == KEY


@pytest.mark.parametrize(
    "changed", [{"memory_kib": 1 << 21}, {"passes": 0}, {"lanes": 17}, {"memory_kib": 7}]
)
def test_a_cost_no_laptop_could_pay_is_refused(changed: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="cost"):
        replace(CHEAP, **changed)


def test_a_slot_of_another_store_does_not_open_here() -> None:
    other = writer(store_id=STORE_ID.replace("1", "2"))
    file = key_file().with_slot(other.for_passphrase(PASSPHRASE)).with_slot(other.for_words(WORDS))
    assert open_with_passphrase(file, PASSPHRASE) is None
    assert open_with_words(file, WORDS) is None


def test_a_slot_does_not_open_under_the_name_of_another_type() -> None:
    file = key_file()
    words = file.slot(SlotType.RECOVERY)
    assert words
    assert open_with_keyring(file.with_slot(replace(words, type=SlotType.KEYRING)), WORDS) is None


@pytest.mark.parametrize("part", ["salt", "nonce", "wrapped"])
def test_no_bit_of_a_slot_can_be_changed(part: str) -> None:
    file = key_file()
    slot = file.slot(SlotType.RECOVERY)
    assert slot
    flipped = bytearray(getattr(slot, part))
    flipped[-1] ^= 1
    assert open_with_words(file.with_slot(replace(slot, **{part: bytes(flipped)})), WORDS) is None


def test_a_real_store_cannot_be_called_a_practice_store() -> None:
    with pytest.raises(KeyFileDamaged):
        open_with_passphrase(replace(key_file(), is_practice=True), PASSPHRASE)


def test_a_practice_store_cannot_be_called_a_real_one() -> None:
    with pytest.raises(KeyFileDamaged):
        open_with_words(replace(key_file(is_practice=True), is_practice=False), WORDS)


def test_a_check_of_another_key_is_told_as_damage_not_as_a_wrong_passphrase() -> None:
    other = check_value(StoreKey(bytes(48)), is_practice=False)
    with pytest.raises(KeyFileDamaged):
        open_with_passphrase(replace(key_file(), check=other), PASSPHRASE)


def test_a_new_passphrase_takes_the_place_of_the_old_one_alone() -> None:
    changed = key_file().with_slot(writer().for_passphrase("あたらしい合言葉です"))
    assert open_with_passphrase(changed, PASSPHRASE) is None
    assert open_with_passphrase(changed, "あたらしい合言葉です") == KEY
    assert open_with_words(changed, WORDS) == KEY
    assert open_with_keyring(changed, SECRET) == KEY


def test_the_key_rings_slot_can_be_taken_away_and_missed() -> None:
    file = key_file().without_keyring()
    assert open_with_keyring(file, SECRET) is None
    assert open_with_passphrase(file, PASSPHRASE) == KEY


def test_no_file_hangs_on_the_key_ring_alone() -> None:
    only = writer().for_keyring(SECRET)
    with pytest.raises(ValueError, match="key ring"):
        KeyFile(STORE_ID, False, check_value(KEY, is_practice=False), (only,))


def test_a_file_with_two_slots_of_a_type_is_refused() -> None:
    slot = writer().for_words(WORDS)
    with pytest.raises(ValueError, match="one slot"):
        KeyFile(STORE_ID, False, check_value(KEY, is_practice=False), (slot, slot))


def test_two_slots_for_the_same_secret_share_nothing() -> None:
    one, two = writer().for_words(WORDS), writer().for_words(WORDS)
    assert len({one.salt, two.salt, one.nonce, two.nonce, one.wrapped, two.wrapped}) == 6


def test_the_key_is_in_no_repr() -> None:
    assert repr(KEY) == "StoreKey()"


def test_a_key_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="48"):
        StoreKey(bytes(32))
