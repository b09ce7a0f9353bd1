"""Devices that share one team's records in memory: their stores, clocks, forms and exchanges."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from app.ids import save_id
from app.sync import form as forms
from app.sync import merge
from app.sync.clock import HybridClock
from app.sync.merge import CellView, LoggedChange, RecordView, records

Key = tuple[str, str]
Log = dict[Key, dict[bytes, LoggedChange]]

PARENT, CHILD, LONE = "plan", "step", "note"
RECORDS = (PARENT, CHILD, LONE)
DELETED = records.DELETED_FIELD
NEWER_KIND = "replace"
"""A kind that only the newer schema understands; there it means what `set` means."""

OLD_SCHEMA = {"name": "latest", "memo": "text", "label": "strictest", "flag": "true-wins", "approval": "ask"}
NEW_SCHEMA = OLD_SCHEMA | {"novel": "text"}
MINUTE_MS = 60_000


class CrashError(Exception):
    """The program was killed between two writes."""


@dataclass(frozen=True)
class Breach:
    """An invariant that did not hold: its number in the design, and what was found."""

    invariant: int
    found: str


@dataclass
class Store:
    """What survives a crash. `fuse` counts the writes left before the next one."""

    log: Log = field(default_factory=dict)
    views: dict[Key, CellView] = field(default_factory=dict)
    fuse: int | None = None

    def write(self, rows: Iterable[tuple[Key, LoggedChange | CellView]]) -> None:
        """Write all rows in one transaction."""
        staged = []
        for row in rows:
            self.burn()
            staged.append(row)
        self.burn()
        for key, row in staged:
            self.put(key, row)

    def put(self, key: Key, row: LoggedChange | CellView) -> None:
        if isinstance(row, LoggedChange):
            self.log.setdefault(key, {})[row.id] = row
        else:
            self.views[key] = row

    def burn(self) -> None:
        if self.fuse is not None:
            self.fuse -= 1
            if self.fuse < 0:
                self.fuse = None
                raise CrashError

    def copy(self) -> Store:
        return Store({key: dict(changes) for key, changes in self.log.items()}, dict(self.views))

    def entries(self) -> list[tuple[Key, LoggedChange]]:
        return [(key, change) for key, changes in self.log.items() for change in changes.values()]


@dataclass
class Form:
    """A record as it was loaded. `shown` is worked out from what is on the screen, not from the tokens."""

    record: str
    views: dict[str, CellView]
    tokens: dict[str, forms.CellToken]
    shown: dict[str, set[bytes]]

    @property
    def values(self) -> dict[str, object]:
        return {name: view.value for name, view in self.views.items()}


@dataclass
class Draft:
    """A change before it has an id and a time; `shown` is what the author had on the screen."""

    key: Key
    kind: str
    value: object
    token: forms.CellToken
    shown: set[bytes]
    covers: frozenset[bytes] = frozenset()
    is_current: bool = True


class World:
    """The devices, the true time, and what an observer of everything has noticed."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.true_ms = 1_750_000_000_000
        self.devices: list[Device] = []
        self.breaches: list[Breach] = []
        self.written: dict[bytes, LoggedChange] = {}
        self._fresh = 0

    def fresh(self) -> int:
        """A number that was never used before."""
        self._fresh += 1
        return self._fresh

    def breach(self, invariant: int, found: str) -> None:
        self.breaches.append(Breach(invariant, found))

    def exchange(self, giver: Device, taker: Device, share: float) -> None:
        """Hand over part of one device's changes in any order, some of them twice, in batches."""
        entries = [entry for entry in giver.store.entries() if self.rng.random() < share]
        entries += self.rng.sample(entries, len(entries) // 4)
        self.rng.shuffle(entries)
        while entries:
            size = self.rng.randint(1, len(entries))
            taker.receive(entries[:size])
            entries = entries[size:]

    def quiet(self) -> None:
        """Everybody gets everything, each in another order."""
        every = [entry for device in self.devices for entry in device.store.entries()]
        for device in self.devices:
            self.rng.shuffle(every)
            device.receive(every)


class Device:
    """One installation of the program, in one of two versions."""

    def __init__(self, world: World, *, is_new: bool, skew_ms: int) -> None:
        self.world = world
        self.is_new = is_new
        self.skew_ms = skew_ms
        self.was_always_correct = skew_ms == 0
        self.store = Store()
        self.clock = HybridClock(self.wall_ms)

    @property
    def schema(self) -> dict[str, str]:
        return NEW_SCHEMA if self.is_new else OLD_SCHEMA

    def wall_ms(self) -> int:
        return self.world.true_ms + self.skew_ms

    def reopen(self) -> None:
        """Start the program again: all that was only in memory is gone."""
        rebuilt = {key: self.resolve(key, changes.values()) for key, changes in self.store.log.items()}
        if rebuilt != self.store.views:
            self.world.breach(15, "views and log disagree after a crash")
        times = [change.time for _key, change in self.store.entries()]
        self.clock = HybridClock(self.wall_ms, max(times, default=0))

    def policy(self, key: Key) -> str:
        return self.schema.get(key[1], "latest")

    def as_understood(self, change: LoggedChange) -> LoggedChange:
        if self.is_new and change.kind == NEWER_KIND:
            return replace(change, kind=merge.SET)
        return change

    def resolve(self, key: Key, changes: Iterable[LoggedChange]) -> CellView:
        return merge.resolve([self.as_understood(change) for change in changes], self.policy(key))

    def view(self, record: str, name: str) -> CellView:
        return self.store.views.get((record, name)) or self.resolve((record, name), [])

    def cells(self, record: str) -> dict[str, CellView]:
        return {key[1]: view for key, view in self.store.views.items() if key[0] == record}

    def record(self, record: str) -> RecordView:
        own = self._own_state(record)
        return merge.kept_by_children(own, [self._own_state(CHILD)]) if record == PARENT else own

    def _own_state(self, record: str) -> RecordView:
        arrived = {
            identity for key, changes in self.store.log.items() if key[0] == record for identity in changes
        }
        deleted = list(self.store.log.get((record, DELETED), {}).values())
        return merge.resolve_record(deleted, self.cells(record), arrived=arrived)

    def load(self, record: str) -> Form:
        views = {name: self.view(record, name) for name in self.schema}
        return Form(
            record,
            views,
            {name: forms.token_of(view) for name, view in views.items()},
            {name: self.on_screen((record, name), view) for name, view in views.items()},
        )

    def on_screen(self, key: Key, view: CellView) -> set[bytes]:
        """Changes whose value stands on the screen, both sides of a merge included."""
        changes = map(self.as_understood, self.store.log.get(key, {}).values())
        equal = {c.id for c in changes if c.kind == merge.SET and merge.same_value(c.value, view.value)}
        return equal.union(view.heads) if view.merged else equal

    def write(self, drafts: list[Draft]) -> None:
        """Make one save of the drafts. Raises CrashError with nothing written."""
        if not drafts:
            return
        save = save_id(self.world.rng.randbytes)
        changes = [(draft, self._change(save, index, draft)) for index, draft in enumerate(drafts)]
        try:
            self._apply([(draft.key, change) for draft, change in changes])
        finally:
            self._look_for_halves(save, len(drafts))
        for draft, change in changes:
            self._note(draft, change)

    def receive(self, entries: list[tuple[Key, LoggedChange]]) -> None:
        """Take what another device handed over."""
        self._apply(entries)
        for _key, change in entries:
            self.clock.observe(change.time)

    def _change(self, save: bytes, index: int, draft: Draft) -> LoggedChange:
        identity = merge.change_id(save, index)
        token = draft.token
        value = None if draft.kind == merge.ACK else draft.value
        return LoggedChange(
            identity, draft.kind, value, self.clock.tick(), token.seen, token.known, draft.covers
        )

    def _apply(self, entries: list[tuple[Key, LoggedChange]]) -> None:
        new: Log = {}
        for key, change in entries:
            if change.id not in self.store.log.get(key, {}):
                new.setdefault(key, {})[change.id] = change
        rows: list[tuple[Key, LoggedChange | CellView]] = []
        for key, changes in new.items():
            rows += [(key, change) for change in changes.values()]
            rows.append((key, self.resolve(key, (self.store.log.get(key, {}) | changes).values())))
        self.store.write(rows)

    def _look_for_halves(self, save: bytes, whole: int) -> None:
        found = sum(change.id.startswith(save) for _key, change in self.store.entries())
        if found not in {0, whole}:
            self.world.breach(15, f"{found} of {whole} changes of a save were written")

    def _note(self, draft: Draft, change: LoggedChange) -> None:
        world = self.world
        if change.id in world.written:
            world.breach(9, f"two changes are called {change.id.hex()}")
        world.written[change.id] = change
        if not change.seen <= draft.shown:
            world.breach(6, f"{draft.key} claims to have seen what was not on the screen")
        if self.was_always_correct and change.time >> 16 > world.true_ms + 10 * MINUTE_MS:
            world.breach(11, f"{draft.key} was written {(change.time >> 16) - world.true_ms} ms ahead")
        shown = self.view(*draft.key).value
        if change.kind != merge.ACK and draft.is_current and not merge.same_value(shown, change.value):
            world.breach(3, f"{draft.key} shows {shown!r} after {change.value!r} was saved")


def sentences_of(text: str) -> list[str]:
    """Sentences by the plainest means, to judge the merge by."""
    return [sentence for sentence in re.split(r"(?<=[。\n])", text) if sentence]
