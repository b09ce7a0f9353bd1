"""What can be found by its words: which texts of which records, and the moment each belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

_FIRST_DAY = datetime(1900, 1, 1)  # noqa: DTZ001 - wall time, as visits are kept
_MINUTE = timedelta(minutes=1)
_MINUTE_MS = 60_000
_JAPAN_IN_1970 = (datetime(1970, 1, 1, 9) - _FIRST_DAY) // _MINUTE  # noqa: DTZ001
_LAST_MINUTE = (datetime(9999, 12, 31) - _FIRST_DAY) // _MINUTE  # noqa: DTZ001
_TIMED, _VARIANT = "7", "89ab"
"""What a UUID has in its version and its variant if it tells when it was drawn."""


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of record that is found. `number` is part of every store: it never changes.

    `texts` are its columns that are searched, `moment` an expression for the start of the 面談 it comes from,
    `owner` the column that names its company, `mark` its mark, `rests_on` columns that decide its moment.
    """

    kind: str
    number: int
    texts: tuple[str, ...]
    moment: str = "NULL"
    owner: str = "company_id"
    mark: str = "NULL"
    rests_on: tuple[str, ...] = ()

    @property
    def select(self) -> str:
        """Rows of (seq, id, company, mark, moment, texts...); a condition may follow."""
        texts = ", ".join(f"{self.kind}.{name}" for name in self.texts)
        own = f"{self.kind}.seq, {self.kind}.id, {self.kind}.{self.owner}, {self.mark}"
        return f"SELECT {own}, {self.moment}, {texts} FROM {self.kind}"  # noqa: S608 - names of this file

    @property
    def deciding(self) -> frozenset[str]:
        """The columns whose change changes what the index holds."""
        return frozenset((*self.texts, *self.rests_on, self.owner))


_OF_EVIDENCE = (
    "(SELECT max(visit.starts_at) FROM link JOIN note_line AS line ON line.id=link.right_id"
    " JOIN support_session AS visit ON visit.id=line.support_session_id"
    " WHERE link.left_id={kind}.id AND link.kind='evidence' AND link.present AND link.deleted<>1)"
)
SOURCES = (
    Source(
        "note_line",
        1,
        ("text",),
        moment="(SELECT starts_at FROM support_session AS visit WHERE visit.id=note_line.support_session_id)",
        mark="note_line.mark",
        rests_on=("mark", "support_session_id"),
    ),
    Source("issue", 2, ("title", "response"), moment=_OF_EVIDENCE.format(kind="issue")),
    Source(
        "ip_seed",
        3,
        (
            "name",
            "description",
            "protection_reason",
            "useful_note",
            "non_public_note",
            "managed_note",
        ),
        moment=_OF_EVIDENCE.format(kind="ip_seed"),
    ),
    Source(
        "action_item",
        4,
        ("title", "note", "owner_name"),
        moment="(SELECT visit.starts_at FROM note_line AS line"
        " JOIN support_session AS visit ON visit.id=line.support_session_id"
        " WHERE line.id=action_item.source_line_id)",
        rests_on=("source_line_id",),
    ),
    Source(
        "company",
        5,
        ("name", "kana", "corporate_number", "representative_name", "representative_kana"),
        owner="id",
    ),
    Source("person", 6, ("name", "kana", "body")),
    Source(
        "attachment",
        7,
        ("name", "note"),
        moment="(SELECT starts_at FROM support_session AS visit"
        " WHERE visit.id=attachment.support_session_id)",
        rests_on=("support_session_id",),
    ),
)
BY_KIND = {source.kind: source for source in SOURCES}

NAMED = "IN (SELECT value FROM json_each(:ids))"
_EVIDENCED = "id IN (SELECT left_id FROM link WHERE kind='evidence' AND "
_LINES = f"SELECT id FROM note_line WHERE support_session_id {NAMED}"  # noqa: S608 - words of this file
_OWNERS = f"SELECT company_id FROM note_line WHERE support_session_id {NAMED}"  # noqa: S608
_VISITED = f"SELECT company_id FROM support_session WHERE id {NAMED}"  # noqa: S608
_OWN = f"SELECT company_id FROM note_line WHERE id {NAMED}"  # noqa: S608
DEPENDENTS = {
    "support_session": {
        "note_line": f"support_session_id {NAMED}",
        "issue": f"{_EVIDENCED} right_id IN ({_LINES}))",
        "ip_seed": f"{_EVIDENCED} right_id IN ({_LINES}))",
        "action_item": f"company_id IN ({_OWNERS}) AND source_line_id IN ({_LINES})",
        "attachment": f"company_id IN ({_VISITED}) AND support_session_id {NAMED}",
    },
    "note_line": {
        "issue": f"{_EVIDENCED} right_id {NAMED})",
        "ip_seed": f"{_EVIDENCED} right_id {NAMED})",
        "action_item": f"company_id IN ({_OWN}) AND source_line_id {NAMED}",
    },
    "link": {"issue": f"{_EVIDENCED} id {NAMED})", "ip_seed": f"{_EVIDENCED} id {NAMED})"},
}
"""By the type of records: whose moment follows from them, as conditions on their projections.

`:ids` are the records as a JSON array: they are asked about together.
"""


def minute_of(moment: str | None, record_id: str) -> int:
    """Minutes since 1900 on the wall clock in Japan: of the visit, else of the making of the record.

    Ids that do not tell when they were drawn count as the oldest of all.
    """
    return minute_at(datetime.fromisoformat(moment)) if moment else _drawn_in(record_id)


def minute_at(moment: datetime) -> int:
    """The minute of a moment on the wall clock; what lies before 1900 counts as its beginning."""
    return max(0, (moment - _FIRST_DAY) // _MINUTE)


def moment_of(minute: int) -> datetime:
    """The moment on the wall clock that a minute stands for."""
    return _FIRST_DAY + minute * _MINUTE


def _drawn_in(record_id: str) -> int:
    """From the id as it is spelled: an index is made of a hundred thousand of them."""
    if record_id[14] != _TIMED or record_id[19] not in _VARIANT:
        return 0
    milliseconds = int(record_id[:8] + record_id[9:13], 16)
    return min(milliseconds // _MINUTE_MS + _JAPAN_IN_1970, _LAST_MINUTE)
