from __future__ import annotations

from itertools import chain, groupby

import msgpack
import pytest
from hypothesis import given

from app.sharing.objects import batches as cutting
from app.sharing.objects.batches import MOST_BYTES, MOST_CHANGES, LoggedChange, batches
from app.sharing.objects.segment import MOST_VALUE_BYTES, SaveTooLarge, encode
from tests.sharing.objects.changes import change_id, listed, logs, many, segment_of
from tests.sharing.objects.factories import drawn


def rows(log: list[LoggedChange]) -> list[list[LoggedChange]]:
    return [listed(each) for each in batches(log)]


def saves(batch: list[LoggedChange]) -> list[bytes]:
    return [save for save, _ in groupby(batch, lambda change: change.id[:8])]


@given(logs())
def test_small_batches_hold_the_same_changes_split_no_save_and_keep_their_bound(
    log: list[LoggedChange],
) -> None:
    check_cut(log, 4)
    # 512: what a body without changes takes, and the names and numbers that stand once.
    assert len(encode(segment_of(log))) <= 512 + cutting.most_bytes(log)


def check_cut(log: list[LoggedChange], most: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cutting, "MOST_CHANGES", most)
        cut = rows(log)
    assert list(chain.from_iterable(cut)) == log
    assert list(chain.from_iterable(map(saves, cut))) == saves(log)
    assert all(len(batch) <= most or len(saves(batch)) == 1 for batch in cut)


def test_a_cut_anywhere_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting, "_save_of", lambda change: change.id)
    with pytest.raises(AssertionError):
        check_cut(many(3), 1)


def test_a_cut_that_is_never_made_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting, "_fits", lambda *_: True)
    with pytest.raises(AssertionError):
        check_cut(many(17), 9)


def test_a_segment_is_filled_to_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting, "MOST_CHANGES", 40)
    assert [len(batch) for batch in batches(many(48))] == [40, 8]


def test_the_limits_are_those_of_the_specification() -> None:
    assert (MOST_CHANGES, MOST_BYTES) == (20_000, 4 << 20)


def test_the_bound_on_bytes_holds_for_what_is_encoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting, "MOST_BYTES", 100_000)
    large = [change._replace(value=msgpack.packb(bytes(2000))) for change in many(120)]
    bodies = [len(encode(segment_of(listed(batch)))) for batch in batches(large)]
    assert len(bodies) == 3
    assert all(80_000 < body <= 100_000 for body in bodies[:-1])


def test_one_save_beyond_the_limit_has_a_segment_of_its_own() -> None:
    large = many(41, seed=2, per_save=41)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cutting, "MOST_CHANGES", 40)
        assert [len(batch) for batch in batches(many(8) + large + many(8, seed=3))] == [8, 41, 8]


def test_changes_of_a_save_are_put_in_order() -> None:
    log = many(8)
    assert rows(log[::-1]) == [log]


def test_a_save_in_two_places_is_not_cut() -> None:
    log = many(9)
    with pytest.raises(ValueError, match="two places"):
        list(batches([*log[:4], log[8], *log[4:8]]))


def test_a_value_that_no_device_would_read_is_told() -> None:
    with pytest.raises(SaveTooLarge):
        list(batches([many(1)[0]._replace(value=bytes(MOST_VALUE_BYTES + 1))]))


def test_an_index_that_no_store_numbers_is_told() -> None:
    with pytest.raises(ValueError, match="index"):
        list(batches([many(1)[0]._replace(id=change_id(drawn(8, "save"), 1 << 20))]))


def test_nothing_makes_no_segment() -> None:
    assert list(batches([])) == []
