"""S12 チームと端末: who is in the team, with which devices, and what is on its way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from app.domain.terms import DeviceStatus
from app.rows.sharing import DeviceRow, MemberRow, TeamOverview
from ui.models.row_table_model import Cell, Column, RowTableModel
from ui.screens.screen import Crumb, Heading, LineButton
from ui.screens.team.page import TeamPage
from ui.screens.team.words import HONEST, companies_words, renewal_words, sent_words, state_of
from ui.tasks import TaskRunner
from ui.theme.fonts import Role
from ui.theme.theme import theme
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.flow import Flow
from ui.widgets.message_bar import Banner
from ui.widgets.row_table import RowTable
from ui.widgets.texts import Paragraph, Text

if TYPE_CHECKING:
    from app.services.directory import Services

_LEAST_HEIGHT = 200


@dataclass(frozen=True, slots=True)
class PersonDevice:
    """A row: a device with its person; `is_first` of that person's rows."""

    person: MemberRow
    device: DeviceRow
    is_first: bool


class PeoplePage(TeamPage):
    """One row for each device, a person's devices together."""

    def __init__(self, tasks: TaskRunner, services: Services) -> None:
        super().__init__(tasks, services)
        self._model = RowTableModel(_COLUMNS, key=lambda row: row.device.id)
        self.table = RowTable(self._model, name="人と端末")
        self.table.opened.connect(partial(self.open_page, "member"))
        self.table.show_when_empty(EmptyState("読み込んでいます", ""))
        self.table.setMinimumHeight(theme().px(_LEAST_HEIGHT))
        look = Button("確かめる")
        look.clicked.connect(partial(self.open_page, "requests"))
        self._asking = Banner("", look, kind="info")
        look_at_sheet = Button("見る")
        look_at_sheet.clicked.connect(partial(self.open_page, "sheet"))
        self._sheet = Banner("新しい復旧シートが、管理者の確認を待っています", look_at_sheet, kind="info")
        look_at_held = Button("見る")
        look_at_held.clicked.connect(partial(self.open_page, "held"))
        self._every_held = Button("預かり")
        self._every_held.clicked.connect(partial(self.open_page, "held"))
        self._every_held.hide()
        self._held = Banner("", look_at_held, kind="info")
        self._renewal = Text("", Role.BODY_BOLD, elide=True)
        self._build()
        self.setFocusProxy(self.table)

    def heading(self) -> Heading:
        """How many there are."""
        there = [each for each in self.team.members if _is_in(each)]
        devices = sum(device.status is DeviceStatus.ACTIVE for each in there for device in each.devices)
        facts = (f"{len(there)}人、{devices}台",) if there else ()
        return Heading("チームと端末", crumbs=(Crumb("チーム"),), facts=facts, buttons=self.buttons())

    def buttons(self) -> tuple[LineButton, ...]:
        """Inviting, for those who may."""
        invite = LineButton("new", "人を招く", "plus", primary=True)
        return (invite,) if self.team.is_administrator else ()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Invite."""
        return {"new": self._invite} if self.team.is_administrator else {}

    def show_team(self, team: TeamOverview) -> None:
        """People and devices; who asks to join; keys on their way."""
        super().show_team(team)
        rows = [
            PersonDevice(person, device, is_first=not number)
            for person in team.members
            for number, device in enumerate(person.devices)
        ]
        self._model.show_rows(rows)
        if rows and not self.table.current_key():
            self.table.go_to(rows[0].device.id)
        self._show_asking(team)
        words = renewal_words(team.renewal)
        self._renewal.setText(words)
        self._renewal.setVisible(bool(words))
        self._held.set_text(f"預かりが{team.held_work}件、判断を待っています")
        self._held.setVisible(bool(team.held_work))
        self._every_held.setVisible(team.is_administrator)
        self._sheet.setVisible(bool(team.sheets) and team.is_administrator)
        self.heading_changed.emit()

    def go_to(self, device: str) -> None:
        """Focus a device's row."""
        self.table.go_to(device)

    def _show_asking(self, team: TeamOverview) -> None:
        count = len(team.requests)
        words = f"加わりたい人が{count}人います" if count else ""
        if team.unknown_requests:
            words = words or "加わろうとした端末があります"
            words += f"（この端末の招待を知らないもの {team.unknown_requests}台。何も渡していません）"
        self._asking.set_text(words)
        self._asking.setVisible(bool(words))

    def _invite(self) -> None:
        self.open_page("invite")

    def _build(self) -> None:
        card = Card(padded=False)
        card.add(self.table)
        more = Flow()
        for label, tab in (
            ("置き場", "place"),
            ("復旧シート", "sheet"),
            ("プログラムの版", "versions"),
            ("参加を終える", "leave"),
        ):
            button = Button(label)
            button.clicked.connect(partial(self.open_page, tab))
            more.add(button)
        more.add(self._every_held)
        for banner in (self._asking, self._held, self._sheet):
            banner.hide()
            self.body.addWidget(banner)
        self.body.addWidget(card, 1)
        for each in (self._renewal, Paragraph(HONEST, Role.TABLE, "sub"), more):
            self.body.addWidget(each)


def _is_in(person: MemberRow) -> bool:
    return any(device.status is not DeviceStatus.REMOVED for device in person.devices)


def _person(row: PersonDevice) -> Cell:
    return Cell(row.person.name, "あなた" if row.person.is_own else "", bold=row.is_first)


def _device(row: PersonDevice) -> Cell:
    return Cell(row.device.name, "この端末" if row.device.is_own else "")


_COLUMNS: tuple[Column[PersonDevice], ...] = (
    Column("person", "人", cell=_person, width=160),
    Column("role", "役割", text=lambda row: row.device.role.term, width=88),
    Column("companies", "見られる企業", text=lambda row: companies_words(row.person), width=104, drop=2),
    Column("device", "端末", cell=_device),
    Column("sent", "最後に届いた変更", text=lambda row: sent_words(row.device), width=184, drop=1),
    Column("state", "状態", cell=lambda row: Cell(state=state_of(row.device)), width=112),
)
