"""What sealed objects carry, counted for whoever takes them out of the device."""

from __future__ import annotations

from sqlalchemy import Connection


def changes_in(connection: Connection) -> dict[int, int]:
    """How many changes each sealed object holds, by its number."""
    sql = "SELECT segment, count(*) FROM change WHERE segment IS NOT NULL GROUP BY segment"
    rows = connection.exec_driver_sql(sql).fetchall()
    return {int(number): int(count) for number, count in rows}
