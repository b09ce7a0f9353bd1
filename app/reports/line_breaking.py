"""Breaking Japanese text into lines (禁則処理), after JIS X 4051 and the W3C's JLREQ.

Lengths are thousandths of an em. Rules, in the order in which they are tried at the end of a line:

1. 約物の詰め: punctuation next to punctuation gives up its empty half; so does an opening bracket that starts
   a line (行頭天付き) and a closing one that ends it (行末半角).
2. ぶら下げ: in running text a 、 or 。 that does not fit hangs over the end.
3. 追い出し: a character that may not start a line takes the one before it along; a word in Latin letters
   or figures goes whole, with the unit after a figure.
4. A word or address that would leave the line half empty is broken inside, best after one of its separators.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from itertools import accumulate
from typing import Final, NamedTuple

HALF: Final = 500
_ROUNDING: Final = 0.01
_SEPARATOR_REACH: Final = 24

OPENING: Final = frozenset("（〔［｛〈《「『【")
CLOSING: Final = frozenset("）〕］｝〉》」』】、。，．")
HANGING: Final = frozenset("、。，．")
NEVER_FIRST: Final = frozenset(
    "、。，．,.・：；:;？！?!゛゜ヽヾゝゞ々〻ー―‐－～〜）〕］｝〉》」』】)]}’”»"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ"
    "％%‰℃°′″¢…‥ﾞﾟｰ｡｣､･ｧｨｩｪｫｬｭｮｯ"
)
NEVER_LAST: Final = frozenset("（〔［｛〈《「『【([{‘“«￥¥＄$￡£＃#№〒｢")
BREAK_SPACES: Final = " 　"
"""Dropped where a line is broken at them."""

_PUNCTUATION: Final = "".join(OPENING | CLOSING)
_PAIR: Final = re.compile(f"[{_PUNCTUATION}](?=[{_PUNCTUATION}])")
_WORD: Final = re.compile(
    r"[A-Za-z0-9À-ɏＡ-Ｚａ-ｚ０-９][A-Za-z0-9À-ɏＡ-Ｚａ-ｚ０-９.,'’:：_@%/?&=+#~^-]*"
    r"[％%年月日時分秒件人名円社回台個本枚頁度割歳]?"
)
_ADDRESS: Final = re.compile(r"[A-Za-z0-9_@%/:.?&=#~-]{12,}")
_SEPARATORS: Final = frozenset("/?&=-_.,:")


class Line(NamedTuple):
    """One line: `text[start:end]`, and how it is set."""

    start: int
    end: int
    advance: int
    """Length as set, without a hanging 、 or 。"""
    trims: tuple[int, ...]
    """Places (counted from `start`) before which half an em is taken out; 0 is the start of the line."""
    hangs: bool
    """Whether the last character stands outside the limit."""


def break_lines(text: str, widths: Mapping[str, int], limit: float, *, hanging: bool) -> list[Line]:
    """Lines of a paragraph without line ends, each at most `limit` long.

    `hanging` lets 、 and 。 stand outside the limit: for running text, not for cells. An empty text has one
    empty line. A single character wider than the limit has a line of its own.
    """
    trims = _packed_places(text)
    until = _measured(text, widths, trims)
    if until[-1] <= limit + _ROUNDING:
        return [Line(0, len(text), until[-1], tuple(trims), hangs=False)]
    paragraph = _Paragraph(text, until, trims, limit + _ROUNDING, hanging=hanging)
    lines: list[Line] = []
    start = 0
    while start < len(text):
        lines.append(paragraph.line_from(start))
        start = _after_spaces(text, lines[-1].end)
    return lines


def _packed_places(text: str) -> list[int]:
    """Places between two punctuation marks of which one gives up half an em: all but ( followed by )."""
    places = [pair.end() for pair in _PAIR.finditer(text)]
    return [place for place in places if text[place] in OPENING or text[place - 1] in CLOSING]


def _measured(text: str, widths: Mapping[str, int], trims: list[int]) -> list[int]:
    """Length of the text before each place, from its start to its end."""
    advances = map(widths.__getitem__, text)
    if trims:
        packed = list(advances)
        for place in trims:
            packed[place - 1] -= HALF
        return list(accumulate(packed, initial=0))
    return list(accumulate(advances, initial=0))


def _after_spaces(text: str, index: int) -> int:
    while index < len(text) and text[index] in BREAK_SPACES:
        index += 1
    return index


def _may_belong_to_word(char: str) -> bool:
    """A quick no for kana and kanji; see `_WORD`."""
    return char < "\u3000" or "０" <= char <= "ｚ"


class _Paragraph:
    """A text measured once, from which lines are cut one after the other."""

    def __init__(self, text: str, until: list[int], trims: list[int], limit: float, *, hanging: bool) -> None:
        self._text = text
        self._limit = limit
        self._hanging = hanging
        self._trims = trims
        self._until = until
        self._inside_word: bytearray | None = None

    def line_from(self, start: int) -> Line:
        """The line that starts at `start`, as long as the rules allow."""
        text, until = self._text, self._until
        flush = HALF if start and text[start] in OPENING else 0
        origin = until[start] + flush
        edge = origin + self._limit
        if until[-1] <= edge or start + 1 == len(text):
            return self._line(start, len(text), until[-1] - origin, flush, hangs=False)
        over = max(bisect_right(until, edge, start + 1) - 1, start + 1)
        if text[over] in CLOSING and self._may_end_after(over):
            if self._hanging and text[over] in HANGING:
                return self._line(start, over + 1, until[over] - origin, flush, hangs=True)
            if until[over] + HALF <= edge:
                return self._line(start, over + 1, until[over] + HALF - origin, flush, hangs=False)
        end = over if self._may_break(over) else self._pushed_back(start, over, edge)
        while end > start + 1 and text[end - 1] in BREAK_SPACES:
            end -= 1
        return self._line(start, end, until[end] - origin, flush, hangs=False)

    def _line(self, start: int, end: int, advance: int, flush: int, *, hangs: bool) -> Line:
        trims = tuple(place - start for place in self._trims if start < place < end) if self._trims else ()
        return Line(start, end, advance, (0, *trims) if flush else trims, hangs)

    def _may_end_after(self, index: int) -> bool:
        return index + 1 == len(self._text) or self._is_allowed(index + 1)

    def _may_break(self, index: int) -> bool:
        """Whether a line may end before `index`."""
        if not self._is_allowed(index):
            return False
        return not (_may_belong_to_word(self._text[index - 1]) and self._word_map()[index])

    def _is_allowed(self, index: int) -> bool:
        """The same even inside a word. Spaces at the break vanish, so what is around them counts."""
        text = self._text
        before, after = text[index - 1], text[index]
        if after in BREAK_SPACES:
            after = text[index:].lstrip(BREAK_SPACES)[:1]
        if before in BREAK_SPACES:
            before = text[:index].rstrip(BREAK_SPACES)[-1:]
        return after not in NEVER_FIRST and before not in NEVER_LAST

    def _word_map(self) -> bytearray:
        """1 at every place inside a word, 0 elsewhere."""
        if self._inside_word is None:
            self._inside_word = bytearray(len(self._text))
            for word in _WORD.finditer(self._text):
                self._inside_word[word.start() + 1 : word.end()] = b"\1" * (len(word[0]) - 1)
        return self._inside_word

    def _pushed_back(self, start: int, over: int, edge: float) -> int:
        end = over
        while end > start + 1 and not self._may_break(end):
            end -= 1
        return end if self._is_full_enough(start, end, over, edge) else self._inside_break(start, over)

    def _is_full_enough(self, start: int, end: int, over: int, edge: float) -> bool:
        filled = 1 - (edge - self._until[end]) / self._limit
        if end <= start + 1 or filled < 0.5:
            return False
        is_address = self._word_map()[over] and _ADDRESS.match(self._text, end)
        return filled >= 0.85 or not is_address

    def _inside_break(self, start: int, over: int) -> int:
        places = range(over, start, -1)
        after_separator = (
            place
            for place in places[:_SEPARATOR_REACH]
            if self._text[place - 1] in _SEPARATORS and self._is_allowed(place)
        )
        anywhere = (place for place in places if self._is_allowed(place))
        return next(after_separator, 0) or next(anywhere, over)
