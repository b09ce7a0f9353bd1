"""Names for new things: the only place that draws them."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

SAVE_ID_BYTES = 8

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

RandomBytes = Callable[[int], bytes]
"""Gives as many random bytes as asked for; `os.urandom` outside tests."""


def record_id(at: datetime, random_bytes: RandomBytes = os.urandom) -> str:
    """A UUIDv7 (RFC 9562, 5.7) as 36 characters; `at` must be aware.

    Its first 48 bits are milliseconds and the next 12 a fraction of one (6.2, method 3), so ids that
    one device draws sort by time. The remaining 62 bits are random.
    """
    milliseconds, microseconds = divmod((at - _EPOCH) // _MICROSECOND, 1000)
    noise = int.from_bytes(random_bytes(8)) & ((1 << 62) - 1)
    return str(UUID(int=milliseconds << 80 | 7 << 76 | (microseconds * 4096 // 1000) << 64 | 2 << 62 | noise))


def save_id(random_bytes: RandomBytes = os.urandom) -> bytes:
    """The 8 bytes that name one save; the changes of the save are numbered below it."""
    return random_bytes(SAVE_ID_BYTES)
