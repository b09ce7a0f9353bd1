"""Reading the log as people see it: actions with their changes, each with what it replaced."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from db.change_log import unpack
from db.reading import Reading

_OF_COMPARTMENTS = """
  FROM json_each(:chosen) AS chosen
  JOIN compartment ON compartment.cid=unhex(replace(chosen.value, '-', ''))
  JOIN rec ON rec.compartment=compartment.no
  JOIN change ON change.cell BETWEEN rec.no<<12 AND rec.no<<12|4095
"""

_OF_RECORDS = """
  FROM json_each(:chosen) AS chosen
  JOIN rec ON rec.rid=unhex(replace(chosen.value, '-', ''))
  JOIN change ON change.cell BETWEEN rec.no<<12 AND rec.no<<12|4095
"""

_ACTIONS = """
SELECT change.time, change.author, json_group_array(DISTINCT change.id>>20) AS saves
{source}
 WHERE :time IS NULL OR (change.time, change.author)<(:time, :author)
 GROUP BY change.time, change.author
 ORDER BY change.time DESC, change.author DESC LIMIT :limit
"""

_ONE_ACTION = """
SELECT DISTINCT change.id>>20 AS save
{source}
 WHERE change.time=:time AND change.author=:author
"""

_STANDS = """
SELECT change.id FROM json_each(:changes) AS chosen
  JOIN change ON change.id=chosen.value
  JOIN cell ON cell.id=change.cell AND cell.winner=change.id
"""

_LINKS = "SELECT id FROM link WHERE left_id IN (SELECT value FROM json_each(:owners))"

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


@dataclass(frozen=True, slots=True)
class Action:
    """One action of a person: its time stamp and author, and the saves it wrote, one per compartment."""

    time: int
    author: int
    saves: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Extent:
    """Whose history is read: everything in some compartments, or some records."""

    compartments: tuple[str, ...] = ()
    records: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        """The tables that hold these changes."""
        return _OF_RECORDS if self.records else _OF_COMPARTMENTS

    @property
    def chosen(self) -> str:
        """Their ids for the query."""
        return json.dumps(self.records or self.compartments)


def with_links(reading: Reading, records: Sequence[str]) -> Extent:
    """Some records, with the links that start at them."""
    links = reading.query(_LINKS, owners=json.dumps(list(records)))
    return Extent(records=(*records, *(each["id"] for each in links)))


def newest_actions(
    reading: Reading, extent: Extent, limit: int, before: tuple[int, int] | None
) -> list[Action]:
    """The newest actions, before a (time, author) where one is given."""
    time, author = before or (None, None)
    found = reading.query(
        _ACTIONS.format(source=extent.source), chosen=extent.chosen, limit=limit, time=time, author=author
    )
    return [Action(each["time"], each["author"], tuple(json.loads(each["saves"]))) for each in found]


def action_at(reading: Reading, extent: Extent, time: int, author: int) -> Action:
    """What was done there in one moment; no saves where nothing was."""
    sql = _ONE_ACTION.format(source=extent.source)
    found = reading.query(sql, chosen=extent.chosen, time=time, author=author)
    return Action(time, author, tuple(each["save"] for each in found))


def standing(reading: Reading, changes: Sequence[int]) -> set[int]:
    """Those of these changes whose value is displayed still."""
    return {each["id"] for each in reading.query(_STANDS, changes=json.dumps(list(changes)))}


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
