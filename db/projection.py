"""Writing the projections: one row per record, holding the displayed values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from db.cells import Cell, RecordType
from db.engine import driver_calls
from db.types import Wire

Fold = Callable[[str], str]


def columns_of(cell: Cell, value: object) -> dict[str, Wire]:
    """A cell's value spread over its columns."""
    if not cell.is_group:
        return {cell.name: value}  # type: ignore[dict-item]
    parts: Mapping[str, Wire] = value if isinstance(value, Mapping) else {}
    return {column: parts.get(column) for column in cell.columns}


class Projections:
    """Upserts rows within the transaction of one connection."""

    def __init__(self, connection: Connection, fold: Fold) -> None:
        self._run, self._run_many = driver_calls(connection)
        self._fold = fold

    def add(self, kind: RecordType, rows: Sequence[tuple[str, str, Mapping[str, Wire]]]) -> None:
        """Insert new rows: (id, compartment, column values)."""
        by_columns: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
        for record_id, compartment, values in rows:
            filled = self.filled(kind, values)
            by_columns.setdefault(tuple(filled), []).append((record_id, compartment, *filled.values()))
        for columns, parameters in by_columns.items():
            names = ", ".join(("id", "compartment", *columns))
            marks = ", ".join("?" * (len(columns) + 2))
            self._run_many(f"INSERT INTO {kind.name}({names}) VALUES({marks})", parameters)

    def change(self, kind: RecordType, record_id: str, values: Mapping[str, Wire]) -> None:
        """Set columns of an existing row."""
        if not values:
            return
        settings = ", ".join(f"{column}=?" for column in values)
        self._run(f"UPDATE {kind.name} SET {settings} WHERE id=?", (*values.values(), record_id))  # noqa: S608
        if any(column in kind.searched for column in values):
            self._refresh_search_key(kind, record_id)

    def set_standing(self, kind: RecordType, record_id: str, deleted: int, conflicts: int) -> None:
        """Set what the log says about the record as a whole."""
        self._run(
            f"UPDATE {kind.name} SET deleted=?, conflicts=? WHERE id=?",  # noqa: S608
            (deleted, conflicts, record_id),
        )

    def filled(self, kind: RecordType, values: Mapping[str, Wire]) -> dict[str, Wire]:
        """The values with the columns that are derived from them."""
        if not kind.searched:
            return dict(values)
        return {**values, "search_key": self._folded([values.get(column) for column in kind.searched])}

    def _refresh_search_key(self, kind: RecordType, record_id: str) -> None:
        names = ", ".join(kind.searched)
        row = self._run(f"SELECT {names} FROM {kind.name} WHERE id=?", (record_id,)).fetchone()  # noqa: S608
        self._run(
            f"UPDATE {kind.name} SET search_key=? WHERE id=?",  # noqa: S608
            (self._folded(list(row)), record_id),
        )

    def _folded(self, parts: Sequence[object]) -> str:
        return " ".join(self._fold(part) for part in parts if isinstance(part, str) and part)
