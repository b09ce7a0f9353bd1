"""First run and next start against the Secret Service of the session bus. Prints what came of each step.

Run by test_secret_service.py with a folder and one of unlocked, locked, stopped (all below
`dbus-run-session`) and absent (without a session bus).
"""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from app import store_keys
from app.clock import SystemClock
from app.crypto.wrapping_keys import Argon2Cost
from app.errors import Unavailable
from app.key_files import create_keys
from app.paths import StoreFolder
from app.secrets import KeyRing

PASSPHRASE = "工場のカギは三つあるはず"


@contextmanager
def service(mode: str) -> Iterator[subprocess.Popen[bytes] | None]:
    """gnome-keyring-daemon, unlocked with a password unless it is to stay locked."""
    if mode == "absent":
        yield None
        return
    unlock = [] if mode == "locked" else ["--unlock"]
    command = ["gnome-keyring-daemon", "--foreground", "--components=secrets", *unlock]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as daemon:
        assert daemon.stdin
        assert daemon.stdout
        daemon.stdin.write(b"test")
        daemon.stdin.close()
        daemon.stdout.readline()
        yield daemon
        daemon.send_signal(signal.SIGCONT)
        daemon.terminate()


def tell(step: str, act: Callable[[], object]) -> None:
    began = time.monotonic()
    try:
        act()
        came_of_it = "done"
    except Unavailable as unavailable:
        came_of_it = unavailable.code
    print(step, came_of_it, "in time" if time.monotonic() - began < 6 else "late")  # noqa: T201


def walk(mode: str, folder: StoreFolder) -> None:
    new = store_keys.new_keys("0198a2b4-0000-7000-8000-000000000001", PASSPHRASE, cost=Argon2Cost(8, 1, 1))
    create_keys(folder, new.file)
    with service(mode) as daemon:
        tell("first run:", lambda: store_keys.keep_in_keyring(folder, new.key, KeyRing()))
        if daemon and mode == "stopped":
            daemon.send_signal(signal.SIGSTOP)
        tell("next start:", lambda: store_keys.unlock_with_keyring(folder, KeyRing()))
    tell("passphrase:", lambda: store_keys.unlock_with_passphrase(folder, PASSPHRASE, SystemClock()))


if __name__ == "__main__":
    walk(sys.argv[1], StoreFolder(Path(sys.argv[2])))
