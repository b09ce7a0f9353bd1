"""What a finished action touched, and who wants to know."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal


@dataclass(frozen=True)
class Changes:
    """(type, id) of every record that a finished action touched."""

    touched: frozenset[tuple[str, str]]
    origin: Literal["here", "place"] = "here"

    def touch(self, *record_types: str) -> bool:
        """Whether any record of these types was touched."""
        return not self.kinds.isdisjoint(record_types)

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The types of what was touched; a first round touches a hundred thousand records."""
        return frozenset(kind for kind, _ in self.touched)


Listener = Callable[[Changes], None]


class ChangeFeed:
    """Tells its listeners, in order, on the thread that published."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Add a listener; the returned function takes it away again."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def publish(self, changes: Changes) -> None:
        """Tell everybody."""
        for listener in tuple(self._listeners):
            listener(changes)
