"""Times that order changes whatever the wall clock does."""

from __future__ import annotations

from app.sync.clock import COUNTER_BITS, MOST_AHEAD_MS, HybridClock

NOON_MS = 1_750_000_000_000


class Wall:
    """A wall clock that stands where it is put."""

    def __init__(self) -> None:
        self.ms = NOON_MS

    def __call__(self) -> int:
        return self.ms


def test_a_time_is_the_wall_clock_with_a_counter() -> None:
    clock = HybridClock(Wall())

    assert [clock.tick(), clock.tick()] == [NOON_MS << COUNTER_BITS, NOON_MS << COUNTER_BITS | 1]


def test_times_go_on_when_the_wall_clock_jumps_back() -> None:
    wall = Wall()
    clock = HybridClock(wall)
    before = clock.tick()
    wall.ms -= 3_600_000

    assert clock.tick() == before + 1


def test_a_full_counter_moves_the_milliseconds_on() -> None:
    clock = HybridClock(Wall(), NOON_MS << COUNTER_BITS | 0xFFFF)

    assert clock.tick() == (NOON_MS + 1) << COUNTER_BITS


def test_the_next_time_follows_one_received() -> None:
    clock = HybridClock(Wall())
    remote = (NOON_MS + 60_000) << COUNTER_BITS | 7

    clock.observe(remote)
    clock.observe(5)

    assert clock.tick() == remote + 1


def test_a_time_ten_minutes_ahead_is_not_adopted() -> None:
    clock = HybridClock(Wall())
    limit = (NOON_MS + MOST_AHEAD_MS) << COUNTER_BITS

    clock.observe(limit)
    assert clock.tick() == NOON_MS << COUNTER_BITS
    clock.observe(limit - 1)
    assert clock.tick() == limit


def test_a_start_gets_over_a_store_that_was_used_years_ahead() -> None:
    ahead = (NOON_MS + 365 * 24 * 3_600_000) << COUNTER_BITS

    assert HybridClock(Wall(), ahead).tick() == NOON_MS << COUNTER_BITS


def test_a_clock_that_was_set_right_is_followed_at_once() -> None:
    wall = Wall()
    wall.ms += 3 * 365 * 24 * 3_600_000
    clock = HybridClock(wall)
    clock.tick()
    wall.ms = NOON_MS

    assert clock.tick() == NOON_MS << COUNTER_BITS
