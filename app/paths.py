"""Where things are on this device."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import PlatformDirs

HOME_VARIABLE = "BANSO_HOME"
"""Names a folder that takes the place of all the user's folders: for tests and automation."""


@dataclass(frozen=True, slots=True)
class UserFolders:
    """The folders of one user of this device. Nothing is created here."""

    data: Path
    settings: Path
    logs: Path

    @property
    def store(self) -> Path:
        """The folder of the team's store when none is named."""
        return self.data / "store"

    @property
    def rescue(self) -> Path:
        """Where sealed text waits that a store's disk did not take."""
        return self.data / "rescue"

    @property
    def practice_store(self) -> Path:
        """The folder of the practice store, apart from real data."""
        return self.data / "practice"


@dataclass(frozen=True, slots=True)
class StoreFolder:
    """The files of one store."""

    path: Path

    @property
    def database(self) -> Path:
        """The encrypted store file."""
        return self.path / "store.db"

    @property
    def keys(self) -> Path:
        """The key file."""
        return self.path / "store.keys.json"

    @property
    def keys_copy(self) -> Path:
        """The key file's copy, read when the key file cannot be."""
        return self.path / "store.keys.copy.json"

    @property
    def wrong_passphrases(self) -> Path:
        """How often a wrong passphrase was tried, and when."""
        return self.path / "store.tries.json"

    @property
    def lock(self) -> Path:
        """The file whose lock says that a process works in this store."""
        return self.path / "store.lock"

    @property
    def holder(self) -> Path:
        """Who holds the lock. A file of its own, because Windows lets nobody read a locked one."""
        return self.path / "store.holder.json"

    @property
    def backups(self) -> Path:
        """The folder of the daily backups."""
        return self.path / "backups"

    @property
    def blobs(self) -> Path:
        """The folder of attached files, each encrypted."""
        return self.path / "blobs"

    def holds_something(self) -> bool:
        """Whether a store is there, or what is left of one: then nothing new is begun in its place."""
        files = (self.database, self.keys, self.keys_copy)
        return any(file.exists() for file in files) or any(self.backups.glob("*.db"))


def user_folders(environ: Mapping[str, str] = os.environ) -> UserFolders:
    """The user's folders as the system has them, or all below `BANSO_HOME` where that is set."""
    if home := environ.get(HOME_VARIABLE):
        root = Path(home).absolute()
        return UserFolders(root / "data", root / "settings", root / "logs")
    system = PlatformDirs("Banso", appauthor=False)
    return UserFolders(system.user_data_path, system.user_config_path, system.user_log_path)
