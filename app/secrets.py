"""The only door to the system's key ring.

A key ring is a convenience that may be absent, locked, forgetful, or silent for minutes. Each call therefore
runs in a daemon thread that is waited for `WAIT_S` seconds; an executor's threads would keep the program from
ending. Whatever goes wrong comes out as `Unavailable`; the passphrase and the 24 words still open the store.
"""

from __future__ import annotations

import base64
import logging
import threading
from collections.abc import Callable
from typing import Any, Final, Generic, Protocol, TypeVar

from app.errors import KeyringAbsent, KeyringForgot, KeyringSilent, Unavailable

WAIT_S: Final = 5.0
LONGEST_SECRET_BYTES: Final = 960
"""Windows keeps 1,280 characters for one name; so many bytes fill them in base64."""

_USER: Final = "store key"
_TRUSTED_BACKENDS: Final = tuple(
    f"keyring.backends.{name}" for name in ("Windows", "macOS", "SecretService", "libsecret", "kwallet")
)
"""Backends that encrypt. Others answer too: `null` forgets, `keyrings.alt` writes plain files."""

_log = logging.getLogger(__name__)
_Answer = TypeVar("_Answer")


class Backend(Protocol):
    """What is used of a backend of the `keyring` library."""

    def get_password(self, service: str, username: str) -> str | None:
        """The text kept for the pair, or None."""
        ...

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep the text for the pair."""
        ...

    def delete_password(self, service: str, username: str) -> None:
        """Keep nothing for the pair any more."""
        ...


class KeyRing:
    """Keeps one short secret per name. Every method answers or raises `Unavailable`, within the wait."""

    def __init__(self, find_backend: Callable[[], Backend] | None = None, wait_s: float = WAIT_S) -> None:
        self._find_backend = find_backend or system_backend
        self._wait_s = wait_s
        self._running: threading.Thread | None = None

    def read(self, name: str) -> bytes | None:
        """The secret kept under the name, or None."""
        return self._ask(lambda backend: _decoded(backend.get_password(name, _USER)))

    def keep(self, name: str, secret: bytes) -> None:
        """Keep the secret and prove it by reading it back. Raises KeyringForgot when another comes back."""
        if len(secret) > LONGEST_SECRET_BYTES:
            raise ValueError("longer than Windows keeps")
        text = base64.b64encode(secret).decode()

        def keep_and_read(backend: Backend) -> str | None:
            backend.set_password(name, _USER, text)
            return backend.get_password(name, _USER)

        if self._ask(keep_and_read) != text:
            raise KeyringForgot

    def forget(self, name: str) -> None:
        """Keep nothing under the name; nothing kept is fine too."""

        def delete_if_kept(backend: Backend) -> None:
            if backend.get_password(name, _USER) is not None:
                backend.delete_password(name, _USER)

        self._ask(delete_if_kept)

    def _ask(self, question: Callable[[Backend], _Answer]) -> _Answer:
        if self._running and self._running.is_alive():
            raise self._silent()
        call = _Call(lambda: question(self._find_backend()))
        self._running = threading.Thread(target=call.run, name="key ring", daemon=True)
        self._running.start()
        self._running.join(self._wait_s)
        if self._running.is_alive():
            _log.info("the key ring is silent")
            raise self._silent()
        if isinstance(call.failure, Unavailable):
            raise call.failure
        if call.failure:
            _log.info("the key ring refused: %s", type(call.failure))
            raise KeyringAbsent from call.failure
        return call.answer

    def _silent(self) -> KeyringSilent:
        return KeyringSilent(wait_seconds=round(self._wait_s))


class _Call(Generic[_Answer]):
    """One question to the key ring, with what came of it."""

    answer: _Answer
    failure: Exception | None = None

    def __init__(self, question: Callable[[], _Answer]) -> None:
        self._question = question

    def run(self) -> None:
        try:
            self.answer = self._question()
        except Exception as failure:  # noqa: BLE001 (D-Bus raises errors that are not the library's)
            self.failure = failure


def system_backend() -> Backend:
    """The first trusted backend that the system offers. Raises KeyringAbsent."""
    import keyring  # takes 100 ms, and looks for D-Bus while it does

    chosen = keyring.get_keyring()
    for backend in getattr(chosen, "backends", [chosen]):
        if is_trusted(backend):
            return _kept_on_this_machine(backend)
    raise KeyringAbsent


def is_trusted(backend: object) -> bool:
    """Does the backend come from a module known to encrypt what it keeps?"""
    module = type(backend).__module__
    return any(module == trusted or module.startswith(f"{trusted}.") for trusted in _TRUSTED_BACKENDS)


def _kept_on_this_machine(backend: Any) -> Backend:
    """Tell Windows not to carry the secret to the user's other machines."""
    if type(backend).__module__ == "keyring.backends.Windows":
        backend.persist = "local machine"
    trusted: Backend = backend
    return trusted


def _decoded(text: str | None) -> bytes | None:
    try:
        return None if text is None else base64.b64decode(text, validate=True)
    except ValueError:
        return None
