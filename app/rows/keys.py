"""Keys of the program as lists to read and to print."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """Keys that belong together: each as its name, such as 「Ctrl+K」, and what it does."""

    heading: str
    keys: tuple[tuple[str, str], ...]
