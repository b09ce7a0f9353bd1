"""One walk over every screen, with everything that is asked of each of them."""

from dataclasses import dataclass, field

from PySide6.QtWidgets import QApplication

from build_spec.fitting import misfits
from build_spec.pictures import Look
from build_spec.reaching import unheard, unreachable
from build_spec.screens import leave, shots, show
from ui.program import Program


_OVERLAYS = {"go_to", "help"}


@dataclass
class Survey:
    """What was found, each with the name of its screen."""

    misfits: list[str] = field(default_factory=list)
    unreachable: list[str] = field(default_factory=list)
    unheard: list[str] = field(default_factory=list)
    left_without_focus: list[str] = field(default_factory=list)


def survey(program: Program, look: Look) -> Survey:
    """Walk through all screens in one look."""
    assert program.services is not None
    look.put_on(program)
    window, found = program.window, Survey()
    for shot in shots(program.services):
        show(program, shot)
        found.misfits += [f"{shot.name}: {each}" for each in misfits(window)]
        # Leaving what lies over the window closes it.
        if not _OVERLAYS & set(shot.commands) and QApplication.activePopupWidget() is None:
            found.unreachable += [f"{shot.name}: {each}" for each in unreachable(window)]
        found.unheard += [f"{shot.name}: {each}" for each in unheard(window)]
        leave(shot)
        focused = QApplication.focusWidget()
        if focused is None or focused.visibleRegion().isEmpty():
            found.left_without_focus.append(shot.name)
    return found
