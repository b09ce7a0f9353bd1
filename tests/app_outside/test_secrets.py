"""The door to the key ring: whatever stands behind it, the program goes on."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import keyring
import pytest

from app.errors import KeyringAbsent, KeyringForgot, KeyringSilent, Unavailable
from app.secrets import WAIT_S, KeyRing, is_trusted, system_backend

from .fake_key_rings import (
    BlockingRing,
    ForgettingRing,
    LockedRing,
    RefusingRing,
    WorkingRing,
    absent_ring,
)

SECRET = bytes(range(32))


@pytest.fixture
def blocking() -> Iterator[BlockingRing]:
    ring = BlockingRing()
    yield ring
    ring.released.set()
    for thread in threading.enumerate():
        if thread.name == "key ring":
            thread.join(5)


def backend_from(module: str) -> WorkingRing:
    made: WorkingRing = type("Keyring", (WorkingRing,), {"__module__": module})()
    return made


def test_what_is_kept_is_read_back_under_its_name_only() -> None:
    kept = WorkingRing()
    ring = KeyRing(lambda: kept)
    ring.keep("one", SECRET)
    assert ring.read("one") == SECRET
    assert ring.read("two") is None


def test_what_is_forgotten_is_gone_and_forgetting_twice_is_fine() -> None:
    kept = WorkingRing()
    ring = KeyRing(lambda: kept)
    ring.keep("one", SECRET)
    ring.forget("one")
    ring.forget("one")
    assert ring.read("one") is None


def test_what_someone_else_put_there_is_no_secret() -> None:
    kept = WorkingRing()
    kept.set_password("one", "store key", "これは鍵ではない")
    assert KeyRing(lambda: kept).read("one") is None


@pytest.mark.parametrize("find", [absent_ring, LockedRing, RefusingRing])
def test_a_key_ring_that_does_not_work_counts_as_absent(find: Callable[[], WorkingRing]) -> None:
    ring = KeyRing(find)
    with pytest.raises(KeyringAbsent):
        ring.read("one")
    with pytest.raises(KeyringAbsent):
        ring.keep("one", SECRET)


def test_a_key_ring_that_forgets_is_found_out_when_it_is_given_something() -> None:
    with pytest.raises(KeyringForgot):
        KeyRing(ForgettingRing).keep("one", SECRET)


def test_a_silent_key_ring_is_left_alone_after_five_seconds(blocking: BlockingRing) -> None:
    ring = KeyRing(lambda: blocking)
    began = time.monotonic()
    with pytest.raises(KeyringSilent) as told:
        ring.read("one")
    with pytest.raises(KeyringSilent):
        ring.keep("one", SECRET)
    assert WAIT_S <= time.monotonic() - began < 6
    assert told.value.facts == {"wait_seconds": 5}
    assert blocking.asked == 1


def test_a_key_ring_that_wakes_up_is_asked_again(blocking: BlockingRing) -> None:
    ring = KeyRing(lambda: blocking, wait_s=0.05)
    with pytest.raises(KeyringSilent):
        ring.read("one")
    blocking.released.set()
    next(thread for thread in threading.enumerate() if thread.name == "key ring").join(5)
    ring.keep("one", SECRET)
    assert ring.read("one") == SECRET


def test_a_silent_key_ring_does_not_keep_the_program_from_ending() -> None:
    program = (
        "import threading\n"
        "from app.secrets import KeyRing\n"
        "from app.errors import KeyringSilent\n"
        "try: KeyRing(lambda: threading.Event().wait(), wait_s=0.05).read('one')\n"
        "except KeyringSilent: print('went on')\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=True
    )
    assert ended.stdout == "went on\n"


def test_a_secret_too_long_for_windows_is_refused_everywhere() -> None:
    kept = WorkingRing()
    KeyRing(lambda: kept).keep("one", bytes(960))
    assert {len(text) for text in kept.kept.values()} == {1280}
    with pytest.raises(ValueError, match="Windows"):
        KeyRing(lambda: kept).keep("one", bytes(961))


@pytest.mark.parametrize("name", ["Windows", "macOS", "SecretService", "libsecret", "kwallet"])
def test_the_systems_own_key_rings_are_trusted(name: str) -> None:
    assert is_trusted(backend_from(f"keyring.backends.{name}"))


@pytest.mark.parametrize(
    "module",
    [
        "keyring.backends.fail",
        "keyring.backends.null",
        "keyring.backends.chainer",
        "keyrings.alt.file",
        "keyrings.alt.Windows",
        "keyring.backends.Windows2",
        "builtins",
    ],
)
def test_whatever_may_write_plain_text_is_not_trusted(module: str) -> None:
    assert not is_trusted(backend_from(module))


def test_without_a_trusted_backend_the_key_ring_is_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "get_keyring", lambda: backend_from("keyrings.alt.file"))
    with pytest.raises(KeyringAbsent):
        system_backend()


def test_of_several_backends_the_first_trusted_one_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    trusted = backend_from("keyring.backends.kwallet")
    chain = SimpleNamespace(backends=[backend_from("keyrings.alt.file"), trusted])
    monkeypatch.setattr(keyring, "get_keyring", lambda: chain)
    assert system_backend() is trusted


def test_windows_is_told_to_keep_the_secret_on_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    windows = backend_from("keyring.backends.Windows")
    monkeypatch.setattr(keyring, "get_keyring", lambda: windows)
    assert vars(system_backend())["persist"] == "local machine"


def test_the_key_ring_library_is_not_loaded_before_it_is_asked() -> None:
    program = "import sys, app.secrets; print('keyring' in sys.modules)"
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=True
    )
    assert ended.stdout == "False\n"


def test_all_that_can_go_wrong_is_something_to_go_on_without() -> None:
    assert issubclass(KeyringAbsent, Unavailable)
    assert issubclass(KeyringSilent, Unavailable)
    assert issubclass(KeyringForgot, Unavailable)
