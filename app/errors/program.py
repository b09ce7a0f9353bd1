"""The program itself: practice, settings, how it ended."""

from __future__ import annotations

from app.errors.cases import AppError


class PracticeOnly(AppError):
    """The act is allowed on a practice store only."""

    code = "practice.only"


class PracticePassphraseFixed(AppError):
    """The passphrase of a practice store is published and stays as it is."""

    code = "practice.passphrase_fixed"


class SettingsUnreadable(AppError):
    """The settings file cannot be read; the program goes on with its defaults."""

    code = "settings.unreadable"


class StoppedBefore(AppError):
    """The last run ended without closing the store; what was typed until `until` is there."""

    code = "program.stopped_before"

    def __init__(self, *, until: str) -> None:
        super().__init__(until=until)


class Defect(AppError):
    """The program met something it was not made for. Shown by the last-resort window only."""

    code = "program.defect"
