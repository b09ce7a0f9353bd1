"""What sealed objects carry, counted for whoever takes them out of the device."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection

from db.change_log import FIELD_BITS


def changes_in(connection: Connection) -> dict[int, int]:
    """How many changes each sealed object holds, by its number."""
    sql = "SELECT segment, count(*) FROM change WHERE segment IS NOT NULL GROUP BY segment"
    rows = connection.exec_driver_sql(sql).fetchall()
    return {int(number): int(count) for number, count in rows}


def attachments_in(connection: Connection, objects: Collection[int]) -> frozenset[str]:
    """Ids of the attachments with changes in these sealed objects."""
    sql = (
        "SELECT attachment.id, change.segment FROM attachment"
        " JOIN rec ON rec.rid=unhex(replace(attachment.id, '-', ''))"
        " JOIN change ON change.cell BETWEEN rec.no<<? AND (rec.no+1<<?)-1"
    )
    rows = connection.exec_driver_sql(sql, (FIELD_BITS, FIELD_BITS)).fetchall()
    return frozenset(record for record, segment in rows if segment in objects)
