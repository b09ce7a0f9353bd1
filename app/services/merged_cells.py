"""Two records of one kind that become one: where they differ, and what is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.confidentiality import level_of
from app.rows.duplicates import Choice
from db.cells import BY_NAME, Cell
from db.types import to_wire

Found = Mapping[str, Any]
Choices = Mapping[str, Choice]


@dataclass(frozen=True, slots=True)
class Twins:
    """A record that stays and one that goes into it. `prefix` names the pair in the keys of its choices.

    `holds_texts` is False where a text column holds a code or a figure, of which only one can stay.
    """

    record_type: str
    prefix: str
    kept: Found
    merged: Found
    holds_texts: bool = True

    def differing(self) -> Iterator[Cell]:
        """Cells in which both say something, and not the same."""
        for cell in self._cells():
            if self._says(self.kept, cell) and self._says(self.merged, cell) and not self._is_same(cell):
                yield cell

    def key(self, cell: Cell) -> str:
        """The name of a choice."""
        return f"{self.prefix}.{cell.name}"

    def default(self, cell: Cell) -> Choice:
        """Texts are kept both; of two 取扱 the stricter stays; else what the company that stays says."""
        if self.is_text(cell):
            return Choice.BOTH
        if cell.policy == "strictest":
            kept, merged = level_of(self.kept[cell.name]), level_of(self.merged[cell.name])
            if kept and merged and merged.openness < kept.openness:
                return Choice.MERGED
        return Choice.KEPT

    def is_text(self, cell: Cell) -> bool:
        """Whether both may stay, one below the other."""
        return self.holds_texts and cell.policy == "text"

    def written(self, choices: Choices) -> dict[str, object]:
        """The columns to write into the record that stays."""
        values: dict[str, object] = {}
        for cell in self._cells():
            if self._says(self.merged, cell) and not self._is_same(cell):
                choice = choices.get(self.key(cell), self.default(cell))
                if not self._says(self.kept, cell):
                    choice = Choice.MERGED
                values |= self._chosen(cell, choice)
        return values

    def wire(self, found: Found, cell: Cell) -> object:
        """The value of a cell as it stands in the log."""
        if not cell.is_group:
            return to_wire(found[cell.name])
        return {column: to_wire(found[column]) for column in cell.columns}

    def _chosen(self, cell: Cell, choice: Choice) -> dict[str, object]:
        if choice is Choice.BOTH and self.is_text(cell):
            return {cell.name: f"{self.kept[cell.name]}\n{self.merged[cell.name]}"}
        side = self.merged if choice is Choice.MERGED else self.kept
        return {column: side[column] for column in (cell.columns or (cell.name,))}

    def _cells(self) -> Iterator[Cell]:
        for cell in BY_NAME[self.record_type].cells:
            if cell.name not in _BELONGING:
                yield cell

    def _is_same(self, cell: Cell) -> bool:
        return self.wire(self.kept, cell) == self.wire(self.merged, cell)

    @staticmethod
    def _says(found: Found, cell: Cell) -> bool:
        return any(found[column] not in (None, "") for column in (cell.columns or (cell.name,)))


_BELONGING = frozenset(
    ("company_id", "engagement_id", "action_plan_id", "fiscal_year", "question", "side", "order_key")
)
"""Cells that say where a record belongs, not what it says."""
