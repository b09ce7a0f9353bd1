"""「この端末の24語」 and 「チームの復旧シート」 as content for paper: what is printed, in order.

The one opens this device's store and nothing else, the other makes any device an administrator of the team.
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
TEAM_TITLE: Final = "チームの復旧シート"
_TEAM_LINES: Final = (
    "管理者の端末がすべて失われたとき、この24語でチームを取り戻せます。",
    "伴走カルテの「チーム」で「復旧シートで戻る」を選び、番号の順に、ひらがなで入れます。",
    "この紙を持つ人は、チームのすべての企業の記録を読めるようになります。鍵のかかる所にしまってください。",
    "端末を開く「この端末の24語」とは別の紙です。端末と一緒に持ち歩かないでください。",
    "作り直しても、古い紙はそのまま使えます。古い紙は細かく裁って捨ててください。",
)
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
    """What the paper says: six groups of four words, each to be read across.

    `number` tells sheets of a team apart without their words; other sheets have none.
    """

    title: str
    device_name: str
    made_on: date
    groups: tuple[tuple[NumberedWord, ...], ...]
    lines: tuple[str, ...]
    number: str = ""


def recovery_sheet(words: Sequence[str], device_name: str, made_on: date) -> RecoverySheet:
    """The sheet of 24 words. It is printed or written down, and kept nowhere by the program."""
    return RecoverySheet(_TITLE, device_name, made_on, _groups(words), _LINES)


def team_sheet(words: Sequence[str], number: str, device_name: str, made_on: date) -> RecoverySheet:
    """The team's own sheet, which is as good as all of its administrators together."""
    return RecoverySheet(TEAM_TITLE, device_name, made_on, _groups(words), _TEAM_LINES, number)


def _groups(words: Sequence[str]) -> tuple[tuple[NumberedWord, ...], ...]:
    if len(words) != WORD_COUNT:
        raise ValueError(f"a sheet has {WORD_COUNT} words")
    numbered = [NumberedWord(number, word) for number, word in enumerate(words, start=1)]
    return tuple(tuple(numbered[first : first + GROUP_WORDS]) for first in range(0, WORD_COUNT, GROUP_WORDS))
