"""Companies that look as if they had been entered twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.folding import fold


class Likeness(StrEnum):
    """Why two companies may be one."""

    NUMBER = "number"
    NAME = "name"


LIKENESS_WORDS = {Likeness.NUMBER: "法人番号が同じ", Likeness.NAME: "名前と市区町村が同じ"}


@dataclass(frozen=True, slots=True)
class Signs:
    """What a company is known by: its 法人番号, and its folded name within its folded 市区町村."""

    number: str
    name: str
    city: str


def signs(values: Mapping[str, object]) -> Signs:
    """The signs of a company from its columns; what is empty tells nothing."""
    number, name, city = (str(values.get(column) or "") for column in ("corporate_number", "name", "city"))
    return Signs(number, fold(name), fold(city))


def likeness(one: Signs, other: Signs) -> Likeness | None:
    """Why two companies may be one; None when nothing says so."""
    if one.number and one.number == other.number:
        return Likeness.NUMBER
    if one.name and one.city and (one.name, one.city) == (other.name, other.city):
        return Likeness.NAME
    return None


def doubles(known: Iterable[tuple[str, Signs]]) -> Iterator[tuple[str, str, Likeness]]:
    """Pairs (earlier id, later id, why) among companies given in the order in which they were taken in.

    Of three alike the first stands in both pairs.
    """
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for company_id, each in known:
        if each.number:
            groups[(each.number,)].append(company_id)
        if each.name and each.city:
            groups[(each.name, each.city)].append(company_id)
    told: set[tuple[str, str]] = set()
    for key, (first, *others) in groups.items():
        why = Likeness.NUMBER if len(key) == 1 else Likeness.NAME
        for pair in _pairs(first, others):
            if pair not in told:
                told.add(pair)
                yield (*pair, why)


def _pairs(first: str, others: Sequence[str]) -> Iterator[tuple[str, str]]:
    return ((first, other) for other in others)
