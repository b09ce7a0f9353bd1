"""Many objects at once: as many requests as serve the place, answers as they come, few bytes held."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import TypeVar

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

_Asked = TypeVar("_Asked")
_Answer = TypeVar("_Answer")


def get_many(
    place: Place, names: Iterable[str], stop: Stop, at_most: int = LARGEST_OBJECT
) -> Iterator[tuple[str, Content | Missing | NotYet | Failed]]:
    """Each name with what came of it, in the order in which they came. Raises Stopped."""
    return _in_parallel(place, names, lambda name, own: place.get(name, own, at_most), stop)


def put_many(
    place: Place, objects: Iterable[tuple[str, bytes]], stop: Stop
) -> Iterator[tuple[str, Stored | Failed]]:
    """Each name with what came of it, in the order in which they came. Raises Stopped.

    The next object is asked for when a request is free, so that only few are in memory.
    """
    answers = _in_parallel(place, objects, lambda each, own: place.put(each[0], each[1], own), stop)
    return ((each[0], answer) for each, answer in answers)


def delete_many(place: Place, names: Iterable[str], stop: Stop) -> Iterator[tuple[str, Deleted | Failed]]:
    """Each name with what came of it, in the order in which they came. Raises Stopped."""
    return _in_parallel(place, names, place.delete, stop)


def list_many(place: Place, prefixes: Iterable[str], stop: Stop) -> Iterator[tuple[str, Listing | Failed]]:
    """Each prefix with what lies below it, in the order in which answers came. Raises Stopped."""
    return _in_parallel(place, prefixes, place.list, stop)


def _in_parallel(
    place: Place, asked: Iterable[_Asked], verb: Callable[[_Asked, Stop], _Answer], stop: Stop
) -> Iterator[tuple[_Asked, _Answer]]:
    """When the reader ends early, what is under way is stopped."""
    own = Stop()
    under_way: dict[Future[_Answer], _Asked] = {}
    waiting = iter(asked)
    with stop.calling(own.ask), ThreadPoolExecutor(place.parallel, "place") as threads:
        try:
            while True:
                for each in _next(waiting, place.parallel - len(under_way)):
                    under_way[threads.submit(verb, each, own)] = each
                if not under_way:
                    return
                done, _ = wait(under_way, return_when=FIRST_COMPLETED)
                for future in done:
                    yield under_way.pop(future), future.result()
        finally:
            own.ask()


def _next(waiting: Iterator[_Asked], count: int) -> Iterator[_Asked]:
    for _, each in zip(range(count), waiting, strict=False):
        yield each
