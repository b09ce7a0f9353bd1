"""Finding records by their words, the newest first, through the search index."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from db.reading import Found, Reading
from db.repositories.secret_items import IS_SECRET
from db.search_index import MINUTE_BITS, SEQ_BITS, first_number, kind_and_seq
from db.search_sources import BY_KIND, SOURCES, minute_at, moment_of
from db.search_words import COMPANY, KIND, MARK, match_expression


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: folded words, all of which must occur, and what narrows the search.

    `kinds` are record types, `since` and `until` days of the 面談, both included. Without `with_secret`
    nothing is found that is 秘密 or rests on 秘密 lines alone.
    """

    words: Sequence[str]
    kinds: Collection[str] = ()
    company_id: str | None = None
    mark: str | None = None
    since: date | None = None
    until: date | None = None
    with_secret: bool = True

    @property
    def filters(self) -> Iterator[str]:
        """Words of the index that an item must have."""
        if len(self.kinds) == 1:
            yield KIND + next(iter(self.kinds))
        if self.company_id:
            yield COMPANY + self.company_id
        if self.mark:
            yield MARK + self.mark


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a hit of one kind shows besides its texts, and what has to be there for it to be shown at all."""

    columns: str
    tables: str
    condition: str = "1"


_OF_COMPANY = "JOIN company ON company.id=own.company_id AND company.deleted<>1"
_SHOWN: Mapping[str, _Shown] = {
    "note_line": _Shown(
        "own.company_id, company.name AS company_name, own.support_session_id, own.is_secret, own.mark",
        f"{_OF_COMPANY} JOIN support_session AS visit"
        " ON visit.id=own.support_session_id AND visit.deleted<>1",
    ),
    "issue": _Shown("own.company_id, company.name AS company_name", _OF_COMPANY),
    "ip_seed": _Shown("own.company_id, company.name AS company_name", _OF_COMPANY),
    "action_item": _Shown(
        "own.company_id, company.name AS company_name, own.due_on, own.status", _OF_COMPANY
    ),
    "attachment": _Shown("own.company_id, company.name AS company_name", _OF_COMPANY),
    "company": _Shown("own.id AS company_id, own.name AS company_name", ""),
    "person": _Shown(
        "own.company_id, company.name AS company_name, own.role",
        "LEFT JOIN company ON company.id=own.company_id",
        "(own.company_id IS NULL OR company.deleted<>1)",
    ),
}
_FOUND = """
SELECT {what} FROM search_text CROSS JOIN search_item AS item ON item.no=search_text.rowid
 WHERE search_text MATCH :match AND search_text.rowid>=:first AND search_text.rowid<:end
   AND item.source>>{bits} IN ({numbers})
"""
_NEWEST = " ORDER BY search_text.rowid DESC LIMIT :limit"


def newest(reading: Reading, wanted: Wanted, limit: int) -> list[Found]:
    """The newest records with all words: `no`, `kind`, `day`, id, company, texts, what else a hit shows."""
    bounds = _bounds(wanted)
    sql = _found(wanted, "item.no, item.source") + _NEWEST
    found: list[Found] = []
    while len(found) < limit:
        batch = reading.query(sql, limit=limit, **bounds)
        found += _shown(reading, wanted, batch)
        if len(batch) < limit:
            break
        bounds["end"] = batch[-1]["no"]
    return found[:limit]


def count(reading: Reading, wanted: Wanted, most: int = -1) -> int:
    """How many records have all words; not counted further than `most`, where it is given."""
    cases = " ".join(
        f"WHEN {source.number} THEN EXISTS (SELECT 1 {_rows(source.kind, wanted, _OF_ITEM)})"
        for source in SOURCES
    )
    shown = f"{_found(wanted, '1')} AND CASE item.source>>{SEQ_BITS} {cases} END LIMIT :most"
    sql = f"SELECT count(*) AS n FROM ({shown})"  # noqa: S608 - names of our own
    return int(reading.query(sql, most=most, **_bounds(wanted))[0]["n"])


def companies(reading: Reading) -> tuple[tuple[str, str], ...]:
    """(id, name) of every live company, by kana."""
    sql = "SELECT id, coalesce(name, '') AS name FROM company WHERE deleted<>1 ORDER BY kana, name, id"
    return tuple((found["id"], found["name"]) for found in reading.query(sql))


def first_day(reading: Reading) -> date | None:
    """The day of the oldest 面談."""
    sql = "SELECT min(starts_at) AS at FROM support_session WHERE deleted<>1"
    first = reading.query(sql)[0]["at"]
    return date.fromisoformat(first[:10]) if first else None


_OF_ITEM = f"own.seq=item.source&{(1 << SEQ_BITS) - 1}"


def _shown(reading: Reading, wanted: Wanted, batch: Sequence[Found]) -> list[Found]:
    """The items of a batch that are to be shown, with what a hit shows."""
    seqs: dict[str, list[int]] = {}
    for item in batch:
        kind, seq = kind_and_seq(item["source"])
        seqs.setdefault(kind, []).append(seq)
    rows = {(kind, row["seq"]): row for kind in seqs for row in _details(reading, wanted, kind, seqs[kind])}
    return [
        {**rows[key], "no": item["no"], "day": moment_of(item["no"] >> MINUTE_BITS).date()}
        for item in batch
        if (key := kind_and_seq(item["source"])) in rows
    ]


def _details(reading: Reading, wanted: Wanted, kind: str, seqs: Sequence[int]) -> list[Found]:
    texts = ", ".join(f"own.{name}" for name in BY_KIND[kind].texts)
    these = f"own.seq IN ({','.join(map(str, seqs))})"
    columns = f"'{kind}' AS kind, own.seq, own.id, {_SHOWN[kind].columns}, {texts}"
    return reading.query(f"SELECT {columns} {_rows(kind, wanted, these)}")


def _rows(kind: str, wanted: Wanted, these: str) -> str:
    """The rows of a kind that may be shown, of those that `these` says."""
    shown = _SHOWN[kind]
    secret = "" if wanted.with_secret or kind not in IS_SECRET else f" AND NOT ({IS_SECRET[kind]})"
    return f"FROM {kind} AS own {shown.tables} WHERE {these} AND own.deleted<>1 AND {shown.condition}{secret}"


def _found(wanted: Wanted, what: str) -> str:
    kinds = wanted.kinds or BY_KIND
    numbers = ", ".join(str(BY_KIND[kind].number) for kind in kinds)
    return _FOUND.format(what=what, bits=SEQ_BITS, numbers=numbers)


def _bounds(wanted: Wanted) -> dict[str, object]:
    since = datetime.combine(wanted.since or date.min, time.min)
    until = datetime.combine(wanted.until or date.max - timedelta(days=1), time.min) + timedelta(days=1)
    return {
        "match": match_expression(wanted.words, wanted.filters),
        "first": first_number(minute_at(since)),
        "end": first_number(minute_at(until)),
    }
