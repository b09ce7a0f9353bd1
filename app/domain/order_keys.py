"""Order keys: short texts that sort as the lines of a visit are shown.

A key is a fraction written in base 62 whose digits sort as text (SQLite's BINARY collation and Python agree).
It never ends in the lowest digit, so there is always room before it. A new line takes its key from its stamp:
lines that two devices wrote offline fall into each other by time. Equal keys are ordered by record id.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
BASE = len(DIGITS)
MIDDLE = DIGITS[BASE // 2]
STAMP_DIGITS = 9
STAMP_LIMIT = BASE**STAMP_DIGITS
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_VALUES = {digit: value for value, digit in enumerate(DIGITS)}


def seeded_from(instant: datetime) -> str:
    """The key of a line stamped at `instant` (with time zone; 1970 to about 2398, in microseconds)."""
    return _stamp_key((instant - EPOCH) // timedelta(microseconds=1))


def appended(last: str | None, instant: datetime) -> str:
    """The key of a line added at the end: by its stamp, unless the last line has a later key already."""
    seed = seeded_from(instant)
    return seed if last is None or seed > last else after(last)


def after(key: str) -> str:
    """A key that sorts after `key`. Its length does not grow, however often it is used."""
    _check(key)
    stamp = _stamp(key) + 1
    return _stamp_key(stamp) if stamp < STAMP_LIMIT else key + MIDDLE


def before(key: str) -> str:
    """A key that sorts before `key`. Its length does not grow until the stamps of 1970 are reached."""
    _check(key)
    stamp = _stamp(key) - 1
    return _stamp_key(stamp) if stamp >= 0 else _between("", key)


def between(left: str, right: str) -> str:
    """A short key strictly between two keys. Raises ValueError when `left` does not sort before `right`."""
    _check(left)
    _check(right)
    if left >= right:
        raise ValueError(f"no key lies between {left!r} and {right!r}")
    return _between(left, right)


def placed(left: str | None, right: str | None, instant: datetime) -> str:
    """The key of a line put between two neighbours, None where there is no neighbour.

    Neighbours with equal keys leave no room: the line then comes after both.
    """
    if right is None:
        return appended(left, instant)
    if left is None:
        return before(right)
    return between(left, right) if left < right else after(left)


def _between(left: str, right: str) -> str:
    """A key between two fractions; an empty `left` is 0. Reads from the first digit that differs."""
    shared = 0
    while shared < len(right) and (left[shared : shared + 1] or DIGITS[0]) == right[shared]:
        shared += 1
    low, high = left[shared:], right[shared:]
    gap_start, gap_end = _VALUES[low[0]] if low else 0, _VALUES[high[0]]
    if gap_end - gap_start > 1:
        return right[:shared] + DIGITS[(gap_start + gap_end) // 2]
    if len(high) > 1:
        return right[: shared + 1]
    return right[:shared] + DIGITS[gap_start] + _above(low[1:])


def _above(digits: str) -> str:
    """The shortest fraction above `digits`, about halfway to 1."""
    for place, digit in enumerate(digits):
        if digit != DIGITS[-1]:
            return digits[:place] + DIGITS[(_VALUES[digit] + BASE) // 2]
    return digits + MIDDLE


def _stamp(key: str) -> int:
    """The leading digits of a key as a number, as `_stamp_key` wrote them."""
    stamp = 0
    for digit in key[:STAMP_DIGITS].ljust(STAMP_DIGITS, DIGITS[0]):
        stamp = stamp * BASE + _VALUES[digit]
    return stamp


def _stamp_key(stamp: int) -> str:
    """A number of fixed width, and one digit that keeps the key from ending in the lowest."""
    if not 0 <= stamp < STAMP_LIMIT:
        raise ValueError(f"no order key for stamp {stamp}")
    digits = ""
    for _ in range(STAMP_DIGITS):
        stamp, value = divmod(stamp, BASE)
        digits = DIGITS[value] + digits
    return digits + MIDDLE


def _check(key: str) -> None:
    if not key or key[-1] == DIGITS[0] or not _VALUES.keys() >= set(key):
        raise ValueError(f"not an order key: {key!r}")
