"""見られる企業: ticks, and who will see what, said before it happens (design-ux 0, promise 3)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from app.rows.sharing import ActNote, TeamOverview
from ui.screens.screen import LineButton
from ui.screens.team.company_ticks import CompanyTicks
from ui.screens.team.member_page import find_device
from ui.screens.team.page import TeamPage
from ui.tasks import TaskRunner
from ui.theme.fonts import Role
from ui.widgets.card import Card
from ui.widgets.texts import Paragraph, Text

if TYPE_CHECKING:
    from app.services.directory import Services

_NOTHING = "企業を選ぶと、だれに何が見えるようになるかが、ここに出ます。まだ何も変わりません。"
_GIVEN = "{name}さんに見えるようになるもの: {companies}。これまでの記録も、すべて読めます。"
_TAKEN = (
    "{name}さんに見えなくなるもの: {companies}。これからの変更は読めません。"
    "届いていた内容は、相手の端末に残ります。"
)


class AccessPage(TeamPage):
    """`item_id` is a device of the person. Nothing happens before the button."""

    title = "見られる企業"

    def __init__(self, tasks: TaskRunner, services: Services) -> None:
        super().__init__(tasks, services)
        self._name = ""
        self._before: frozenset[str] = frozenset()
        self._is_filled = False
        self._who = Text("", Role.SECTION, elide=True)
        self.companies = CompanyTicks(tasks, services)
        self.companies.changed.connect(self._say_what)
        self._given, self._taken = Paragraph(_NOTHING), Paragraph("")
        card = Card("このあと", spacing=4)
        card.add(self._given, self._taken)
        for each in (self._who, self.companies, card):
            self.body.addWidget(each)
        self.setFocusProxy(self.companies)

    def buttons(self) -> tuple[LineButton, ...]:
        """Doing it, once there is something to do."""
        back = LineButton("step_back", "やめる")
        do = LineButton("finish", "このとおりにする", "check", primary=True)
        if self.is_busy:
            return ()
        return (back, do) if self._changes() != ((), ()) else (back,)

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Do it; go back."""
        return {"finish": self._do, "step_back": self._back}

    def enter(self, item_id: str) -> None:
        """Another person."""
        super().enter(item_id)
        self._is_filled = False
        self._fill()

    def show_team(self, team: TeamOverview) -> None:
        """What the person sees; ticks that were set meanwhile stay."""
        super().show_team(team)
        found = find_device(team, self.item_id)
        has_moved_on = found is not None and frozenset(found[0].companies) != self._before
        if not self._is_filled or (has_moved_on and self._changes() == ((), ())):
            self._fill()

    def _fill(self) -> None:
        found = find_device(self.team, self.item_id)
        if found is not None:
            person = found[0]
            self._name, self._before = person.name, frozenset(person.companies)
            self._who.setText(f"{person.name}さんに見える企業")
            self.companies.ask(self._before)
            self._is_filled = True

    def _changes(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        ticked = self.companies.ticked()
        known = self.companies.ids()
        given = tuple(company for company in ticked if company not in self._before)
        taken = tuple(each for each in known if each in self._before and each not in ticked)
        return given, taken

    def _say_what(self) -> None:
        given, taken = self._changes()
        words = [
            template.format(name=self._name, companies=self.companies.names(companies)) if companies else ""
            for template, companies in ((_GIVEN, given), (_TAKEN, taken))
        ]
        self._given.set_text(words[0] or ("" if words[1] else _NOTHING))
        self._taken.set_text(words[1])
        self._given.setVisible(bool(self._given.text()))
        self._taken.setVisible(bool(words[1]))
        self.heading_changed.emit()

    def _do(self) -> None:
        given, taken = self._changes()
        if given or taken:
            self.act("鍵を渡しています", partial(self._done, given, taken), self._told)

    def _done(self, given: tuple[str, ...], taken: tuple[str, ...], stop: Any) -> ActNote:
        return self.services.sharing.change_companies(self.item_id, given, taken, stop)

    def _told(self, note: ActNote) -> None:
        self.team_changed.emit()
        self._back()
        self.tell_note(f"{self._name}さんに見える企業を変えました", note)

    def _back(self) -> None:
        self.open_page("member", self.item_id)
