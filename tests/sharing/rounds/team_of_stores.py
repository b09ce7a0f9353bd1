"""A team of devices with real stores that share through a 置き場 in memory; any may be restored or cloned."""

from __future__ import annotations

import random
import shutil
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.bootstrap import DEVICE, TEAM, USER, open_workplace
from app.crypto.key_slots import StoreKey
from app.domain.terms import TeamRole
from app.errors import AppError
from app.ids import record_id
from app.paths import StoreFolder
from app.rows.sharing import RoundReport
from app.services.sharing import SharingService
from app.services.sharing_rounds import RoundWishes
from app.sharing.places.place import Place
from app.sharing.rounds.packing import PackRules
from app.workplace import Workplace
from db import store as db_store
from db.change_log import unpack
from db.mirror import Mirror
from db.packs import Packs
from tests.sharing.rounds.faulty_place import FaultyPlace, Storage

KEY = StoreKey(bytes(range(48)))
START = datetime(2025, 7, 22, 4, 0, tzinfo=UTC)
COMPANIES = 3


class Clock:
    """One for the whole team; each look is a millisecond later."""

    def __init__(self) -> None:
        self._now = START

    def now(self) -> datetime:
        self._now += timedelta(milliseconds=1)
        return self._now

    def move(self, ahead: timedelta) -> None:
        self._now += ahead


@dataclass
class Device:
    """A laptop: its folder, the open store, and its access to the place."""

    folder: StoreFolder
    workplace: Workplace
    access: FaultyPlace
    backups: list[Path] = field(default_factory=list)

    @property
    def sharing(self) -> SharingService:
        return SharingService(self.workplace, self._open)

    def _open(self, address: str) -> tuple[Place, str]:
        return self.access, address

    def close(self) -> None:
        self.workplace.store.close()

    def values(self) -> set[str]:
        """Every value of its log."""
        with self.workplace.store.reading() as connection:
            rows = connection.exec_driver_sql("SELECT value FROM change WHERE value IS NOT NULL").fetchall()
        return {value for (packed,) in rows if isinstance(value := unpack(packed), str)}

    def unsent(self) -> set[str]:
        """Values that nobody else can have: not sealed, or not seen in the place yet."""
        sql = (
            "SELECT value FROM change LEFT JOIN object ON object.no=change.segment"
            " WHERE value IS NOT NULL AND (segment IS NULL OR placed=0)"
        )
        with self.workplace.store.reading() as connection:
            rows = connection.exec_driver_sql(sql).fetchall()
        return {value for (packed,) in rows if isinstance(value := unpack(packed), str)}

    def view(self) -> list[tuple[object, ...]]:
        """Everything shown of the team and its companies."""
        shown: list[tuple[object, ...]] = []
        with self.workplace.store.reading() as connection:
            for kind in ("company", "person"):
                sql = f"SELECT id, compartment, deleted, conflicts, name FROM {kind} ORDER BY id"
                shown += [tuple(row) for row in connection.exec_driver_sql(sql)]
        return shown

    def held(self) -> dict[str, bytes]:
        """Its mirror, by the names in the place."""
        with self.workplace.store.reading() as connection:
            mirror = Mirror(connection)
            return {name: mirror.bytes_of(number) for number, _, name, *_ in mirror.names()}

    def packs(self) -> dict[str, set[str]]:
        """Names of what each pack that it holds stands for."""
        with self.workplace.store.reading() as connection:
            packs = Packs(connection)
            return {
                name: {member for member, *_ in members}
                for number, _, name, *_ in Mirror(connection).names()
                if (members := packs.in_pack(number))
            }

    def own_streams(self) -> set[bytes]:
        with self.workplace.store.reading() as connection:
            return {bytes(stream) for (stream,) in connection.exec_driver_sql("SELECT id FROM stream")}


EAGER = PackRules(segments=3, age_ms=0, keep_loose_ms=0, between_tidying_ms=0)
"""Packs are made, and stand alone, as soon as may be."""


class Team:
    """Devices that join one after the other, and what was written and may be lost."""

    def __init__(
        self, path: Path, seed: int, members: int, rate: float = 0.15, packs: PackRules = EAGER
    ) -> None:
        self.packs = packs
        self.rng = random.Random(seed)
        self.path = path
        self.clock = Clock()
        self.storage = Storage()
        self.rate = rate
        self.devices: list[Device] = []
        self.written: set[str] = set()
        self.may_be_lost: set[str] = set()
        self.records: list[tuple[str, str, str]] = []
        first = self.new_device()
        for kind, compartment in [("person", None)] + [("company", "")] * COMPANIES:
            record = first.workplace.new_id()
            home = record if compartment == "" else first.workplace.team_id
            self.records.append((kind, record, home))
            self.write(first, kind, record, home)
        first.sharing.create("memory", "佐藤")
        for number in range(1, members):
            self.join(f"伊藤{number}")

    def new_device(self) -> Device:
        folder = StoreFolder(self.path / str(len(self.devices)))
        folder.path.mkdir()
        ids = {name: record_id(self.clock.now()) for name in (TEAM, USER, DEVICE)}
        db_store.create(folder.database, KEY.raw, ids)
        return self._opened(folder)

    def _opened(self, folder: StoreFolder) -> Device:
        access = FaultyPlace(self.storage, self.rng, 0)
        device = Device(folder, open_workplace(folder, KEY, clock=self.clock), access)
        self.devices.append(device)
        return device

    def join(self, name: str, *, is_given_companies: bool = True) -> Device:
        first, device = self.devices[0], self.new_device()
        digits = device.sharing.join(first.sharing.invite().encode(), name)
        companies = [record for kind, record, _ in self.records if kind == "company"]
        first.sharing.approve(digits, TeamRole.MEMBER, companies if is_given_companies else ())
        device.sharing.synchronise()
        return device

    # what happens to a team

    def write(self, device: Device, kind: str, record: str, home: str) -> str:
        value = f"{kind} {len(self.written)}"
        with device.workplace.action("書く", None) as work:
            work.save(kind, record, {"name": value}, compartment=home)
        self.written.add(value)
        return value

    def round(self, device: Device, *, look_through: bool = False) -> RoundReport | None:
        """One round, which faults may end."""
        wishes = RoundWishes(look_through=look_through, healing_delay_ms=lambda: 0, packs=self.packs)
        with suppress(AppError):
            return device.sharing.synchronise(wishes=wishes)
        return None

    def back_up(self, device: Device) -> None:
        copy = device.folder.path / f"backup{len(device.backups)}"
        device.close()
        shutil.copy(device.folder.database, copy)
        device.backups.append(copy)
        self._reopen(device)

    def restore(self, device: Device) -> None:
        """Its disk is lost; an old backup takes its place."""
        if device.backups:
            self.may_be_lost |= device.unsent() | self._only_at(device)
            device.workplace.store.abandon()
            for left in device.folder.path.glob("store.db-*"):
                left.unlink()
            shutil.copy(self.rng.choice(device.backups), device.folder.database)
            self._reopen(device)

    def _only_at(self, device: Device) -> set[str]:
        """Values in objects that nobody else holds: the place may yet lose them."""
        others: set[str] = set()
        for other in self.devices:
            others |= other.values() if other is not device else set()
        return device.values() - others

    def clone(self, device: Device) -> Device:
        folder = StoreFolder(self.path / str(len(self.devices)))
        folder.path.mkdir()
        device.close()
        shutil.copy(device.folder.database, folder.database)
        self._reopen(device)
        return self._opened(folder)

    def _reopen(self, device: Device) -> None:
        device.workplace = open_workplace(device.folder, KEY, clock=self.clock)

    def happen(self) -> None:
        """One event."""
        device = self.rng.choice(self.devices)
        doing = self.rng.choices(
            ("write", "round", "spoil", "back up", "restore", "clone", "snapshot"),
            (30, 40, 10, 4, 3, 1, 6),
        )[0]
        if doing == "write":
            self.write(device, *self.rng.choice(self.records))
        elif doing == "round":
            self.round(device, look_through=self.rng.random() < 0.2)
        elif doing == "spoil":
            self.storage.spoil(self.rng)
        elif doing == "back up":
            self.back_up(device)
        elif doing == "restore":
            self.restore(device)
        elif doing == "clone" and len(self.devices) < 5:
            self.clone(device)
        elif doing == "snapshot":
            self.storage.snapshots.append(dict(self.storage.objects))

    def live(self, events: int) -> None:
        for device in self.devices:
            device.access.rate = self.rate
        for _ in range(events):
            self.happen()
            for device in self.devices:
                device.access.rate = self.rate

    def grow_quiet(self, rounds: int = 3) -> None:
        """Nothing goes wrong any more, and everybody synchronises."""
        for device in self.devices:
            device.access.rate = 0
        for _ in range(rounds):
            for device in self.devices:
                self.full_round(device)

    def full_round(self, device: Device) -> RoundReport:
        """One that looks everything through, heals at once, and fills an empty place."""
        no_delay = RoundWishes(True, True, healing_delay_ms=lambda: 0, packs=self.packs)
        return device.sharing.synchronise(wishes=no_delay)

    def opened_twice(self, device: Device) -> Device:
        """The same store in another window or command."""
        return Device(device.folder, open_workplace(device.folder, KEY, clock=self.clock), device.access)

    def close(self) -> None:
        for device in self.devices:
            device.workplace.store.abandon()

    # what must hold

    def complaints(self) -> list[str]:
        """What does not hold, in words; empty when all is well."""
        views = [device.view() for device in self.devices]
        told = [f"{number} shows another thing" for number, view in enumerate(views) if view != views[0]]
        lying = self.lying()
        for number, device in enumerate(self.devices):
            told += [f"{number}: view and log differ"] * bool(device.workplace.store.check().faults)
            lost = self.written - device.values() - self.may_be_lost
            told += [f"{number} lost {value}" for value in sorted(lost)]
            told += [f"the place lacks {name} of {number}" for name in sorted(device.held().keys() - lying)]
        return told

    def lying(self) -> set[str]:
        """Names of what lies in the place as it was made, by itself or in a pack."""
        lying: set[str] = set()
        for device in self.devices:
            whole = {name for name, held in device.held().items() if self.storage.objects.get(name) == held}
            lying |= whole.union(*(held for name, held in device.packs().items() if name in whole))
        return lying
