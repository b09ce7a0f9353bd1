"""Changes that came from others in one call, and what the cells show once they are in the log."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from db.cells import Cell, RecordType
from db.change_columns import ChangeColumns
from db.change_log import COVERS, FIELD_BITS, KNOWN, SEEN, ChangeLog, unpack
from db.log_views import LoggedChange
from db.projection import columns_of
from db.types import Wire
from db.unit_of_work import CellRow, Rules

ChangeRow = tuple[int, int, int, int, str, bytes | None, int | None, int]
"""(id, cell, time, author, kind, packed value, parent, segment), as the table `change` has them."""


class Came(NamedTuple):
    """A change of a batch: its row, and where it stands in which segment."""

    row: ChangeRow
    changes: ChangeColumns
    at: int

    @property
    def value(self) -> object:
        """What it sets."""
        return unpack(self.row[5])

    @property
    def id(self) -> bytes:
        """The 12 bytes by which every device knows it."""
        changes = self.changes
        return change_id(changes, changes.save[self.at], changes.index[self.at])

    def logged(self, references: Mapping[int, set[bytes]]) -> LoggedChange:
        """The change as the rules of merging see it; `references` by their sense."""
        changes, shown = self.changes, set(references.get(SEEN, ()))
        if changes.parent_save[self.at]:
            shown.add(change_id(changes, changes.parent_save[self.at] - 1, changes.parent_index[self.at]))
        seen = frozenset(shown)
        known, covers = seen | references.get(KNOWN, set()), frozenset(references.get(COVERS, ()))
        return LoggedChange(self.id, self.row[4], self.value, self.row[2], seen, known, covers)


@dataclass(slots=True)
class Batch:
    """What one call gathers before it writes. `referring`: references by change and sense."""

    rows: list[ChangeRow] = field(default_factory=list)
    references: list[tuple[int, int, int]] = field(default_factory=list)
    referring: dict[int, dict[int, set[bytes]]] = field(default_factory=dict)
    came: dict[int, list[Came]] = field(default_factory=lambda: defaultdict(list))
    first_new_record: int = 0
    misplaced: int = 0


class Settled:
    """What cells show once the changes are in the log."""

    def __init__(
        self,
        log: ChangeLog,
        rules: Rules,
        batch: Batch,
        held: Mapping[int, Any],
        counts: Mapping[int, int],
    ) -> None:
        self.held = held
        self.first_new_record = batch.first_new_record
        self._log = log
        self._rules = rules
        self._batch = batch
        self._counts = counts
        self._has_aside = log.has_aside

    def record(
        self, kind: RecordType, cells: Sequence[int], names: Mapping[int, str]
    ) -> tuple[dict[str, Wire], list[CellRow]]:
        """The columns and the rows of the view for these cells of one record."""
        values: dict[str, Wire] = {}
        rows = []
        for number in cells:
            name = names.get(number & (1 << FIELD_BITS) - 1, "")
            cell = kind.by_name.get(name) or Cell("")
            row, value = self._cell(number, cell.policy)
            rows.append(row)
            if cell.name:
                values.update(columns_of(cell, value))
        return values, rows

    def _cell(self, number: int, policy: str) -> tuple[CellRow, object]:
        came = self._batch.came[number]
        if self._has_aside or len(came) != self._counts[number]:
            return self._log.resolved_row(number, policy)
        before = self.held.get(number, _NOTHING_HELD)
        if before[1:] == _PLAIN and self._is_chain(came, before[0]):
            return (number, came[-1].row[0], None, None, 0), came[-1].value
        if number in self.held:
            return self._log.resolved_row(number, policy)
        numbers = {each.id: each.row[0] for each in came}
        view = self._rules.resolve([each.logged(self._references_of(each)) for each in came], policy)
        return self._log.row_of(number, view, numbers)

    def _references_of(self, came: Came) -> Mapping[int, set[bytes]]:
        return self._batch.referring.get(came.row[0], {})

    def _is_chain(self, came: Sequence[Came], before: int | None) -> bool:
        """Whether each was written on seeing the one before it and nothing else: the usual case."""
        for number, _, _, _, kind, _, parent, _ in (each.row for each in came):
            if kind != "set" or parent != before or number in self._batch.referring:
                return False
            before = number
        return True


_NOTHING_HELD = (None, None, None, 0)
_PLAIN = (None, None, 0)
"""Heads, conflicts and flags of a cell of which the winner is all there is."""


def change_id(changes: ChangeColumns, save: int, index: int) -> bytes:
    """The 12 bytes of a change, from its place in the columns of a segment."""
    return changes.saves[save] + index.to_bytes(4, "big")
