"""What holds for every test: no display, no network, no key ring, and nobody's own files."""

import faulthandler
import gc
import logging
import os
import shutil
import socket
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import IO, Any, NoReturn

import pytest
from hypothesis import settings
from pytestqt.qtbot import QtBot

from tests.golden import compare

_HOME = pytest.StashKey[Path]()
_LAST_WORDS = pytest.StashKey[IO[str]]()
_PLACES = {
    "HOME": "",
    "USERPROFILE": "",
    "XDG_DATA_HOME": ".local/share",
    "XDG_CONFIG_HOME": ".config",
    "XDG_STATE_HOME": ".local/state",
    "XDG_CACHE_HOME": ".cache",
    "XDG_RUNTIME_DIR": "run",
    "WIN_PD_OVERRIDE_APPDATA": "AppData/Roaming",
    "WIN_PD_OVERRIDE_LOCAL_APPDATA": "AppData/Local",
    "WIN_PD_OVERRIDE_PERSONAL": "Documents",
}

_PATIENCE_MS = 60_000
_CALLERS = ("/_pytest/", "/pluggy/", "/xdist/", "/execnet/")
"""Folders of what calls the tests."""

settings.register_profile("fast", max_examples=60, deadline=None, derandomize=True, database=None)
settings.register_profile("long", max_examples=3000, deadline=None, print_blob=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew-golden", action="store_true", help="keep what the tests make as golden files")


def pytest_configure(config: pytest.Config) -> None:
    """Point the whole run at an empty home before any of our modules is imported."""
    home = Path(tempfile.mkdtemp(prefix="banso-tests-"))
    config.stash[_HOME] = home
    for name, below in _PLACES.items():
        place = home / below
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.environ[name] = str(place)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    if not config.getoption("--hypothesis-profile"):
        settings.load_profile("long" if config.getoption("-m") == "long" else "fast")


@pytest.hookimpl(trylast=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Have a worker that crashes leave what each of its threads was at."""
    place = getattr(session.config, "workerinput", {}).get("last_words")
    if place is not None:
        session.config.stash[_LAST_WORDS] = words = Path(place).open("w")  # noqa: SIM115 - until the end
        faulthandler.enable(words)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker where to leave its last words."""
    node.workerinput["last_words"] = str(_last_words(node))


@pytest.hookimpl(optionalhook=True)
def pytest_handlecrashitem(report: Any) -> None:
    """Put a worker's last words under the failure."""
    left = _last_words(report.node).read_text("utf-8", errors="replace").splitlines()
    words = [line for line in left if not any(name in line for name in _CALLERS)]
    words = words or ["It left no word: something outside ended it."]
    report.longrepr = "\n".join([report.longrepr, *words])


def _last_words(node: Any) -> Path:
    home: Path = node.config.stash[_HOME]
    return home / f"last-words-{node.gateway.id}"


def pytest_collection_finish() -> None:
    """Collect garbage between tests only: on a worker's thread the ends of Qt's objects stop the program."""
    gc.collect()
    gc.freeze()  # what is imported by now stays
    gc.disable()


@pytest.hookimpl(trylast=True)
def pytest_runtest_logfinish() -> None:
    """Collect by Python's own thresholds, after the fixtures of a test have ended."""
    due = [count > threshold for count, threshold in zip(gc.get_count(), gc.get_threshold(), strict=True)]
    if any(due):
        gc.collect(max(generation for generation, is_due in enumerate(due) if is_due))


def pytest_unconfigure(config: pytest.Config) -> None:
    if _HOME in config.stash:
        shutil.rmtree(config.stash[_HOME], ignore_errors=True)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Return a check (file name, text) against `golden/` in the folder of the test."""
    folder = request.path.parent / "golden"
    renew = request.config.getoption("--renew-golden")
    return lambda name, text: compare(folder / name, text, renew=renew)


@pytest.fixture
def qtbot(qtbot: QtBot) -> QtBot:
    """Waits as long as a machine that is busy otherwise may need: an end for what hangs, no measure."""
    for wait in ("waitUntil", "waitSignal"):
        setattr(qtbot, wait, partial(getattr(qtbot, wait), timeout=_PATIENCE_MS))
    return qtbot


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Let sockets reach this machine only. The failure is one that `except Exception` cannot hide."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _local_only(getattr(socket.socket, name)))
        patch.setattr(socket, "getaddrinfo", _local_names_only(socket.getaddrinfo))
        yield


@pytest.fixture(autouse=True)
def no_unexpected_log_warning(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail on a warning in our own logs, unless the test reads the log itself (asks for `caplog`)."""
    if "caplog" in request.fixturenames:
        yield
        return
    caplog: pytest.LogCaptureFixture = request.getfixturevalue("caplog")
    yield
    ours = [r for r in caplog.get_records("call") if r.name.partition(".")[0] in {"app", "db", "ui"}]
    loud = [f"{r.name}: {r.getMessage()}" for r in ours if r.levelno >= logging.WARNING]
    assert not loud, f"unexpected in the log: {loud}"


@pytest.fixture(autouse=True)
def no_log_left_open() -> Iterator[None]:
    """End a log that was started, by a fixture of the session too: else the next one stays unwritten."""
    yield
    from app.logs import WordlessFormatter

    root = logging.getLogger()
    for started in [each for each in root.handlers if isinstance(each.formatter, WordlessFormatter)]:
        root.removeHandler(started)
        started.close()


def _local_only(connect: Any) -> Any:
    def checked(sock: socket.socket, address: Any) -> Any:
        if sock.family in {socket.AF_INET, socket.AF_INET6} and not _is_local(address[0]):
            _refuse(address[0])
        return connect(sock, address)

    return checked


def _local_names_only(getaddrinfo: Any) -> Any:
    def checked(host: Any, *rest: Any, **named: Any) -> Any:
        if not _is_local(host):
            _refuse(host)
        return getaddrinfo(host, *rest, **named)

    return checked


def _is_local(host: Any) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    return name in {None, "", "localhost", "::1"} or str(name).startswith("127.")


def _refuse(host: Any) -> NoReturn:
    pytest.fail(f"tests stay on this machine, but something asked for {host!r}")
