"""Records that are looked for or changed."""

from __future__ import annotations

from app.errors.cases import AppError


class RecordMissing(AppError):
    """No record with that id is known here."""

    code = "record.missing"


class RecordWithdrawn(AppError):
    """The record is in ごみ箱, so it cannot be changed."""

    code = "record.withdrawn"


class CompanyNotFound(AppError):
    """No company has the name asked for."""

    code = "company.not_found"


class CompanyAmbiguous(AppError):
    """`count` companies have the name asked for."""

    code = "company.ambiguous"

    def __init__(self, *, count: int) -> None:
        super().__init__(count=count)


class DecisionTextMissing(AppError):
    """Homework was to be drawn from a 決定 line that has no text."""

    code = "decision.text_missing"


class UndoMovedOn(AppError):
    """The values a step left have been changed elsewhere since; nothing was taken back."""

    code = "undo.moved_on"


class ConflictMovedOn(AppError):
    """It was decided elsewhere meanwhile, or something arrived that the page did not show."""

    code = "conflict.moved_on"
