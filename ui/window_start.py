"""Opening the window on a store folder, from the command line."""

from __future__ import annotations

from app.logs import install_last_resort
from app.paths import StoreFolder, user_folders
from ui.application import make_application
from ui.collecting import end_window
from ui.following import Following
from ui.program import Program


def open_window(folder: StoreFolder) -> int:
    """Run the window until it is closed for good; return the exit code of the program.

    A window that closes for another store, or for the same one after a backup took its place, is followed by
    a window on that.
    """
    application = make_application()
    code = 0
    following: Following | None = Following(folder)
    while following is not None:
        program = Program(following.folder, user_folders().settings / "settings.json")
        install_last_resort(program.defect_met.emit)
        program.start(following)
        code = application.exec()
        following = program.following
        window = program.window
        del program
        end_window(window)  # on this thread: what is left of a window must not end on a worker's
    return code


def open_practice_window(folder: StoreFolder | None = None) -> int:
    """Run the window on the practice region, making it first where it is not there yet."""
    from app.services.practice_store import make_practice_store

    practice = folder or StoreFolder(user_folders().practice_store)
    make_practice_store(practice)
    return open_window(practice)
