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
    def filters(self) -> Iterator[Collection[str]]:
        """Words of the index, of each collection of which an item must have one."""
        if self.kinds:
            yield [KIND + kind for kind in self.kinds]
        if self.company_id:
            yield [COMPANY + self.company_id]
        if self.mark:
            yield [MARK + self.mark]


_LIVE_COMPANY = "JOIN company ON company.id=own.company_id AND company.deleted<>1"
_SHOWN: Mapping[str, str] = {
    "note_line": f"{_LIVE_COMPANY} JOIN support_session AS visit"
    " ON visit.id=own.support_session_id AND visit.deleted<>1",
    "issue": _LIVE_COMPANY,
    "ip_seed": _LIVE_COMPANY,
    "action_item": _LIVE_COMPANY,
    "company": "",
    "person": "JOIN (SELECT NULL AS id UNION ALL SELECT id FROM company WHERE deleted<>1) AS employer"
    " ON employer.id IS own.company_id",
}
"""What has to be there for a record to be shown; what is deleted itself is never shown."""

_DETAILS: Mapping[str, str] = {
    "note_line": "own.support_session_id, own.is_secret, own.mark, own.stamped_at",
    "issue": "own.engagement_id",
    "ip_seed": "own.engagement_id",
    "action_item": "own.engagement_id, own.due_on, own.status",
    "company": "own.id AS company_id",
    "person": "own.role",
}

_FOUND = """
SELECT {what} FROM search_text CROSS JOIN search_item AS item ON item.no=search_text.rowid
 WHERE search_text MATCH :match AND search_text.rowid>=:first AND search_text.rowid<:end
   AND CASE item.source>>{bits} {cases} END
"""
_NEWEST = " ORDER BY search_text.rowid DESC LIMIT :limit"


def newest(reading: Reading, wanted: Wanted, limit: int) -> list[Found]:
    """The newest records with all words, as (`no`, `source`) of the index."""
    return reading.query(_found(wanted, "item.no, item.source") + _NEWEST, limit=limit, **_bounds(wanted))


def count(reading: Reading, wanted: Wanted) -> int:
    """How many records have all words."""
    return int(reading.query(_found(wanted, "count(*) AS n"), **_bounds(wanted))[0]["n"])


def details(reading: Reading, found: Sequence[Found]) -> list[Found]:
    """What `newest` found, in its order: `kind`, `day`, id, company, searched texts and what a hit shows."""
    seqs: dict[str, list[int]] = {}
    for item in found:
        kind, seq = kind_and_seq(item["source"])
        seqs.setdefault(kind, []).append(seq)
    rows = {(kind, row["seq"]): row for kind in seqs for row in _details(reading, kind, seqs[kind])}
    return [
        {**rows[kind_and_seq(item["source"])], "day": moment_of(item["no"] >> MINUTE_BITS).date()}
        for item in found
    ]


def companies(reading: Reading) -> tuple[tuple[str, str], ...]:
    """(id, name) of every live company, by kana."""
    sql = "SELECT id, coalesce(name, '') AS name FROM company WHERE deleted<>1 ORDER BY kana, name, id"
    return tuple((found["id"], found["name"]) for found in reading.query(sql))


def first_day(reading: Reading) -> date | None:
    """The day of the oldest 面談."""
    sql = "SELECT min(starts_at) AS at FROM support_session WHERE deleted<>1"
    first = reading.query(sql)[0]["at"]
    return date.fromisoformat(first[:10]) if first else None


def _details(reading: Reading, kind: str, seqs: Sequence[int]) -> list[Found]:
    texts = ", ".join(f"own.{name}" for name in BY_KIND[kind].texts)
    owner = "" if kind == "company" else "own.company_id, "
    company = f"company ON company.id=own.{BY_KIND[kind].owner}"
    sql = (
        f"SELECT '{kind}' AS kind, own.seq, own.id, {owner}{_DETAILS[kind]}, {texts},"  # noqa: S608
        f" company.name AS company_name FROM {kind} AS own LEFT JOIN {company}"
        f" WHERE own.seq IN ({','.join(map(str, seqs))})"
    )
    return reading.query(sql)


def _found(wanted: Wanted, what: str) -> str:
    cases = " ".join(f"WHEN {source.number} THEN {_shown(source.kind, wanted)}" for source in SOURCES)
    return _FOUND.format(what=what, bits=SEQ_BITS, cases=cases)


def _shown(kind: str, wanted: Wanted) -> str:
    secret = "" if wanted.with_secret or kind not in IS_SECRET else f" AND NOT ({IS_SECRET[kind]})"
    own = f"own.seq=item.source&{(1 << SEQ_BITS) - 1} AND own.deleted<>1"
    return f"EXISTS (SELECT 1 FROM {kind} AS own {_SHOWN[kind]} WHERE {own}{secret})"  # noqa: S608


def _bounds(wanted: Wanted) -> dict[str, object]:
    since = datetime.combine(wanted.since or date.min, time.min)
    until = datetime.combine(wanted.until or date.max - timedelta(days=1), time.min) + timedelta(days=1)
    return {
        "match": match_expression(wanted.words, wanted.filters),
        "first": first_number(minute_at(since)),
        "end": first_number(minute_at(until)),
    }
