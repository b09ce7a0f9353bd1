"""The disk under the store."""

from __future__ import annotations

import errno

from app.errors.cases import AppError


class CannotWrite(AppError):
    """The system refused a write for a reason that has no case of its own."""

    code = "disk.cannot_write"


class DiskFull(AppError):
    """No space is left for the write; what was committed before stays readable."""

    code = "disk.full"


class FolderReadOnly(AppError):
    """The folder, or the drive it is on, does not take writes."""

    code = "disk.read_only"


class FolderVanished(AppError):
    """The drive or folder was there and is gone: unplugged, unmounted, moved."""

    code = "disk.vanished"


class FolderMissing(AppError):
    """A folder that a person chose for a file is not there, or no longer."""

    code = "disk.folder_missing"


class CannotRead(AppError):
    """The system refused to read a file that exists."""

    code = "disk.cannot_read"


DISK_FAULTS = (CannotWrite, DiskFull, FolderReadOnly, FolderVanished)
"""The disk takes no writes now; it may again."""

_BY_ERRNO: dict[int, type[CannotWrite | DiskFull | FolderReadOnly | FolderVanished]] = {
    errno.ENOSPC: DiskFull,
    errno.EDQUOT: DiskFull,
    errno.EROFS: FolderReadOnly,
    errno.EACCES: FolderReadOnly,
    errno.EPERM: FolderReadOnly,
    errno.ENOENT: FolderVanished,
    errno.ENOTDIR: FolderVanished,
    errno.ENODEV: FolderVanished,
    errno.ENXIO: FolderVanished,
    errno.ESTALE: FolderVanished,
}


def write_fault(refused: OSError) -> AppError:
    """The case that a failed write is, by the number the system gave."""
    return _BY_ERRNO.get(refused.errno or 0, CannotWrite)()


def outside_fault(refused: OSError) -> AppError:
    """The same for a file that a person put somewhere else than into the store's folder."""
    fault = write_fault(refused)
    return FolderMissing() if isinstance(fault, FolderVanished) else fault
