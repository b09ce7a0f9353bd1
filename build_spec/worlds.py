"""`dev.py worlds [COUNT]`: teams that live at random, and a place where everything goes wrong."""

from __future__ import annotations

import os
import subprocess
import sys

from build_spec.environment import ROOT

DEFAULT, WRONG_USE = 20_000, 64
TESTS = ("tests/sharing/worlds", "-k", "thousands")


def main(arguments: list[str]) -> int:
    """Play so many worlds on all cores; the exit code of the tests."""
    count = arguments[0] if arguments else str(DEFAULT)
    if len(arguments) > 1 or not count.isdecimal() or not int(count):
        print("使い方: dev.py worlds [チームの数]", file=sys.stderr)
        return WRONG_USE
    words = [sys.executable, "-m", "pytest", "-m", "long", "-n", "auto", *TESTS]
    environment = {**os.environ, "BANSO_WORLDS": count, "PYTHONUTF8": "1"}
    return subprocess.run(words, cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
