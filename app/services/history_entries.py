"""Putting the log of one company into words, action by action."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from itertools import groupby
from typing import Any

from app.domain.differences import differences
from app.domain.links import LinkKind
from app.domain.masters import FIRST_VISIT_QUESTION
from app.domain.saying import NAMED_BY, says_nothing
from app.domain.terms import Confidentiality
from app.record_wording import field_word, link_word, type_word
from app.rows.carrying import CARRY_FILE
from app.rows.history import DEED_WORDS, MOST_ITEMS, Deed, HistoryChange, HistoryItem, HistoryRow
from app.rows.printing import COPY_OF_FILE, DocumentKind
from app.services.analysis_sheets import perspective_id
from app.services.authors import Authors
from app.services.masters import entry_id, worded
from app.services.record_words import SECRET_LINE, record_words
from app.services.value_words import ValueWords
from app.sync.clock import COUNTER_BITS
from app.workplace import Workplace
from db.cells import BY_NAME, DELETED, SETTLED
from db.reading import Found, Reading
from db.repositories import history
from db.repositories.history import Action, Extent, LoggedValue

MOST_PARTS = 3
"""As many parts as the line of an entry has room for; the rest is in its items."""

_OWNERS = frozenset(("company_id", "engagement_id", "action_plan_id", "support_session_id"))
_SOURCES = frozenset(("source_line_id", "source_seed_id", "source_issue_id"))
UNTOLD = _OWNERS | _SOURCES | {"order_key", "stamped_at", "question", "identity", DELETED}
"""Cells that say where a record belongs, not what it says."""


class HistoryReader:
    """Reads entries within one moment."""

    def __init__(self, reading: Reading, place: Workplace) -> None:
        self._reading = reading
        self._place = place
        self._authors = Authors(reading, place)
        self._records: dict[str, Found | None] = {}
        self._types: dict[str, str] = {}
        self._masters = worded(reading, place.masters)
        self._words = ValueWords(self._masters, self._name_of)

    def rows(self, extent: Extent, limit: int, before: HistoryRow | None) -> tuple[HistoryRow, ...]:
        """The newest entries of an extent, or those before one of them."""
        last = (before.time, before.author) if before else None
        actions = history.newest_actions(self._reading, extent, limit, last)
        saves = [save for action in actions for save in action.saves]
        logged = [value for value in history.changes(self._reading, saves) if _is_within(extent, value)]
        firsts = history.first_saves(self._reading, sorted({value.rec for value in logged}))
        self._remember(logged)
        of_save: dict[int, list[LoggedValue]] = defaultdict(list)
        for value in logged:
            of_save[value.save].append(value)
        return tuple(
            self._row(action, values, firsts)
            for action in actions
            if (values := [value for save in action.saves for value in of_save[save]])
        )

    def _row(self, action: Action, values: Sequence[LoggedValue], firsts: Mapping[int, int]) -> HistoryRow:
        every = tuple(self._items(values, firsts))
        items = tuple(item for item in every if item.changes or item.deed is not Deed.CHANGED) or every
        merging = self._merging_words(values)
        whole = merging or self._decision_words(values)
        return HistoryRow(
            time=action.time,
            author=action.author,
            at=datetime.fromtimestamp((action.time >> COUNTER_BITS) / 1000, UTC),
            who=self._authors.who(values[0].user),
            where=self._authors.where(values[0].device),
            words=whole or _entry_words(items),
            items=items[:MOST_ITEMS],
            item_count=len(items),
            is_whole=bool(merging),
        )

    def _merging_words(self, values: Sequence[LoggedValue]) -> str:
        """What a merge, or its taking back, is called; empty for any other action."""
        for value in values:
            if value.record_type == "link" and value.cell == "present":
                link = self._record("link", value.record_id)
                if link is not None and link["kind"] == LinkKind.MERGED_INTO:
                    merged, kept = self._name_of(link["left_id"]), self._name_of(link["right_id"])
                    deed = "にまとめました" if value.value else "から分けました"
                    return f"企業「{merged}」を「{kept}」{deed}"
        return ""

    def _decision_words(self, values: Sequence[LoggedValue]) -> str:
        """What a decision between two values is called, with its reason; empty for any other action."""
        for value in values:
            if value.cell == SETTLED and isinstance(value.value, Mapping):
                cell, reason = value.value.get("cell"), value.value.get("reason")
                known = cell in BY_NAME[value.record_type].by_name
                of_field = f"の{field_word(value.record_type, str(cell))}" if known else ""
                words = self._item_words(value.record_type, value.record_id)
                why = f" (理由: {reason})" if reason else ""
                return f"{type_word(value.record_type)}「{words}」{of_field}を決めました{why}"
        return ""

    # items

    def _items(self, values: Sequence[LoggedValue], firsts: Mapping[int, int]) -> Iterator[HistoryItem]:
        own: dict[str, list[LoggedValue]] = defaultdict(list)
        joined: dict[str, list[HistoryChange]] = defaultdict(list)
        for value in values:
            if value.record_type == "link":
                self._join(value, joined)
            else:
                own[value.record_id].append(value)
        for record_id in dict.fromkeys((*own, *joined)):
            record_type = self._type_of(record_id)
            if record_type:
                deed = _deed(own[record_id], firsts)
                changes = (*self._changes(record_type, own[record_id], deed), *joined[record_id])
                words = self._item_words(record_type, record_id, own[record_id])
                yield HistoryItem(record_type, record_id, type_word(record_type), words, deed, changes)

    def _changes(
        self, record_type: str, values: Sequence[LoggedValue], deed: Deed
    ) -> Iterator[HistoryChange]:
        if deed is Deed.ISSUED:
            return
        for value in values:
            if value.cell not in UNTOLD and value.cell in BY_NAME[record_type].by_name:
                change = self._change(record_type, value)
                if change.before != change.after or value.earlier is not None:
                    yield change

    def _change(self, record_type: str, value: LoggedValue) -> HistoryChange:
        record = self._record(record_type, value.record_id) or {}
        is_text = BY_NAME[record_type].by_name[value.cell].policy == "text"
        before, after = (
            self._words.of(record_type, value.cell, each, record.get("code"))
            for each in (value.earlier_value, value.value)
        )
        if self._says_secret(record_type, value.cell, record):
            before, after, is_text = SECRET_LINE if before else "", SECRET_LINE if after else "", False
        return HistoryChange(
            cell=value.cell,
            field_term=field_word(record_type, value.cell),
            before=before,
            after=after,
            differences=differences(before, after) if is_text and value.earlier is not None else (),
            change=value.number,
            earlier=value.earlier,
            can_restore=True,
        )

    def _says_secret(self, record_type: str, cell: str, record: Mapping[str, Any]) -> bool:
        """Whether a cell holds the words of a 秘密 line, or what was answered to them."""
        if record_type == "note_line" and cell == "text":
            return bool(record.get("is_secret"))
        if record_type == "read_back" and cell == "their_wording":
            line = self._record("note_line", record.get("line_id") or "")
            return bool(line and line["is_secret"])
        return False

    def _join(self, value: LoggedValue, joined: dict[str, list[HistoryChange]]) -> None:
        """Tell a link as a field of the record that it starts from."""
        link = self._record("link", value.record_id)
        if value.cell != "present" or link is None or link["kind"] not in list(LinkKind):
            return
        name = self._name_of(link["right_id"])
        change = HistoryChange(
            cell=value.cell,
            field_term=link_word(link["kind"]),
            before="" if value.value else name,
            after=name if value.value else "",
            differences=(),
            change=value.number,
            earlier=value.earlier,
            can_restore=False,
        )
        joined[link["left_id"]].append(change)

    # records by id

    def _remember(self, values: Sequence[LoggedValue]) -> None:
        """Read the records that were written, all of one kind at once."""
        ids: dict[str, set[str]] = defaultdict(set)
        for value in values:
            self._types[value.record_id] = value.record_type
            ids[value.record_type].add(value.record_id)
        for record_type, wanted in ids.items():
            for found in self._reading.records(record_type, ids=sorted(wanted), include_deleted=True):
                self._records[found["id"]] = found

    def _item_words(self, record_type: str, record_id: str, values: Sequence[LoggedValue] = ()) -> str:
        record = self._record(record_type, record_id) or {}
        if record_type in NAMED_BY and says_nothing(record_type, record):
            record = {**record, **_former_name(record_type, values)}
        if record_type == "issued_document":
            return _issued_words(record)
        return record_words(record_type, record, self._place.masters.intake_field)

    def _name_of(self, record_id: str) -> str:
        if record_id in self._master_words:
            return self._master_words[record_id]
        record_type = self._type_of(record_id)
        return self._item_words(record_type, record_id) if record_type else ""

    def _type_of(self, record_id: str) -> str:
        if record_id not in self._types:
            self._types[record_id] = history.record_type(self._reading, record_id) or ""
        return self._types[record_id]

    def _record(self, record_type: str, record_id: str) -> Found | None:
        if record_id not in self._records:
            self._records[record_id] = self._reading.record(record_type, record_id)
        return self._records[record_id]

    @cached_property
    def _master_words(self) -> Mapping[str, str]:
        """Words of the entries that links lead to, by record id."""
        questions = self._masters.first_visit_questions
        return {perspective_id(each.code): each.word for each in self._masters.ip_perspectives} | {
            entry_id(FIRST_VISIT_QUESTION, each.code): each.word for each in questions
        }


def _former_name(record_type: str, values: Sequence[LoggedValue]) -> Mapping[str, Any]:
    """What a record that says nothing any more was called, as far as these changes know."""
    named = NAMED_BY[record_type]
    known = (value.value or value.earlier_value for value in values if value.cell == named)
    return {named: next(filter(None, known), None)}


def _is_within(extent: Extent, value: LoggedValue) -> bool:
    return not extent.records or value.record_id in extent.records


def _deed(values: Sequence[LoggedValue], firsts: Mapping[int, int]) -> Deed:
    """What a save did to a record; a record of which only a link was written was changed."""
    deletions = [value.value for value in values if value.cell == DELETED]
    if deletions:
        return Deed.DELETED if deletions[-1] else Deed.RESTORED
    if values and firsts[values[0].rec] == values[0].save:
        return Deed.ISSUED if values[0].record_type == "issued_document" else Deed.MADE
    return Deed.CHANGED


def _entry_words(items: Sequence[HistoryItem]) -> str:
    """「面談の行 3件を足しました、すること「弁理士に相談」を直しました」."""
    ordered = sorted(items, key=lambda item: (item.record_type, item.deed))
    parts = [
        _part_words(tuple(run)) for _, run in groupby(ordered, key=lambda item: (item.record_type, item.deed))
    ]
    more = "、ほか" if len(parts) > MOST_PARTS else ""
    return "、".join(parts[:MOST_PARTS]) + more


def _part_words(items: Sequence[HistoryItem]) -> str:
    first = items[0]
    if len(items) > 1:
        return f"{first.type_term} {len(items)}件を{DEED_WORDS[first.deed]}"
    if first.deed is Deed.ISSUED:
        return f"{first.words}を{DEED_WORDS[first.deed]}"
    return f"{first.type_term}「{first.words}」を{DEED_WORDS[first.deed]}"


def _issued_words(record: Mapping[str, Any]) -> str:
    """「支援経過記録 (会議まで、3頁)」."""
    kind, level = record.get("kind"), record.get("level")
    if kind == COPY_OF_FILE:
        return "資料の写し (暗号化なし)"
    if kind == CARRY_FILE:
        return f"持出しファイル ({record.get('pages') or 1}個)"
    term = DocumentKind(kind).term if kind in list(DocumentKind) else str(kind or "")
    facts = [Confidentiality(level).term] if level else []
    facts += [f"{record['pages']}頁"] if record.get("pages") else []
    return f"{term} ({'、'.join(facts)})" if facts else term
