"""The form contract: a record's values together with what its form showed of each cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, bindparam, select

from db.cells import BY_NAME, RecordType
from db.change_log import ChangeLog
from db.engine import driver_calls
from db.log_views import EMPTY_CELL, CellState, CellToken
from db.projection import columns_of
from db.types import Wire

_GONE = 1


@dataclass(frozen=True, slots=True)
class Form:
    """A record as a form showed it: column values, and per cell the token of the load."""

    record_type: str
    id: str
    values: Mapping[str, Any]
    wires: Mapping[str, Wire]
    tokens: Mapping[str, CellToken]


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a record is deleted, and what it displays, as it is stored."""

    is_deleted: bool
    wires: Mapping[str, Wire]


class UnknownRecord(LookupError):
    """No record with this id was ever written."""


class Forms:
    """Loads records with their tokens within one transaction."""

    def __init__(self, connection: Connection, log: ChangeLog, fields: Mapping[str, int]) -> None:
        self._connection = connection
        self._log = log
        self._fields = fields
        self._run, _ = driver_calls(connection)
        self._known: dict[str, tuple[int, str]] = {}

    def load(self, record_type: str, record_id: str) -> Form:
        """A record's values and the tokens of this moment. Raises UnknownRecord."""
        kind = BY_NAME[record_type]
        number, _ = self.known(record_id)
        row = self._connection.execute(_of_record(record_type), {"record": record_id}).mappings().one()
        states = self.states(kind, number)
        tokens = {cell.name: self.state(states, cell.name).token for cell in kind.cells}
        return Form(record_type, record_id, dict(row), self.wires(kind, states), tokens)

    def standing(self, record_type: str, record_id: str) -> Standing:
        """How a record stands, with less effort than `load`. Raises UnknownRecord."""
        kind = BY_NAME[record_type]
        number, _ = self.known(record_id)
        (deleted,) = self._run(f"SELECT deleted FROM {kind.name} WHERE id=?", (record_id,)).fetchone()  # noqa: S608
        return Standing(deleted == _GONE, self.wires(kind, self.states(kind, number)))

    def known(self, record_id: str) -> tuple[int, str]:
        """(number, compartment id) of a record, which never change. Raises UnknownRecord."""
        if record_id not in self._known:
            found = self._log.find_record(UUID(record_id).bytes)
            if found is None:
                raise UnknownRecord(record_id)
            self._known[record_id] = found[0], str(UUID(bytes=self._log.compartment_id(found[2])))
        return self._known[record_id]

    def states(self, kind: RecordType, number: int) -> dict[int, CellState]:
        """Every cell of a record as it stands, by field number."""
        return self._log.states(number, {self._fields[cell.name]: cell.policy for cell in kind.cells})

    def state(self, states: Mapping[int, CellState], name: str) -> CellState:
        """One cell among the states of its record."""
        return states.get(self._fields[name], EMPTY_CELL)

    def wires(self, kind: RecordType, states: Mapping[int, CellState]) -> dict[str, Wire]:
        """The displayed values by column, as they are stored."""
        wires: dict[str, Wire] = {}
        for cell in kind.cells:
            wires.update(columns_of(cell, self.state(states, cell.name).value))
        return wires


@cache  # building a select and its key takes longer than its answer
def _of_record(record_type: str) -> Select[Any]:
    table = BY_NAME[record_type].table
    return select(table).where(table.c.id == bindparam("record"))
