"""Folding: one form for texts that a person would call the same, for search and for finding duplicates.

Alike are full and half width, upper and lower case, hiragana and katakana, small and full kana, いすゞ
and いすず, ー and every other dash or none, ㈱ and (株) and 株式会社, 髙 and 高, with and without spaces.
Only what is looked up is folded; what was typed is what is kept.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from app.domain.kanji_variants import KANJI_VARIANTS

FOLDING = 1
"""Counts up whenever a text folds to another form than before: what was kept folded is then made anew."""

LEGAL_FORMS = {
    "株": "株式会社",
    "有": "有限会社",
    "同": "合同会社",
    "資": "合資会社",
    "名": "合名会社",
    "財": "財団法人",
    "社": "社団法人",
    "一財": "一般財団法人",
    "一社": "一般社団法人",
    "公財": "公益財団法人",
    "公社": "公益社団法人",
    "特非": "特定非営利活動法人",
    "学": "学校法人",
    "医": "医療法人",
    "福": "社会福祉法人",
    "宗": "宗教法人",
    "農": "農事組合法人",
    "協": "協同組合",
    "独": "独立行政法人",
    "地独": "地方独立行政法人",
    "弁": "弁護士法人",
    "税": "税理士法人",
}
"""What stands in brackets for a legal form, and the form written out."""

_IGNORED = (
    "ー-‐‑‒–—―−─ｰ"  # long vowel marks and what people type for them
    "\ufeff"  # the invisible one that lies outside the range below
    "\u3099\u309a"  # voicing marks that belong to no kana
)
_SMALL_KANA = ("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ")
_SMALL_KATAKANA = ("ㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ", "くしすとぬはひふへほむらりるれろ")
_OLD_KANA = ("ゐゑヽヾ", "いえゝゞ")
_AGAIN, _AGAIN_VOICED = "ゝ", "ゞ"
_VOICING = "\u3099"
_PUNCTUATION = ("、。〜", ",.~")


def _table() -> dict[int, str | None]:
    table: dict[int, str | None] = {ord(variant): leading for variant, leading in KANJI_VARIANTS.items()}
    table |= {ord(character): None for character in _IGNORED}
    table |= dict.fromkeys((*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))  # variation selectors
    table |= {code: None for code in range(0x3001) if _says_nothing(chr(code))}
    for characters, folded in (_SMALL_KANA, _SMALL_KATAKANA, _OLD_KANA, _PUNCTUATION):
        table |= {ord(one): other for one, other in zip(characters, folded, strict=True)}
    for katakana in range(ord("ァ"), ord("ヶ") + 1):
        hiragana = katakana - ord("ァ") + ord("ぁ")
        table[katakana] = table.get(hiragana) or chr(hiragana)
    return table


def _says_nothing(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) in ("Cc", "Cf")


_TABLE = _table()
_DROPPED = frozenset(code for code, folded in _TABLE.items() if folded is None)
_BRACKETED_FORM = re.compile(r"\((" + "|".join(LEGAL_FORMS) + r")\)")


def fold(text: str) -> str:
    """The folded form of a text; see the head of this file for what becomes alike."""
    folded = _said_again(_fold_characters(text))
    if "(" in folded:
        return _BRACKETED_FORM.sub(lambda found: LEGAL_FORMS[found[1]], folded)
    return folded


def fold_with_map(text: str) -> tuple[str, list[int]]:
    """The folded form, and for each of its characters the index in `text` of the one it came from."""
    characters, origins = _mapped_one_by_one(text) or _mapped_by_cluster(text)
    joined = _said_again(characters)
    for found in reversed(list(_BRACKETED_FORM.finditer(joined))):
        form = LEGAL_FORMS[found[1]]
        sources = origins[found.start() : found.end()]
        joined = joined[: found.start()] + form + joined[found.end() :]
        origins[found.start() : found.end()] = [sources[0]] * (len(form) - 1) + sources[-1:]
    return joined, origins


def _mapped_one_by_one(text: str) -> tuple[str, list[int]] | None:
    """The same by characters that fold to one or none, as those of most texts do; None where one does not."""
    lowered = text.casefold()
    if len(lowered) != len(text) or not unicodedata.is_normalized("NFKC", text):
        return None
    folded = lowered.translate(_TABLE)
    if len(folded) == len(text):
        return folded, list(range(len(text)))
    return folded, [index for index, character in enumerate(lowered) if ord(character) not in _DROPPED]


def _mapped_by_cluster(text: str) -> tuple[str, list[int]]:
    characters: list[str] = []
    origins: list[int] = []
    for start, cluster in _clusters(text):
        folded = _folded_cluster(cluster)
        characters.extend(folded)
        origins.extend([start] * len(folded))
    return "".join(characters), origins


@lru_cache(20_000)
def _folded_cluster(cluster: str) -> str:
    return _fold_characters(cluster)


def _fold_characters(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().translate(_TABLE)


_STANDS_ALONE = re.compile("[\0-\u02ff\u3041-\u3096\u309d-\u30ff\u3400-\u9fff]")
"""Characters that never join the one before them: Latin, kana and kanji, which nearly all text is made of."""


def _said_again(folded: str) -> str:
    """The text with ゝ and ゞ written out as the kana before them, character for character."""
    if _AGAIN not in folded and _AGAIN_VOICED not in folded:
        return folded
    written = ""
    for character in folded:
        if written and character in (_AGAIN, _AGAIN_VOICED):
            kana = unicodedata.normalize("NFD", written[-1])[0]
            voiced = unicodedata.normalize("NFC", kana + _VOICING)
            character = voiced if character == _AGAIN_VOICED and len(voiced) == 1 else kana
        written += character
    return written


def _clusters(text: str) -> list[tuple[int, str]]:
    """The text in pieces that normalise on their own (ｶ with its ﾞ), each with its start."""
    pieces: list[tuple[int, str]] = []
    for index, character in enumerate(text):
        if pieces and _clings(pieces[-1][1], character):
            start, piece = pieces.pop()
            pieces.append((start, piece + character))
        else:
            pieces.append((index, character))
    return pieces


def _clings(piece: str, character: str) -> bool:
    """Whether normalising the two together differs from normalising each alone."""
    if _STANDS_ALONE.match(character):
        return False
    first, second = (unicodedata.normalize("NFKC", part) for part in (piece, character))
    return (
        bool(unicodedata.combining(second[0]))
        or unicodedata.normalize("NFKC", first + second) != first + second
    )
