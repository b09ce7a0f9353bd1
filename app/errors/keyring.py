"""The system's key ring; without it the person types the passphrase."""

from __future__ import annotations

from app.errors.cases import Unavailable


class KeyringAbsent(Unavailable):
    """The system has no key ring that may be trusted, or it is locked."""

    code = "keyring.absent"


class KeyringSilent(Unavailable):
    """The key ring did not answer within `wait_seconds`."""

    code = "keyring.silent"

    def __init__(self, *, wait_seconds: int) -> None:
        super().__init__(wait_seconds=wait_seconds)


class KeyringForgot(Unavailable):
    """What the key ring gives back is not what was put in."""

    code = "keyring.forgot"


class KeyringSlotStale(Unavailable):
    """The key ring holds no key for this store, or one that no longer opens it."""

    code = "keyring.slot_stale"
