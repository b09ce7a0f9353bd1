"""A 置き場 that counts what is asked of it and what goes over the line."""

from __future__ import annotations

import threading

from app.sharing.places.place import (
    LARGEST_OBJECT,
    Content,
    Deleted,
    Failed,
    Listing,
    Missing,
    NotYet,
    Place,
    Stored,
)
from app.sharing.places.stopping import Stop

_ENTRY_BYTES = 24
"""What a listing tells of an entry beside its name."""


class CountingPlace:
    """Passes everything on. `bytes` are contents and names, without what a protocol adds."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._guard = threading.Lock()
        self.parallel = place.parallel
        self.requests = 0
        self.bytes = 0

    def put(self, name: str, content: bytes, stop: Stop) -> Stored | Failed:
        """Count an object that goes."""
        self._count(len(name) + len(content))
        return self._place.put(name, content, stop)

    def get(
        self, name: str, stop: Stop, at_most: int = LARGEST_OBJECT
    ) -> Content | Missing | NotYet | Failed:
        """Count an object that comes."""
        answer = self._place.get(name, stop, at_most)
        self._count(len(name) + (len(answer.content) if isinstance(answer, Content) else 0))
        return answer

    def list(self, prefix: str, stop: Stop) -> Listing | Failed:
        """Count a listing."""
        answer = self._place.list(prefix, stop)
        entries = answer.entries if isinstance(answer, Listing) else ()
        self._count(len(prefix) + sum(len(each.name) + _ENTRY_BYTES for each in entries))
        return answer

    def delete(self, name: str, stop: Stop) -> Deleted | Failed:
        """Count what is taken away."""
        self._count(len(name))
        return self._place.delete(name, stop)

    def close(self) -> None:
        """Let go of the place."""
        self._place.close()

    def _count(self, size: int) -> None:
        with self._guard:
            self.requests += 1
            self.bytes += size
