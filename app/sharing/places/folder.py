"""A folder as a 置き場: network share, USB stick, or one that a cloud client keeps (design-sync 6.1).

The folder itself is never made: where a stick is not plugged in, its path leads to this machine's own disk.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeVar

from app.sharing.places.names import checked_found_name, checked_name, checked_prefix, is_directory, is_object
from app.sharing.places.place import (
    LARGEST_OBJECT,
    Content,
    Deleted,
    Entry,
    Failed,
    Listing,
    Missing,
    NotYet,
    Stored,
    Trouble,
    failed,
)
from app.sharing.places.placeholders import ContentWanted, is_placeholder, name_behind, stands_in
from app.sharing.places.stopping import Stop

PATIENCE_S: Final = 3.0
_PAUSE_S: Final = 0.1
_PIECE: Final = 1 << 20
_HELD: Final = frozenset((5, 32, 33))
"""Windows: access denied, sharing violation, lock violation. A virus scanner or sync client has the file."""
_NO_ROOM: Final = frozenset((39, 112))
"""Windows: the disk is full. Python gives the first of them no number of its own."""
_SHARE_GONE: Final = frozenset((51, 53, 54, 55, 59, 64, 67, 121, 1231, 1232, 1236))
"""Windows: the network share does not answer."""
_TROUBLES: Final = {
    errno.ENOSPC: Trouble.FULL,
    errno.EDQUOT: Trouble.FULL,
    errno.EFBIG: Trouble.TOO_LARGE,
    errno.EROFS: Trouble.READ_ONLY,
    errno.EACCES: Trouble.READ_ONLY,
    errno.EPERM: Trouble.READ_ONLY,
    errno.EBUSY: Trouble.BUSY,
    errno.ESTALE: Trouble.UNREACHABLE,
    errno.ETIMEDOUT: Trouble.UNREACHABLE,
    errno.EHOSTDOWN: Trouble.UNREACHABLE,
    errno.EHOSTUNREACH: Trouble.UNREACHABLE,
    errno.ENOTCONN: Trouble.UNREACHABLE,
}
_READING: Final = (
    os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
)
_WRITING: Final = (
    os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
)

_Done = TypeVar("_Done")


class FolderPlace:
    """Objects as files below `root`. The further arguments play other systems in tests."""

    parallel = 4

    def __init__(
        self,
        root: Path,
        *,
        placeholder: Callable[[os.stat_result], bool] = is_placeholder,
        wanted: ContentWanted | None = None,
        replace: Callable[[Path, Path], object] = os.replace,
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._root = root
        self._is_placeholder = placeholder
        self._wanted = wanted or ContentWanted()
        self._replace = replace
        self._now_s = now_s
        self._made: set[Path] = set()

    def put(self, name: str, content: bytes, stop: Stop) -> Stored | Failed:
        """See Place. Written beside its name, synced, and then renamed over what lies there."""
        path = self._root / checked_name(name)
        try:
            try:
                self._store(path, content, stop)
            except FileNotFoundError:  # somebody removed a directory that was there
                self._made.clear()
                self._store(path, content, stop)
        except OSError as refused:
            return self._failure(refused)
        return Stored()

    def get(
        self, name: str, stop: Stop, at_most: int = LARGEST_OBJECT
    ) -> Content | Missing | NotYet | Failed:
        """See Place. What is no plain file is missing: a link may lead anywhere, a pipe never ends."""
        stop.check()
        path = self._root / checked_found_name(name)
        try:
            status = path.lstat()
            if not stat.S_ISREG(status.st_mode):
                return Missing()
            if self._is_placeholder(status):
                self._wanted.want(path)
                return NotYet()
            if status.st_size > at_most:
                return failed(Trouble.TOO_LARGE)
            content = self._patiently(lambda: _read(path, status.st_size, stop), stop)
        except (FileNotFoundError, NotADirectoryError):
            return self._nothing_at(path)
        except OSError as refused:
            return self._failure(refused, reading=True)
        return Content(content) if content is not None else NotYet()

    def list(self, prefix: str, stop: Stop) -> Listing | Failed:
        """See Place. Entries have no tag: times of change are not relied on."""
        checked_prefix(prefix)
        try:
            found = tuple(self._walk(prefix, stop))
        except OSError as refused:
            return self._failure(refused, reading=True)
        if not found and not self._root.is_dir():
            return failed(Trouble.ABSENT)
        return Listing(found)

    def delete(self, name: str, stop: Stop) -> Deleted | Failed:
        """See Place."""
        path = self._root / checked_name(name)
        try:
            self._patiently(path.unlink, stop)
        except (FileNotFoundError, NotADirectoryError):
            return Deleted() if self._root.is_dir() else failed(Trouble.ABSENT)
        except OSError as refused:
            return self._failure(refused)
        return Deleted()

    def close(self) -> None:
        """See Place."""
        self._wanted.want_no_more()

    def _store(self, path: Path, content: bytes, stop: Stop) -> None:
        temporary = path.with_name(f"{path.name}.tmp")
        self._make(path.parent)
        try:
            self._patiently(lambda: _write(temporary, content, stop), stop)
            self._patiently(lambda: self._replace(temporary, path), stop)
        except BaseException:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise
        _sync_directory(path.parent)

    def _make(self, directory: Path) -> None:
        """Make the directories between the folder and an object, links not followed. Raises OSError."""
        if directory in self._made:
            return
        if directory != self._root:
            self._make(directory.parent)
            with suppress(FileExistsError):
                directory.mkdir()
            if directory.is_symlink():
                raise OSError(errno.ENOTDIR, "a link where a directory should be")
            self._made.add(directory)

    def _walk(self, prefix: str, stop: Stop) -> Iterator[Entry]:
        waiting = [prefix]
        while waiting:
            stop.check()
            below = waiting.pop()
            try:
                with os.scandir(self._root / below) as files:
                    for file in files:
                        if file.is_dir(follow_symlinks=False):
                            if is_directory(f"{below}{file.name}"):
                                waiting.append(f"{below}{file.name}/")
                        elif entry := _entry(below, file):
                            yield entry
            except (FileNotFoundError, NotADirectoryError):
                continue

    def _patiently(self, act: Callable[[], _Done], stop: Stop) -> _Done:
        """Try again for 3 s while another program holds the file. Raises OSError, Stopped."""
        until = self._now_s() + PATIENCE_S
        while True:
            stop.check()
            try:
                return act()
            except OSError as refused:
                if getattr(refused, "winerror", None) not in _HELD or self._now_s() >= until:
                    raise
            stop.wait(_PAUSE_S)

    def _nothing_at(self, path: Path) -> Missing | NotYet | Failed:
        if stands_in(path):
            return NotYet()
        return Missing() if self._root.is_dir() else failed(Trouble.ABSENT)

    def _failure(self, refused: OSError, *, reading: bool = False) -> Failed:
        windows = getattr(refused, "winerror", None)
        if windows in _SHARE_GONE:
            return failed(Trouble.UNREACHABLE)
        if windows in _NO_ROOM:
            return failed(Trouble.FULL)
        if windows in _HELD and windows != 5:
            return failed(Trouble.BUSY)
        trouble = _TROUBLES.get(refused.errno or 0)
        if trouble in {None, Trouble.READ_ONLY} and not self._root.is_dir():
            return failed(Trouble.ABSENT)
        if reading and trouble is Trouble.READ_ONLY:
            trouble = Trouble.REFUSED
        return failed(trouble or Trouble.ODD, status=refused.errno or 0)


def _entry(below: str, file: os.DirEntry[str]) -> Entry | None:
    behind = name_behind(file.name)
    name = below + (behind or file.name)
    if not is_object(name):
        return None
    try:
        if not file.is_file(follow_symlinks=False):
            return None
        return Entry(name, 0 if behind else file.stat(follow_symlinks=False).st_size)
    except FileNotFoundError:
        return None


def _write(path: Path, content: bytes, stop: Stop) -> None:
    with os.fdopen(os.open(path, _WRITING, 0o666), "wb", buffering=0) as file:
        for start in range(0, len(content), _PIECE):
            stop.check()
            piece = memoryview(content)[start : start + _PIECE]
            while piece:
                piece = piece[file.write(piece) :]
        os.fsync(file.fileno())


def _read(path: Path, size: int, stop: Stop) -> bytes | None:
    """The content, or None while it is short, changing, or nothing but zeros, as after a lost power."""
    content = bytearray()
    with os.fdopen(os.open(path, _READING), "rb", buffering=0) as file:
        while len(content) <= size and (piece := file.read(_PIECE)):
            stop.check()
            content += piece
    is_whole = len(content) == size and (any(content[:16]) or any(content))
    return bytes(content) if is_whole else None


def _sync_directory(directory: Path) -> None:
    """Make the rename last; sticks and shares that cannot are left to the outbox, which looks again."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        descriptor = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
