"""「この端末の24語」 as content for paper: what is printed, in order, without layout.

The sheet opens this device's store and nothing else; the team's own recovery sheet is another paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from app.crypto.recovery_words import WORD_COUNT

GROUPS: Final = 6
GROUP_WORDS: Final = 4

_TITLE: Final = "この端末の24語"
_LINES: Final = (
    "合言葉を忘れたとき、この24語でこの端末の記録を開けます。",
    "番号の順に、ひらがなで入れます。",
    "この紙を持つ人はだれでも記録を開けます。鍵のかかる所にしまい、端末と一緒に持ち歩かないでください。",
    "24語を作り直すと、この紙は使えなくなります。古い紙は細かく裁って捨ててください。",
)


@dataclass(frozen=True, slots=True)
class NumberedWord:
    """One word with its number, 1 to 24."""

    number: int
    word: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """What the paper says: six groups of four words, each to be read across."""

    title: str
    device_name: str
    made_on: date
    groups: tuple[tuple[NumberedWord, ...], ...]
    lines: tuple[str, ...]


def recovery_sheet(words: Sequence[str], device_name: str, made_on: date) -> RecoverySheet:
    """The sheet of 24 words. It is printed or written down, and kept nowhere by the program."""
    if len(words) != WORD_COUNT:
        raise ValueError(f"a sheet has {WORD_COUNT} words")
    numbered = [NumberedWord(number, word) for number, word in enumerate(words, start=1)]
    groups = tuple(
        tuple(numbered[first : first + GROUP_WORDS]) for first in range(0, WORD_COUNT, GROUP_WORDS)
    )
    return RecoverySheet(_TITLE, device_name, made_on, groups, _LINES)
