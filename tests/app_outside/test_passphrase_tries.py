from pathlib import Path

import pytest

from app.errors import AppError, PassphraseMustWait, WrongPassphrase
from app.passphrase_tries import PassphraseTries

from .fake_clock import FakeClock


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def tries(tmp_path: Path, clock: FakeClock) -> PassphraseTries:
    return PassphraseTries(tmp_path / "tries.json", clock)


def wrong(tries: PassphraseTries, times: int = 1) -> AppError:
    for _ in range(times):
        tries.begin()
    return tries.refusal()


def wait_told(tries: PassphraseTries) -> int:
    with pytest.raises(PassphraseMustWait) as told:
        tries.begin()
    return int(told.value.facts["wait_minutes"])


def test_after_the_first_wrong_passphrase_three_more_lead_to_five_minutes(tries: PassphraseTries) -> None:
    first = wrong(tries)
    assert isinstance(first, WrongPassphrase)
    assert first.facts == {"tries_left": 3, "wait_minutes": 5}
    assert wrong(tries).facts["tries_left"] == 2
    assert wrong(tries).facts["tries_left"] == 1
    fourth = wrong(tries)
    assert isinstance(fourth, PassphraseMustWait)
    assert fourth.facts == {"wait_minutes": 5}


def test_no_try_is_made_while_waiting_and_one_is_when_the_wait_is_over(
    tries: PassphraseTries, clock: FakeClock
) -> None:
    wrong(tries, 4)
    assert wait_told(tries) == 5
    clock.move(minutes=4, seconds=1)
    assert wait_told(tries) == 1
    clock.move(seconds=59)
    tries.begin()


def test_each_further_wrong_passphrase_doubles_the_wait_up_to_an_hour(
    tries: PassphraseTries, clock: FakeClock
) -> None:
    wrong(tries, 3)
    waits = []
    for _ in range(7):
        waits.append(wrong(tries).facts["wait_minutes"])
        clock.move(hours=1)
    assert waits == [5, 10, 20, 40, 60, 60, 60]


def test_the_wait_survives_a_restart(tries: PassphraseTries, tmp_path: Path, clock: FakeClock) -> None:
    wrong(tries, 4)
    assert wait_told(PassphraseTries(tmp_path / "tries.json", clock)) == 5


def test_a_program_that_is_killed_while_trying_saves_no_try(tmp_path: Path, clock: FakeClock) -> None:
    for _ in range(4):
        PassphraseTries(tmp_path / "tries.json", clock).begin()
    assert wait_told(PassphraseTries(tmp_path / "tries.json", clock)) == 5


def test_the_right_passphrase_forgives_all(tries: PassphraseTries) -> None:
    wrong(tries, 3)
    tries.succeeded()
    assert wrong(tries).facts["tries_left"] == 3


def test_a_clock_set_back_a_year_makes_nobody_wait_a_year(tries: PassphraseTries, clock: FakeClock) -> None:
    wrong(tries, 4)
    clock.move(days=-365)
    assert wait_told(tries) == 5
    clock.move(minutes=5)
    tries.begin()


@pytest.mark.parametrize(
    "spoiled",
    [
        b"",
        b"[]",
        b'{"wrong": "x"}',
        b'{"wrong": 9, "last_at": "2025-07-22T04:00"}',
        b'{"wrong": 9, "last_at": 1}',
    ],
)
def test_a_spoiled_count_locks_nobody_out(tries: PassphraseTries, tmp_path: Path, spoiled: bytes) -> None:
    (tmp_path / "tries.json").write_bytes(spoiled)
    tries.begin()


def test_a_folder_that_takes_no_writes_still_lets_people_try(
    tmp_path: Path, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    tries = PassphraseTries(tmp_path / "gone" / "tries.json", clock)
    tries.begin()
    tries.succeeded()
    assert tries.refusal().facts["tries_left"] == 3
    assert "try not counted" in caplog.text
