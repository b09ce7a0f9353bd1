"""One record with all its changes, for somebody who decides between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from db.cells import BY_NAME, DELETED
from db.change_log import ChangeLog
from db.engine import driver_calls
from db.forms import Forms
from db.log_views import CellView, LoggedChange
from db.unit_of_work import Rules


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote a change, as 16-byte ids, and the number of the change in this store."""

    user: bytes
    device: bytes
    change: int


@dataclass(frozen=True, slots=True)
class CellLog:
    """A cell: what it shows, its changes, and the author of each by its id."""

    view: CellView
    changes: Sequence[LoggedChange]
    authors: Mapping[bytes, Author]


class RecordLogs:
    """Reads the cells of records within one transaction."""

    def __init__(self, connection: Connection, rules: Rules, fields: Mapping[str, int]) -> None:
        self._run, _ = driver_calls(connection)
        self._log = ChangeLog(connection, rules.resolve, fields)
        self._forms = Forms(connection, self._log, fields)

    def cell(self, record_type: str, record_id: str, name: str) -> CellLog:
        """One cell. Raises UnknownRecord."""
        number, _ = self._forms.known(record_id)
        cell = self._log.cell_number(number, name)
        kind = BY_NAME[record_type]
        view, _ = self._log.view(cell, kind.by_name[name].policy if name != DELETED else "latest")
        changes, numbers = self._log.changes(cell)
        sql = (
            "SELECT change.id, author.user, author.device FROM change"
            " JOIN author ON author.no=change.author WHERE change.cell=?"
        )
        written = {row[0]: row[1:] for row in self._run(sql, (cell,)).fetchall()}
        authors = {
            identity: Author(bytes(written[at][0]), bytes(written[at][1]), at)
            for identity, at in numbers.items()
        }
        return CellLog(view, changes, authors)

    def all_cells(self, record_type: str, record_id: str) -> dict[str, CellLog]:
        """Every cell of a record that has a change, its deletion among them."""
        names = (DELETED, *BY_NAME[record_type].by_name)
        logs = {name: self.cell(record_type, record_id, name) for name in names}
        return {name: log for name, log in logs.items() if log.changes}
