"""Coming to the pages of チーム, and what a person does there."""

from pathlib import Path
from typing import TypeVar

from app.services.sharing import SharingService
from tests.ui.program.house import House
from ui.navigation import Place, Route
from ui.screens.first_run.words import WordsPage
from ui.screens.team.create_page import CreatePage
from ui.screens.team.page import TeamPage
from ui.widgets.fields.text_field import TextField

Page = TypeVar("Page", bound=TeamPage)


def open_house(house: House) -> None:
    """A store of its own, open."""
    house.make_store()
    house.start_and_open()


def enter(house: House, tab: str | None = None, item_id: str | None = None) -> None:
    """Sit down before this window, at a page of チーム."""
    assert house.program is not None
    house.program.window.activateWindow()
    house.wait_until(house.program.window.isActiveWindow)
    house.program.window.open(Route(Place.TEAM, tab=tab, item_id=item_id))
    house.settle()


def page(house: House, kind: type[Page]) -> Page:
    """The page of a kind that is in front."""
    return next(each for each in house.shown(kind))


def sharing(house: House) -> SharingService:
    assert house.program is not None
    assert house.program.services is not None
    return house.program.services.sharing


def name_oneself(house: House, person: str, device: str) -> None:
    fields = {each.accessibleName(): each for each in house.shown(TextField)}
    fields["あなたの名前"].setText(person)
    fields["この端末の名前"].setText(device)


def create_team(
    house: House, place: Path, person: str = "佐藤 花子", device: str = "SATO-PC"
) -> tuple[str, ...]:
    """From the empty page to the team, as a person does; the words of the sheet."""
    enter(house)
    house.click("新しいチームを作る")
    house.settle()
    page(house, CreatePage).place.choose_folder(str(place))
    name_oneself(house, person, device)
    house.press("Ctrl+Return")
    house.settle()
    sheet = next(each for each in house.shown(WordsPage))
    words = tuple(sheet.words)  # type: ignore[attr-defined]
    house.press("Ctrl+Return")
    type_back(house, words)
    house.press("Ctrl+Return")
    house.settle()
    return words


def type_back(house: House, words: tuple[str, ...]) -> None:
    """The two groups that are asked for."""
    for field in house.shown(TextField):
        name = field.accessibleName()
        if name.endswith("番の4語"):
            first = int(name.partition("番")[0])
            field.setText(" ".join(words[first - 1 : first + 3]))
