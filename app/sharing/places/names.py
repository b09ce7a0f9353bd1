"""Names in a 置き場 (design-sync 6.1 and 6.2): strict for what we write, tolerant for what we find.

What sync clients and people make of a name, `… (1).osy` or `…-PC.osy`, is read as an object like any other:
an object proves what it is by its own bytes.
"""

from __future__ import annotations

import re
from typing import Final

LONGEST_NAME: Final = 119
LONGEST_FOUND_NAME: Final = 400
SUFFIX: Final = ".osy"
DEEPEST: Final = 6
"""Directories above an object; the layout needs three."""

_PART: Final = r"[a-z0-9-][a-z0-9.-]*"
_OURS: Final = re.compile(rf"(?:{_PART}/){{0,{DEEPEST}}}{_PART}\.osy")
_PREFIX: Final = re.compile(rf"(?:{_PART}/){{0,{DEEPEST}}}")
_NEVER_FOUND: Final = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|\ud800-\udfff]')
"""What Windows allows in no name, a stream's colon included, and what is no text."""


def checked_name(name: str) -> str:
    """The name, if this program may write it. Raises ValueError."""
    if len(name) > LONGEST_NAME or not _OURS.fullmatch(name):
        raise ValueError("no name of an object")
    return name


def checked_prefix(prefix: str) -> str:
    """The prefix, if it is empty or names a directory with a slash at its end. Raises ValueError."""
    if len(prefix) > LONGEST_NAME or not _PREFIX.fullmatch(prefix):
        raise ValueError("no directory of objects")
    return prefix


def checked_found_name(name: str) -> str:
    """The name, if a listing may have given it. Raises ValueError."""
    if not is_object(name):
        raise ValueError("no name that a listing gives")
    return name


def is_object(name: str) -> bool:
    """May an object lie under the name? Foreign files, hidden ones and `.tmp` are none."""
    parts = name.split("/")
    return (
        name.endswith(SUFFIX)
        and len(name) <= LONGEST_FOUND_NAME
        and len(parts) <= DEEPEST + 1
        and not _NEVER_FOUND.search(name)
        and not any(part.startswith(".") or not part for part in parts)
    )


def is_directory(name: str) -> bool:
    """May objects lie below a directory of this path, which is given without a slash at its end?"""
    return is_object(f"{name}/x{SUFFIX}")
