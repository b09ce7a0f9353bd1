"""A carry file seen as a 置き場 that only gives, so that reading it in is a round (design-sync 6.7)."""

from __future__ import annotations

from collections.abc import Iterator

from app.sharing.objects.container import HEADER_BYTES, MOST_WHOLE_BYTES, ObjectType, read_header
from app.sharing.objects.large import LargeObject
from app.sharing.objects.malformed import MalformedObject
from app.sharing.objects.names import name_of
from app.sharing.objects.packs import Entry as Enclosed
from app.sharing.objects.packs import entries, read_entry
from app.sharing.objects.pieces import read_at
from app.sharing.places.place import (
    LARGEST_OBJECT,
    Content,
    Entry,
    Failed,
    Listing,
    Missing,
    NotYet,
    Trouble,
    failed,
)
from app.sharing.places.stopping import Stop


class NowherePlace:
    """No 置き場 at hand: what is sealed waits, as it does without a connection."""

    parallel = 1

    def put(self, name: str, content: bytes, stop: Stop) -> Failed:
        """See Place."""
        return failed(Trouble.READ_ONLY)

    def get(
        self, name: str, stop: Stop, at_most: int = LARGEST_OBJECT
    ) -> Content | Missing | NotYet | Failed:
        """See Place."""
        return Missing()

    def list(self, prefix: str, stop: Stop) -> Listing | Failed:
        """See Place."""
        return Listing(())

    def delete(self, name: str, stop: Stop) -> Failed:
        """See Place."""
        return failed(Trouble.READ_ONLY)

    def close(self) -> None:
        """See Place."""


class CarriedPlace(NowherePlace):
    """What lies in an open carry file, under the names that its objects would have in a 置き場."""

    def __init__(self, carry: LargeObject) -> None:
        self._carry = carry
        self._held = dict(_named(carry))

    @property
    def blobs(self) -> tuple[Enclosed, ...]:
        """The attached files in it."""
        return tuple(each for name, each in self._held.items() if name.startswith("b/"))

    def get(
        self, name: str, stop: Stop, at_most: int = LARGEST_OBJECT
    ) -> Content | Missing | NotYet | Failed:
        """See Place. What is not the object of its index is not there."""
        stop.check()
        try:
            return Content(read_entry(self._carry, self._held[name])) if name in self._held else Missing()
        except MalformedObject:
            return Missing()

    def list(self, prefix: str, stop: Stop) -> Listing:
        """See Place."""
        return Listing(
            tuple(Entry(name, each.size) for name, each in self._held.items() if name.startswith(prefix))
        )


def _named(carry: LargeObject) -> Iterator[tuple[str, Enclosed]]:
    for each in entries(carry):
        try:
            start = read_at(carry.source, each.offset, min(each.size, HEADER_BYTES))
            header = read_header(start, each.size, carry.header.vault)
            if header.type == ObjectType.BLOB or each.size <= MOST_WHOLE_BYTES:
                yield name_of(header, each.id).path, each
        except (MalformedObject, ValueError):
            continue
