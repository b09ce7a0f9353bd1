"""Sealed objects whose changes enter the log in several transactions, so that nobody waits for all of them.

The object is held from the first of these on. Should the program end in between, the note that it has begun
is left: the rest is taken from the object again, and what is there already is there but once.
"""

from __future__ import annotations

from sqlalchemy import Connection

from db.store import write_marker

_BEGUN, _AFTER_BEGUN = "entering:", "entering;"
"""Beginning of the markers of what has begun, and what sorts after them."""


def begin(connection: Connection, number: int) -> None:
    """Only a part of the object's changes is in the log."""
    write_marker(connection, f"{_BEGUN}{number}", True)


def end(connection: Connection, number: int) -> None:
    """All of its changes are."""
    connection.exec_driver_sql("DELETE FROM marker WHERE name=?", (f"{_BEGUN}{number}",))


def begun(connection: Connection) -> list[int]:
    """Numbers of the objects of which the rest has still to enter."""
    sql = "SELECT name FROM marker WHERE name>=? AND name<?"
    rows = connection.exec_driver_sql(sql, (_BEGUN, _AFTER_BEGUN)).fetchall()
    return sorted(int(name.removeprefix(_BEGUN)) for (name,) in rows)
