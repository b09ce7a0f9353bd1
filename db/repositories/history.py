"""Reading the log as people see it: saves with their changes, each with what it replaced."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from db.change_log import unpack
from db.reading import Reading

_SAVES = """
SELECT change.id>>20 AS save, max(change.time) AS time
  FROM compartment JOIN rec ON rec.compartment=compartment.no
  JOIN change ON change.cell BETWEEN rec.no<<12 AND rec.no<<12|4095
 WHERE compartment.cid=:compartment
 GROUP BY change.id>>20
HAVING :time IS NULL OR (max(change.time), change.id>>20)<(:time, :save)
 ORDER BY time DESC, save DESC LIMIT :limit
"""

_CHANGES = """
SELECT change.id, change.id>>20 AS save, change.cell>>12 AS rec, fld.name AS cell, change.time, change.value,
       rec.rid, rec.type, author.user, author.device, earlier.id AS earlier, earlier.value AS earlier_value
  FROM json_each(:saves) AS chosen
  CROSS JOIN change ON change.id BETWEEN chosen.value<<20 AND chosen.value<<20|1048575
  JOIN rec ON rec.no=change.cell>>12
  JOIN fld ON fld.no=change.cell&4095
  JOIN author ON author.no=change.author
  LEFT JOIN change AS earlier ON earlier.id=coalesce(change.parent,
       (SELECT max(parent) FROM ref WHERE ref.child=change.id AND ref.what=0))
 WHERE change.kind='set'
 ORDER BY change.id
"""

_FIRST_SAVES = """
SELECT chosen.value AS rec,
       (SELECT min(id) FROM change
         WHERE cell BETWEEN chosen.value<<12 AND chosen.value<<12|4095)>>20 AS first_save
  FROM json_each(:records) AS chosen
"""

_TYPE = "SELECT type FROM rec WHERE rid=:rid"

_VALUE = """
SELECT change.value FROM change JOIN rec ON rec.no=change.cell>>12 JOIN fld ON fld.no=change.cell&4095
 WHERE change.id=:change AND rec.rid=:rid AND fld.name=:cell AND change.kind='set'
"""


@dataclass(frozen=True, slots=True)
class LoggedValue:
    """One change of a cell with the value it replaced. `rec` is the local number of its record."""

    number: int
    save: int
    rec: int
    record_type: str
    record_id: str
    cell: str
    time: int
    user: bytes
    device: bytes
    value: Any
    earlier: int | None
    earlier_value: Any


def newest_saves(
    reading: Reading, compartment: str, limit: int, before: tuple[int, int] | None
) -> list[tuple[int, int]]:
    """(time, save) of the newest saves of a compartment, before such a pair where one is given."""
    time, save = before or (None, None)
    parameters = {"compartment": UUID(compartment).bytes, "limit": limit, "time": time, "save": save}
    return [(found["time"], found["save"]) for found in reading.query(_SAVES, **parameters)]


def changes(reading: Reading, saves: Sequence[int]) -> list[LoggedValue]:
    """Every value that these saves wrote, in the order of writing."""
    return [
        LoggedValue(
            number=found["id"],
            save=found["save"],
            rec=found["rec"],
            record_type=found["type"],
            record_id=str(UUID(bytes=found["rid"])),
            cell=found["cell"],
            time=found["time"],
            user=found["user"],
            device=found["device"],
            value=unpack(found["value"]),
            earlier=found["earlier"],
            earlier_value=unpack(found["earlier_value"]),
        )
        for found in reading.query(_CHANGES, saves=json.dumps(list(saves)))
    ]


def first_saves(reading: Reading, records: Sequence[int]) -> dict[int, int]:
    """The save that made each record, by local number of the record."""
    found = reading.query(_FIRST_SAVES, records=json.dumps(list(records)))
    return {each["rec"]: each["first_save"] for each in found}


def record_type(reading: Reading, record_id: str) -> str | None:
    """What kind of record an id names; None when it was never written."""
    found = reading.query(_TYPE, rid=UUID(record_id).bytes)
    return str(found[0]["type"]) if found else None


def value_of(reading: Reading, record_id: str, cell: str, change: int) -> tuple[Any] | None:
    """The value that a change gave this cell, in a tuple; None when it is no change of the cell."""
    found = reading.query(_VALUE, rid=UUID(record_id).bytes, cell=cell, change=change)
    return (unpack(found[0]["value"]),) if found else None
