"""Opening the window on a store folder, from the command line."""

from __future__ import annotations

from app.paths import StoreFolder, user_folders
from ui.application import make_application
from ui.program import Program


def open_window(folder: StoreFolder) -> int:
    """Run the window until it is closed; return the exit code of the program.

    When the first run asks for the practice region, that opens in the place of the empty folder.
    """
    application = make_application()
    program = Program(folder, user_folders().settings / "settings.json")
    program.start()
    code = application.exec()
    return open_practice_window() if program.wants_practice else code


def open_practice_window(folder: StoreFolder | None = None) -> int:
    """Run the window on the practice region, making it first where it is not there yet."""
    from app.services.practice_store import make_practice_store

    practice = folder or StoreFolder(user_folders().practice_store)
    make_practice_store(practice)
    return open_window(practice)
