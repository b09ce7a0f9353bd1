"""Long work makes way for the person who types: between two of its steps, and in the eyes of the system.

Threads share Python, so work beside the window rests for the moment in which a key becomes a glyph. Work that
does not hold Python, such as a backup, and processes of their own get less of the processor instead. A thread
that holds Python must never be put back like that: the window would wait for it, and it for everybody else.
"""

from __future__ import annotations

import ctypes
import math
import os
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, Final, TypeVar

Answer = TypeVar("Answer")

_NICENESS: Final = 10
_MAC_THREAD, _MAC_BACKGROUND = 3, 0x1000
_WINDOWS_LOWEST, _WINDOWS_BELOW_NORMAL = -2, 0x4000


class Courtesy:
    """Whether a key press is on its way to the screen. One for the program."""

    LONGEST_S = 0.03
    """By then a key press is on the screen, whatever else happens."""

    def __init__(self) -> None:
        self._is_free = threading.Event()
        self._is_free.set()
        self._pressed = -math.inf

    @property
    def is_asked(self) -> bool:
        """Whether a key press is not on the screen yet."""
        return not self._is_free.is_set()

    def key_pressed(self) -> None:
        """Ask for the way, on the window's thread."""
        self._pressed = time.monotonic()
        self._is_free.clear()

    def quiet_s(self) -> float:
        """Seconds since a key was pressed. For work on the window's thread that can wait."""
        return time.monotonic() - self._pressed

    def key_shown(self) -> None:
        """The way is free again."""
        self._is_free.set()

    def make_way(self) -> None:
        """Rest while a key press becomes a glyph. For work beside the window, every millisecond or so."""
        if self.is_asked and threading.current_thread() is not threading.main_thread():
            self._is_free.wait(self.LONGEST_S)


COURTESY: Final = Courtesy()


def quietly(work: Callable[[], Answer]) -> Answer:
    """Do work that does not hold Python on a thread of low priority; wait for it."""
    with ThreadPoolExecutor(1, thread_name_prefix="quiet", initializer=_step_back_as_thread) as own:
        return own.submit(work).result()


def step_back() -> None:
    """Let this process have less of the processor than a window beside it. To be called as it begins."""
    with suppress(OSError, AttributeError):
        if sys.platform == "win32":
            _windows().SetPriorityClass(_windows().GetCurrentProcess(), _WINDOWS_BELOW_NORMAL)
        else:
            os.setpriority(os.PRIO_PROCESS, 0, _NICENESS)


def _step_back_as_thread() -> None:
    """Where the system refuses, the work is done all the same."""
    with suppress(OSError, AttributeError):
        if sys.platform == "win32":
            _windows().SetThreadPriority(_windows().GetCurrentThread(), _WINDOWS_LOWEST)
        elif sys.platform == "darwin":
            os.setpriority(_MAC_THREAD, 0, _MAC_BACKGROUND)
        else:
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)


def _windows() -> Any:
    kernel: Any = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined, unused-ignore]
    # A handle is as wide as a pointer.
    kernel.GetCurrentProcess.restype = kernel.GetCurrentThread.restype = ctypes.c_void_p
    kernel.SetPriorityClass.argtypes = ctypes.c_void_p, ctypes.c_uint32
    kernel.SetThreadPriority.argtypes = ctypes.c_void_p, ctypes.c_int
    return kernel
