"""The real servers that the tests of the 置き場 talk to: which are missing, and where they come from.

Apache belongs to every run of the suite. Ceph's gateway and Azurite are large and slow to start: they run
with `dev.py servers`.
"""

import shutil
import subprocess
import sys
from collections.abc import Mapping

from build_spec.environment import ROOT, SetUpFailed, say
from build_spec.system_libraries import may_install, provide

SERVERS = ROOT / ".venv" / "servers"
AZURITE = SERVERS / "node_modules" / "azurite"
AZURITE_VERSION = "3.35.0"
IN_THE_SUITE: Mapping[str, str] = {"/usr/sbin/apache2": "apache2-bin"}
BESIDE_IT: Mapping[str, str] = {
    "/usr/bin/ceph-mon": "ceph-mon",
    "/usr/bin/ceph-osd": "ceph-osd",
    "/usr/bin/radosgw": "radosgw",
    "node": "nodejs",
    "npm": "npm",
}


def missing_servers(*, every: bool) -> list[str]:
    """Return the Debian packages of servers that this system lacks; other systems do without."""
    if sys.platform != "linux":
        return []
    wanted = {**IN_THE_SUITE, **BESIDE_IT} if every else IN_THE_SUITE
    return [package for program, package in wanted.items() if shutil.which(program) is None]


def provide_servers(*, every: bool) -> None:
    """Install them where that is ours to do. Raises SetUpFailed when all are wanted and cannot be had.

    The suite itself goes on without: it says which tests it passes over.
    """
    missing = missing_servers(every=every)
    if every:
        provide(missing)
        provide_azurite()
    elif may_install():
        try:
            provide(missing)
        except SetUpFailed as failure:
            say(str(failure))


def provide_azurite() -> None:
    """Take Azurite from npm, once. Raises SetUpFailed."""
    if AZURITE.exists():
        return
    say("Azurite を取り寄せています（最初の一度だけ、190 MB ほど）。")
    SERVERS.mkdir(exist_ok=True)
    words = ["npm", "install", "--prefix", str(SERVERS), "--no-audit", "--no-fund", "--ignore-scripts"]
    done = subprocess.run([*words, f"azurite@{AZURITE_VERSION}"], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SetUpFailed(f"npm が止まりました。\n{done.stderr[-2000:]}")
