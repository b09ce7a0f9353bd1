"""The 24 paper words: 32 random bytes and their check bits, spelled in the Japanese list of BIP-39.

Words are shown in composed kana (NFC). What is typed may differ in width, composition, kana kind and
separators, and may carry the numbers printed on the paper.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from mnemonic import Mnemonic

from app.errors import RecoveryWordsMiscounted, RecoveryWordsMixedUp, RecoveryWordsUnknown, RetypedWordDiffers

ENTROPY_BYTES = 32
WORD_COUNT = 24

_KATAKANA_TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_NEITHER_KANA_NOR_WORD = re.compile(r"[\W\d_]+")


def spell(entropy: bytes) -> tuple[str, ...]:
    """The 24 words of 32 bytes."""
    if len(entropy) != ENTROPY_BYTES:
        raise ValueError(f"{ENTROPY_BYTES} bytes make {WORD_COUNT} words")
    return tuple(_shown(word) for word in _list().to_mnemonic(entropy).split(_list().delimiter))


def entropy_of(typed: str | Sequence[str]) -> bytes:
    """The 32 bytes that the typed words spell.

    Raises RecoveryWordsMiscounted, RecoveryWordsUnknown (with the places), or RecoveryWordsMixedUp when
    all words are known and their check bits do not fit.
    """
    words = split_words(typed)
    if len(words) != WORD_COUNT:
        raise RecoveryWordsMiscounted(given=len(words), expected=WORD_COUNT)
    if unknown := unknown_positions(words):
        raise RecoveryWordsUnknown(positions=", ".join(map(str, unknown)))
    try:
        return bytes(_list().to_entropy([_by_fold()[_fold(word)] for word in words]))
    except ValueError:
        raise RecoveryWordsMixedUp from None


def split_words(typed: str | Sequence[str]) -> list[str]:
    """The words of one text or of many fields, without numbers, spaces and punctuation."""
    text = typed if isinstance(typed, str) else " ".join(typed)
    return _NEITHER_KANA_NOR_WORD.sub(" ", unicodedata.normalize("NFKC", text)).split()


def unknown_positions(words: Sequence[str]) -> list[int]:
    """Where, counted from 1, words stand that the list does not hold."""
    return [place for place, word in enumerate(words, start=1) if _fold(word) not in _by_fold()]


def positions_to_retype(chance: random.Random | None = None) -> tuple[int, int]:
    """Two different places, in rising order and counted from 1, at which the paper is to be proved."""
    first, second = sorted((chance or random.SystemRandom()).sample(range(1, WORD_COUNT + 1), 2))
    return first, second


def check_retyped(words: Sequence[str], position: int, typed: str) -> None:
    """Raise RetypedWordDiffers unless `typed` is word number `position`."""
    if _fold(typed) != _fold(words[position - 1]):
        raise RetypedWordDiffers(position=position)


def _fold(word: str) -> str:
    return unicodedata.normalize("NFKC", word).strip().translate(_KATAKANA_TO_HIRAGANA)


def _shown(word: str) -> str:
    return unicodedata.normalize("NFC", word)


@cache
def _list() -> Mnemonic:
    return Mnemonic("japanese")


@cache
def _by_fold() -> dict[str, str]:
    """The list's own spelling (it is decomposed) by folded word."""
    return {_fold(word): word for word in _list().wordlist}
