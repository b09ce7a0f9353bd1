"""What every decoder of foreign bytes raises."""

from __future__ import annotations


class MalformedObject(Exception):
    """Foreign bytes are not what they would have to be: torn, altered, forged, or beyond a limit.

    `reason` is a fixed phrase of the program, fit for a log; nothing of the bytes is ever part of it.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NewerFormat(MalformedObject):
    """A newer program made it: it is mirrored and passed on, and cannot be read here (design-sync 9)."""
