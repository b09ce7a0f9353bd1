"""What the log alone says a record is: for rebuilding the projections, and for checking them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, text

from db.cells import BY_NAME, DELETED, Cell, RecordType
from db.change_log import FIELD_BITS, ChangeLog
from db.projection import Projections, columns_of
from db.search_index import SearchIndex
from db.types import Wire
from db.unit_of_work import CellRow, Rules, record_standing

_RECORDS = (
    "SELECT rec.no, rec.rid, rec.type, compartment.cid FROM rec"
    " JOIN compartment ON compartment.no=rec.compartment ORDER BY rec.no"
)


@dataclass(frozen=True, slots=True)
class LogRecord:
    """One record as its changes make it."""

    kind: RecordType
    id: str
    compartment: str
    cells: tuple[CellRow, ...]
    values: Mapping[str, Wire]
    deleted: int
    conflicts: int


@dataclass(frozen=True, slots=True)
class LogCheck:
    """What comparing the projections with the log found, and the search index with them.

    `differing` and `misindexed` are (type, id).
    """

    records: int
    changes: int
    differing: tuple[tuple[str, str], ...]
    misindexed: tuple[tuple[str, str], ...]

    @property
    def faults(self) -> tuple[tuple[str, str], ...]:
        """Everything that was found."""
        return self.differing + self.misindexed


def rebuild(connection: Connection, rules: Rules, fields: Mapping[str, int]) -> None:
    """Replace the view and every projection by what the log says."""
    run = connection.exec_driver_sql
    run("DELETE FROM cell")
    for kind in BY_NAME.values():
        run(f"DELETE FROM {kind.name}")  # noqa: S608 - the names of our own tables
    log = ChangeLog(connection, rules.resolve, fields)
    projections = Projections(connection, rules.fold)
    for record in records_from_log(connection, rules, fields):
        log.put_cells(record.cells)
        projections.add(record.kind, [(record.id, record.compartment, record.values)])
        if record.deleted or record.conflicts:
            projections.set_standing(record.kind, record.id, record.deleted, record.conflicts)


def check(
    connection: Connection, rules: Rules, fields: Mapping[str, int], rest: Callable[[], None]
) -> LogCheck:
    """Compare every record with what the log says it is, without writing.

    `rest` is called between records, thousands of times.
    """
    projections = Projections(connection, rules.fold)
    counts = dict.fromkeys(BY_NAME, 0)
    differing: list[tuple[str, str]] = []
    for record in records_from_log(connection, rules, fields):
        rest()
        counts[record.kind.name] += 1
        if not _stands(connection, projections, record):
            differing.append((record.kind.name, record.id))
    for name, count in counts.items():
        surplus = _count(connection, name) - count
        differing += [(name, "")] * abs(surplus)
    misindexed = SearchIndex(connection, rules.fold).differing(rest)
    return LogCheck(sum(counts.values()), _count(connection, "change"), tuple(differing), misindexed)


def mend(
    connection: Connection, rules: Rules, fields: Mapping[str, int], differing: Collection[tuple[str, str]]
) -> tuple[tuple[str, str], ...]:
    """Make single records again from the log; return those that still differ."""
    log = ChangeLog(connection, rules.resolve, fields)
    projections = Projections(connection, rules.fold)
    left = set(differing)
    counts = dict.fromkeys(BY_NAME, 0)
    for record in records_from_log(connection, rules, fields):
        counts[record.kind.name] += 1
        name = (record.kind.name, record.id)
        if name in left:
            _mend(connection, log, projections, record)
            if _stands(connection, projections, record):
                left.discard(name)
    evened = {(kind, "") for kind, count in counts.items() if _count(connection, kind) == count}
    return tuple(sorted(left - evened))


def _mend(connection: Connection, log: ChangeLog, projections: Projections, record: LogRecord) -> None:
    log.put_cells(record.cells)
    sql = f"SELECT count(*) FROM {record.kind.name} WHERE id=?"  # noqa: S608 - a table of ours
    if connection.exec_driver_sql(sql, (record.id,)).scalar_one():
        projections.change(record.kind, record.id, record.values)
    else:
        projections.add(record.kind, [(record.id, record.compartment, record.values)])
    projections.set_standing(record.kind, record.id, record.deleted, record.conflicts)


def records_of_segments(connection: Connection, segments: Collection[int]) -> frozenset[int]:
    """The numbers of the records that have changes in these sealed objects."""
    cell = f"SELECT cell>>{FIELD_BITS} FROM"
    again = "carried_again JOIN change ON change.id=carried_again.change WHERE carried_again.segment=?"
    sql = f"{cell} change WHERE segment=? UNION {cell} {again}"
    run = connection.exec_driver_sql
    return frozenset(record for each in segments for (record,) in run(sql, (each, each)))


def settle(
    connection: Connection, rules: Rules, fields: Mapping[str, int], records: Collection[int]
) -> frozenset[tuple[str, str]]:
    """Make these records again from the log; (type, id) of each that is of a known type."""
    log = ChangeLog(connection, rules.resolve, fields)
    projections = Projections(connection, rules.fold)
    done = set()
    for record in records_from_log(connection, rules, fields, records):
        _mend(connection, log, projections, record)
        done.add((record.kind.name, record.id))
    return frozenset(done)


def records_from_log(
    connection: Connection,
    rules: Rules,
    fields: Mapping[str, int],
    only: Collection[int] | None = None,
) -> Iterator[LogRecord]:
    """Every record of a known type, in the order in which they were first written; or only some."""
    log = ChangeLog(connection, rules.resolve, fields)
    for number, record, kind_name, compartment in connection.exec_driver_sql(_RECORDS).fetchall():
        if kind_name in BY_NAME and (only is None or number in only):
            ids = str(UUID(bytes=record)), str(UUID(bytes=compartment))
            yield _record(log, rules, BY_NAME[kind_name], number, ids, fields)


def _record(
    log: ChangeLog,
    rules: Rules,
    kind: RecordType,
    number: int,
    ids: tuple[str, str],
    fields: Mapping[str, int],
) -> LogRecord:
    cells_of = {fields[cell.name]: cell for cell in (*kind.cells, Cell(DELETED))}
    present = log.written_fields(number)
    values: dict[str, Wire] = {}
    rows = []
    for field in present:
        cell = cells_of.get(field, Cell(""))
        row, value = log.resolved_row(number << FIELD_BITS | field, cell.policy)
        rows.append(row)
        if cell.name and cell.name != DELETED:
            values.update(columns_of(cell, value))
    is_plain = fields[DELETED] not in present and not any(row[3] or row[4] for row in rows)
    deleted, conflicts = (0, 0) if is_plain else record_standing(log, rules, kind, number)
    return LogRecord(kind, *ids, tuple(rows), values, deleted, conflicts)


def _stands(connection: Connection, projections: Projections, record: LogRecord) -> bool:
    run = connection.exec_driver_sql
    for cell, *expected in record.cells:
        row = run("SELECT winner, heads, conflicts, flags FROM cell WHERE id=?", (cell,)).fetchone()
        if row is None or list(row) != expected:
            return False
    kept = connection.execute(
        text(f"SELECT * FROM {record.kind.name} WHERE id=:id"),  # noqa: S608 - a table of ours
        {"id": record.id},
    ).mappings()
    found = kept.first()
    expected_row: dict[str, object] = {
        "compartment": record.compartment,
        "deleted": record.deleted,
        "conflicts": record.conflicts,
        **projections.filled(record.kind, record.values),
    }
    return found is not None and all(found[column] == value for column, value in expected_row.items())


def _count(connection: Connection, table: str) -> int:
    return int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())  # noqa: S608
