"""Finding what was written twice: cells with two values, and records deleted here and written there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from db.cells import BY_NAME
from db.change_log import MERGED, PROVISIONAL
from db.reading import Reading
from db.repositories.trash import BELONGINGS

_CELLS = """
SELECT rec.rid, rec.type, compartment.cid, fld.name AS cell, cell.flags
  FROM cell JOIN rec ON rec.no=cell.id>>12 JOIN fld ON fld.no=cell.id&4095
  JOIN compartment ON compartment.no=rec.compartment
 WHERE {which} ORDER BY cell.id
"""
_CHANGED_AFTER = 2


@dataclass(frozen=True, slots=True)
class FoundCell:
    """A cell of a known kind. `is_provisional`: changes that it refers to have not arrived."""

    record_type: str
    record_id: str
    compartment: str
    cell: str
    is_provisional: bool


def open_cells(reading: Reading) -> list[FoundCell]:
    """Cells with values that wait for a person, in the order in which their records were first written."""
    return list(_cells(reading, "cell.conflicts IS NOT NULL"))


def merged_cells(reading: Reading) -> list[FoundCell]:
    """Cells that show what two people wrote, put together by sentences."""
    return list(_cells(reading, f"cell.flags&{MERGED} AND cell.conflicts IS NULL"))


def changed_after_deletion(reading: Reading) -> Iterator[tuple[str, str, str]]:
    """(type, id, compartment) of records that somebody deleted and somebody else went on with."""
    for kind in BY_NAME:
        sql = f"SELECT id, compartment FROM {kind} WHERE deleted<>0 AND deleted=:state ORDER BY seq"  # noqa: S608
        for found in reading.query(sql, state=_CHANGED_AFTER):
            yield kind, found["id"], found["compartment"]


def deleted_with_live_parts(reading: Reading) -> Iterator[tuple[str, str, str]]:
    """(type, id, compartment) of deleted records to which somebody who did not know of that added parts."""
    for kind, parts in BELONGINGS.items():
        live = " OR ".join(
            f"EXISTS(SELECT 1 FROM {part} WHERE {part}.{column}=owner.id AND {part}.deleted<>1)"  # noqa: S608
            for part, column in parts.items()
        )
        gone = f"SELECT id, compartment FROM {kind} AS owner WHERE deleted<>0 AND deleted=1"  # noqa: S608
        sql = f"{gone} AND ({live}) ORDER BY seq"
        for found in reading.query(sql):
            yield kind, found["id"], found["compartment"]


def _cells(reading: Reading, which: str) -> Iterator[FoundCell]:
    for found in reading.query(_CELLS.format(which=which)):
        kind = BY_NAME.get(found["type"])
        if kind is not None and found["cell"] in kind.by_name:
            yield FoundCell(
                found["type"],
                str(UUID(bytes=found["rid"])),
                str(UUID(bytes=found["cid"])),
                found["cell"],
                is_provisional=bool(found["flags"] & PROVISIONAL),
            )
