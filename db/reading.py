"""Reading within one moment: plain selects that return mappings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, CursorResult, Select, bindparam, select

from db.cells import BY_NAME

Found = Mapping[str, Any]
_GONE = 1
_IDS = "wanted ids"


class Reading:
    """One read transaction. What it returns are plain values, good after the transaction too."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def rows(self, statement: Select[Any]) -> list[Found]:
        """All rows of a select."""
        return _mappings(self.connection.execute(statement))

    def records(
        self,
        record_type: str,
        *,
        order: Sequence[str] = ("seq",),
        ids: Sequence[str] | None = None,
        include_deleted: bool = False,
        **equal: object,
    ) -> list[Found]:
        """Live records of a type whose columns have the given values, in the order of columns."""
        absent = tuple(column for column, value in equal.items() if value is None)
        given: dict[str, object] = {column: equal[column] for column in equal if column not in absent}
        if ids is not None:
            given[_IDS] = list(ids)
        statement = _select(record_type, tuple(order), tuple(given), absent, include_deleted)
        return _mappings(self.connection.execute(statement, given))

    def record(self, record_type: str, record_id: str) -> Found | None:
        """One record, deleted or not; None when it was never written."""
        found = self.records(record_type, include_deleted=True, id=record_id)
        return found[0] if found else None

    def linked(self, kind: str, *, left_ids: Sequence[str]) -> list[tuple[str, str]]:
        """(left id, right id) of the links of a kind that start at these records, in order of making."""
        links = BY_NAME["link"].table.c
        statement = (
            select(links.left_id, links.right_id)
            .where(links.left_id.in_(left_ids), links.kind == kind, links.present)
            .where(links.deleted != _GONE)
            .order_by(links.seq)
        )
        return [(row.left_id, row.right_id) for row in self.connection.execute(statement)]

    def linking(self, kind: str, *, right_ids: Sequence[str]) -> list[tuple[str, str]]:
        """The same for the links that end at these records."""
        links = BY_NAME["link"].table.c
        statement = (
            select(links.left_id, links.right_id)
            .where(links.right_id.in_(right_ids), links.kind == kind, links.present)
            .where(links.deleted != _GONE)
            .order_by(links.seq)
        )
        return [(row.left_id, row.right_id) for row in self.connection.execute(statement)]

    def query(self, sql: str, **parameters: object) -> list[Found]:
        """Rows of a hand-written query with named parameters; values come as they are stored."""
        return _mappings(self.connection.exec_driver_sql(sql, parameters))


@lru_cache(maxsize=256)  # building a select and its key takes longer than its answer
def _select(
    record_type: str,
    order: tuple[str, ...],
    given: tuple[str, ...],
    absent: tuple[str, ...],
    include_deleted: bool,
) -> Select[Any]:
    columns = BY_NAME[record_type].table.c
    statement = BY_NAME[record_type].table.select()
    if not include_deleted:
        statement = statement.where(columns.deleted != _GONE)
    for name in given:
        wanted = (
            columns.id.in_(bindparam(_IDS, expanding=True))
            if name == _IDS
            else columns[name] == bindparam(name, type_=columns[name].type)
        )
        statement = statement.where(wanted)
    for name in absent:
        statement = statement.where(columns[name].is_(None))
    return statement.order_by(*(columns[name] for name in order))


def _mappings(result: CursorResult[Any]) -> list[Found]:
    names = tuple(result.keys())
    return [dict(zip(names, row, strict=True)) for row in result]
