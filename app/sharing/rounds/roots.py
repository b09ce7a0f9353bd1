"""The root's public keys in the vault file (specification 10)."""

from __future__ import annotations

import os

from app.sharing.membership.keys import PrivateKeys, PublicKeys
from app.sharing.objects import vault_file
from app.sharing.objects.container import SALT_BYTES
from app.sharing.objects.vault_file import VaultFile


def make_vault_file(vault: bytes, root: PrivateKeys) -> bytes:
    """The complete object, signed with the root's key."""
    file = VaultFile(vault, root.public.signing, root.public.hpke_keys)
    return vault_file.make(file, os.urandom(SALT_BYTES), root.sign)


def root_of(file: VaultFile) -> PublicKeys:
    """The root that the file names. Raises MalformedObject."""
    return PublicKeys.from_hpke_keys(file.root_key, file.wrapping_keys)
