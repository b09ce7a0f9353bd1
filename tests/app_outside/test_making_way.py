"""Long work makes way for the person who types, and is done all the same."""

import ctypes
import os
import sys
import threading

import pytest

from app import making_way
from app.making_way import Courtesy, quietly, step_back


def test_work_beside_the_window_rests_until_the_key_is_shown() -> None:
    courtesy = Courtesy()
    courtesy.LONGEST_S = 60
    went_on = threading.Event()

    def work() -> None:
        courtesy.make_way()
        went_on.set()

    courtesy.key_pressed()
    worker = threading.Thread(target=work)
    worker.start()
    assert not went_on.is_set()
    courtesy.key_shown()
    worker.join(60)
    assert went_on.is_set()


def test_work_goes_on_though_nobody_says_that_the_key_is_shown() -> None:
    courtesy = Courtesy()
    courtesy.key_pressed()
    worker = threading.Thread(target=courtesy.make_way)
    worker.start()
    worker.join(60)
    assert not worker.is_alive()


def test_the_thread_that_shows_the_key_never_rests() -> None:
    courtesy = Courtesy()
    courtesy.LONGEST_S = threading.TIMEOUT_MAX
    courtesy.key_pressed()
    courtesy.make_way()


@pytest.mark.skipif(sys.platform != "linux", reason="reads the priority of a thread, which Linux tells")
def test_quiet_work_has_a_lower_priority_and_leaves_that_of_others_alone() -> None:
    before = os.getpriority(os.PRIO_PROCESS, 0)

    def own() -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    assert quietly(own) > before or before >= 10  # who is that quiet already need not be quieter
    assert os.getpriority(os.PRIO_PROCESS, 0) == before


def test_what_quiet_work_raises_reaches_who_asked_for_it() -> None:
    def fail() -> None:
        raise LookupError("asked")

    with pytest.raises(LookupError, match="asked"):
        quietly(fail)


class _Kernel:
    """kernel32, as far as it is asked."""

    def __init__(self) -> None:
        self.told: list[tuple[str, int]] = []

        class Function:
            def __init__(self, name: str, told: list[tuple[str, int]]) -> None:
                self.name, self._told = name, told

            def __call__(self, *given: int) -> int:
                if given:
                    self._told.append((self.name, given[-1]))
                return 7

        for name in ("GetCurrentProcess", "GetCurrentThread", "SetPriorityClass", "SetThreadPriority"):
            setattr(self, name, Function(name, self.told))


def test_on_windows_threads_and_processes_step_back_too(monkeypatch: pytest.MonkeyPatch) -> None:
    kernel = _Kernel()
    monkeypatch.setattr(making_way.sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "WinDLL", lambda _name: kernel, raising=False)
    step_back()
    assert quietly(lambda: "done") == "done"
    assert kernel.told == [("SetPriorityClass", 0x4000), ("SetThreadPriority", -2)]


def test_on_a_mac_the_thread_becomes_one_of_the_background(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, int, int]] = []
    monkeypatch.setattr(making_way.sys, "platform", "darwin")
    monkeypatch.setattr(making_way.os, "setpriority", lambda *given: asked.append(given))
    assert quietly(lambda: "done") == "done"
    assert asked == [(3, 0, 0x1000)]


@pytest.mark.parametrize("refusal", [OSError, AttributeError])
def test_where_the_system_refuses_the_work_is_done_all_the_same(
    monkeypatch: pytest.MonkeyPatch, refusal: type[Exception]
) -> None:
    def refuse(*_given: int) -> None:
        raise refusal

    monkeypatch.setattr(making_way.os, "setpriority", refuse)
    step_back()
    assert quietly(lambda: "done") == "done"
