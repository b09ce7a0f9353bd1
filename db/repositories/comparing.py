"""Comparing two store files record by record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from db.cells import BY_NAME, RecordType
from db.reading import Found, Reading

_GONE = 1
_AT_ONCE = 500
"""SQLite counts the parameters of a statement and refuses tens of thousands."""

_UNCOMPARED = frozenset(("order_key",))
"""Where a record stands among others is no content of its own."""


def live_differences(then: Reading, now: Reading) -> Iterator[tuple[str, str]]:
    """(type, id) of what is live in `then` and not live, or not the same, in `now`."""
    for name, kind in BY_NAME.items():
        columns = compared_columns(kind)
        standing = _standing(now, name, columns)
        for record_id, values in _standing(then, name, columns).items():
            if standing.get(record_id) != values:
                yield name, record_id


def compared_columns(kind: RecordType) -> tuple[str, ...]:
    """The columns in which two states of a record may differ."""
    return tuple(column for column in kind.cell_of_column if column not in _UNCOMPARED)


def found_by_id(reading: Reading, record_type: str, ids: Sequence[str]) -> Mapping[str, Found]:
    """Records, deleted or not, by their ids."""
    return {
        found["id"]: found
        for start in range(0, len(ids), _AT_ONCE)
        for found in reading.records(record_type, ids=ids[start : start + _AT_ONCE], include_deleted=True)
    }


def _standing(reading: Reading, table: str, columns: Sequence[str]) -> dict[str, tuple[object, ...]]:
    """The stored values of every live record."""
    names = ", ".join(columns)
    sql = f"SELECT id, {names} FROM {table} WHERE deleted<>{_GONE}"  # noqa: S608 - names of our own tables
    found = reading.connection.exec_driver_sql(sql)
    return {row[0]: tuple(row[1:]) for row in found}
