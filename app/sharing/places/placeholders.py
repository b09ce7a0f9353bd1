"""Files that a cloud client shows while their content is elsewhere (OneDrive, Box, Dropbox, Nextcloud).

Windows tells by file attributes (FILE_ATTRIBUTE_OFFLINE, _RECALL_ON_OPEN, _RECALL_ON_DATA_ACCESS), macOS by
the flag SF_DATALESS. Older clients put a small file with another name in the object's place.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

_ELSEWHERE_ON_WINDOWS: Final = 0x1000 | 0x40000 | 0x400000
_ELSEWHERE_ON_MACOS: Final = 0x40000000
_SUFFIXES: Final = (".nextcloud", ".owncloud")
_ICLOUD: Final = (".", ".icloud")
_MOST_WANTED: Final = 10_000


def is_placeholder(status: object) -> bool:
    """Would reading the file with this status (`os.stat_result`) wait for a download?"""
    attributes = getattr(status, "st_file_attributes", 0)
    flags = getattr(status, "st_flags", 0)
    return bool(attributes & _ELSEWHERE_ON_WINDOWS or flags & _ELSEWHERE_ON_MACOS)


def name_behind(file_name: str) -> str | None:
    """The name of the object that a placeholder with a name of its own stands for, or None."""
    for suffix in _SUFFIXES:
        if file_name.endswith(suffix):
            return file_name.removesuffix(suffix)
    before, after = _ICLOUD
    if file_name.startswith(before) and file_name.endswith(after):
        return file_name.removeprefix(before).removesuffix(after)
    return None


def stands_in(path: Path) -> bool:
    """Does a placeholder with a name of its own lie in the file's place?"""
    before, after = _ICLOUD
    names = [f"{path.name}{suffix}" for suffix in _SUFFIXES] + [f"{before}{path.name}{after}"]
    return any(path.with_name(name).exists() for name in names)


def read_first_byte(path: Path) -> None:
    """Make the client bring the content. Waits for it, for minutes on a slow line. Raises OSError."""
    with path.open("rb") as file:
        file.read(1)


def _on_a_thread(act: Callable[[], None]) -> None:
    threading.Thread(target=act, name="content wanted", daemon=True).start()


class ContentWanted:
    """Asks the client for contents one after the other, on a thread that nobody waits for."""

    def __init__(
        self,
        ask: Callable[[Path], None] = read_first_byte,
        start: Callable[[Callable[[], None]], None] = _on_a_thread,
    ) -> None:
        self._ask = ask
        self._start = start
        self._guard = threading.Lock()
        self._waiting: OrderedDict[Path, None] = OrderedDict()
        self._is_asking = False

    def want(self, path: Path) -> None:
        """Have the content brought at some time; wanting it again changes nothing."""
        with self._guard:
            if len(self._waiting) >= _MOST_WANTED or path in self._waiting:
                return
            self._waiting[path] = None
            if self._is_asking:
                return
            self._is_asking = True
        self._start(self._ask_all)

    def want_no_more(self) -> None:
        """Forget what was not asked for yet."""
        with self._guard:
            self._waiting.clear()

    def _ask_all(self) -> None:
        while path := self._next():
            with suppress(OSError):
                self._ask(path)
            with self._guard:
                self._waiting.pop(path, None)

    def _next(self) -> Path | None:
        with self._guard:
            found = next(iter(self._waiting), None)
            self._is_asking = found is not None
            return found
