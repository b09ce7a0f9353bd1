"""What is typed in 設定 survives a sudden end."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.company.desk import Desk
from ui.navigation import Place, Route
from ui.program import Program
from ui.screens.settings.master_section import MasterSection
from ui.screens.settings.people_section import PeopleSection
from ui.screens.settings.screen import SettingsScreen
from ui.screens.settings.team_section import TeamSection
from ui.screens.today.presenter import waiting_route

WORDS = "死ぬ前に書いた文"


class Room(Desk):
    """A window with 設定; only looks and keys would ask for the program."""

    def open_window(self) -> None:
        super().open_window()
        program = cast(Program, None)
        self.window.register("settings", lambda: SettingsScreen(self.tasks, self.services, program))

    def enter(self, section: str) -> None:
        self.open(Route(Place.SETTINGS, tab=section))

    def section(self, kind: type[Any]) -> Any:
        return self.window.findChild(kind)

    def die_and_return(self) -> None:
        """Come back by 「書きかけの文」 of 今日."""
        self.die()
        (left,) = [each for each in self.services.today.board().waiting if each.kind == "drafts"]
        self.open(waiting_route(left))


@pytest.fixture
def room(tmp_path: Path, qtbot: QtBot) -> Iterator[Room]:
    room = Room(tmp_path, qtbot)
    yield room
    room.close()
    assert not room.faults


def test_a_new_person_comes_back_and_exists_once_the_name_is_in(room: Room) -> None:
    room.enter("people")
    room.press("Ctrl+N")
    form = room.section(PeopleSection)._form
    form.editors()["duty"].setFocus()
    room.type(WORDS)
    room.die_and_return()
    editors = room.section(PeopleSection)._form.editors()
    assert editors["duty"].text() == WORDS
    assert room.services.people.of_team() == ()
    editors["duty"].setFocus()
    editors["name"].setFocus()
    room.type("佐藤 健二")
    room.open(Route(Place.TODAY))
    (person,) = room.services.people.of_team()
    assert (person.name, person.duty) == ("佐藤 健二", WORDS)
    assert room.services.drafts.left() == ()


def test_a_field_of_a_known_person_comes_back(room: Room) -> None:
    room.services.people.add({"name": "佐藤 健二"})
    person_id = room.services.people.add({"name": "鈴木 花子"})
    room.enter("people")
    room.section(PeopleSection)._list.go_to(person_id)
    room.section(PeopleSection)._form.editors()["duty"].setFocus()
    room.type(WORDS)
    room.die_and_return()
    editors = room.section(PeopleSection)._form.editors()
    assert (editors["name"].text(), editors["duty"].text()) == ("鈴木 花子", WORDS)
    room.open(Route(Place.TODAY))
    assert WORDS in [person.duty for person in room.services.people.of_team()]
    assert room.services.drafts.left() == ()


def test_the_team_and_a_new_box_come_back(room: Room) -> None:
    room.enter("team")
    section = room.section(TeamSection)
    section._region.setFocus()
    room.type("北国県")
    section._boxes._lines[2].show()
    section._boxes.editors()["3"].setFocus()
    room.type("課長")
    room.die_and_return()
    box = room.section(TeamSection)._boxes.editors()["3"]
    assert box.isVisible()
    assert box.text() == "課長"
    room.open(Route(Place.TODAY))
    team = room.services.team.team()
    assert (team.region, team.approval_boxes) == ("北国県", ("課長",))
    assert room.services.drafts.left() == ()


def test_words_of_a_list_come_back_in_their_list(room: Room) -> None:
    room.enter("masters")
    section = room.section(MasterSection)
    section._kinds.choose("prompt")
    section._kind_chosen("prompt")
    room.settle()
    section._form.editors()["detail"].setFocus()
    room.type(WORDS)
    code = section._form._entry.code
    room.die_and_return()
    form = room.section(MasterSection)._form
    assert form._entry.code == code
    assert WORDS in form.editors()["detail"].text()
    room.open(Route(Place.TODAY))
    entries = {entry.code: entry for entry in room.services.masters.entries("prompt")}
    assert WORDS in entries[code].detail
    assert room.services.drafts.left() == ()
