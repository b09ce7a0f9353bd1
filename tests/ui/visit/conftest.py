"""A house with two companies, and a visit of 22 July 2026 at one of them in which things were said."""

from dataclasses import dataclass, field
from datetime import datetime

import pytest

from app.clock import JAPAN
from app.domain.note_sheet import Edit, Line
from app.domain.order_keys import seeded_from
from app.domain.terms import Mark
from app.services.directory import Services
from tests.services.records import put, session
from tests.ui.program.house import House, house
from ui.navigation import Place, Route
from ui.program import Program
from ui.widgets.row_list import RowList

__all__ = ["house"]

OURS, OTHER = "北国精密(株)", "青葉食品(有)"
SECRET = "焼入れは850度で40分"
SAID: tuple[tuple[str, Mark | str | None], ...] = (
    ("主力は切削。売上の6割が1社", Mark.FACT),
    (SECRET, "secret"),
    ("6/12 の機械展に新しい治具を出した", Mark.DEADLINE),
    ("治具は特許出願を検討する", Mark.DECISION),
    ("公開前の図面の一覧を作る　高橋 8/5", Mark.HOMEWORK),
    ("現場では「北匠」と呼ぶ", None),
    ("取引の基本契約は口頭", None),
)


@dataclass
class Visit:
    """The open program, and the ids of what was planted."""

    house: House
    program: Program
    company: str
    other: str
    id: str
    client: str
    lines: list[str] = field(default_factory=list)

    @property
    def services(self) -> Services:
        assert self.program.services is not None
        return self.program.services

    @property
    def screen(self):
        return self.program.window.current_screen()

    def route(self, tab: str, **more: object) -> Route:
        return Route(Place.COMPANIES, company_id=self.company, tab=tab, item_id=self.id, **more)

    def open(self, tab: str) -> None:
        self.program.window.open(self.route(tab))
        self.house.settle()

    def press(self, *keys: str) -> None:
        for each in keys:
            self.house.press(each)
            self.house.settle()

    def line(self, number: int) -> Line:
        """A line as it stands."""
        row = self.services.support_sessions.sheet(self.id).lines[number]
        return Line(row.id, row.text, row.stamped_at, row.order_key, row.mark, row.is_secret)

    def items(self):
        return self.services.read_back.sheet(self.id).items

    def seen(self) -> str:
        """Everything that can be read in the window: words, names, and rows of lists."""
        rows = [
            entry.spoken
            for each in self.house.shown(RowList)
            for entry in each._model.entries
            if hasattr(entry, "spoken")
        ]
        return " ".join([self.house.words(), *rows])


@pytest.fixture
def visit(house: House) -> Visit:
    house.make_store()
    program = house.start_and_open()
    services = program.services
    assert services is not None
    place = services.place
    ours, other = put(place, "company", name=OURS), put(place, "company", name=OTHER)
    services.people.add({"name": "鈴木 花子", "side": "support"})
    client = services.people.add({"name": "高橋 誠", "role": "社長", "side": "company"}, ours)
    held = session(place, ours, "2026-07-22T13:00", place="工場", method="visit")
    session(place, other, "2026-07-23T10:00", method="visit")
    services.support_sessions.set_attendees(held, [client])
    said = Visit(house, program, ours, other, held, client)
    lines = [_line(services, minute, *each) for minute, each in enumerate(SAID, 2)]
    services.support_sessions.edit_lines(held, Edit(put=tuple(lines)))
    said.lines = [line.id for line in lines]
    house.settle()
    return said


def _line(services: Services, minute: int, text: str, mark: Mark | str | None) -> Line:
    stamp = datetime(2026, 7, 22, 13, minute, tzinfo=JAPAN)
    kept = mark if isinstance(mark, Mark) else None
    return Line(services.place.new_id(), text, stamp, seeded_from(stamp), kept, mark == "secret")
