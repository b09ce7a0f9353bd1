"""設定 > チーム: the region, what its meeting is called, its year, the 決裁欄 on paper, and this device."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from app.changes import Changes
from app.domain.calendar import fiscal_year_short
from app.services.team import TeamRow
from ui.screens.settings.approval_boxes import ApprovalBoxes, ApprovalPreview
from ui.screens.settings.section import Section, show_unless_typing
from ui.tasks import TaskRunner, Ticket
from ui.theme.fonts import Role
from ui.widgets.card import Card
from ui.widgets.field_form import FieldForm
from ui.widgets.fields.text_field import TextField
from ui.widgets.layouts import column, put, row
from ui.widgets.scroll_page import ScrollPage
from ui.widgets.segmented import Option, Segmented
from ui.widgets.texts import Paragraph, Text

if TYPE_CHECKING:
    from app.services.directory import Services

_YEARS = (Option("1", "1年目"), Option("2", "2年目"), Option("3", "3年目"))


class TeamSection(Section):
    """Every field is kept when one leaves it."""

    def __init__(self, tasks: TaskRunner, services: Services) -> None:
        super().__init__(tasks, services)
        self._region = TextField(limit=40)
        self._region.left.connect(self._region_left)
        self._meeting = TextField(limit=40)
        self._meeting.left.connect(self._meeting_left)
        self._device = TextField(limit=40)
        self._device.left.connect(self._device_left)
        self._year = Segmented(_YEARS, name="この年度は支援の何年目か")
        self._year.chosen.connect(self._year_chosen)
        self._year_words = Text("", Role.TABLE, "sub")
        self._boxes = ApprovalBoxes()
        self._boxes.changed.connect(self._boxes_changed)
        self._preview = ApprovalPreview()
        self._arrange()

    def enter(self, _item_id: str) -> None:
        """Read the team's settings."""
        self.drafts.open("settings:team")
        self._load()

    def touched(self, changes: Changes) -> None:
        """Read them again once they changed."""
        if changes.touch("team", "project_year"):
            self._load()

    def _load(self) -> None:
        self.tasks.run(self._read, self._show)

    def _read(self, _ticket: Ticket) -> tuple[TeamRow, str]:
        return self.services.team.team(), self.services.device.name()

    def _show(self, read: tuple[TeamRow, str]) -> None:
        team, device = read
        show_unless_typing(self._device, device)
        show_unless_typing(self._region, team.region)
        show_unless_typing(self._meeting, team.meeting_name)
        self._year.choose(str(team.year_number))
        self._year_words.setText(f"{fiscal_year_short(team.fiscal_year)}は、3年の支援の")
        self._boxes.show_names(team.approval_boxes)
        self.drafts.show("team", {"region": self._region, "meeting_name": self._meeting})
        self.drafts.show("device", {"name": self._device})
        self.drafts.show("approval_boxes", self._boxes.editors())
        self._preview.show_names(team.approval_boxes)

    # writing

    def _region_left(self, text: str) -> None:
        self._write({"region": text})

    def _meeting_left(self, text: str) -> None:
        self._write({"meeting_name": text})

    def _device_left(self, text: str) -> None:
        self.tasks.run(partial(_name_device, self.services, text), failed=self.refuse)

    def _write(self, values: dict[str, str]) -> None:
        self.tasks.run(partial(_change, self.services, values), failed=self.refuse)

    def _year_chosen(self, value: str) -> None:
        self.tasks.run(partial(_set_year, self.services, int(value)), failed=self.refuse)

    def _boxes_changed(self, names: tuple[str, ...]) -> None:
        self._preview.show_names(names)
        self.tasks.run(partial(_set_boxes, self.services, names), failed=self.refuse)

    # building

    def _arrange(self) -> None:
        page = ScrollPage()
        page.body.addWidget(self._team_card())
        page.body.addWidget(self._boxes_card())
        page.body.addWidget(self._device_card())
        page.body.addStretch(1)
        column(self, spacing=0).addWidget(page)

    def _team_card(self) -> Card:
        region, meeting = FieldForm(), FieldForm()
        region.add("地域名", self._region, hint="画面の左上と、紙の下に出ます。例: 北国県")
        meeting.add("会議の呼び名", self._meeting, hint="空のときは「連携会議」です。")
        names = row(spacing=16)
        names.addWidget(region, 1)
        names.addWidget(meeting, 1)
        year = row(spacing=12, margins=(4, 0, 0, 4))
        put(year, self._year_words, self._year, None)
        card = Card("チームの名前と年度")
        card.add(names, year)
        return card

    def _device_card(self) -> Card:
        form = FieldForm()
        form.add(
            "この端末の名前",
            self._device,
            hint="「履歴」に、どの端末で書いたかとして出ます。例: 佐藤のノートパソコン",
        )
        card = Card("この端末")
        card.add(form)
        return card

    def _boxes_card(self) -> Card:
        card = Card("決裁欄")
        across = row(spacing=24)
        across.addWidget(self._boxes, 1)
        shown = column(spacing=8)
        put(shown, Text("紙ではこう並びます", Role.TABLE, "sub"), self._preview, None)
        across.addLayout(shown, 1)
        card.add(
            Paragraph(
                "印刷する1枚目の右上に並ぶ枠です。左から順に、6つまで。空なら枠は出ません。",
                Role.TABLE,
                "sub",
            ),
            across,
        )
        return card


def _change(services: Services, values: dict[str, str], _ticket: Ticket) -> None:
    services.team.change(values)


def _name_device(services: Services, name: str, _ticket: Ticket) -> None:
    services.device.rename(name)


def _set_year(services: Services, year_number: int, _ticket: Ticket) -> None:
    services.team.set_year_number(year_number)


def _set_boxes(services: Services, names: tuple[str, ...], _ticket: Ticket) -> None:
    services.team.set_approval_boxes(names)
