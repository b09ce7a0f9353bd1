"""What changed between two texts, in pieces that a reader takes for words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

_PIECE = re.compile(
    r"[\u3400-\u9fff々〆ヶ\U00020000-\U0003ffff]+"  # kanji
    r"|[\u30a1-\u30ff\uff66-\uff9f]+"  # katakana, also half width
    r"|[0-9０-９]+(?:[.,．，/][0-9０-９]+)*"  # numbers and dates
    r"|[A-Za-zＡ-Ｚａ-ｚ]+"
    r"|\r\n|.",  # hiragana, marks and anything else: each character for itself
    re.DOTALL,
)
MOST_COMPARISONS = 4_000_000
"""Beyond this many pairs of pieces the texts are told as one taken away and one added."""


class Fate(StrEnum):
    """What became of a piece."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Difference:
    """A run of text with one fate. The kept and removed runs are the old text, kept and added the new."""

    fate: Fate
    text: str


def differences(before: str, after: str) -> tuple[Difference, ...]:
    """How one text became another; in each place what was removed comes before what was added."""
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    if len(old) * len(new) > MOST_COMPARISONS:
        return _joined([(Fate.REMOVED, before), (Fate.ADDED, after)])
    return _joined(_compared(old, new))


def _compared(old: list[str], new: list[str]) -> Iterator[tuple[Fate, str]]:
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Fate.KEPT, "".join(old[i1:i2])
        else:
            yield Fate.REMOVED, "".join(old[i1:i2])
            yield Fate.ADDED, "".join(new[j1:j2])


def _joined(pieces: Iterator[tuple[Fate, str]] | list[tuple[Fate, str]]) -> tuple[Difference, ...]:
    written = ((fate, text) for fate, text in pieces if text)
    return tuple(
        Difference(fate, "".join(text for _, text in run))
        for fate, run in groupby(written, key=lambda piece: piece[0])
    )
