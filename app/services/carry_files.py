"""Carry files on the disk: written whole or not at all, cut into parts, and found again with their parts."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from app.durable_files import open_private
from app.errors import (
    CannotRead,
    CarryOfAnotherTeam,
    CarryPartDamaged,
    CarryPartsMissing,
    CarryTooNew,
    CarryUnreadable,
    outside_fault,
)
from app.sharing.objects.container import HEADER_BYTES
from app.sharing.objects.joined_parts import is_part, open_joined
from app.sharing.objects.large import LargeObject
from app.sharing.objects.malformed import MalformedObject, NewerFormat
from app.sharing.objects.packs import open_pack
from app.sharing.objects.parts import PART_HEADER_BYTES, PartDamaged, PartsMissing, read_part, split
from app.sharing.objects.pieces import read_at, size_of

ENDING = ".banso-carry"
_VAULT = slice(24, 40)
_MOST_BESIDE = 10_000


def put(
    pieces: Iterable[bytes], folder: Path, at: datetime, part_bytes: int | None
) -> tuple[list[Path], bytes]:
    """Write a carry file into a folder, in parts of at most so many bytes; all of it or nothing.

    Returns the files, and the SHA-256 of the whole. Raises what a refused write is, and ValueError for
    parts too small.
    """
    whole = folder / f"banso-{at:%Y%m%d-%H%M%S}.part"
    written: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        digest = _write(whole, pieces)
        stem = f"banso-{at:%Y%m%d-%H%M}-{digest.hex()[:6]}"
        if part_bytes is None or whole.stat().st_size <= part_bytes:
            written.append(whole.replace(folder / f"{stem}{ENDING}"))
        else:
            written += _write_parts(whole, stem, digest, part_bytes)
    except OSError as refused:
        raise outside_fault(refused) from refused
    finally:
        with suppress(OSError):
            whole.unlink(missing_ok=True)
    return written, digest


@contextmanager
def opened_carry(paths: Sequence[Path], vault: bytes) -> Iterator[LargeObject]:
    """The carry file in one file, or in its parts; parts that lie beside a given one are found by themselves.

    Raises CarryUnreadable, CarryOfAnotherTeam, CarryTooNew, CarryPartsMissing, CarryPartDamaged, CannotRead.
    """
    with _opened(_with_parts_beside(paths)) as sources:
        try:
            source = open_joined(sources) if is_part(sources[0]) else _only(sources)
            _require_ours(source, vault)
            carry = open_pack(source, vault)
        except PartsMissing as gone:
            missing = "、".join(map(str, gone.numbers[:9])) + ("…" if len(gone.numbers) > 9 else "")
            raise CarryPartsMissing(missing=missing, count=gone.count) from None
        except PartDamaged as damaged:
            raise CarryPartDamaged(number=damaged.number) from None
        except NewerFormat:
            raise CarryTooNew from None
        except MalformedObject as malformed:
            raise CarryUnreadable from malformed
        yield carry


def _require_ours(source: BinaryIO, vault: bytes) -> None:
    start = read_at(source, 0, min(HEADER_BYTES, size_of(source)))
    if start[:4] == b"\x89OSY" and start[_VAULT] != vault:
        raise CarryOfAnotherTeam


def _only(sources: Sequence[BinaryIO]) -> BinaryIO:
    if len(sources) != 1:
        raise MalformedObject("several files that are no parts")
    return sources[0]


def _write(path: Path, pieces: Iterable[bytes]) -> bytes:
    hashed = sha256()
    with open_private(path) as file:
        for piece in pieces:
            hashed.update(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return hashed.digest()


def _write_parts(whole: Path, stem: str, digest: bytes, part_bytes: int) -> list[Path]:
    written: list[Path] = []
    try:
        with whole.open("rb") as source:
            names = _names(stem, size_of(source), part_bytes)
            for name, part in zip(names, split(source, digest, part_bytes), strict=True):
                path = whole.with_name(name)
                written.append(path)
                _write(path, (part,))
    except BaseException:
        for path in written:
            with suppress(OSError):
                path.unlink(missing_ok=True)
        raise
    return written


def _names(stem: str, size: int, part_bytes: int) -> list[str]:
    """Names of the parts, each with its number and how many there are."""
    count = -(-size // (part_bytes - PART_HEADER_BYTES))
    width = len(str(count))
    return [f"{stem}-{number:0{width}}of{count}{ENDING}" for number in range(1, count + 1)]


def _with_parts_beside(paths: Sequence[Path]) -> list[Path]:
    """The given files, with those of their folders that are parts of the same carry file."""
    given = [each for path in paths for each in (_in_folder(path) if path.is_dir() else [path])]
    if not given:
        raise CarryUnreadable
    belongs_to = _belongs_to(given[0])
    if belongs_to is None:
        return given
    folders = {path.parent for path in given}
    beside = [each for folder in sorted(folders) for each in _in_folder(folder)]
    return list(dict.fromkeys([*given, *(each for each in beside if _belongs_to(each) == belongs_to)]))


def _in_folder(folder: Path) -> list[Path]:
    with suppress(OSError):
        return sorted(folder.glob(f"*{ENDING}"))[:_MOST_BESIDE]
    return []


def _belongs_to(path: Path) -> tuple[bytes, int, int] | None:
    try:
        with path.open("rb") as source:
            return read_part(source).belongs_to if is_part(source) else None
    except (OSError, MalformedObject):
        return None


@contextmanager
def _opened(paths: Sequence[Path]) -> Iterator[list[BinaryIO]]:
    with ExitStack() as files:
        try:
            sources: list[BinaryIO] = [files.enter_context(path.open("rb")) for path in paths]
        except OSError as refused:
            raise CannotRead from refused
        yield sources
