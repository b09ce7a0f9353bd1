"""Reads who does something, and by when, from the words of a line.

「弁理士の相談を予約する 鈴木 7/29まで」 is 弁理士の相談を予約する, for 鈴木, due on the coming 29 July.
What could mean two people or two days is left unread: the title then keeps the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.due_words import due_words
from app.domain.folding import fold, fold_with_map
from app.domain.widths import half_width


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Someone who may own homework. A space in the name parts family and given name."""

    id: bytes
    name: str


class SpanKind(StrEnum):
    """What words were read as."""

    OWNER = "owner"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class ReadSpan:
    """Words that were read, as a half-open range of the line."""

    start: int
    end: int
    kind: SpanKind


@dataclass(frozen=True, slots=True)
class HomeworkWords:
    """What a line says of a piece of homework; None where it does not say it clearly.

    `title` is the line without the words that were read, or the whole line if nothing else is left.
    """

    title: str
    owner_id: bytes | None
    due_on: date | None
    spans: tuple[ReadSpan, ...]


@dataclass(frozen=True, slots=True)
class _Mention:
    """A person's name in a line, title and all; `role` says what the words behind it make of the person."""

    start: int
    end: int
    person_id: bytes
    role: str


_GAP = r"[\s、。,.・:;()「」『』【】\[\]→⇒]"
_DATE_AHEAD = (
    r"(?=\s*(?:\d|R\d|令和|今日|本日|明日|明後日|今週|来週|再来週|今月|来月|月末|年度末|[月火水木金土日]曜))"
)
_BEFORE = re.compile(rf"(?:^|{_GAP}|\d|まで|までに|迄|末|曜日?|日)$")
_LABEL = re.compile(rf"(?:^|(?<={_GAP}))(?:担当者?|先方|当方)(?:は|の)?{_GAP}*$")
_TITLE = r"(?:\s?(?:様|さま|さん|氏|殿|先生|社長|会長|専務|常務|部長|課長|係長|主任|工場長|弁理士|弁護士|プロデュ-サ-|補佐|P))"
_BEHIND = re.compile(rf"{_TITLE}?(?:(?P<alone>(?={_GAP}|$)|{_DATE_AHEAD})|(?P<subject>[がは]))")
_EMPTY_BRACKETS = re.compile(r"[(（【\[「][\s、,・:：]*[)）】\]」]")
_LOOSE_SIGNS = " \u3000\t\n、,・:：;；→⇒~〜"


def read_homework(text: str, people: Sequence[KnownPerson], today: date) -> HomeworkWords:
    """Owner and due date from a line, and its text without them.

    Names are found however they are written (髙橋 for 高橋), by family name, full name, or the beginning of a
    name without a space, with 様, さん, 氏, 社長 and the like.
    """
    owner = _owner(text, people)
    due = due_words(_blanked(text, owner), today)
    spans = []
    if owner is not None:
        spans.append(ReadSpan(owner.start, owner.end, SpanKind.OWNER))
    if due is not None:
        spans.append(ReadSpan(due.start, due.end, SpanKind.DUE))
    spans.sort(key=lambda span: span.start)
    return HomeworkWords(
        title=_without(text, spans),
        owner_id=owner.person_id if owner else None,
        due_on=due.day if due else None,
        spans=tuple(spans),
    )


def _owner(text: str, people: Sequence[KnownPerson]) -> _Mention | None:
    """Whom a line gives the homework to: the one named alone, or else the only one named, before が or は."""
    mentions = list(_mentions(text, people))
    longest = [one for one in mentions if not any(_lies_within(one, other) for other in mentions)]
    alone = [mention for mention in longest if mention.role == "alone"]
    meant = alone or [mention for mention in longest if mention.role]
    others = meant if alone else longest
    if not meant or len({mention.person_id for mention in others}) != 1:
        return None
    return meant[-1]


def _mentions(text: str, people: Sequence[KnownPerson]) -> Iterator[_Mention]:
    """Where people are named, by the longest form of the name that fits at each place."""
    plain = half_width(text)
    folded, origins = fold_with_map(text)
    for person in people:
        forms = "|".join(map(re.escape, _forms(person.name)))
        for found in re.finditer(forms, folded) if forms else ():
            yield _mention(plain, origins[found.start()], origins[found.end() - 1] + 1, person.id)


def _mention(plain: str, start: int, end: int, person_id: bytes) -> _Mention:
    """The name at a place with its label and title. It has a role only where it is a word of its own."""
    label = _LABEL.search(plain[:start])
    behind = _BEHIND.match(plain, end)
    if behind is None or not (label or _BEFORE.search(plain[:start])):
        return _Mention(start, end, person_id, "")
    return _Mention(label.start() if label else start, behind.end(), person_id, behind.lastgroup or "")


def _forms(name: str) -> list[str]:
    """The folded ways a person may be called, longest first; never an empty one."""
    family, *given = name.split() or [""]
    whole = fold(name)
    forms = (
        [whole, fold(family)] if given else [whole[:length] for length in range(len(whole), 1, -1)] or [whole]
    )
    return [form for form in forms if form]


def _lies_within(one: _Mention, other: _Mention) -> bool:
    """Whether a shorter reading is part of a longer one: 鈴木 within 鈴木一郎."""
    return other.start <= one.start and one.end <= other.end and other.end - other.start > one.end - one.start


def _blanked(text: str, owner: _Mention | None) -> str:
    if owner is None:
        return text
    return text[: owner.start] + " " * (owner.end - owner.start) + text[owner.end :]


def _without(text: str, spans: Sequence[ReadSpan]) -> str:
    """The text without the words read and the signs they leave behind."""
    if not spans:
        return text.strip()
    rest = text
    for span in reversed(spans):
        rest = rest[: span.start] + rest[span.end :]
    rest = re.sub(r"[ \u3000]{2,}", " ", _EMPTY_BRACKETS.sub("", rest))
    return rest.strip(_LOOSE_SIGNS) or text.strip()
