"""プログラムの版: which versions the team uses, and from which on they may send."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from app.rows.sharing import DeviceVersionRow, TeamOverview, TeamVersions
from ui.models.row_list_model import ListRow
from ui.screens.screen import LineButton
from ui.screens.team.page import TeamPage
from ui.tasks import TaskRunner, Ticket
from ui.theme.fonts import Role
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.field_form import FieldForm
from ui.widgets.fields.choice_field import ChoiceField
from ui.widgets.row_list import RowList
from ui.widgets.segmented import Option
from ui.widgets.texts import Paragraph, Text

if TYPE_CHECKING:
    from app.services.directory import Services

_ANY = "どの版からも送れます"
_FROM = "版 {app} から送れます。それより古いものは、受け取るだけです"
_WHAT = (
    "新しい版だけが書ける項目を使うときに、送れる版を決めます。決めた版より古い端末も受け取りは続き、"
    "書いたものはその端末に残って、プログラムを新しくすると送られます。\n一度決めた版は、下げられません。"
)
_NOBODY = "いまの端末は、どれも送れます。"
_LEFT = "新しくするまで送れない端末: {names}"
_AGREED = "この端末の版まで、もう決まっています。"
_FOR_OTHERS = "送れる版は、管理者が決めます。"


class VersionsPage(TeamPage):
    """Everybody sees it; an administrator decides."""

    title = "プログラムの版"

    def __init__(self, tasks: TaskRunner, services: Services) -> None:
        super().__init__(tasks, services)
        self._found: TeamVersions | None = None
        self._now = Text("", Role.SECTION, elide=True)
        self.choice = ChoiceField()
        self.choice.chosen.connect(self._say_what)
        self._form = FieldForm()
        self._form.add("これから送れる版", self.choice)
        self._after = Paragraph("", Role.BODY)
        rule = Card(spacing=12)
        rule.add(self._now, Paragraph(_WHAT, Role.BODY, "sub"), self._form, self._after)
        self._devices = RowList(name="端末の版", indent=8)
        self._devices.show_when_empty(EmptyState("読み込んでいます", ""))
        known = Card("端末の版")
        known.add(self._devices)
        for each in (rule, known):
            self.body.addWidget(each)
        self.body.addStretch(1)
        self.setFocusProxy(self.choice)

    def buttons(self) -> tuple[LineButton, ...]:
        """Deciding, for an administrator who has something to decide."""
        if self.is_busy or not self._can_decide():
            return ()
        return (LineButton("finish", f"版 {self.choice.value()} からにする", primary=True),)

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Decide."""
        return {"finish": self._decide} if self._can_decide() else {}

    def show_team(self, team: TeamOverview) -> None:
        """The versions by now."""
        super().show_team(team)
        self.tasks.run(self._read, self._show)

    def _read(self, _ticket: Ticket) -> TeamVersions:
        return self.services.sharing.versions()

    def _show(self, found: TeamVersions) -> None:
        self._found = found
        self._now.setText(_FROM.format(app=found.least_app) if found.least_app else _ANY)
        self.choice.set_options([Option(app, f"版 {app} から") for app in reversed(found.choices)])
        self._form.setVisible(self._can_decide())
        self._devices.show_entries([_entry(each, found.least_schema) for each in found.devices])
        self._say_what()

    def _can_decide(self) -> bool:
        return self.team.is_administrator and self._found is not None and bool(self._found.choices)

    def _say_what(self, _chosen: str = "") -> None:
        if self._found is not None:
            self._after.set_text(self._what_follows(self._found))
        self.heading_changed.emit()

    def _what_follows(self, found: TeamVersions) -> str:
        if not self._can_decide():
            return _AGREED if self.team.is_administrator else _FOR_OTHERS
        left = "・".join(each.name for each in found.left_behind_by(self.choice.value()))
        return _LEFT.format(names=left) if left else _NOBODY

    def _decide(self) -> None:
        app = self.choice.value()
        self.act("チームに伝えています", partial(self._decided, app), partial(self._told, app))

    def _decided(self, app: str, stop: Any) -> str:
        return self.services.sharing.require_version(app, stop)

    def _told(self, app: str, fault: str) -> None:
        self.tell_done(f"版 {app} から送れるように決めました", fault)
        self.team_changed.emit()


def _entry(device: DeviceVersionRow, least_schema: int) -> ListRow:
    is_left = bool(device.app) and device.schema < least_schema
    return ListRow(
        device.id,
        device.name,
        quiet="この端末" if device.is_own else "",
        icon="device",
        icon_tone="warn" if is_left else "sub",
        right=f"版 {device.app}{'　受け取るだけ' if is_left else ''}" if device.app else "まだ分かりません",
    )
