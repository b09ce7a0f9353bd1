"""The object whose events a filter sees, held only as far as Qt holds it."""

from __future__ import annotations

from weakref import ReferenceType, ref

from PySide6.QtCore import QObject
from shiboken6 import isValid, ownedByPython


class Held:
    """A reference that never is the last one.

    An object that Python owns ends with its last reference. Were that kept by whoever follows the focus, it
    would go while Qt tells of the focus, and Qt would go on with an object that has ended. What Qt owns is
    held, since its Python half may be there for this reference only.
    """

    def __init__(self, held: QObject) -> None:
        self._held: QObject | ReferenceType[QObject] = ref(held) if ownedByPython(held) else held

    def __call__(self) -> QObject | None:
        """The object, None where it has ended."""
        held = self._held() if isinstance(self._held, ReferenceType) else self._held
        return held if held is not None and isValid(held) else None


class Watched:
    """At most one object at a time, whose events `filter_of` sees."""

    def __init__(self, filter_of: QObject) -> None:
        self._filter = filter_of
        self._held: Held | None = None

    def __call__(self) -> QObject | None:
        """The object that is watched; None where there is none or it has ended."""
        return None if self._held is None else self._held()

    def move_to(self, watched: QObject | None) -> None:
        """Watch this one from now on, and no other."""
        if (before := self()) is not None:
            before.removeEventFilter(self._filter)
        self._held = None if watched is None else Held(watched)
        if watched is not None:
            watched.installEventFilter(self._filter)
