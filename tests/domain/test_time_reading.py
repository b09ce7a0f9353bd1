"""Times of day as people write them."""

from __future__ import annotations

from datetime import time

import pytest

from app.domain.time_reading import read_time


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("13:30", time(13, 30)),
        ("１３：３０", time(13, 30)),
        ("9時", time(9)),
        ("９時５分", time(9, 5)),
        ("13時半", time(13, 30)),
        ("午後1時半", time(13, 30)),
        ("午前12時", time(0)),
        ("午後12:15", time(12, 15)),
        ("pm 3:20", time(15, 20)),
        ("1330", time(13, 30)),
        ("930", time(9, 30)),
        ("14", time(14)),
        (" 0:00 ", time(0)),
    ],
)
def test_a_time_is_read_as_people_write_it(text: str, expected: time) -> None:
    assert read_time(text) == expected


@pytest.mark.parametrize("text", ["", "昼すぎ", "25:00", "13:60", "午後13時", "24:00", "13:30頃", "13:3:0"])
def test_what_is_no_time_is_left_unread(text: str) -> None:
    assert read_time(text) is None
