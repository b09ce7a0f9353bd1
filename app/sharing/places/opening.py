"""A 置き場 from its address."""

from __future__ import annotations

from app.sharing.places.address import Address, FolderAddress, S3Address, WebDavAddress
from app.sharing.places.credentials import Credentials
from app.sharing.places.folder import FolderPlace
from app.sharing.places.place import Place


class CredentialsWanted(Exception):
    """The address names a place that opens to nobody without credentials."""


def open_place(address: Address, credentials: Credentials | None = None) -> Place:
    """The place; nothing is asked of it yet, and whoever opens it closes it. Raises CredentialsWanted,
    CredentialsUnusable.

    The libraries of a kind are imported when it is opened: a start of the program does not wait for them.
    """
    if isinstance(address, FolderAddress):
        return FolderPlace(address.path)
    if credentials is None:
        raise CredentialsWanted
    if isinstance(address, WebDavAddress):
        from app.sharing.places.webdav import WebDavPlace

        return WebDavPlace(address, credentials)
    from app.sharing.places.object_store import ObjectStorePlace, azure_store, s3_store

    if isinstance(address, S3Address):
        return ObjectStorePlace(s3_store(address, credentials))
    return ObjectStorePlace(azure_store(address, credentials))
