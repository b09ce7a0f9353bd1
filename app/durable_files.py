"""Small files that are either the old one or the new one, whatever happens in between."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO


def write_durably(path: Path, content: bytes) -> None:
    """Replace the file's content: temporary file, fsync, rename, fsync of the folder. Raises OSError.

    The file is readable by its owner only. After an OSError the old content is still there.
    """
    temporary = path.with_name(f"{path.name}.new")
    try:
        _write_synced(temporary, content)
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def open_private(path: Path) -> BinaryIO:
    """Open a new or emptied file for writing that only its owner can read. Raises OSError."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
    return open(descriptor, "wb")  # noqa: PTH123 (opened above for its mode; the caller closes it)


def _write_synced(path: Path, content: bytes) -> None:
    with open_private(path) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the rename itself last. Windows has no such call; NTFS keeps renames in its journal."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
