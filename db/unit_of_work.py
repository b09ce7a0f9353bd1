"""One transaction: what a person did, written to the log and to the projections together."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from db.cells import BY_NAME, DELETED, SETTLED, Cell, RecordType
from db.change_log import MERGED, NOTHING_HELD, ChangeLog, NewChange, pack
from db.forms import Form, Forms, Standing, UnknownRecord
from db.log_views import CellState, CellToken, Resolve, ResolveRecord
from db.projection import Fold, Projections, columns_of
from db.types import Wire, to_wire

CellRow = tuple[int, int | None, bytes | None, bytes | None, int]

LIVE, GONE, CHANGED_AFTER = 0, 1, 2
_STANDING = {"live": LIVE, "deleted": GONE, "deleted_but_changed": CHANGED_AFTER}
_NOTHING = CellToken(frozenset(), frozenset())


class MovedOn(Exception):
    """A cell holds something that was not shown to whoever decides about it."""


@dataclass(frozen=True, slots=True)
class Settling:
    """A decision between the values of a cell: all of them, the displayed one last, and the chosen one."""

    cell: str
    values: tuple[object, ...]
    chosen: object
    reason: str


@dataclass(frozen=True, slots=True)
class Trace:
    """What a save did to one record, enough to write it back.

    `before` and `after` map columns to stored values. `was_new` marks a record this work created;
    `deleted` is the new state of deletion when this work changed it, `was_asked` whether it was deleted and
    changed before. `settling` is what was decided between values, or put as a question again.
    """

    record_type: str
    id: str
    compartment: str
    before: Mapping[str, Wire] = field(default_factory=dict)
    after: Mapping[str, Wire] = field(default_factory=dict)
    was_new: bool = False
    deleted: bool | None = None
    was_asked: bool = False
    settling: Settling | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules that the log is given from above: plain functions.

    `fold_version` is another number whenever `fold` gives other texts than before.
    """

    resolve: Resolve
    resolve_record: ResolveRecord
    fold: Fold
    fold_version: int


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes: the author's number, the time stamp of this action, and fresh save ids."""

    author: int
    time: int
    new_save_id: Any


class UnitOfWork:
    """One person's action. Reads and writes here see each other; the caller commits."""

    def __init__(
        self,
        connection: Connection,
        rules: Rules,
        fields: Mapping[str, int],
        writer: Writer,
        shown_until: int | None = None,
    ) -> None:
        self.connection = connection
        self.traces: list[Trace] = []
        self._rules = rules
        self._fields = fields
        self._writer = writer
        self._shown_until = shown_until
        self._log = ChangeLog(connection, rules.resolve, fields)
        self._forms = Forms(connection, self._log, fields)
        self._projections = Projections(connection, rules.fold)
        self._saves: dict[int, tuple[int, int]] = {}
        self._compartments: dict[str, int] = {}

    @property
    def changed(self) -> frozenset[tuple[str, str]]:
        """(type, id) of every record this work touched."""
        return frozenset((trace.record_type, trace.id) for trace in self.traces)

    def load(self, record_type: str, record_id: str) -> Form:
        """A record's values and the tokens of this moment. Raises UnknownRecord."""
        return self._forms.load(record_type, record_id)

    def standing(self, record_type: str, record_id: str) -> Standing:
        """How a record stands now. Raises UnknownRecord."""
        return self._forms.standing(record_type, record_id)

    def ids_in(self, record_type: str, compartment: str) -> list[str]:
        """Ids of the live records of a type in one compartment."""
        sql = f"SELECT id FROM {BY_NAME[record_type].name} WHERE compartment=? AND deleted=?"  # noqa: S608
        return [row[0] for row in self.connection.exec_driver_sql(sql, (compartment, LIVE))]

    # saving

    def save(
        self,
        record_type: str,
        record_id: str,
        values: Mapping[str, object],
        form: Form | None = None,
        *,
        compartment: str | None = None,
        shown: Mapping[str, object] | None = None,
    ) -> None:
        """Write the columns that differ from what was shown; create the record if it is new.

        `values` maps columns to values. `form` is the load this edit started from; without it the
        record as it stands counts as shown, but for the columns of `shown`: the values on the screen, which
        may be older. A value that has moved on since then is kept beside the new one. `compartment` (the
        company's or the team's id) is needed for a new record only.
        """
        kind = BY_NAME[record_type]
        wires = {column: to_wire(value) for column, value in values.items()}
        try:
            self._forms.known(record_id)
        except UnknownRecord:
            if compartment is None:
                raise
            self._create(kind, record_id, wires, compartment)
        else:
            older = {column: to_wire(value) for column, value in (shown or {}).items()}
            self._alter(kind, record_id, wires, form, older)

    def _create(self, kind: RecordType, record_id: str, wires: Mapping[str, Wire], compartment: str) -> None:
        number = self._log.add_record(UUID(record_id).bytes, kind.name, self._compartment_number(compartment))
        changes, columns = [], {}
        for cell in self._touched(kind, wires):
            value = self._cell_value(cell, {}, wires)
            changes.append(NewChange(self._log.cell_number(number, cell.name), "set", value, _NOTHING))
            columns.update(columns_of(cell, value))
        ids = self._append(compartment, changes)
        self._log.put_cells(
            [(change.cell, new, None, None, 0) for change, new in zip(changes, ids, strict=True)]
        )
        self._projections.add(kind, [(record_id, compartment, columns)])
        self.traces.append(Trace(kind.name, record_id, compartment, {}, columns, was_new=True))

    def _alter(
        self,
        kind: RecordType,
        record_id: str,
        wires: Mapping[str, Wire],
        form: Form | None,
        older: Mapping[str, Wire],
    ) -> None:
        number, compartment = self._forms.known(record_id)
        states = self._forms.states(kind, number)
        shown = form.wires if form else {**self._forms.wires(kind, states), **older}
        changes: list[tuple[Cell, NewChange]] = []
        for cell in self._touched(kind, wires):
            value = self._cell_value(cell, shown, wires)
            if columns_of(cell, value) != {name: shown.get(name) for name in columns_of(cell, value)}:
                number_of_cell = self._log.cell_number(number, cell.name)
                token = form.tokens[cell.name] if form else self._token(cell, number, states, shown)
                token = self._without_unseen(token, number_of_cell, cell.policy)
                changes.append((cell, NewChange(number_of_cell, "set", value, token)))
        if changes:
            self._write(kind, record_id, compartment, number, states, changes)

    def _token(
        self, cell: Cell, number: int, states: Mapping[int, CellState], shown: Mapping[str, Wire]
    ) -> CellToken:
        """The token of a screen that shows these values: of the cell as it stands, or as it stood once."""
        state = self._forms.state(states, cell.name)
        if columns_of(cell, state.value) == {name: shown.get(name) for name in columns_of(cell, state.value)}:
            return state.token
        changes, numbers = self._log.changes(self._log.cell_number(number, cell.name))
        written = [
            change
            for change in changes
            if all(shown.get(name) == value for name, value in columns_of(cell, change.value).items())
        ]
        newest = max(written, key=lambda change: (change.time, change.id), default=None)
        seen = frozenset[int]() if newest is None else frozenset((numbers[newest.id],))
        return CellToken(seen, seen)

    def _without_unseen(self, token: CellToken, cell: int, policy: str) -> CellToken:
        """The token of a screen that does not show yet what others' newest objects brought."""
        if self._shown_until is None:
            return token
        unseen = self._log.come_after(cell, self._shown_until, but=self._writer.author)
        if token.known.isdisjoint(unseen):
            return token
        changes, numbers = self._log.changes(cell)
        view = self._rules.resolve([each for each in changes if numbers[each.id] not in unseen], policy)
        seen = frozenset(numbers[each] for each in view.displayed)
        return CellToken(seen, seen.union(numbers[each] for each in view.heads))

    def _write(
        self,
        kind: RecordType,
        record_id: str,
        compartment: str,
        number: int,
        states: Mapping[int, CellState],
        changes: list[tuple[Cell, NewChange]],
    ) -> None:
        ids = self._append(compartment, [change for _, change in changes])
        before: dict[str, Wire] = {}
        after: dict[str, Wire] = {}
        rows = []
        for (cell, change), new in zip(changes, ids, strict=True):
            state = self._forms.state(states, cell.name)
            before.update(columns_of(cell, state.value))
            row, value = self._settled(cell, change, new, state)
            rows.append(row)
            after.update(columns_of(cell, value))
        self._log.put_cells(rows)
        self._projections.change(kind, record_id, after)
        if self._needs_standing(states, rows):
            self._restand(kind, record_id, number)
        self.traces.append(Trace(kind.name, record_id, compartment, before, after))

    def _settled(self, cell: Cell, change: NewChange, new: int, state: CellState) -> tuple[CellRow, object]:
        follows_plainly = (
            not state.conflicts
            and not state.flags
            and change.token.seen == change.token.known == frozenset(state.heads)
        )
        if follows_plainly:
            return (change.cell, new, None, None, 0), change.value
        return self._log.resolved_row(change.cell, cell.policy)

    @staticmethod
    def _touched(kind: RecordType, wires: Mapping[str, Wire]) -> list[Cell]:
        return list(dict.fromkeys(kind.cell_of_column[column] for column in wires))

    @staticmethod
    def _cell_value(cell: Cell, shown: Mapping[str, Wire], wires: Mapping[str, Wire]) -> object:
        if not cell.is_group:
            return wires[cell.name]
        return {column: wires.get(column, shown.get(column)) for column in cell.columns}

    def _compartment_number(self, compartment: str) -> int:
        if compartment not in self._compartments:
            self._compartments[compartment] = self._log.intern_compartment(UUID(compartment).bytes)
        return self._compartments[compartment]

    def _append(self, compartment: str, changes: list[NewChange]) -> list[int]:
        """Append to this action's save in the compartment; return the numbers of the changes."""
        number = self._compartment_number(compartment)
        if number not in self._saves:
            self._saves[number] = (self._log.intern_save(self._writer.new_save_id()), 0)
        save, index = self._saves[number]
        self._log.append(save, index, changes, self._writer.time, self._writer.author)
        self._saves[number] = (save, index + len(changes))
        return [save << 20 | index + offset for offset in range(len(changes))]

    # deciding

    def decide(
        self,
        record_type: str,
        record_id: str,
        name: str,
        value: object,
        shown: Collection[int] | None,
        reason: str,
    ) -> None:
        """Settle a cell as one value, after all that `shown` names was shown; the reason is kept with it.

        Preferring what is displayed anyway dismisses the other values; any other value is a new change that
        has seen them all. `shown` None: everything. Raises MovedOn when the cell holds more than was shown,
        or nothing to decide.
        """
        kind = BY_NAME[record_type]
        number, _ = self._forms.known(record_id)
        state = self._forms.state(self._forms.states(kind, number), name)
        open_ones = frozenset(state.conflicts)
        seen = state.displayed.union(state.heads, open_ones)
        if not open_ones or not seen.issubset(seen if shown is None else shown):
            raise MovedOn
        settling = Settling(name, (*self._values(number, name, open_ones), state.value), value, reason)
        cell = self._log.cell_number(number, name)
        if pack(value) == pack(state.value) and not state.flags & MERGED:
            token = CellToken(open_ones, open_ones.union(state.heads))
            change = NewChange(cell, "ack", None, token)
        else:
            change = NewChange(cell, "set", value, CellToken(seen, seen))
        self._settle(kind, record_id, kind.by_name[name], [change], settling)
        self.keep_reason(record_id, name, reason)

    def ask_again(self, record_type: str, record_id: str, settling: Settling) -> None:
        """Put a question again that was decided: the same values stand against each other.

        The first of them takes the place of what was decided. The others claim to know of nothing, so that
        no text is made of values that a person found to exclude each other.
        """
        kind = BY_NAME[record_type]
        number, _ = self._forms.known(record_id)
        state = self._forms.state(self._forms.states(kind, number), settling.cell)
        held = state.displayed.union(state.heads)
        cell = self._log.cell_number(number, settling.cell)
        tokens = [CellToken(held, held), *[_NOTHING] * (len(settling.values) - 1)]
        changes = [
            NewChange(cell, "set", value, token) for value, token in zip(settling.values, tokens, strict=True)
        ]
        self._settle(kind, record_id, kind.by_name[settling.cell], changes, settling)

    def _values(self, number: int, name: str, chosen: Collection[int]) -> list[object]:
        """The different values of some changes of a cell."""
        changes, numbers = self._log.changes(self._log.cell_number(number, name))
        values = {pack(each.value): each.value for each in changes if numbers[each.id] in chosen}
        return list(values.values())

    def _settle(
        self, kind: RecordType, record_id: str, cell: Cell, changes: list[NewChange], settling: Settling
    ) -> None:
        number, compartment = self._forms.known(record_id)
        before = self._forms.state(self._forms.states(kind, number), cell.name).value
        self._append(compartment, changes)
        row, after = self._log.resolved_row(changes[0].cell, cell.policy)
        self._log.put_cells([row])
        self._projections.change(kind, record_id, columns_of(cell, after))
        self._restand(kind, record_id, number)
        moved = columns_of(cell, before), columns_of(cell, after)
        self.traces.append(Trace(kind.name, record_id, compartment, *moved, settling=settling))

    def keep_reason(self, record_id: str, name: str, reason: str) -> None:
        """Note, in the same action, that a cell of a record was decided by a person, and why."""
        number, compartment = self._forms.known(record_id)
        cell = self._log.cell_number(number, SETTLED)
        view, numbers = self._log.view(cell, Cell(SETTLED).policy)
        held = frozenset(numbers[head] for head in view.heads)
        value = {"cell": name, "reason": reason}
        self._append(compartment, [NewChange(cell, "set", value, CellToken(held, held))])
        self._log.put_cells([self._log.resolved_row(cell, Cell(SETTLED).policy)[0]])

    # deleting

    def delete(self, record_type: str, record_id: str, *, covers_all: bool = True) -> None:
        """Mark a record as deleted, covering everything this device knows of it, or nothing of it."""
        self._set_deleted(BY_NAME[record_type], record_id, is_deleted=True, covers_all=covers_all)

    def undelete(self, record_type: str, record_id: str) -> None:
        """Bring a deleted record back."""
        self._set_deleted(BY_NAME[record_type], record_id, is_deleted=False)

    def _set_deleted(
        self, kind: RecordType, record_id: str, *, is_deleted: bool, covers_all: bool = True
    ) -> None:
        number, compartment = self._forms.known(record_id)
        states = self._forms.states(kind, number)
        state = self._forms.state(states, DELETED)
        covers = frozenset(
            covered
            for other in states.values()
            for covered in (*other.heads, *other.conflicts, *other.displayed)
        )
        cell = Cell(DELETED)
        change = NewChange(
            self._log.cell_number(number, DELETED),
            "set",
            is_deleted,
            state.token,
            covers if is_deleted and covers_all else frozenset(),
        )
        was_asked = record_standing(self._log, self._rules, kind, number)[0] == CHANGED_AFTER
        (new,) = self._append(compartment, [change])
        self._log.put_cells([self._settled(cell, change, new, state)[0]])
        self._restand(kind, record_id, number)
        self.traces.append(Trace(kind.name, record_id, compartment, deleted=is_deleted, was_asked=was_asked))

    def _needs_standing(self, states: Mapping[int, CellState], rows: list[CellRow]) -> bool:
        return (
            self._fields[DELETED] in states
            or any(state.conflicts or state.flags for state in states.values())
            or any(row[3] or row[4] for row in rows)
        )

    def _restand(self, kind: RecordType, record_id: str, number: int) -> None:
        deleted, conflicts = record_standing(self._log, self._rules, kind, number)
        self._projections.set_standing(kind, record_id, deleted, conflicts)


def record_standing(log: ChangeLog, rules: Rules, kind: RecordType, number: int) -> tuple[int, int]:
    """(deletion state, cells with open conflicts) of one record, from all its changes."""
    held = log.changes_of_record(number)
    views = {}
    for cell in kind.cells:
        of_cell = log.cell_number(number, cell.name)
        views[cell.name] = log.view_of(of_cell, cell.policy, held.get(of_cell, NOTHING_HELD))
    deletions, _ = held.get(log.cell_number(number, DELETED), NOTHING_HELD)
    state = rules.resolve_record(deletions, views).state
    open_cells = sum(bool(view.conflicts) and not view.provisional for view in views.values())
    return _STANDING[state], open_cells
