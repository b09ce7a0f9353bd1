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
class Person:
    """Someone known who may own homework. A space in the name parts family and given name."""

    id: str
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
    `owner_name` is the owner as written (高橋様), where that is nobody known; else None.
    """

    title: str
    owner_id: str | None
    owner_name: str | None
    due_on: date | None
    spans: tuple[ReadSpan, ...]


@dataclass(frozen=True, slots=True)
class _Mention:
    """A person's name in a line, title and all.

    `role` says what the words behind it make of the person; `person_id` is empty for somebody unknown.
    """

    start: int
    end: int
    person_id: str
    role: str
    name: str = ""


_GAP = r"[\s、。,.・:;()「」『』【】\[\]→⇒]"
_DATE_AHEAD = (
    r"(?=\s*(?:\d|R\d|令和|今日|本日|明日|明後日|今週|来週|再来週|今月|来月|月末|年度末|[月火水木金土日]曜))"
)
_BEFORE = re.compile(rf"(?:^|{_GAP}|\d|まで|までに|迄|末|曜日?|日)$")
_LABEL = re.compile(rf"(?:^|(?<={_GAP}))(?:担当者?|先方|当方)(?:は|の)?{_GAP}*$")
_TITLE = r"(?:様|さん|氏|先生|社長|会長|専務|常務|部長|課長|係長|工場長)"
_OUR_TITLE = r"(?:さま|殿|主任|弁理士|弁護士|プロデュ-サ-|補佐|P)"  # in half-width text ー is "-"
_ALONE = rf"(?:(?={_GAP}|$)|{_DATE_AHEAD})"
_BEHIND = re.compile(rf"(?:\s?(?:{_TITLE}|{_OUR_TITLE}))?(?:(?P<alone>{_ALONE})|(?P<subject>[がは]))")
_STRANGER = re.compile(
    rf"(?<![一-龠々ァ-ヶぁ-ん])(?:(?:先方|当方|担当者?)の?)?(?P<name>[一-龠々ァ-ヶ]{{1,6}}{_TITLE}){_ALONE}"
)
_EMPTY_BRACKETS = re.compile(r"[(（【\[「][\s、,・:：]*[)）】\]」]")
_LOOSE_SIGNS = " \u3000\t\n、,・:：;；→⇒~〜"


def read_homework(text: str, people: Sequence[Person], today: date) -> HomeworkWords:
    """Owner and due date from a line, and its text without them.

    Names are found however they are written (髙橋 for 高橋), by family name, full name, or the beginning of a
    name without a space, with 様, さん, 氏, 社長 and the like; somebody unknown only with such a word.
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
        owner_id=owner.person_id or None if owner else None,
        owner_name=owner.name if owner and not owner.person_id else None,
        due_on=due.day if due else None,
        spans=tuple(spans),
    )


def _owner(text: str, people: Sequence[Person]) -> _Mention | None:
    """Whom a line gives the homework to: the one named alone, or else the only one named, before が or は."""
    mentions = list(_mentions(text, people))
    longest = [one for one in mentions if not any(_lies_within(one, other) for other in mentions)]
    alone = [mention for mention in longest if mention.role == "alone"]
    meant = alone or [mention for mention in longest if mention.role]
    if not mentions:
        return _stranger(text)
    others = meant if alone else longest
    if not meant or len({mention.person_id for mention in others}) != 1:
        return None
    return meant[-1]


def _stranger(text: str) -> _Mention | None:
    """The one person with 様, さん or a title who stands alone in a line and is nobody known."""
    plain = half_width(text)
    found = [one for one in _STRANGER.finditer(plain) if _BEFORE.search(plain[: one.start()])]
    if len(found) != 1:
        return None
    label = _LABEL.search(plain[: found[0].start()])
    start, end = found[0].span()
    name = text[slice(*found[0].span("name"))]
    return _Mention(label.start() if label else start, end, "", "alone", name)


def _mentions(text: str, people: Sequence[Person]) -> Iterator[_Mention]:
    """Where people are named, by the longest form of the name that fits at each place."""
    plain = half_width(text)
    folded, origins = fold_with_map(text)
    for person in people:
        forms = "|".join(map(re.escape, _forms(person.name)))
        for found in re.finditer(forms, folded) if forms else ():
            yield _mention(plain, origins[found.start()], origins[found.end() - 1] + 1, person.id)


def _mention(plain: str, start: int, end: int, person_id: str) -> _Mention:
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
