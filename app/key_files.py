"""The key file on disk: read, written and mended, with a copy that serves when it is lost.

The copy is written first. An intact key file is the truth; the copy serves when the key file is missing or
damaged, and is brought up to date after the next unlocking. So a write that is cut short leaves the old keys,
never none.
"""

from __future__ import annotations

import logging
from pathlib import Path

from app.crypto.key_file_format import ReadKeyFile, from_bytes, to_bytes
from app.crypto.key_slots import KeyFile
from app.durable_files import write_durably
from app.errors import CannotRead, KeyFileDamaged, KeyFileMissing, StoreExists, write_fault
from app.paths import StoreFolder

_log = logging.getLogger(__name__)


def read_keys(folder: StoreFolder) -> ReadKeyFile:
    """The first intact one of key file and copy; else the first that can be read at all.

    Raises KeyFileMissing, KeyFileDamaged, KeyFileTooNew or CannotRead.
    """
    readable, faults = [], []
    for path in (folder.keys, folder.keys_copy):
        try:
            readable.append(_read(path))
        except (KeyFileMissing, KeyFileDamaged, CannotRead) as fault:
            faults.append(fault)
    if not readable:
        raise next((fault for fault in faults if not isinstance(fault, KeyFileMissing)), faults[0])
    return next((read for read in readable if read.is_intact), readable[0])


def create_keys(folder: StoreFolder, file: KeyFile) -> None:
    """Write the keys of a new store, making its folder. Raises StoreExists, or what a refused write is.

    Keys that stand there without a store are set aside, not overwritten: a backup may need them.
    """
    if folder.database.exists():
        raise StoreExists
    try:
        folder.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        _set_aside(folder.keys)
    except OSError as refused:
        raise write_fault(refused) from refused
    save_keys(folder, file)


def restore_keys(folder: StoreFolder, kept: Path) -> None:
    """Put the key file that a backup kept back into its place, setting aside what stands there.

    Its passphrase and words are those of the backup's day. Raises what reading it and writing raise.
    """
    read = _read(kept)
    if not read.is_intact:
        raise KeyFileDamaged
    try:
        _set_aside(folder.keys)
    except OSError as refused:
        raise write_fault(refused) from refused
    save_keys(folder, read.file)


def save_keys(folder: StoreFolder, file: KeyFile) -> None:
    """Replace key file and copy. Raises what a refused write is; the old keys then still open the store."""
    written = to_bytes(file)
    try:
        write_durably(folder.keys_copy, written)
        write_durably(folder.keys, written)
    except OSError as refused:
        raise write_fault(refused) from refused


def mend_keys(folder: StoreFolder, read: ReadKeyFile) -> None:
    """Bring the key file and its copy up to what has just opened the store, if one of them differs."""
    if not read.is_intact:
        return
    written = to_bytes(read.file)
    try:
        for path in (folder.keys_copy, folder.keys):
            if not path.exists() or path.read_bytes() != written:
                write_durably(path, written)
    except OSError as refused:
        _log.warning("key file not mended: errno %s", refused.errno)


def _read(path: Path) -> ReadKeyFile:
    try:
        return from_bytes(path.read_bytes())
    except FileNotFoundError:
        raise KeyFileMissing from None
    except OSError as refused:
        raise CannotRead from refused


def _set_aside(path: Path) -> None:
    if not path.exists():
        return
    names = (path.with_name(f"{path.stem}.before-{number}.json") for number in range(1, 1000))
    path.rename(next(name for name in names if not name.exists()))
