"""What opens a 置き場, in the system's key ring and nowhere else."""

from __future__ import annotations

import hashlib
import json
import logging
from typing import Final

from app.errors import PlaceKeysMissing, PlaceRefused, Unavailable
from app.secrets import KeyRing
from app.sharing.places.address import Address, AddressUnusable, FolderAddress, read_address
from app.sharing.places.credentials import Credentials, CredentialsUnusable
from app.sharing.places.opening import CredentialsWanted, open_place
from app.sharing.places.place import Place

_NAME: Final = "banso place"
_log = logging.getLogger(__name__)


class PlaceKeys:
    """Credentials by the address of their 置き場. Every method raises `Unavailable` without a key ring."""

    def __init__(self, key_ring: KeyRing) -> None:
        self._key_ring = key_ring

    def keep(self, address: Address, credentials: Credentials) -> None:
        """Keep them in place of others. Raises ValueError beyond some 900 bytes."""
        written = json.dumps([credentials.user, credentials.secret], ensure_ascii=False)
        self._key_ring.keep(_ring_name(address), written.encode())

    def read(self, address: Address) -> Credentials | None:
        """What was kept, or None; None too for what another program left under the name."""
        kept = self._key_ring.read(_ring_name(address))
        try:
            user, secret = json.loads(kept or b"")
        except (ValueError, TypeError):
            return None
        return Credentials(user, secret) if isinstance(user, str) and isinstance(secret, str) else None

    def forget(self, address: Address) -> None:
        """Keep nothing for the address any more."""
        self._key_ring.forget(_ring_name(address))


def open_with_keys(address: Address, keys: PlaceKeys) -> Place:
    """The place, with what the key ring holds for it. Raises PlaceKeysMissing, PlaceRefused, Unavailable."""
    try:
        return open_place(address, None if isinstance(address, FolderAddress) else keys.read(address))
    except CredentialsWanted:
        raise PlaceKeysMissing from None
    except CredentialsUnusable:
        raise PlaceRefused from None


def keep_no_place_keys(address: str, key_ring: KeyRing) -> None:
    """Let the key ring open a 置き場 no more; one that does not answer keeps nobody from going on."""
    try:
        PlaceKeys(key_ring).forget(read_address(address))
    except (AddressUnusable, Unavailable) as kept:
        _log.info("the key ring keeps what opens a place: %s", type(kept).__name__)


def _ring_name(address: Address) -> str:
    """Of a fixed length, which some key rings want, and saying nothing about the 置き場."""
    return f"{_NAME} {hashlib.sha256(str(address).encode()).hexdigest()[:32]}"
