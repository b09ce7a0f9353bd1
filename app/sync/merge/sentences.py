"""Three-way merge of texts by sentences, `merge/1`.

The algorithm is part of the format: two programs that merge differently show different texts. A change
of any rule here is a new name, never a new behaviour of this one. A sentence ends after 。 or a line break.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

MOST_COMPARISONS: Final = 1_000_000

_SENTENCE = re.compile(r"[^。\r\n]*(?:。|\r\n|\r|\n)|[^。\r\n]+")


@dataclass(frozen=True, slots=True)
class Edit:
    """Sentences `start` up to `end` of the base were replaced; an insertion where both are equal."""

    start: int
    end: int
    sentences: tuple[str, ...]


def merge_texts(base: str, one: str, other: str) -> str | None:
    """Both edits of `base` in one text, or None when they meet. The order of the sides does not matter."""
    sentences = split(base)
    ours, theirs = edits(sentences, split(one)), edits(sentences, split(other))
    if ours is None or theirs is None or any(meet(mine, their) for mine in ours for their in theirs):
        return None
    pieces = list(_applied(sentences, sorted([*ours, *theirs], key=lambda edit: (edit.start, edit.end))))
    merged = "".join(pieces)
    return merged if keeps_sentences_whole(merged, pieces) else None


def split(text: str) -> list[str]:
    """The sentences of a text, each with its end. Joined, they are the text again."""
    return _SENTENCE.findall(text)


def meet(one: Edit, other: Edit) -> bool:
    """Whether two edits touch the same sentence or insert at the same point."""
    if one.start == one.end and other.start == other.end:
        return one.start == other.start
    if one.start == one.end:
        return other.start < one.start < other.end
    if other.start == other.end:
        return one.start < other.start < one.end
    return max(one.start, other.start) < min(one.end, other.end)


def keeps_sentences_whole(merged: str, pieces: Sequence[str]) -> bool:
    """Whether no two sentences ran together, as they do where one side took the 。 away between them."""
    return split(merged) == list(pieces)


def edits(base: Sequence[str], text: Sequence[str]) -> list[Edit] | None:
    """The edits that lead from one list of sentences to the other, in order; None when they are too long.

    What both begin and end with is left out first. Of the rest the longest common subsequence stays; where
    two are equally long, a sentence of the base is given up before one of the text.
    """
    first, last = _common_ends(base, text)
    old, new = base[first : len(base) - last], text[first : len(text) - last]
    if len(old) * len(new) > MOST_COMPARISONS:
        return None
    return list(_between_matches(first, old, new))


def _common_ends(base: Sequence[str], text: Sequence[str]) -> tuple[int, int]:
    shorter = min(len(base), len(text))
    first = 0
    while first < shorter and base[first] == text[first]:
        first += 1
    last = 0
    while last < shorter - first and base[-1 - last] == text[-1 - last]:
        last += 1
    return first, last


def _between_matches(offset: int, old: Sequence[str], new: Sequence[str]) -> Iterator[Edit]:
    start, new_start = 0, 0
    for index, new_index in [*_matches(old, new), (len(old), len(new))]:
        if index > start or new_index > new_start:
            yield Edit(offset + start, offset + index, tuple(new[new_start:new_index]))
        start, new_start = index + 1, new_index + 1


def _matches(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    lengths = _common_lengths(old, new)
    index = new_index = 0
    while index < len(old) and new_index < len(new):
        if old[index] == new[new_index]:
            yield index, new_index
            index, new_index = index + 1, new_index + 1
        elif lengths[index + 1][new_index] >= lengths[index][new_index + 1]:
            index += 1
        else:
            new_index += 1


def _common_lengths(old: Sequence[str], new: Sequence[str]) -> list[list[int]]:
    """Length of the longest common subsequence of `old[i:]` and `new[j:]`, at [i][j]."""
    below = [0] * (len(new) + 1)
    rows = [below]
    for sentence in reversed(old):
        row = [0] * (len(new) + 1)
        for column in range(len(new) - 1, -1, -1):
            if sentence == new[column]:
                row[column] = below[column + 1] + 1
            else:
                row[column] = max(below[column], row[column + 1])
        rows.append(row)
        below = row
    rows.reverse()
    return rows


def _applied(base: Sequence[str], ordered: Sequence[Edit]) -> Iterator[str]:
    done = 0
    for edit in ordered:
        yield from base[done : edit.start]
        yield from edit.sentences
        done = edit.end
    yield from base[done:]
