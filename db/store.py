"""One team's encrypted file: its connections, its transactions, its rebuild."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import sqlalchemy.exc
from sqlalchemy import Connection, Engine

from db.applying import Applied, apply
from db.cells import DELETED, RECORD_TYPES, SETTLED
from db.change_columns import Arrived
from db.change_log import ChangeLog, pack, unpack
from db.disagreements import RecordLogs
from db.engine import DRIVER_ERRORS, StoreGone, connect, open_engine, require_store, translated
from db.forms import Form, Forms
from db.migrating import migrate
from db.rebuilding import LogCheck, check, mend, rebuild, records_of_segments, settle
from db.search_index import LAYOUT, SearchIndex
from db.unit_of_work import Rules, UnitOfWork, Writer

LAST_TIME = "last_time"
"""Marker: the greatest time stamp this device gave out."""
SEARCH_VERSION = "search_version"
"""Marker: the layout and the folding by which the search index was made."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes from this device: user and device ids as UUID text."""

    user: str
    device: str


class Store:
    """The open file. `tick` gives the time stamp of each action, `new_save_id` 8 fresh random bytes.

    `observe` is told the greatest time stamp of what other devices sent, within the transaction.
    `medium_back` is called before the first write to a medium that was gone; it may refuse by raising.
    """

    def __init__(
        self,
        path: Path,
        raw_key: bytes,
        rules: Rules,
        author: Author,
        *,
        tick: Callable[[], int],
        new_save_id: Callable[[], bytes],
        observe: Callable[[int], object] = lambda _: None,
        medium_back: Callable[[], object] = lambda: None,
    ) -> None:
        self.path = path
        self._rules = rules
        self._tick = tick
        self._new_save_id = new_save_id
        self._observe = observe
        self._medium_back = medium_back
        self._was_gone = False
        self._reader, self._writer = open_engine(path, raw_key)
        with self.writing_raw() as connection:
            self._fields = _interned_fields(connection)
            self._author = _interned_author(connection, author)
            if read_marker(connection, SEARCH_VERSION) != self._search_version:
                self._rebuild_index(connection)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A read transaction: everything read in it is of one moment."""
        with self._reached(self._reader) as connection:
            yield connection

    @contextmanager
    def writing_raw(self) -> Iterator[Connection]:
        """A write transaction on local tables (drafts, markers), never on records."""
        with self._reached(self._writer) as connection:
            yield connection

    @contextmanager
    def _reached(self, engine: Engine) -> Iterator[Connection]:
        """A transaction on the file that its name leads to.

        A medium that was taken away leaves connections to a file that nobody will see again: words written
        there would be lost. They are let go, so that the next transaction opens the file anew.
        """
        if not self.path.exists():
            self._let_gone_file_go()
            raise StoreGone("path")
        if self._was_gone and engine is self._writer:
            self._medium_back()
            self._was_gone = False
        try:
            with plain_faults(), engine.begin() as connection:
                yield connection
        except StoreGone:
            self._let_gone_file_go()
            raise

    def _let_gone_file_go(self) -> None:
        self._was_gone = True
        self._reader.dispose()

    @contextmanager
    def writing(self, shown_until: int | None = None) -> Iterator[UnitOfWork]:
        """One action: commits whole when the block ends, leaves nothing when it raises.

        What others' objects with greater numbers than `shown_until` brought, nobody has seen yet.
        """
        with self.writing_raw() as connection:
            time = self._tick()
            writer = Writer(self._author, time, self._new_save_id)
            work = UnitOfWork(connection, self._rules, self._fields, writer, shown_until)
            yield work
            SearchIndex(connection, self._rules.fold).follow(work.traces)
            write_marker(connection, LAST_TIME, time)

    def apply(self, connection: Connection, segments: Sequence[Arrived]) -> Applied:
        """Add changes of other devices in the write transaction of `connection`, as far as they are new.

        After many at once the search index is left behind until `catch_up_index`, or the next opening.
        """
        applied = apply(connection, self._rules, self._fields, segments)
        index = SearchIndex(connection, self._rules.fold)
        is_behind = read_marker(connection, SEARCH_VERSION) != self._search_version
        if not is_behind and index.is_quicker_anew(len(applied.traces)):
            write_marker(connection, SEARCH_VERSION, None)
        elif not is_behind:
            index.follow(applied.traces)
        self._observe(applied.greatest_time)
        return applied

    def settle_again(self, connection: Connection, segments: Collection[int]) -> frozenset[tuple[str, str]]:
        """Make the records again that these sealed objects changed: whether they count was decided anew.

        Returns (type, id) of each.
        """
        records = records_of_segments(connection, segments)
        if not records:
            return frozenset()
        settled = settle(connection, self._rules, self._fields, records)
        self._rebuild_index(connection)
        return settled

    def write_as(self, connection: Connection, author: Author) -> None:
        """From now on write as this author; what waits to be sealed becomes this author's as well."""
        number = _interned_author(connection, author)
        sql = "UPDATE change SET author=? WHERE author=? AND segment IS NULL"
        connection.exec_driver_sql(sql, (number, self._author))
        self._author = number

    def move_compartment(self, connection: Connection, before: bytes, after: bytes) -> None:
        """Give the records of one compartment, of which nothing was ever sealed, to another."""
        run = connection.exec_driver_sql
        found = run("SELECT no FROM compartment WHERE cid=?", (before,)).fetchone()
        if found is not None:
            home = ChangeLog(connection, self._rules.resolve, self._fields).intern_compartment(after)
            run("UPDATE rec SET compartment=? WHERE compartment=?", (home, found[0]))
            self.rebuild_in(connection)

    def form(self, connection: Connection, record_type: str, record_id: str) -> Form:
        """A record with its tokens, read in the transaction of `connection`. Raises UnknownRecord."""
        log = ChangeLog(connection, self._rules.resolve, self._fields)
        return Forms(connection, log, self._fields).load(record_type, record_id)

    def record_logs(self, connection: Connection) -> RecordLogs:
        """All changes of single records, read in the transaction of `connection`."""
        return RecordLogs(connection, self._rules, self._fields)

    def rebuild(self) -> None:
        """Throw the view, the projections and the search index away and make them again from the log."""
        with self.writing_raw() as connection:
            self.rebuild_in(connection)

    def rebuild_in(self, connection: Connection) -> None:
        """The same within a write transaction that does more."""
        rebuild(connection, self._rules, self._fields)
        self._rebuild_index(connection)

    def rebuild_index(self) -> None:
        """Make the search index again from the projections."""
        with self.writing_raw() as connection:
            self._rebuild_index(connection)

    def catch_up_index(self) -> None:
        """Make the search index again if it was left behind."""
        with self.reading() as connection:
            is_behind = read_marker(connection, SEARCH_VERSION) != self._search_version
        if is_behind:
            self.rebuild_index()

    def renew_index_later(self) -> None:
        """Let the next opening make the search index again: whoever works beside must not wait for it."""
        with self.writing_raw() as connection:
            write_marker(connection, SEARCH_VERSION, None)

    def _rebuild_index(self, connection: Connection) -> None:
        SearchIndex(connection, self._rules.fold).rebuild()
        write_marker(connection, SEARCH_VERSION, self._search_version)

    @property
    def _search_version(self) -> list[int]:
        return [LAYOUT, self._rules.fold_version]

    def mend(self, differing: Collection[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
        """Make single records, (type, id), again from the log; return those that still differ."""
        with self.writing_raw() as connection:
            return mend(connection, self._rules, self._fields, differing)

    def check(self, rest: Callable[[], None] = lambda: None) -> LogCheck:
        """Compare the projections with the log and the search index with them, in one read transaction.

        `rest` is called between records: whoever checks beside a window makes way there.
        """
        with self.reading() as connection:
            return check(connection, self._rules, self._fields, rest)

    def close(self) -> None:
        """Fold the write-ahead log into the file and let go of it."""
        with plain_faults(), self._reader.connect() as connection:
            raw = connection.connection.dbapi_connection
            assert raw is not None  # noqa: S101 - a checked-out connection has its driver's connection
            raw.execute("PRAGMA optimize")
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._reader.dispose()

    def abandon(self) -> None:
        """Let go at once: the file may be damaged or gone."""
        self._reader.dispose()


@contextmanager
def plain_faults() -> Iterator[None]:
    """Turn a driver's error into the fault behind it."""
    try:
        yield
    except (sqlalchemy.exc.DBAPIError, *DRIVER_ERRORS) as error:
        fault = translated(error)
        if fault is error:
            raise
        raise fault from None


def prepare(path: Path, raw_key: bytes, *, before_migrating: Callable[[], object]) -> int:
    """Upgrade an existing file; return the number of migrations that ran.

    Raises StoreFileMissing, StoreFileUnreadable, StoreNewerThanProgram and the plain faults.
    """
    require_store(path)
    connection = connect(path, raw_key)
    try:
        with plain_faults():
            return migrate(connection, before_migrating)
    finally:
        connection.close()


def create(path: Path, raw_key: bytes, markers: Mapping[str, object]) -> None:
    """Make a new file with the newest schema and this device's first local values; whole or not at all.

    Raises FileExistsError and the plain faults.
    """
    if path.exists():
        raise FileExistsError(path.name)
    unfinished = path.with_suffix(".new")
    _remove(unfinished)
    try:
        with plain_faults():
            _write_first(unfinished, raw_key, markers)
        unfinished.rename(path)
    finally:
        _remove(unfinished)


def _write_first(path: Path, raw_key: bytes, markers: Mapping[str, object]) -> None:
    connection = connect(path, raw_key)
    try:
        migrate(connection, lambda: None)
        rows = [(name, pack(value)) for name, value in markers.items()]
        connection.executemany("INSERT INTO marker(name, value) VALUES(?,?)", rows)
    finally:
        connection.close()


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def local_markers(path: Path, raw_key: bytes) -> Mapping[str, object]:
    """Every local value of this device, read before the store is opened for work."""
    connection = connect(path, raw_key)
    try:
        with plain_faults():
            return {
                name: unpack(value) for name, value in connection.execute("SELECT name, value FROM marker")
            }
    finally:
        connection.close()


def read_marker(connection: Connection, name: str) -> object:
    """A local value of this device, None when it was never set."""
    row = connection.exec_driver_sql("SELECT value FROM marker WHERE name=?", (name,)).fetchone()
    return None if row is None else unpack(row[0])


def write_marker(connection: Connection, name: str, value: object) -> None:
    """Set a local value of this device."""
    connection.exec_driver_sql(
        "INSERT INTO marker(name, value) VALUES(?,?) ON CONFLICT(name) DO UPDATE SET value=excluded.value",
        (name, pack(value)),
    )


def _interned_fields(connection: Connection) -> Mapping[str, int]:
    run = connection.exec_driver_sql
    known = {name: number for number, name in run("SELECT no, name FROM fld").fetchall()}
    wanted = [DELETED, SETTLED, *(cell.name for kind in RECORD_TYPES for cell in kind.cells)]
    for name in dict.fromkeys(wanted):
        if name not in known:
            known[name] = run("INSERT INTO fld(name) VALUES(?) RETURNING no", (name,)).scalar_one()
    return known


def _interned_author(connection: Connection, author: Author) -> int:
    ids = (UUID(author.user).bytes, UUID(author.device).bytes)
    run = connection.exec_driver_sql
    found = run("SELECT no FROM author WHERE user=? AND device=?", ids).fetchone()
    if found:
        return int(found[0])
    return int(run("INSERT INTO author(user, device) VALUES(?,?) RETURNING no", ids).scalar_one())
