"""A CUPS of the test's own: a scheduler on a socket in a folder, and a queue that keeps what it is given."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

NEEDED = ("cupsd", "lp", "lpadmin", "lpstat")
QUEUE = "banso-test"
NAME = "2階 共用プリンター"
_SYSTEM_FOLDERS = ("/usr/sbin", "/sbin")
_PATIENCE_SECONDS = 15
_DAEMON = Path("/usr/lib/cups/daemon")
"""With what the scheduler starts a queue's program."""

_SCHEDULER = """Listen {home}/cups.sock
Browsing No
WebInterface No
DefaultAuthType None
<Location />
  Order allow,deny
  Allow all
</Location>
<Location /admin>
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
"""
_FILES = """ServerRoot {home}/root
ServerBin {home}/bin
RequestRoot {home}/spool
TempDir {home}/tmp
CacheDir {home}/cache
StateDir {home}/state
AccessLog {home}/log/access
ErrorLog {home}/log/error
PageLog {home}/log/page
"""
_BACKEND = """#!/bin/sh
# job-id user title copies options file
[ $# -eq 0 ] && exit 0
printf '%s\\n%s\\n%s\\n' "$3" "$4" "$5" > {home}/out/$1.args
cat "$6" > {home}/out/$1.part && mv {home}/out/$1.part {home}/out/$1.pdf
"""


class Cups:
    """What the scheduler of one test took."""

    def __init__(self, home: Path) -> None:
        self._out = home / "out"
        self.server = home / "cups.sock"

    def jobs(self) -> list[tuple[bytes, str]]:
        """Each job that came out, as its bytes and what CUPS was told of it."""
        files = sorted(self._out.glob("*.pdf"), key=lambda path: int(path.stem))
        return [(path.read_bytes(), path.with_suffix(".args").read_text(encoding="utf-8")) for path in files]


@contextmanager
def running_cups() -> Iterator[Cups]:
    """Start the scheduler, or skip the test and say why."""
    programs = {name: shutil.which(name, path=_search_path()) for name in NEEDED}
    missing = [name for name, path in programs.items() if path is None]
    if missing:
        pytest.skip(f"no CUPS here ({', '.join(missing)}): apt-get install cups-daemon cups-client")
    # Not pytest's folder: the path of a socket may have no more than 107 bytes.
    with tempfile.TemporaryDirectory(prefix="cups") as folder:
        home = Path(folder)
        _furnish(home)
        command = [
            programs["cupsd"],
            "-f",
            "-c",
            home / "root/cupsd.conf",
            "-s",
            home / "root/cups-files.conf",
        ]
        with (home / "said").open("wb") as said, subprocess.Popen(command, stdout=said, stderr=said) as cupsd:
            try:
                _add_queue(home, cupsd)
                yield Cups(home)
            finally:
                cupsd.terminate()


def _furnish(home: Path) -> None:
    home.chmod(0o755)
    for name in ("root", "bin/backend", "spool", "tmp", "cache", "state", "log", "out"):
        (home / name).mkdir(parents=True)
    (home / "out").chmod(0o777)
    (home / "root/cupsd.conf").write_text(_SCHEDULER.format(home=home), encoding="utf-8")
    (home / "root/cups-files.conf").write_text(_FILES.format(home=home), encoding="utf-8")
    backend = home / "bin/backend/keep"
    backend.write_text(_BACKEND.format(home=home), encoding="utf-8")
    if _DAEMON.exists():
        (home / "bin/daemon").symlink_to(_DAEMON)
    backend.chmod(stat.S_IRWXU | stat.S_IRGRP | stat.S_IXGRP | stat.S_IROTH | stat.S_IXOTH)


def _add_queue(home: Path, cupsd: subprocess.Popen[bytes]) -> None:
    env = {**os.environ, "CUPS_SERVER": str(home / "cups.sock"), "PATH": _search_path()}
    add = ["lpadmin", "-p", QUEUE, "-E", "-v", "keep:/", "-m", "raw", "-D", NAME]
    ends = time.monotonic() + _PATIENCE_SECONDS
    while subprocess.run(add, env=env, capture_output=True, check=False).returncode:
        if cupsd.poll() is not None or time.monotonic() > ends:
            pytest.skip(f"CUPS does not start here: {(home / 'said').read_text(encoding='utf-8')[-200:]}")


def _search_path() -> str:
    return os.pathsep.join((os.environ["PATH"], *_SYSTEM_FOLDERS))
