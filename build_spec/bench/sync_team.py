"""Two devices of one team for measuring rounds: one that wrote a long log, one that knows nothing yet."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

import msgpack

from app.bootstrap import DEVICE, TEAM, USER, open_workplace
from app.clock import SystemClock
from app.crypto.key_slots import StoreKey
from app.domain.order_keys import seeded_from
from app.domain.terms import TeamRole
from app.ids import record_id
from app.paths import StoreFolder
from app.services import sharing_outbox
from app.services.sharing import SharingService
from app.sharing.places.folder import FolderPlace
from app.sharing.places.place import Place
from app.sync.clock import COUNTER_BITS
from app.workplace import Workplace
from build_spec.bench.big_store import SEED, clauses
from build_spec.bench.store_bench import KEY
from db import store as db_store
from db.change_log import FIELD_BITS, INDEX_BITS
from tests.sharing.places import sites

OpenPlace = Callable[[], Place]
COMPANIES = 10
_START = datetime(2025, 4, 1, tzinfo=UTC)


@dataclass
class Laptop:
    """A store with its access to a 置き場; `open_place` may be exchanged for another way to the same."""

    folder: StoreFolder
    open_place: OpenPlace
    workplace: Workplace = field(init=False)

    def __post_init__(self) -> None:
        self.folder.path.mkdir()
        ids = {name: record_id(SystemClock().now()) for name in (TEAM, USER, DEVICE)}
        db_store.create(self.folder.database, KEY.raw, ids)
        self.workplace = open_workplace(self.folder, StoreKey(KEY.raw))

    @property
    def sharing(self) -> SharingService:
        """What a person does to share."""
        return SharingService(self.workplace, lambda address: (self.open_place(), address))

    def close(self) -> None:
        """Let go of the store."""
        self.workplace.store.close()


class WrittenLog:
    """A log as work makes it: note lines of eight cells, every third save an edit that follows what was seen.

    It goes straight into the tables of a store, unsent, dealt out to COMPANIES companies; the view over it is
    not made, since the device only sends it.
    """

    def __init__(self, laptop: Laptop) -> None:
        self._store = laptop.workplace.store
        self._draw = random.Random(SEED)
        self._clauses = clauses()
        self.companies = [record_id(_START, self._draw.randbytes) for _ in range(COMPANIES)]
        self._at = itertools.count(1)
        self._lines: list[list[tuple[int, int, int]]] = [[] for _ in self.companies]

    def write(self, changes: int) -> None:
        """Add about so many changes."""
        with self._store.writing_raw() as connection:
            run = connection.exec_driver_sql
            self._fields: dict[str, int] = dict(run("SELECT name, no FROM fld").fetchall())
            self._author = run("SELECT max(no) FROM author").scalar_one()
            known = [(UUID(company).bytes,) for company in self.companies]
            run("INSERT OR IGNORE INTO compartment(cid) VALUES(?)", known)
            homes = [run("SELECT no FROM compartment WHERE cid=?", each).scalar_one() for each in known]
            first_record = run("SELECT coalesce(max(no), 0) + 1 FROM rec").scalar_one()
            first_save = run("SELECT coalesce(max(no), 0) + 1 FROM save").scalar_one()
            self._records: list[tuple[int, bytes, str, int]] = []
            rows = list(self._rows(changes, first_save, first_record, homes))
            saves = range(first_save, 1 + (rows[-1][0] >> INDEX_BITS))
            run("INSERT INTO save(no, sid) VALUES(?,?)", [(no, self._draw.randbytes(8)) for no in saves])
            run("INSERT INTO rec(no, rid, type, compartment) VALUES(?,?,?,?)", self._records)
            run("INSERT INTO change(id, cell, time, author, kind, value, parent) VALUES(?,?,?,?,?,?,?)", rows)

    def _rows(
        self, changes: int, first_save: int, first_record: int, homes: Iterable[int]
    ) -> Iterator[tuple[object, ...]]:
        homes = list(homes)
        made = 0
        records = itertools.count(first_record)
        for save in itertools.count(first_save):
            if made >= changes:
                return
            number = next(self._at)
            # A visit's lines come one after the other: 40 saves in one company, then in another.
            which = number // 40 % len(homes)
            at = _START + timedelta(seconds=47 * number)
            lines = self._lines[which]
            if number % 3 == 0 and lines:
                which_line = self._draw.randrange(max(0, len(lines) - 40), len(lines))
                rows = self._edit(save, at, lines[which_line])
                lines[which_line] = (lines[which_line][0], save << INDEX_BITS, save << INDEX_BITS | 1)
            else:
                record = next(records)
                self._records.append(
                    (record, UUID(record_id(at, self._draw.randbytes)).bytes, "note_line", homes[which])
                )
                rows = self._new_line(save, at, record, self.companies[which])
                lines.append((record, save << INDEX_BITS, save << INDEX_BITS | 5))
            made += len(rows)
            yield from rows

    def _new_line(self, save: int, at: datetime, record: int, company: str) -> list[tuple[object, ...]]:
        cells = {
            "text": self._text(),
            "company_id": company,
            "support_session_id": str(UUID(int=(1 << 100) + at.toordinal())),
            "stamped_at": int(at.timestamp() * 1000),
            "order_key": seeded_from(at),
            "mark": self._draw.choice((None, "fact", "issue", "decision")),
            "is_secret": self._draw.random() < 0.1,
            "confidentiality": None,
        }
        return [
            self._row(save, place, at, record, name, value)
            for place, (name, value) in enumerate(cells.items())
        ]

    def _edit(self, save: int, at: datetime, line: tuple[int, int, int]) -> list[tuple[object, ...]]:
        record, text, mark = line
        return [
            self._row(save, 0, at, record, "text", self._text(), text),
            self._row(save, 1, at, record, "mark", "homework", mark),
        ]

    def _row(
        self,
        save: int,
        place: int,
        at: datetime,
        record: int,
        name: str,
        value: object,
        seen: int | None = None,
    ) -> tuple[object, ...]:
        time = int(at.timestamp() * 1000) << COUNTER_BITS
        cell = record << FIELD_BITS | self._fields[name]
        return (save << INDEX_BITS | place, cell, time, self._author, "set", msgpack.packb(value), seen)

    def _text(self) -> str:
        """As dense as words that nobody wrote before: the practice notes in shreds of a few characters."""
        shreds = []
        for _ in range(6):
            clause = self._draw.choice(self._clauses)
            at = self._draw.randrange(len(clause))
            shreds.append(clause[at : at + self._draw.randint(2, 7)])
        return "".join(shreds)


@contextmanager
def segments_of(most: int) -> Iterator[None]:
    """Within this block segments hold at most so many changes, as if a round had come after so many."""
    before = sharing_outbox.MOST_CHANGES
    sharing_outbox.MOST_CHANGES = most
    try:
        yield
    finally:
        sharing_outbox.MOST_CHANGES = before


def folder_of(root: Path) -> OpenPlace:
    """A new folder as a place, opened anew for every round as the program does."""
    (root / "place").mkdir()
    return partial(FolderPlace, root / "place")


def copy_to(place: Path, site: sites.Site) -> None:
    """Put everything that lies in the folder into the place of a server."""
    for path in place.rglob("*.osy"):
        site.plant(path.relative_to(place).as_posix(), path.read_bytes())


def found(root: Path, name: str, open_place: OpenPlace) -> Laptop:
    """A laptop that founds a team at a place."""
    laptop = Laptop(StoreFolder(root / name), open_place)
    laptop.sharing.create("bench", "佐藤")
    return laptop


def joined(root: Path, name: str, first: Laptop, companies: Iterable[str]) -> Laptop:
    """A laptop that was let in with these companies and has not had a round since."""
    laptop = Laptop(StoreFolder(root / name), first.open_place)
    digits = laptop.sharing.join(first.sharing.invite().encode(), name)
    first.sharing.approve(digits, TeamRole.MEMBER, list(companies))
    return laptop
