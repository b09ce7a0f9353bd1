"""取扱 as a chip: a word and a shape for each of the four levels."""

from __future__ import annotations

from app.domain.terms import Confidentiality
from ui.theme.paint import State
from ui.widgets.chips import StateChip

_LOOKS = {
    Confidentiality.ASSIGNED: ("secret", "key"),
    Confidentiality.TEAM: ("flat", "people"),
    Confidentiality.MEETING: ("info", "eye"),
    Confidentiality.PUBLIC: ("ok", "check"),
}


def confidentiality_state(level: Confidentiality) -> State:
    """The state chip of a level."""
    kind, icon = _LOOKS.get(level, ("off", "question"))
    return State(kind, level.term, icon)  # type: ignore[arg-type]


class ConfidentialityChip(StateChip):
    """Shows the 取扱 of an item."""

    def __init__(self, level: Confidentiality) -> None:
        super().__init__(confidentiality_state(level))

    def set_level(self, level: Confidentiality) -> None:
        """Show another level."""
        self.set_state(confidentiality_state(level))
