"""Attached files."""

from __future__ import annotations

from app.errors.cases import AppError, Unavailable


class AttachmentTooLarge(AppError):
    """A file of more than `most_mb` MB; it was not taken in."""

    code = "attachment.too_large"

    def __init__(self, *, most_mb: int) -> None:
        super().__init__(most_mb=most_mb)


class AttachmentUnreadable(AppError):
    """The system does not give the chosen file."""

    code = "attachment.unreadable"


class AttachmentNotHere(Unavailable):
    """The file did not come to this device yet; it was asked for."""

    code = "attachment.not_here"


class AttachmentErased(AppError):
    """An administrator erased the file for good; its record stays."""

    code = "attachment.erased"


class AttachmentTooYoung(AppError):
    """It was deleted less than `days` days ago, or not everybody knows of it yet: it is not erased."""

    code = "attachment.too_young"

    def __init__(self, *, days: int) -> None:
        super().__init__(days=days)
