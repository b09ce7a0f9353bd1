"""Making the view over the cells and the projections again from nothing but the log."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import Connection

from db.cells import BY_NAME, DELETED, Cell, RecordType
from db.change_log import FIELD_BITS, ChangeLog
from db.projection import Projections, columns_of
from db.types import Wire
from db.unit_of_work import Rules, record_standing


def rebuild(connection: Connection, rules: Rules, fields: Mapping[str, int]) -> None:
    """Replace the view and every projection by what the log says."""
    run = connection.exec_driver_sql
    run("DELETE FROM cell")
    for kind in BY_NAME.values():
        run(f"DELETE FROM {kind.name}")  # noqa: S608
    log = ChangeLog(connection, rules.resolve, fields)
    projections = Projections(connection, rules.fold)
    records = run(
        "SELECT rec.no, rec.rid, rec.type, compartment.cid FROM rec"
        " JOIN compartment ON compartment.no=rec.compartment ORDER BY rec.no"
    ).fetchall()
    for number, record, kind_name, compartment in records:
        if kind_name in BY_NAME:
            ids = str(UUID(bytes=record)), str(UUID(bytes=compartment))
            _rebuild_record(log, projections, rules, BY_NAME[kind_name], number, ids, fields)


def _rebuild_record(
    log: ChangeLog,
    projections: Projections,
    rules: Rules,
    kind: RecordType,
    number: int,
    ids: tuple[str, str],
    fields: Mapping[str, int],
) -> None:
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
    log.put_cells(rows)
    projections.add(kind, [(ids[0], ids[1], values)])
    if fields[DELETED] in present or any(row[3] or row[4] for row in rows):
        projections.set_standing(kind, ids[0], *record_standing(log, rules, kind, number))
