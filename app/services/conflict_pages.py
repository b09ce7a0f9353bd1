"""Rows and pages of 確認が必要な変更, made within one moment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from app.domain.differences import Fate, differences
from app.errors import ConflictMovedOn, RecordMissing
from app.record_wording import field_word
from app.rows.conflicts import ConflictKind, ConflictPage, ConflictRow, OwnWording, Side
from app.services.conflict_sides import Rival, before, rivals, shown_changes
from app.services.conflict_words import ConflictWords, moment
from app.sync.merge import SET
from app.workplace import Workplace
from db.cells import BY_NAME, DELETED
from db.change_log import INDEX_BITS
from db.disagreements import Author, CellLog
from db.reading import Reading
from db.repositories.conflicts import FoundCell

KEEP, DELETE = 0, 1
"""The sides of a record that one deleted and the other went on with."""
_FREE = frozenset(
    ("name", "kana", "body", "role", "phone", "email", "duty", "place", "region", "meeting_name", "title")
)
_DAYS = frozenset(("start_on", "due_on", "founded_on"))
_MOST_WRITTEN, _GONE = 5, 1
_TOO_WIDE = frozenset(("company_id", "engagement_id", "owner_id", "person_id"))
"""Columns that lead to what everything else leads to as well."""
_ADDED_TO = "消したあとに、ほかの人が中に書き足しました"


class PageMaker:
    """Reads records with their changes."""

    def __init__(self, reading: Reading, place: Workplace) -> None:
        self._reading = reading
        self._own_user = UUID(place.user_id).bytes
        self._words = ConflictWords(reading, place)
        self._logs = place.store.record_logs(reading.connection)

    # a field with two values

    def is_gone(self, found: FoundCell) -> bool:
        """Whether the record is deleted by people who knew all of it: then nobody is asked."""
        return self._words.record(found.record_type, found.record_id).get("deleted") == _GONE

    def value_row(self, found: FoundCell) -> ConflictRow:
        """A question about a field."""
        log = self._logs.cell(found.record_type, found.record_id, found.cell)
        return self._value_row(found.record_type, found.record_id, found.cell, log)

    def _value_row(self, record_type: str, record_id: str, cell: str, log: CellLog) -> ConflictRow:
        newest = max((each.time for each in rivals(log, self._own_user)), default=0)
        return self._row(
            ConflictKind.VALUES, record_type, record_id, cell, newest, is_asked=not log.view.provisional
        )

    def of_cell(self, record_type: str, record_id: str, cell: str) -> ConflictPage:
        """The page of a field. Raises ConflictMovedOn where nothing waits there."""
        log = self._logs.cell(record_type, record_id, cell)
        if not log.view.conflicts:
            raise ConflictMovedOn
        found = rivals(log, self._own_user)
        earlier = before(log, found)
        base = self._side(record_type, record_id, cell, earlier) if earlier else None
        old = base.words if base else ""
        sides = tuple(
            replace(
                self._side(record_type, record_id, cell, each, old),
                beside=self._beside(record_type, record_id, cell, each),
            )
            for each in found
        )
        is_text = BY_NAME[record_type].by_name[cell].policy == "text"
        return ConflictPage(
            row=self._value_row(record_type, record_id, cell, log),
            before=base,
            sides=sides,
            both=_both([each.value for each in found]) if is_text else None,
            own_wording=_own_wording(cell, is_text=is_text),
            shown=shown_changes(log),
            support_session_id=self._words.record(record_type, record_id).get("support_session_id"),
        )

    def _beside(self, record_type: str, record_id: str, cell: str, rival: Rival) -> tuple[str, ...]:
        """What its author wrote into other fields of the record in the same action."""
        words, save = self._words, rival.author.change >> INDEX_BITS
        if words.record(record_type, record_id).get("is_secret"):
            return ()
        return tuple(
            f"{field_word(record_type, name)}: {words.value(record_type, record_id, name, change.value)}"
            for name, log in self._logs.all_cells(record_type, record_id).items()
            for change in log.changes
            if name not in {cell, DELETED} and log.authors[change.id].change >> INDEX_BITS == save
        )[:_MOST_WRITTEN]

    def hang_together(self, row: ConflictRow, other: ConflictRow) -> bool:
        """Whether two questions are about one record, or about two of which one leads to the other."""
        if row.key == other.key:
            return False
        leads = self._leads_to(row), self._leads_to(other)
        return row.record_id == other.record_id or other.record_id in leads[0] or row.record_id in leads[1]

    def _leads_to(self, row: ConflictRow) -> set[str]:
        found = self._words.record(row.record_type, row.record_id)
        leading = [name for name in found if name.endswith("_id") and name not in _TOO_WIDE]
        return {found[name] for name in leading if found[name]}

    def _side(
        self, record_type: str, record_id: str, cell: str, rival: Rival, old: str | None = None
    ) -> Side:
        words = self._words.value(record_type, record_id, cell, rival.value)
        told = () if old is None else differences(old, words)
        return replace(
            self._written(words, rival.author, rival.time, is_shown=rival.is_shown),
            differences=tuple(each for each in told if each.fate is not Fate.REMOVED),
            value=rival.value,
        )

    # a record that one deleted and the other went on with

    def record_row(self, record_type: str, record_id: str) -> ConflictRow:
        """A question about a whole record."""
        return self._record_row(record_type, record_id, self._logs.all_cells(record_type, record_id))

    def _record_row(self, record_type: str, record_id: str, logs: Mapping[str, CellLog]) -> ConflictRow:
        newest = max(change.time for log in logs.values() for change in log.changes)
        is_waiting = any(log.view.provisional for log in logs.values())
        deletions = _deletions(logs)
        return self._row(
            ConflictKind.DELETED,
            record_type,
            record_id,
            "",
            newest,
            is_asked=not is_waiting,
            deleted_in=tuple(author.change >> INDEX_BITS for _, author in deletions),
        )

    def of_record(self, record_type: str, record_id: str) -> ConflictPage:
        """The page of a record. Raises RecordMissing, ConflictMovedOn where it is deleted by nobody."""
        if not self._words.record(record_type, record_id):
            raise RecordMissing
        logs = self._logs.all_cells(record_type, record_id)
        deletions = _deletions(logs)
        if not deletions:
            raise ConflictMovedOn
        time, remover = max(deletions, key=lambda each: each[0])
        deleted = self._written("消しました", remover, time, is_shown=False)
        return ConflictPage(
            row=self._record_row(record_type, record_id, logs),
            before=None,
            sides=(self._kept_side(record_type, record_id, logs, deleted), deleted),
            both=None,
            own_wording=OwnWording.NONE,
            shown=frozenset(author.change for log in logs.values() for author in log.authors.values()),
        )

    def _kept_side(
        self, record_type: str, record_id: str, logs: Mapping[str, CellLog], deleted: Side
    ) -> Side:
        """What was written by somebody who did not know of the deletion, and by whom."""
        written = sorted(_uncovered(logs), key=lambda each: each[1], reverse=True)
        lines = [
            f"{field_word(record_type, name)}: {self._words.value(record_type, record_id, name, value)}"
            for name, _, _, value in written[:_MOST_WRITTEN]
        ]
        if not written:
            return replace(
                deleted, words=_ADDED_TO, who="", where="", is_own=False, is_here=False, is_shown=True
            )
        _, time, author, _ = written[0]
        return self._written("\n".join(lines), author, time, is_shown=True)

    # both

    def _written(self, words: str, author: Author, time: int, *, is_shown: bool) -> Side:
        authors = self._words.authors
        return Side(
            words,
            authors.who(author.user),
            authors.where(author.device),
            moment(time),
            is_own=author.user == self._own_user,
            is_here=authors.is_here(author.device),
            is_shown=is_shown,
        )

    def _row(
        self,
        kind: ConflictKind,
        record_type: str,
        record_id: str,
        cell: str,
        time: int,
        *,
        is_asked: bool,
        deleted_in: tuple[int, ...] = (),
    ) -> ConflictRow:
        compartment = self._words.record(record_type, record_id).get("compartment", "")
        company_id, company_name = self._words.home(record_type, record_id, compartment)
        return ConflictRow(
            kind,
            record_type,
            record_id,
            cell,
            self._words.title(record_type, record_id, cell),
            self._words.term(record_type),
            company_id,
            company_name,
            moment(time),
            is_asked,
            deleted_in,
        )


def _deletions(logs: Mapping[str, CellLog]) -> list[tuple[int, Author]]:
    log = logs.get(DELETED)
    if log is None:
        return []
    heads = [change for change in log.changes if change.id in log.view.heads and change.value is True]
    return [(change.time, log.authors[change.id]) for change in heads]


def _uncovered(logs: Mapping[str, CellLog]) -> Iterator[tuple[str, int, Author, object]]:
    """What the deletions did not know of: (field, time, author, value)."""
    deletion = logs[DELETED]
    heads = [change for change in deletion.changes if change.id in deletion.view.heads]
    covered = frozenset[bytes]().union(*(change.covers for change in heads))
    for name, log in logs.items():
        content = {*log.view.heads, *log.view.conflicts} - covered
        for change in log.changes:
            if name != DELETED and change.id in content and change.kind == SET:
                yield name, change.time, log.authors[change.id], change.value


def _both(values: Sequence[object]) -> str | None:
    """All texts, one below the other; None where one of them says nothing."""
    texts = [value.strip() for value in values if isinstance(value, str)]
    if len(texts) < len(values) or not all(texts):
        return None
    return "\n".join(texts)


def _own_wording(cell: str, *, is_text: bool) -> OwnWording:
    if cell in _DAYS:
        return OwnWording.DAY
    return OwnWording.TEXT if is_text or cell in _FREE else OwnWording.NONE
