"""Backups, and coming back from one."""

from __future__ import annotations

from app.errors.cases import AppError


class BackupFailed(AppError):
    """No verified backup could be made; earlier ones are untouched."""

    code = "backup.failed"


class BackupUnreadable(AppError):
    """The chosen backup does not open or fails its check."""

    code = "backup.unreadable"


class NoBackup(AppError):
    """There is no backup to restore from."""

    code = "backup.none"


class RestoreFailed(AppError):
    """The restore stopped half way and the store is as it was before."""

    code = "backup.restore_failed"


class BackupOfAnotherStore(AppError):
    """The chosen backup belongs to a store with another key."""

    code = "backup.other_store"
