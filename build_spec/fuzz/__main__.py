"""`dev.py fuzz [seconds] [parser...]`: every parser of foreign bytes, or the named ones, for so long each.

Coverage-guided, with atheris (libFuzzer), which is fetched at the first run: Linux x64, Python 3.11 to 3.13.
Each parser runs in a process of its own, from the corpus in `tests/` and what earlier runs left in
`build/fuzz/`. A crash, an input that takes over 10 seconds or more than 2 GiB of memory ends it and is kept
in `build/fuzz/<parser>/found`; the exit code is then 1.

`dev.py fuzz keep` puts the smallest inputs with the same coverage into the corpus in `tests/`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from build_spec.environment import ROOT, SetUpFailed, fetch
from build_spec.fuzz.targets import TARGETS, Target

WORK = ROOT / "build" / "fuzz"
SECONDS, KEEP = 60, "keep"
LIMITS = ("-timeout=10", "-rss_limit_mb=2048", "-max_len=65536", "-print_final_stats=1")
KEPT_BYTES = 16_384
REQUIREMENTS, FETCHED = ROOT / "build_spec" / "requirements-fuzz.txt", WORK / "fetched"
FOUND, WRONG_USE, SET_UP_FAILED = 1, 64, 71
_COVERED = re.compile(r"cov: (\d+) .*?corp: (\d+)")
_RUNS = re.compile(r"stat::number_of_executed_units: (\d+)")


def main(arguments: Sequence[str]) -> int:
    """Fuzz, and say what was reached."""
    words = list(arguments)
    seconds = int(words.pop(0)) if words and words[0].isdecimal() else SECONDS
    if unknown := set(words) - TARGETS.keys() - {KEEP}:
        print(f"知らない名前です: {'、'.join(sorted(unknown))}（{'、'.join(TARGETS)}）", file=sys.stderr)
        return WRONG_USE
    try:
        fetch(REQUIREMENTS, FETCHED, Path(sys.executable))
    except SetUpFailed as failure:
        print(failure, file=sys.stderr)
        return SET_UP_FAILED
    if KEEP in words:
        return _keep()
    return max([_fuzz(TARGETS[name], seconds) for name in words or TARGETS])


def _fuzz(target: Target, seconds: int) -> int:
    grown, found = _folders(target)
    ended = _run(
        target, grown, target.corpus, f"-max_total_time={seconds}", f"-artifact_prefix={found}/", *LIMITS
    )
    covered = _COVERED.findall(ended.stderr)
    runs = _RUNS.findall(ended.stderr)
    told = f"{int(runs[-1]) if runs else 0:>12,}回  到達 {covered[-1][0] if covered else 0:>5}"
    left = f"  残した入力 {covered[-1][1] if covered else 0}"
    print(f"{target.name:14} {told}{left}  {'見つけました' if ended.returncode else '異常なし'}", flush=True)
    if ended.returncode:
        print(ended.stderr[-4000:], file=sys.stderr)
    return FOUND if ended.returncode else 0


def _keep() -> int:
    """Make each corpus in `tests/` the smallest with the coverage of all that was found."""
    for target in TARGETS.values():
        grown, _ = _folders(target)
        merged = WORK / target.name / "merged"
        shutil.rmtree(merged, ignore_errors=True)
        merged.mkdir()
        _run(target, merged, target.corpus, grown, "-merge=1", f"-max_len={KEPT_BYTES}")
        if any(merged.iterdir()):
            shutil.rmtree(target.corpus)
            target.corpus.mkdir()
        for new in merged.iterdir():
            shutil.move(new, target.corpus / new.name[:12])
        print(f"{target.name:14} {len(list(target.corpus.iterdir()))}")
    return 0


def _folders(target: Target) -> tuple[Path, Path]:
    grown, found = WORK / target.name / "grown", WORK / target.name / "found"
    for folder in (grown, found, target.corpus):
        folder.mkdir(parents=True, exist_ok=True)
    return grown, found


def _run(target: Target, *words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-P", "-m", "build_spec.fuzz.one", target.name, *map(str, words)]
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(FETCHED)])}
    return subprocess.run(command, capture_output=True, text=True, errors="replace", check=False, env=environ)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
