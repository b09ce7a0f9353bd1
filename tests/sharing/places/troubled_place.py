"""A place in memory that behaves as badly as design-sync 6.1 allows; for tests of whatever uses places."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from random import Random

from app.sharing.places.names import checked_found_name, checked_name, checked_prefix
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
from app.sharing.places.stopping import Stop


class MemoryPlace:
    """Does what it is asked."""

    parallel = 4

    def __init__(self, kept: Mapping[str, bytes], on_put: Callable[[], None] = lambda: None) -> None:
        self.kept = dict(kept)
        self.asked = 0
        self._on_put = on_put
        self._guard = threading.Lock()

    def put(self, name: str, content: bytes, stop: Stop) -> Stored | Failed:
        self._ask(stop)
        self._on_put()
        with self._guard:
            self.kept[checked_name(name)] = content
        return Stored()

    def get(
        self, name: str, stop: Stop, at_most: int = LARGEST_OBJECT
    ) -> Content | Missing | NotYet | Failed:
        self._ask(stop)
        content = self.kept.get(checked_found_name(name))
        if content is None:
            return Missing()
        if len(content) > at_most:
            return failed(Trouble.TOO_LARGE)
        return Content(content) if content else NotYet()

    def list(self, prefix: str, stop: Stop) -> Listing | Failed:
        self._ask(stop)
        checked_prefix(prefix)
        with self._guard:
            found = [(name, len(content)) for name, content in self.kept.items() if name.startswith(prefix)]
        return Listing(tuple(Entry(name, size) for name, size in found))

    def delete(self, name: str, stop: Stop) -> Deleted | Failed:
        self._ask(stop)
        with self._guard:
            self.kept.pop(checked_name(name), None)
        return Deleted()

    def close(self) -> None:
        pass

    def _ask(self, stop: Stop) -> None:
        stop.check()
        with self._guard:
            self.asked += 1


class TroubledPlace(MemoryPlace):
    """The same with faults drawn from `draw`: torn and lost puts, lost words, old listings, placeholders."""

    def __init__(self, kept: Mapping[str, bytes], draw: Random, share: float = 0.2) -> None:
        super().__init__(kept)
        self._draw = draw
        self._share = share
        self._seen: dict[str, Listing] = {}

    def put(self, name: str, content: bytes, stop: Stop) -> Stored | Failed:
        if not self._happens():
            return super().put(name, content, stop)
        fault = self._draw.choice(("torn", "lost", "unsaid", "refused"))
        if fault == "torn":
            super().put(name, content[: self._draw.randrange(len(content) + 1)], stop)
        if fault == "unsaid":
            super().put(name, content, stop)
        return Stored() if fault in {"torn", "lost"} else failed(Trouble.CUT)

    def get(
        self, name: str, stop: Stop, at_most: int = LARGEST_OBJECT
    ) -> Content | Missing | NotYet | Failed:
        if self._happens():
            faults: tuple[Missing | NotYet | Failed, ...] = (Missing(), NotYet(), failed(Trouble.CUT))
            return self._draw.choice(faults)
        return super().get(name, stop, at_most)

    def list(self, prefix: str, stop: Stop) -> Listing | Failed:
        if prefix in self._seen and self._happens():
            return self._seen[prefix]
        listing = super().list(prefix, stop)
        assert isinstance(listing, Listing)
        entries = [each for each in listing.entries if not self._happens()]
        self._draw.shuffle(entries)
        self._seen[prefix] = Listing(tuple(entries))
        return self._seen[prefix]

    def _happens(self) -> bool:
        return self._draw.random() < self._share
