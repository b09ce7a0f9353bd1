"""Encrypted files beside the store: written whole, read in chunks, never plain (design-sync 7)."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from app.durable_files import open_private
from app.ids import save_id
from app.paths import StoreFolder
from app.sharing.objects.blobs import blob_chunks, open_blob, sealing_blob
from app.sharing.objects.container import HEADER_BYTES, SIGNATURE_BYTES, Header, read_header
from app.sharing.objects.large import LargeObject
from app.sharing.objects.malformed import MalformedObject
from app.sharing.objects.pieces import read_at, size_of

_LENGTH, _VAULT = slice(16, 24), slice(24, 40)


class BlobFiles:
    """The folder of one store. Ids are 32 bytes, the SHA-256 of a whole file."""

    def __init__(self, store: StoreFolder) -> None:
        self.folder = store.blobs
        self._backups = store.backups / store.blobs.name

    @classmethod
    def beside(cls, database: Path) -> BlobFiles:
        """Those of the store whose file this is."""
        return cls(StoreFolder(database.parent))

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

    def pieces(self, blob: bytes) -> Iterator[bytes]:
        """The encrypted file, a MiB at a time. Raises OSError."""
        with self.path(blob).open("rb") as source:
            while piece := source.read(1 << 20):
                yield piece

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

    def frame_of(self, blob: bytes) -> tuple[bytes, bytes]:
        """(header, signature): with its key and its content they are the whole file again."""
        with self.opened(blob) as found:
            signature = read_at(found.source, found.content_end, SIGNATURE_BYTES)
            return read_at(found.source, 0, found.header.size), signature

    def put_framed(self, blob: bytes, frame: tuple[bytes, bytes], content: bytes, key: bytes) -> int | None:
        """Make a file again of what it was taken apart into; its size, None if that is another file.

        Raises OSError.
        """
        head, signature = frame
        try:
            header = read_header(head, int.from_bytes(head[_LENGTH]), head[_VAULT])
            pieces = sealing_blob(header, BytesIO(content), len(content), key, lambda _: signature)
            made, size = self.put(pieces)
        except (MalformedObject, ValueError):
            return None
        if made != blob:
            self.remove(made)
            return None
        return size

    def remove(self, blob: bytes) -> None:
        """Let go of a file, and of its backup."""
        path = self.path(blob)
        for each in (path, self._backups / path.relative_to(self.folder)):
            with suppress(OSError):
                each.unlink(missing_ok=True)

    def back_up(self) -> None:
        """Keep every file among the backups as well; a file never changes, so that a link will do.

        Raises OSError.
        """
        _link_all(self.folder, self._backups)

    def bring_back(self) -> None:
        """Take from the backups what is not here any more. Raises OSError."""
        _link_all(self._backups, self.folder)


def _link_all(source: Path, target: Path) -> None:
    for path in source.glob("??/*.osy"):
        kept = target / path.relative_to(source)
        if kept.exists():
            continue
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            kept.hardlink_to(path)
        except OSError:  # a medium without links
            shutil.copyfile(path, kept)
            kept.chmod(0o600)
