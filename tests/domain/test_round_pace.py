"""When the next round is due: soon after a save, at intervals, in growing pauses after failures."""

from app.domain.round_pace import AFTER_SAVE_S, INTERVAL_S, PAUSES_S, RoundPace


def test_a_window_that_opens_begins_with_a_round() -> None:
    assert RoundPace(100.0).wait_s(100.0) == 0


def test_a_save_is_sent_after_a_while_and_a_second_one_does_not_put_that_off() -> None:
    pace = RoundPace(0.0)
    pace.went_well(0.0)
    pace.saved(10.0)
    pace.saved(20.0)
    assert pace.due_at == 10.0 + AFTER_SAVE_S


def test_without_a_save_the_next_round_comes_at_its_interval() -> None:
    pace = RoundPace(0.0)
    pace.went_well(50.0)
    assert pace.due_at == 50.0 + INTERVAL_S


def test_pauses_grow_and_a_save_does_not_hasten_them() -> None:
    pace = RoundPace(0.0)
    seen = []
    for _ in range(5):
        pace.failed(0.0)
        pace.saved(0.0)
        seen.append(pace.due_at)
    assert seen == [*PAUSES_S, PAUSES_S[-1], PAUSES_S[-1]]


def test_one_success_ends_the_pauses_and_a_person_does_not_wait_for_them() -> None:
    pace = RoundPace(0.0)
    pace.failed(0.0)
    pace.want_now(5.0)
    assert pace.wait_s(5.0) == 0
    pace.went_well(6.0)
    assert pace.pause_s == 0
