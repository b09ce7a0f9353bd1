import asyncio
from email.utils import formatdate

import pytest

from app.sharing.places.many import get_many, put_many
from app.sharing.places.patience import LONGEST_QUIET_S, TRIES, Patience, retry_after_s
from app.sharing.places.place import Content, Failed, Stored, Trouble, failed
from app.sharing.places.request_loop import RequestLoop
from app.sharing.places.stopping import Stop, Stopped
from tests.sharing.places.troubled_place import MemoryPlace


async def no_pause(_: float) -> None:
    pass


def outcome(patience: Patience, *answers: Stored | Failed) -> tuple[Stored | Failed, int]:
    """What came of it, and how many attempts it took."""
    left = list(answers)

    async def attempt() -> Stored | Failed:
        return left.pop(0)

    answer = asyncio.run(patience.through(attempt))
    return answer, len(answers) - len(left)


class TestStop:
    def test_what_waits_for_it_is_called_once(self) -> None:
        stop, called = Stop(), []
        with stop.calling(lambda: called.append(1)):
            stop.ask()
            stop.ask()
        with stop.calling(lambda: called.append(2)):
            pass
        assert called == [1, 2]

    def test_what_is_over_is_not_called(self) -> None:
        stop, called = Stop(), []
        with stop.calling(lambda: called.append(1)):
            pass
        stop.ask()
        assert called == []

    def test_a_pause_ends_at_once(self) -> None:
        stop = Stop()
        stop.wait(0)
        stop.ask()
        with pytest.raises(Stopped):
            stop.wait(3600)

    def test_a_request_that_never_ends_is_stopped(self) -> None:
        loop, stop = RequestLoop(), Stop()

        async def endless() -> None:
            stop.ask()
            await asyncio.sleep(3600)

        with pytest.raises(Stopped):
            loop.run(endless, stop)
        loop.close()

    def test_a_closed_loop_takes_no_more(self) -> None:
        loop = RequestLoop()
        loop.close()
        loop.close()
        with pytest.raises(Stopped):
            loop.run(asyncio.Event().wait, Stop())


class TestPatience:
    def test_what_passes_by_itself_is_tried_again(self) -> None:
        for trouble in (Trouble.CUT, Trouble.BUSY):
            assert outcome(Patience(no_pause), failed(trouble), Stored()) == (Stored(), 2)

    def test_patience_has_an_end(self) -> None:
        answer, tries = outcome(Patience(no_pause), *[failed(Trouble.CUT)] * 9)
        assert (answer, tries) == (failed(Trouble.CUT), TRIES)

    @pytest.mark.parametrize("trouble", set(Trouble) - {Trouble.CUT, Trouble.BUSY})
    def test_what_does_not_pass_is_not_tried_again(self, trouble: Trouble) -> None:
        assert outcome(Patience(no_pause), failed(trouble)) == (failed(trouble), 1)

    def test_a_server_that_asks_for_a_minute_is_left_alone_by_everybody(self) -> None:
        now = [100.0]
        patience = Patience(no_pause, lambda: now[0])
        patience.asked_for(60)
        answer, tries = outcome(patience, Stored())
        assert (answer, tries) == (failed(Trouble.BUSY, retry_after_s=60), 0)
        now[0] += 61
        assert outcome(patience, Stored()) == (Stored(), 1)

    def test_a_server_that_asks_for_years_is_asked_again_within_the_hour(self) -> None:
        now = [0.0]
        patience = Patience(no_pause, lambda: now[0])
        patience.asked_for(1e12)
        now[0] += LONGEST_QUIET_S + 1
        assert outcome(patience, Stored()) == (Stored(), 1)

    @pytest.mark.parametrize(
        ("header", "seconds"),
        [
            ("120", 120.0),
            ("0", 0.0),
            ("", None),
            ("soon", None),
            ("-5", None),
            ("９", None),
            ("9" * 40, LONGEST_QUIET_S),
            (formatdate(1_000_090, usegmt=True), 90.0),
            (formatdate(999_000, usegmt=True), 0.0),
            ("Fri, 99 Foo 99999 00:00:00 GMT", None),
        ],
    )
    def test_what_a_server_asks_for_is_read(self, header: str, seconds: float | None) -> None:
        assert retry_after_s(header, 1_000_000) == seconds


class TestMany:
    def test_a_reader_that_ends_early_stops_what_is_under_way(self) -> None:
        place = MemoryPlace({f"k/{n}.osy": b"x" for n in range(500)})
        answers = get_many(place, list(place.kept), Stop())
        assert next(answers)[1] == Content(b"x")
        answers.close()  # type: ignore[attr-defined]
        assert place.asked < 500

    def test_a_stop_reaches_what_is_under_way(self) -> None:
        stop = Stop()
        place = MemoryPlace({}, on_put=lambda: stop.ask())
        with pytest.raises(Stopped):
            list(put_many(place, [(f"k/{n}.osy", b"x") for n in range(500)], stop))
        assert place.asked < 500

    def test_only_few_objects_are_taken_before_they_are_wanted(self) -> None:
        taken = []

        def objects() -> object:
            for n in range(100):
                taken.append(n)
                yield f"k/{n}.osy", b"x"

        answers = put_many(MemoryPlace({}), objects(), Stop())  # type: ignore[arg-type]
        next(answers)
        assert len(taken) <= MemoryPlace.parallel
        answers.close()  # type: ignore[attr-defined]
