import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.crypto import recovery_words
from app.errors import (
    RecoveryWordsMiscounted,
    RecoveryWordsMixedUp,
    RecoveryWordsUnknown,
    RetypedWordDiffers,
)

ENTROPY = bytes(range(32))
WORDS = recovery_words.spell(ENTROPY)


def full_width_katakana(text: str) -> str:
    return "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in text)


def test_the_words_are_those_of_the_published_japanese_test_vector() -> None:
    """The vector for 32 zero bytes, in the BIP-39 reference's Japanese set."""
    assert recovery_words.spell(bytes(32)) == ("あいこくしん",) * 23 + ("いってい",)


@given(st.binary(min_size=32, max_size=32))
def test_words_give_back_the_bytes_they_spell(entropy: bytes) -> None:
    words = recovery_words.spell(entropy)
    assert len(words) == 24
    assert recovery_words.entropy_of(words) == entropy


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_only_32_bytes_are_spelled(length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        recovery_words.spell(bytes(length))


def test_words_are_shown_in_composed_kana() -> None:
    words = recovery_words.spell(bytes.fromhex("80" * 32))
    assert any("\u3099" in unicodedata.normalize("NFD", word) for word in words)
    assert all(unicodedata.is_normalized("NFC", word) for word in words)


@pytest.mark.parametrize(
    "typed",
    [
        " ".join(WORDS),
        "　".join(WORDS),
        "\n".join(WORDS) + "\n",
        "、".join(WORDS),
        "  ".join(f"{n}. {word}" for n, word in enumerate(WORDS, start=1)),
        "　".join(f"{n}：{word}" for n, word in enumerate(WORDS, start=1)),
        unicodedata.normalize("NFD", " ".join(WORDS)),
        full_width_katakana(" ".join(WORDS)),
    ],
    ids=["space", "wide space", "lines", "comma", "numbers", "wide numbers", "decomposed", "katakana"],
)
def test_the_way_words_are_typed_does_not_matter(typed: str) -> None:
    assert recovery_words.entropy_of(typed) == ENTROPY


def test_half_width_kana_are_read() -> None:
    entropy = recovery_words.entropy_of("ｱｲｺｸｼﾝ " * 23 + "ｲｯﾃｲ")
    assert entropy == bytes(32)
    assert recovery_words.unknown_positions(["ｶﾞｿﾞｳ", "がぞう"]) == []


def test_no_two_words_of_the_list_fold_together() -> None:
    assert len({recovery_words._fold(word) for word in recovery_words._list().wordlist}) == 2048


def test_unknown_words_are_told_by_their_places() -> None:
    typed = list(WORDS)
    typed[2] = "ばんそう"
    typed[16] = "漢字"
    with pytest.raises(RecoveryWordsUnknown) as told:
        recovery_words.entropy_of(typed)
    assert told.value.facts == {"positions": "3, 17"}


def test_a_missing_word_is_told_as_a_count() -> None:
    with pytest.raises(RecoveryWordsMiscounted) as told:
        recovery_words.entropy_of(WORDS[:23])
    assert told.value.facts == {"given": 23, "expected": 24}


def test_known_words_that_do_not_belong_together_are_told_apart() -> None:
    with pytest.raises(RecoveryWordsMixedUp):
        recovery_words.entropy_of(("あいこくしん",) * 24)


def test_two_different_places_are_asked_for_in_order() -> None:
    asked = {recovery_words.positions_to_retype(random.Random(seed)) for seed in range(500)}
    assert all(1 <= first < second <= 24 for first, second in asked)
    assert {place for pair in asked for place in pair} == set(range(1, 25))


def test_a_retyped_word_is_accepted_in_any_kana() -> None:
    recovery_words.check_retyped(WORDS, 5, f" {full_width_katakana(WORDS[4])} ")


def test_another_word_of_the_paper_is_not_the_retyped_one() -> None:
    with pytest.raises(RetypedWordDiffers) as told:
        recovery_words.check_retyped(WORDS, 5, WORDS[5])
    assert told.value.facts == {"position": 5}
