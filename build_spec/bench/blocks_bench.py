"""The longest blocks of the window's thread while the walks through the program run, with their places.

Method. The walks (tests/walks) run with an application that times every event from its delivery to its end;
what an event sets off is part of it. A thread beside it looks every 10 ms and notes, once an event has taken
40 ms, which line of the program is at work. Time that the system gave to other processes (Linux tells) is
taken off. The processor time of the window's thread stands beside it: where that is much less, the thread
waited for a disk or for Python, or the machine was busy with something else. Both are counted against 50 ms.
Taken off is also what the watch itself costs: every event inside another one passes through Python here, and
not in the program; how long one such passage takes is measured before, with and without it. The look-out of
the walks for stray windows, another such passage, is left to the tests. Code is compiled before, as where the
program is installed. As a plugin of pytest this module prints the ten longest at the end.

The walks are gone twice. Once without a pause between two keys, as no person can: then every screen is made
at the moment in which it is opened. Once at a person's pace, with a look at the screen before each command:
meanwhile the window makes what may be opened next.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCalendarWidget

import ui.application
from tests.walks.walker import StrayWindows, Walker

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).resolve().parents[2]
SHOWN, MOST_MS, LEAST_MS, LOOK_S, PLACE_AFTER_S = 10, 50, 20, 0.01, 0.04
TURNS = 200
PASSAGE = "BANSO_BENCH_PASSAGE_US"
PAUSE = "BANSO_BENCH_PAUSE_MS"
PACES = {"一息も置かずに": "0", "人の速さで": "2000"}
_WAITED = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")


def main() -> None:
    """Run the walks under watch."""
    command = [sys.executable, "-P", "-m", "pytest", "-p", "build_spec.bench.blocks_bench", "tests/walks"]
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = {**kept, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-m", "compileall", "-q", "app", "db", "ui"], cwd=ROOT, check=True)
    environment[PASSAGE] = str(_passage_us(environment))
    for name, pause in PACES.items():
        print(f"{name}:", flush=True)
        subprocess.run(command, cwd=ROOT, env={**environment, PAUSE: pause}, check=True)


def _passage_us(environment: Mapping[str, str]) -> float:
    """Microseconds that the watch adds to an event inside another one; the least of a few measurements."""
    found = []
    for _ in range(3):
        took = []
        for what in ("watched", "bare"):
            command = [sys.executable, "-m", "build_spec.bench.blocks_bench", what]
            ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
            took.append([float(figure) for figure in ran.stdout.split()])
        (watched, events), (bare, _) = took
        found.append((watched - bare) / events)
    return max(0.0, min(found))


def _deliver_many(application: type[QApplication]) -> None:
    """Print the microseconds, and the number if watched, of events among parts that Python did not make."""
    app = application([])
    WatchedApplication.present = block = Block("", 0, 0, 0)
    parts = QCalendarWidget()
    begun = time.process_time()
    for turn in range(TURNS):
        parts.setEnabled(turn % 2 == 1)
    print((time.process_time() - begun) * 1e6, block.inside)
    app.quit()


@dataclass
class Block:
    """One event: what it was, how long it took, and where the program was meanwhile.

    `worked_ms` is the processor time of the window's thread, `took_ms` all time but that of other processes.
    """

    what: str
    begun: float
    waited: float
    worked: float
    inside: int = 0
    took_ms: float = 0
    worked_ms: float = 0
    place: str = ""

    def end(self, passage_s: float) -> None:
        """Measure, less what the watch cost."""
        worked, lost = time.thread_time() - self.worked, self.inside * passage_s
        self.worked_ms = (worked - lost) * 1000
        self.took_ms = (time.perf_counter() - self.begun - (_waited_s() - self.waited) - lost) * 1000


class WatchedApplication(QApplication):
    """Times every event that is not part of another one."""

    blocks: list[Block] = []  # noqa: RUF012 - of the one application there is
    present: Block | None = None
    passage_s = float(os.environ.get(PASSAGE, "0")) / 1e6

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        """Deliver, and keep what took long."""
        if WatchedApplication.present is not None:
            WatchedApplication.present.inside += 1
            return super().notify(receiver, event)
        what = f"{event.type().name} > {type(receiver).__name__}"
        block = Block(what, time.perf_counter(), _waited_s(), time.thread_time())
        WatchedApplication.present = block
        try:
            return super().notify(receiver, event)
        finally:
            WatchedApplication.present = None
            block.end(self.passage_s)
            if block.took_ms >= LEAST_MS:
                self.blocks.append(block)


def pytest_configure() -> None:
    """Take the place of the program's application, and look on."""
    ui.application.QApplication = WatchedApplication  # type: ignore[misc]
    del StrayWindows.eventFilter
    _pace(int(os.environ.get(PAUSE, "0")))
    threading.Thread(target=_look_on, args=(threading.get_ident(),), daemon=True).start()


def _pace(pause_ms: int) -> None:
    """Let the walker look at the screen for so long before each command."""
    press = Walker.press

    def press_after_a_look(walker: Walker, *keys: str) -> None:
        if pause_ms and any("+" in key or key.startswith("F") for key in keys):
            QTest.qWait(pause_ms)
        press(walker, *keys)

    Walker.press = press_after_a_look  # type: ignore[method-assign]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the longest."""
    longest = sorted(WatchedApplication.blocks, key=lambda block: block.took_ms, reverse=True)
    over = sum(block.took_ms > MOST_MS for block in longest)
    worked = sum(block.worked_ms > MOST_MS for block in longest)
    terminalreporter.write_line(
        f"窓の止まりが {MOST_MS} ms を超えたのは {over}回、処理時間では {worked}回 (目標 0回)。長い順:"
    )
    for block in longest[:SHOWN]:
        took = f"{block.took_ms:6.0f} ms、処理 {block.worked_ms:3.0f} ms"
        terminalreporter.write_line(f"{took}  {block.what}  {block.place}")


def _look_on(window_thread: int) -> None:
    while True:
        time.sleep(LOOK_S)
        block = WatchedApplication.present
        if block is not None and not block.place and time.perf_counter() - block.begun > PLACE_AFTER_S:
            block.place = _place_of(window_thread)


def _place_of(thread: int) -> str:
    # The frame goes at once: it holds an event that Qt deletes, and Python takes the next thing there for it.
    frame = sys._current_frames().get(thread)  # noqa: SLF001
    return _place(traceback.extract_stack(frame)) if frame else ""


def _place(stack: traceback.StackSummary) -> str:
    ours = [f for f in stack if Path(f.filename).is_relative_to(ROOT) and "/tests/" not in f.filename]
    return " > ".join(
        f"{Path(f.filename).stem}:{f.lineno} {f.name}" for f in ours[-4:] if "notify" not in f.name
    )


def _waited_s() -> float:
    """Seconds in which the window's thread could have run but another process did."""
    try:
        return int(_WAITED.read_text(encoding="ascii").split()[1]) / 1e9
    except OSError:
        return 0.0


if __name__ == "__main__":
    _deliver_many({"watched": WatchedApplication, "bare": QApplication}[sys.argv[1]])
