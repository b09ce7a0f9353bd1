"""設定 of an own store, entered as a person enters it."""

from tests.ui.program.house import House
from ui.navigation import Place, Route
from ui.program import Program


def enter(house: House, section: str) -> Program:
    """Start where needed, open the store, and go to a section."""
    program = house.program
    if program is None:
        house.make_store()
        program = house.start_and_open()
    program.window.open(Route(Place.SETTINGS, tab=section))
    house.settle()
    return program


def toast(house: House) -> str:
    """What the toast says."""
    from ui.widgets.toast import Toast

    return " ".join(str(each._text.text()) for each in house.shown(Toast))
