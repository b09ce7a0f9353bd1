"""What a search looks for, and where in a text it is found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from app.domain.folding import fold, fold_with_map

Span = tuple[int, int]
"""From a character on up to another, without it."""

_CUT_BEFORE = 32
"""A hit further behind than this many characters is brought forward by cutting the beginning."""
_KEPT_BEFORE = 12
_BREAKS = str.maketrans("\t\n\v\f\r\x85\u2028\u2029", " " * 8)
_DASHES = "-‐‑‒–—―−─"


def searched_words(text: str) -> tuple[str, ...]:
    """The words of a search, folded, each once; none when it says nothing."""
    folded = (fold(word) for word in text.split())
    return tuple(dict.fromkeys(word for word in folded if word))


def hit_spans(text: str, words: Iterable[str]) -> tuple[Span, ...]:
    """Where folded words occur in a text, in order; what touches is one span."""
    folded, origins = fold_with_map(text)
    spans = sorted(
        (origins[at], _end(text, origins, at + len(word))) for word in words for at in _places(folded, word)
    )
    merged: list[Span] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return tuple(merged)


def excerpt(text: str, spans: Sequence[Span]) -> tuple[str, tuple[Span, ...]]:
    """The text on one line with its spans, beginning shortly before a hit that lies far behind."""
    line = text.translate(_BREAKS)
    if not spans or spans[0][0] <= _CUT_BEFORE:
        return line, tuple(spans)
    cut = spans[0][0] - _KEPT_BEFORE
    return "…" + line[cut:], tuple((start - cut + 1, end - cut + 1) for start, end in spans)


def _places(folded: str, word: str) -> Iterator[int]:
    at = folded.find(word)
    while at >= 0:
        yield at
        at = folded.find(word, at + 1)


def _end(text: str, origins: Sequence[int], upto: int) -> int:
    """The end of the character that the folded one before `upto` came from, with a ー behind it."""
    last = origins[upto - 1]
    end = next((origin for origin in origins[upto:] if origin > last), len(text))
    while end > last + 1 and (text[end - 1].isspace() or text[end - 1] in _DASHES):
        end -= 1
    return end
