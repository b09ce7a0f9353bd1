"""The key ring of a Linux desktop, for real: a session bus of its own, and gnome-keyring on it."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGES = {"dbus-run-session": "dbus", "gnome-keyring-daemon": "gnome-keyring"}
MISSING = [package for program, package in PACKAGES.items() if shutil.which(program) is None]

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"needs the Debian package {' and '.join(MISSING)}")


@pytest.fixture
def home() -> Iterator[Path]:
    """A home with a short path: a socket's name has room for 107 characters."""
    with tempfile.TemporaryDirectory(prefix="ring-") as made:
        yield Path(made)


def walk(mode: str, home: Path) -> list[str]:
    environ = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON_", "DBUS_", "XDG_"))
    }
    environ |= {"HOME": str(home), "XDG_RUNTIME_DIR": str(home)}
    program = [sys.executable, "-m", "tests.app_outside.secret_service_walk", mode, str(home / "store")]
    session = [] if mode == "absent" else ["dbus-run-session", "--"]
    ended = subprocess.run(
        [*session, *program], env=environ, capture_output=True, text=True, timeout=240, check=False
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.splitlines()


def test_an_unlocked_key_ring_opens_the_store_at_the_next_start(home: Path) -> None:
    assert walk("unlocked", home) == [
        "first run: done in time",
        "next start: done in time",
        "passphrase: done in time",
    ]


def test_without_a_session_bus_the_passphrase_opens_the_store(home: Path) -> None:
    assert walk("absent", home) == [
        "first run: keyring.absent in time",
        "next start: keyring.slot_stale in time",
        "passphrase: done in time",
    ]


def test_a_key_ring_that_stops_answering_holds_nobody_up(home: Path) -> None:
    assert walk("stopped", home) == [
        "first run: done in time",
        "next start: keyring.silent in time",
        "passphrase: done in time",
    ]


def test_a_locked_key_ring_holds_nobody_up(home: Path) -> None:
    first_run, next_start, passphrase = walk("locked", home)
    assert first_run in {"first run: keyring.absent in time", "first run: keyring.silent in time"}
    assert next_start == "next start: keyring.slot_stale in time"
    assert passphrase == "passphrase: done in time"
