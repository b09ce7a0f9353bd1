"""What this device has of attached files, and their small pictures. Never shared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from db.cells import DELETED


@dataclass(frozen=True, slots=True)
class BlobState:
    """One blob as this device knows it. `placed` as in the mirror; `size` is that of the encrypted file."""

    id: bytes
    size: int
    is_held: bool
    is_wanted: bool
    placed: bool | None


class Blobs:
    """Works within the transaction of one connection."""

    def __init__(self, connection: Connection) -> None:
        driver: Any = connection.connection.dbapi_connection
        self._run, self._run_many = driver.execute, driver.executemany

    def hold(self, blob: bytes, size: int, *, placed: bool | None) -> None:
        """Note that the file lies here."""
        sql = (
            "INSERT INTO blob(id, size, is_held, is_wanted, placed) VALUES(?,?,1,0,?)"
            " ON CONFLICT(id) DO UPDATE SET size=excluded.size, is_held=1, is_wanted=0"
        )
        self._run(sql, (blob, size, None if placed is None else int(placed)))

    def want(self, blobs: Iterable[bytes]) -> None:
        """Note that somebody here asked for files, as far as they are not here."""
        sql = (
            "INSERT INTO blob(id, size, is_held, is_wanted, placed) VALUES(?,0,0,1,NULL)"
            " ON CONFLICT(id) DO UPDATE SET is_wanted=1-is_held"
        )
        self._run_many(sql, [(blob,) for blob in blobs])

    def forget(self, blob: bytes) -> None:
        """Note nothing of it any more; its picture goes too."""
        self._run("DELETE FROM blob WHERE id=?", (blob,))
        self._run("DELETE FROM thumbnail WHERE blob=?", (blob,))

    def lost(self, blob: bytes) -> None:
        """Note that the file is not here after all."""
        self._run("UPDATE blob SET is_held=0, is_wanted=1 WHERE id=?", (blob,))

    def all(self) -> dict[bytes, BlobState]:
        """Everything that is known, by id."""
        return {each.id: each for each in self._where("1")}

    def to_place(self) -> list[BlobState]:
        """Files that lie here and were not seen in the 置き場 yet, by id."""
        return self._where("placed=0 AND is_held")

    def wanted(self) -> list[BlobState]:
        """Files that somebody here asked for, by id."""
        return self._where("is_wanted=1")

    def _where(self, condition: str) -> list[BlobState]:
        sql = f"SELECT id, size, is_held, is_wanted, placed FROM blob WHERE {condition} ORDER BY id"  # noqa: S608
        return [
            BlobState(bytes(blob), size, bool(held), bool(wanted), placed if placed is None else bool(placed))
            for blob, size, held, wanted, placed in self._run(sql).fetchall()
        ]

    def placed(self, blobs: Iterable[bytes], *, seen: bool) -> None:
        """Note that files were seen in the 置き場, or have to be put there."""
        self._run_many("UPDATE blob SET placed=? WHERE id=?", [(int(seen), blob) for blob in blobs])

    def keep_picture(self, blob: bytes, picture: bytes) -> None:
        """Keep the small picture of a file."""
        sql = "INSERT INTO thumbnail(blob, picture) VALUES(?,?) ON CONFLICT(blob) DO UPDATE SET picture=?2"
        self._run(sql, (blob, picture))

    def pictures(self, blobs: Iterable[bytes]) -> dict[bytes, bytes]:
        """Small pictures by blob, as far as there are."""
        found = {}
        for blob in blobs:
            row = self._run("SELECT picture FROM thumbnail WHERE blob=?", (blob,)).fetchone()
            if row is not None:
                found[blob] = bytes(row[0])
        return found


def deletions_of_attachments(connection: Connection) -> list[tuple[str, int, bytes | None, int]]:
    """(record, time stamp, stream, sequence number) of each deletion that counts; no stream while unsent."""
    sql = (
        "SELECT attachment.id, change.time, object.stream, object.sequence FROM attachment"
        " JOIN rec ON rec.rid=unhex(replace(attachment.id, '-', ''))"
        " JOIN cell ON cell.id=rec.no<<12|(SELECT no FROM fld WHERE name=?)"
        " JOIN change ON change.id=cell.winner LEFT JOIN object ON object.no=change.segment"
        " WHERE attachment.deleted<>0 AND attachment.deleted=1 ORDER BY change.time"
    )
    rows = connection.exec_driver_sql(sql, (DELETED,)).fetchall()
    return [
        (record, time, None if stream is None else bytes(stream), sequence or 0)
        for record, time, stream, sequence in rows
    ]
