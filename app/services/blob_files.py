"""Encrypted files beside the store: written whole, read in chunks, never plain (design-sync 7)."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from app.durable_files import open_private
from app.ids import save_id
from app.paths import StoreFolder
from app.sharing.objects.blobs import blob_chunks, open_blob
from app.sharing.objects.container import HEADER_BYTES, Header, read_header
from app.sharing.objects.large import LargeObject
from app.sharing.objects.malformed import MalformedObject
from app.sharing.objects.pieces import read_at, size_of

_VAULT = slice(24, 40)


class BlobFiles:
    """The folder of one store. Ids are 32 bytes, the SHA-256 of a whole file."""

    def __init__(self, store: StoreFolder) -> None:
        self.folder = store.blobs

    def path(self, blob: bytes) -> Path:
        """Where a blob lies, named as in the 置き場."""
        name = blob[:16].hex()
        return self.folder / name[:2] / f"{name}.osy"

    def put(self, pieces: Iterable[bytes]) -> tuple[bytes, int]:
        """Write a file; its id and size. Raises OSError; then nothing is left."""
        self.folder.mkdir(mode=0o700, exist_ok=True)
        unfinished = self.folder / f"{save_id().hex()}.part"
        hashed, size = sha256(), 0
        try:
            with open_private(unfinished) as file:
                for piece in pieces:
                    hashed.update(piece)
                    size += file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            target = self.path(hashed.digest())
            target.parent.mkdir(mode=0o700, exist_ok=True)
            unfinished.replace(target)
        finally:
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)
        return hashed.digest(), size

    def bytes_of(self, blob: bytes) -> bytes:
        """The whole encrypted file. Raises OSError."""
        return self.path(blob).read_bytes()

    def has(self, blob: bytes) -> bool:
        """Whether the file is there."""
        return self.path(blob).exists()

    @contextmanager
    def opened(self, blob: bytes) -> Iterator[LargeObject]:
        """The file, proven to be the one of its id. Raises MalformedObject, OSError."""
        with self.path(blob).open("rb") as source:
            vault = read_at(source, 0, min(HEADER_BYTES, size_of(source)))[_VAULT]
            found = open_blob(source, vault)
            if found.id != blob:
                raise MalformedObject("not the object of its name")
            yield found

    def content(self, blob: bytes, key: bytes) -> Iterator[bytes]:
        """What was attached, a MiB at a time. Raises MalformedObject, OSError."""
        with self.opened(blob) as found:
            yield from blob_chunks(found, key)

    def header_of(self, blob: bytes) -> Header:
        """Who sealed it for which vault. Raises MalformedObject, OSError."""
        with self.path(blob).open("rb") as source:
            size = size_of(source)
            start = read_at(source, 0, min(HEADER_BYTES, size))
            return read_header(start, size, start[_VAULT])

    def remove(self, blob: bytes) -> None:
        """Let go of a file."""
        with suppress(OSError):
            self.path(blob).unlink(missing_ok=True)

    def names(self) -> set[str]:
        """The first 16 bytes of the ids of all files, in hexadecimal."""
        return {path.stem for path in self.folder.glob("??/*.osy")}
