"""`dev.py worlds [COUNT]` and `dev.py kills [ROUNDS]`: teams that live long under everything that goes wrong.

Worlds are played at random from seeds, in memory and on all cores; in rounds five processes of the program
work in one folder and are killed (decision 134).
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass

from build_spec.environment import ROOT

WRONG_USE = 64


@dataclass(frozen=True, slots=True)
class Run:
    """What is run, how many of it without an argument, and the variable that tells the tests."""

    words: tuple[str, ...]
    count: int
    variable: str


RUNS = {
    "worlds": Run(("-n", "auto", "tests/sharing/worlds", "-k", "thousands"), 20_000, "BANSO_WORLDS"),
    "kills": Run(("tests/sharing/rounds/test_five_processes.py",), 300, "BANSO_ROUNDS"),
}


def main(arguments: list[str]) -> int:
    """Carry one of them out; the exit code of its tests."""
    name, *rest = arguments
    run = RUNS[name]
    count = rest[0] if rest else str(run.count)
    if len(rest) > 1 or not count.isdecimal() or not int(count):
        print(f"使い方: dev.py {name} [数]（既定 {run.count}）", file=sys.stderr)
        return WRONG_USE
    words = [sys.executable, "-m", "pytest", "-m", "long", *run.words]
    environment = {**os.environ, run.variable: count, "PYTHONUTF8": "1"}
    return subprocess.run(words, cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
