"""Is a folder kept by a cloud client? It may copy a store while half written, and bring an old one back.

Clients are known by the names they give their folders, by files they leave in them, and on Windows by the
variables that OneDrive sets. Every check takes its surroundings as arguments, so that tests play Windows and
macOS on any system.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath

_NAMES = (
    ("OneDrive", re.compile(r"OneDrive([ -].+)?|SkyDrive", re.IGNORECASE)),
    ("Dropbox", re.compile(r"Dropbox([ -].+)?", re.IGNORECASE)),
    ("Box", re.compile(r"Box Sync|Box-Box", re.IGNORECASE)),
    (
        "Google ドライブ",
        re.compile(r"Google ?Drive([ -].+)?|Google ドライブ|My Drive|マイドライブ", re.IGNORECASE),
    ),
    ("iCloud Drive", re.compile(r"iCloud ?Drive([ -].+)?|com~apple~CloudDocs", re.IGNORECASE)),
    ("Nextcloud", re.compile(r"Nextcloud([ -]?.+)?", re.IGNORECASE)),
)
_MARKERS = (
    ("Dropbox", (".dropbox.cache",)),
    ("Google ドライブ", (".tmp.drivedownload", ".tmp.driveupload", ".shortcut-targets-by-id")),
    ("Nextcloud", (".nextcloudsync.log", "._sync_*.db", ".sync_*.db")),
    ("OneDrive", (".849C9593-D756-4E56-8D6E-42412F2A707B",)),
)
_ONEDRIVE_VARIABLES = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
_HOMES = {"users", "home"}


def cloud_client_of(folder: Path, environ: Mapping[str, str] = os.environ) -> str | None:
    """The name of the client that keeps the folder or one above it, or None.

    Links are followed, because clients follow them too. The folder need not exist yet.
    """
    for path in (folder.absolute(), folder.resolve()):
        client = _client_by_variable(path, environ) or cloud_client_by_name(path) or _client_by_marker(path)
        if client:
            return client
    return None


def cloud_client_by_name(path: PurePath) -> str | None:
    """The client that one of the path's names belongs to."""
    for name in path.parts:
        for client, pattern in _NAMES:
            if pattern.fullmatch(name):
                return client
    return "Box" if _is_box_in_a_home(path) else None


def _is_box_in_a_home(path: PurePath) -> bool:
    """Box's own folder has an everyday word for a name, so only its usual place counts: ~/Box."""
    parts = [part.casefold() for part in path.parts]
    return any(above in _HOMES and name == "box" for above, name in zip(parts, parts[2:], strict=False))


def _client_by_variable(path: Path, environ: Mapping[str, str]) -> str | None:
    roots = [Path(environ[name]) for name in _ONEDRIVE_VARIABLES if environ.get(name)]
    return "OneDrive" if any(path.is_relative_to(root) for root in roots) else None


def _client_by_marker(path: Path) -> str | None:
    for folder in _itself_and_above(path):
        for client, markers in _MARKERS:
            if any(_holds(folder, marker) for marker in markers):
                return client
    return None


def _itself_and_above(path: Path) -> Iterator[Path]:
    yield path
    yield from path.parents


def _holds(folder: Path, marker: str) -> bool:
    try:
        return next(folder.glob(marker), None) is not None
    except OSError:
        return False
