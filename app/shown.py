"""How far screens have what came from others: no save claims to have seen more (design-sync 2.3)."""

from __future__ import annotations


class Shown:
    """Objects of the mirror have rising numbers. `until` is the last one that screens show, None for all.

    A round says where it begins; the window says when it has caught up. Without a window all counts as shown.
    """

    def __init__(self) -> None:
        self.until: int | None = None
        self._going: int | None = None

    def begin(self, newest: int) -> None:
        """A round begins; `newest` is the greatest number so far."""
        self._going = newest
        if self.until is None:
            self.until = newest

    def end(self) -> None:
        """The round has ended, and told of what it brought."""
        self._going = None

    def caught_up(self) -> None:
        """The screens show everything but what a running round brings."""
        self.until = self._going
