"""One walk over every screen, with everything that is asked of each of them."""

from dataclasses import dataclass, field

from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from build_spec.fitting import misfits, name_of, shown
from build_spec.pictures import Look
from build_spec.reaching import unheard, unreachable
from build_spec.screens import leave, shots, show
from ui.program import Program
from ui.widgets.empty_state import EmptyState

_OVERLAYS = {"go_to", "help"}


@dataclass
class Survey:
    """What was found, each with the name of its screen."""

    misfits: list[str] = field(default_factory=list)
    unreachable: list[str] = field(default_factory=list)
    unheard: list[str] = field(default_factory=list)
    bare: list[str] = field(default_factory=list)
    left_without_focus: list[str] = field(default_factory=list)


def bare(window: QWidget) -> list[str]:
    """Lists and tables without rows that say nothing in their place (design-ux 2.12, U8)."""
    return [
        name_of(view)
        for view in shown(window)
        if isinstance(view, QAbstractItemView)
        and view.model().rowCount() == 0
        and not any(each.isVisible() for each in view.findChildren(EmptyState))
    ]


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
        found.bare += [f"{shot.name}: {each}" for each in bare(window)]
        leave(program, shot)
        focused = QApplication.focusWidget()
        if focused is None or focused.visibleRegion().isEmpty():
            found.left_without_focus.append(shot.name)
    return found
