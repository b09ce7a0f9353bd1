"""Writing changes of one cell by hand, as forms would."""

from __future__ import annotations

from collections.abc import Iterable

from app.sync import form
from app.sync.merge import ACK, SET, CellView, LoggedChange, resolve

NOTHING_YET = resolve([], "latest")


def named(name: str) -> bytes:
    """A change id that reads well in a failure."""
    return name.encode().ljust(12, b".")


def write(
    name: str,
    value: object,
    on: CellView = NOTHING_YET,
    *,
    time: int = 1,
    shown: Iterable[bytes] = (),
    covers: frozenset[bytes] = frozenset(),
) -> LoggedChange:
    """A value typed into a form that displayed `on` and, of its conflicts, `shown`."""
    token = form.after_showing(form.token_of(on), on, list(shown))
    return LoggedChange(named(name), SET, value, time, token.seen, token.known, covers)


def dismiss(name: str, on: CellView, conflicts: Iterable[bytes]) -> LoggedChange:
    """A conflict that was looked at and let go."""
    token = form.dismissal(on, list(conflicts))
    return LoggedChange(named(name), ACK, None, 9, token.seen, token.known)


def knowing(
    name: str, known: str = "", *, value: object = None, kind: str = SET, time: int = 1
) -> LoggedChange:
    """A change with references by hand: `a b*` knows a and b and has seen only b. The value is the name."""
    names = known.split()
    seen = frozenset(named(each.removesuffix("*")) for each in names if each.endswith("*"))
    whole = frozenset(named(each.removesuffix("*")) for each in names)
    return LoggedChange(named(name), kind, name if value is None else value, time, seen, whole)
