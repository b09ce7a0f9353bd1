"""ごみ箱: deleting with all that belongs to a record, and bringing it back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.domain.saying import says_nothing
from app.errors import RecordMissing
from app.record_wording import type_word
from app.rows.trash import DeletedNote, TrashRow
from app.services.authors import Authors
from app.services.merged_companies import compartments_of, standing_company
from app.services.record_scopes import scope_of
from app.services.record_words import record_words
from app.services.taking_back import give_back_words, take_back
from app.sync.clock import COUNTER_BITS
from app.workplace import Workplace
from db.reading import Found, Reading
from db.repositories import history
from db.repositories import trash as found_trash
from db.repositories.history import Action, Extent, LoggedValue
from db.repositories.trash import BELONGINGS
from db.unit_of_work import UnitOfWork

DAYS_KEPT = 30
"""How long an item lies in ごみ箱. Later it can still be brought back from 履歴."""

_GONE = 1
_NEVER_ALONE = frozenset(("link", "engagement", "team", "project_year", "issued_document"))
"""What nobody deletes by name; only undo, or the deletion of something else, does."""


class TrashService:
    """Deletes, lists what was deleted, and restores. Nothing is ever taken out of the log."""

    def __init__(self, place: Workplace) -> None:
        self._place = place

    def delete(self, record_type: str, record_id: str) -> DeletedNote:
        """Delete a record and what belongs to it as one action, which one undo takes back.

        A company takes everything of its own with it, a 面談 its lines, a plan its indicators and milestones.
        Raises RecordMissing.
        """
        with self._place.reading() as reading:
            found = reading.record(record_type, record_id)
            if found is None:
                raise RecordMissing
            scope = scope_of(reading, self._place, record_type, found)
            belonging = tuple(found_trash.belongings(reading, record_type, record_id))
        with self._place.action(f"{type_word(record_type)}を消す", scope) as work:
            for kind, each in (*belonging, (record_type, record_id)):
                work.delete(kind, each)
        words = self._words(record_type, found)
        return DeletedNote(record_type, record_id, type_word(record_type), words, len(belonging), scope)

    def items(self) -> tuple[TrashRow, ...]:
        """What was deleted in the last 30 days, newest first; what went with something is counted there."""
        now = self._place.now()
        since = int((now - timedelta(days=DAYS_KEPT)).timestamp() * 1000) << COUNTER_BITS
        with self._place.reading() as reading:
            deletions = list(found_trash.deletions(reading, since))
            tops, counts = _grouped(deletions)
            companies = {
                company["id"]: company["name"] or ""
                for company in reading.records("company", include_deleted=True)
            }
            authors = Authors(reading, self._place)
            rows = [
                self._row(kind, found, counts[found["id"]], companies, authors, now) for kind, found in tops
            ]
        return tuple(sorted(rows, key=lambda row: row.deleted_at, reverse=True))

    def restore(self, record_type: str, record_id: str) -> str:
        """Bring a deleted record back, with what went with it and with what it belongs to; the scope of undo.

        A company that was merged into another is parted from it again. Raises RecordMissing when it is not
        deleted.
        """
        return self.restore_all([(record_type, record_id)])[0]

    def restore_all(self, chosen: Sequence[tuple[str, str]]) -> tuple[str, ...]:
        """Bring deleted records (type, id) back as `restore` does: one action in each scope; the scopes."""
        by_scope: dict[str, list[_Return]] = defaultdict(list)
        with self._place.reading() as reading:
            silenced = _Silenced(reading)
            for record_type, record_id in chosen:
                found = found_trash.deletion(reading, record_type, record_id)
                if found is None:
                    raise RecordMissing
                scope = scope_of(reading, self._place, record_type, found)
                by_scope[scope].append(_return(reading, silenced, record_type, found))
        for scope, returns in by_scope.items():
            label = f"{type_word(returns[0].record_type)}をごみ箱から戻す"
            with self._place.action(label, scope) as work:
                _bring_back(work, returns)
        return tuple(by_scope)

    def _row(
        self,
        kind: str,
        found: Found,
        count: int,
        companies: Mapping[str, str],
        authors: Authors,
        now: datetime,
    ) -> TrashRow:
        deleted_at = datetime.fromtimestamp((found["time"] >> COUNTER_BITS) / 1000, UTC)
        company_id = found["id"] if kind == "company" else found.get("company_id")
        return TrashRow(
            record_type=kind,
            id=found["id"],
            type_term=type_word(kind),
            words=self._words(kind, found),
            company_id=company_id,
            company_name=companies.get(company_id or "", ""),
            deleted_at=deleted_at,
            deleted_by=authors.who(found["user"]),
            count=count,
            days_left=max(0, DAYS_KEPT - (now - deleted_at).days),
        )

    def _words(self, record_type: str, found: Found) -> str:
        return record_words(record_type, found, self._place.masters.intake_field)


@dataclass(frozen=True, slots=True)
class _Return:
    """What comes back with one deleted record: itself, its owners, and what went with it.

    `standing` is the company that stands for its own today; `merging` the action to take back instead, where
    a company went into another.
    """

    record_type: str
    company_id: str | None
    standing: str | None
    merging: Action | None
    coming: tuple[tuple[str, str], ...]
    silenced: Mapping[str, Sequence[LoggedValue]]


class _Silenced:
    """What saves took from records, by record. One save may have deleted thousands: each is read once."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._of_save: dict[int, Mapping[str, Sequence[LoggedValue]]] = {}

    def by(self, save: int) -> Mapping[str, Sequence[LoggedValue]]:
        """The values that this save wrote."""
        if save not in self._of_save:
            of_record: dict[str, list[LoggedValue]] = defaultdict(list)
            for value in history.changes(self._reading, [save]):
                of_record[value.record_id].append(value)
            self._of_save[save] = of_record
        return self._of_save[save]


def _return(reading: Reading, silenced: _Silenced, record_type: str, found: Found) -> _Return:
    record_id = found["id"]
    company_id = record_id if record_type == "company" else found.get("company_id")
    standing = standing_company(reading, company_id) if company_id else None
    is_merged = record_id == company_id != standing
    return _Return(
        record_type=record_type,
        company_id=company_id,
        standing=standing,
        merging=_merging(reading, found, standing) if is_merged else None,
        coming=(
            *_deleted_owners(reading, record_type, found),
            (record_type, record_id),
            *found_trash.deleted_with(reading, record_type, record_id, found["save"]),
        ),
        silenced=silenced.by(found["save"]),
    )


def _bring_back(work: UnitOfWork, returns: Sequence[_Return]) -> None:
    done: set[str] = set()
    for one in returns:
        if one.merging is not None:
            take_back(work, one.merging)
            continue
        for kind, each in one.coming:
            if each in done or (kind == "company" and each != one.standing):
                continue
            done.add(each)
            work.undelete(kind, each)
            give_back_words(work, one.silenced.get(each, ()))
            if one.company_id != one.standing:
                work.save(kind, each, {"company_id": one.standing})


def _grouped(
    deletions: list[tuple[str, Found]],
) -> tuple[list[tuple[str, Found]], dict[str, int]]:
    """The deletions a person made by name, and for each how many records went with it.

    What says nothing is no row: an empty line that was left behind, or something that undo took back.
    """
    saves = {found["id"]: found["save"] for _, found in deletions}
    tops: list[tuple[str, Found]] = []
    counts = dict.fromkeys(saves, 0)
    for kind, found in deletions:
        owner = next((each for each in _owners(kind, found) if saves.get(each) == found["save"]), None)
        if owner:
            counts[owner] += 1
        elif kind not in _NEVER_ALONE and not says_nothing(kind, found):
            tops.append((kind, found))
    return tops, counts


def _owners(kind: str, found: Found) -> Iterator[str]:
    """Ids of what a record belongs to, the widest first."""
    for belongings in BELONGINGS.values():
        if kind in belongings and found[belongings[kind]]:
            yield found[belongings[kind]]


def _deleted_owners(reading: Reading, kind: str, found: Found) -> Iterator[tuple[str, str]]:
    for owner_type, belongings in BELONGINGS.items():
        if kind in belongings and found[belongings[kind]]:
            owner = reading.record(owner_type, found[belongings[kind]])
            if owner and owner["deleted"] == _GONE:
                yield owner_type, owner["id"]


def _merging(reading: Reading, found: Found, standing: str | None) -> Action:
    """The action by which a company went into the one that stands for it."""
    extent = Extent(compartments_of(reading, standing or found["id"]))
    return history.action_at(reading, extent, found["time"], found["author"])
