"""The root's public keys in the vault file (specification 10)."""

from __future__ import annotations

import os

from app.sharing.membership.keys import ML_KEM_PUBLIC_BYTES, PrivateKeys, PublicKeys
from app.sharing.membership.wraps import SUITE_HYBRID, SUITE_X25519
from app.sharing.objects import vault_file
from app.sharing.objects.container import SALT_BYTES
from app.sharing.objects.malformed import MalformedObject
from app.sharing.objects.vault_file import VaultFile


def make_vault_file(vault: bytes, root: PrivateKeys) -> bytes:
    """The complete object, signed with the root's key."""
    public = root.public
    keys = ((SUITE_X25519, public.x25519), (SUITE_HYBRID, public.ml_kem + public.x25519))
    file = VaultFile(vault, public.signing, keys)
    return vault_file.make(file, os.urandom(SALT_BYTES), root.sign)


def root_of(file: VaultFile) -> PublicKeys:
    """The root that the file names. Raises MalformedObject."""
    keys = dict(file.wrapping_keys)
    x25519, hybrid = keys.get(SUITE_X25519, b""), keys.get(SUITE_HYBRID, b"")
    if hybrid and hybrid[ML_KEM_PUBLIC_BYTES:] != x25519:
        raise MalformedObject("two keys where one is meant")
    return PublicKeys.from_raw(file.root_key + x25519 + hybrid[:ML_KEM_PUBLIC_BYTES])
