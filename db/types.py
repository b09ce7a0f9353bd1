"""How values sit in SQLite and in the log: plain dates, UTC instants, truth values.

The stored form is also the form a value has in a change, so that a projection can be rebuilt from
the log without looking at anything else.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Boolean, Integer, Text
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from sqlalchemy import Dialect

Wire = str | int | bytes | bool | None
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


class PlainDate(TypeDecorator[date]):
    """A date without time zone, kept as `YYYY-MM-DD`."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        """Date to text."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        """Text to date."""
        return None if value is None else date.fromisoformat(value)


class LocalTime(TypeDecorator[datetime]):
    """A moment as the clock on the wall showed it, kept as `YYYY-MM-DDTHH:MM`."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Wall clock time to text."""
        return None if value is None else value.isoformat(timespec="minutes")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Text to wall clock time."""
        return None if value is None else datetime.fromisoformat(value)


class UtcInstant(TypeDecorator[datetime]):
    """An instant, kept as whole milliseconds since 1970 UTC."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Aware datetime to milliseconds."""
        return None if value is None else instant_ms(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """Milliseconds to aware datetime."""
        return None if value is None else _EPOCH + value * _MILLISECOND


class Flag(TypeDecorator[bool]):
    """True or false, kept as 1 or 0."""

    impl = Boolean
    cache_ok = True


def instant_ms(value: datetime) -> int:
    """Milliseconds since 1970 UTC. Raises ValueError for a naive datetime."""
    if value.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return (value - _EPOCH) // _MILLISECOND


def to_wire(value: object) -> Wire:
    """A value as it stands in a change and in its column."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, datetime):
        return instant_ms(value) if value.tzinfo else value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int | bytes):
        return value
    raise TypeError(f"a cell cannot hold {type(value).__name__}")
