"""Words of the search index: bigrams of folded text, and the expression that finds them.

Each character of a text begins one bigram with the character after it; the last one stands alone. So two
characters are one word of the index, more are a phrase, and a single one is the beginning of a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

COMPANY, KIND, MARK = "c", "k", "m"
"""What the filters of an item begin with."""


def bigrams(folded_texts: Iterable[str]) -> list[str]:
    """The bigrams of texts in which nothing is white space; none reaches from one text into the next."""
    return [text[start : start + 2] for text in folded_texts for start in range(len(text))]


def match_expression(folded_words: Sequence[str], filters: Iterable[str] = ()) -> str:
    """What `search_text MATCH` is given: every word, and every filter.

    Words are folded and not empty. Nothing that a person typed gets there but as a quoted text.
    """
    words = [f"words : {_phrase(word)}" for word in folded_words]
    chosen = [f"filters : {_quoted(each)}" for each in filters]
    return " AND ".join(words + chosen)


def _phrase(word: str) -> str:
    if len(word) == 1:
        return f"{_quoted(word)} *"
    return _quoted(" ".join(word[start : start + 2] for start in range(len(word) - 1)))


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
