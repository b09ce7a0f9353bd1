"""How far a round is: counted on its thread, looked at from the window."""

from __future__ import annotations


class Progress:
    """`done` of `total` objects; both only grow, so that no bar goes backwards."""

    def __init__(self) -> None:
        self.done = 0
        self.total = 0

    def expect(self, count: int) -> None:
        """So many more are to be fetched or put."""
        self.total += count

    def step(self) -> None:
        """One of them is done."""
        self.done = min(self.done + 1, self.total)
