"""Reading within one moment: plain selects that return mappings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, select, text

from db.cells import BY_NAME

Found = Mapping[str, Any]
_GONE = 1


class Reading:
    """One read transaction. What it returns are plain values, good after the transaction too."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def rows(self, statement: Select[Any]) -> list[Found]:
        """All rows of a select."""
        return [dict(row) for row in self.connection.execute(statement).mappings()]

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
        table = BY_NAME[record_type].table
        statement = table.select()
        if not include_deleted:
            statement = statement.where(table.c.deleted != _GONE)
        if ids is not None:
            statement = statement.where(table.c.id.in_(ids))
        for column, value in equal.items():
            statement = statement.where(table.c[column] == value)
        return self.rows(statement.order_by(*(table.c[column] for column in order)))

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

    def query(self, sql: str, **parameters: object) -> list[Found]:
        """Rows of a hand-written query with named parameters; values come as they are stored."""
        return [dict(row) for row in self.connection.execute(text(sql), parameters).mappings()]
