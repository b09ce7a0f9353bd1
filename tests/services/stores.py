"""Whole stores for tests: with keys that open at once."""

from dataclasses import dataclass
from pathlib import Path

from app import store_keys
from app.bootstrap import create_store, open_workplace
from app.clock import Clock
from app.crypto.key_slots import StoreKey
from app.crypto.wrapping_keys import Argon2Cost
from app.paths import StoreFolder
from app.services.backups import BackupService
from app.workplace import Workplace

CHEAP = Argon2Cost(memory_kib=8, passes=1, lanes=1)
PASSPHRASE = "工場のカギは三つあるはず"


@dataclass(frozen=True)
class MadeStore:
    """A store on disk with its key and the clock of the test."""

    folder: StoreFolder
    key: StoreKey
    clock: Clock

    def opened(self) -> Workplace:
        return open_workplace(self.folder, self.key, clock=self.clock)

    @property
    def backups(self) -> BackupService:
        return BackupService(self.folder, self.key, self.clock)


def make_store(path: Path, clock: Clock, store_id: str = "0198a2b4-0000-7000-8000-000000000001") -> MadeStore:
    folder = StoreFolder(path)
    keys = store_keys.new_keys(store_id, PASSPHRASE, cost=CHEAP)
    create_store(folder, keys, clock)
    return MadeStore(folder, keys.key, clock)
