"""預かり: work that does not count by itself; an administrator looks into it, and lets it in or not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from app.clock import JAPAN
from app.domain.calendar import western_moment
from app.rows.sharing import HeldWorkRow, HeldWorkState, TeamOverview
from ui.models.row_list_model import ListRow
from ui.screens.screen import LineButton
from ui.screens.team.page import TeamPage
from ui.tasks import TaskRunner, Ticket
from ui.theme.fonts import Role
from ui.theme.paint import State
from ui.theme.theme import theme
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.row_list import RowList
from ui.widgets.texts import Paragraph, Text

if TYPE_CHECKING:
    from app.services.directory import Services

_LIST_HEIGHT = 160
_MOST_LINES = 20
_WHAT = (
    "担当を外れた人がまだ送っていなかったもの、止めたあとに届いたものです。受け入れるまで記録には入りません。"
    "見送っても捨てません。あとからでも受け入れられます。"
)
_NO_KEY = "この企業の鍵がないので、受け入れられません。企業の担当の管理者が受け入れます。"
_STATES = {
    HeldWorkState.ACCEPTED: State("ok", HeldWorkState.ACCEPTED.value),
    HeldWorkState.DECLINED: State("off", HeldWorkState.DECLINED.value),
}


class HeldPage(TeamPage):
    """Parcels that wait come first."""

    title = "預かり"

    def __init__(self, tasks: TaskRunner, services: Services) -> None:
        super().__init__(tasks, services)
        self._rows: Mapping[str, HeldWorkRow] = {}
        self._goes_on = False
        """Whether something was just decided: then the next that waits comes."""
        self.list = RowList(name="預かり", indent=12)
        self.list.setFixedHeight(theme().px(_LIST_HEIGHT))
        self.list.current_changed.connect(self._show_parcel)
        self.list.show_when_empty(EmptyState("預かりはありません", ""))
        self._whose, self._lines = Text("", Role.SECTION, elide=True), Paragraph("", Role.BODY)
        self._why_not = Paragraph(_NO_KEY, Role.BODY, "warn")
        parcels = Card(padded=False)
        parcels.add(self.list)
        self._card = Card(spacing=8)
        self._card.add(self._whose, self._lines, self._why_not)
        for each in (Paragraph(_WHAT, Role.BODY, "sub"), parcels, self._card):
            self.body.addWidget(each)
        self.body.addStretch(1)
        self._card.hide()
        self.setFocusProxy(self.list)

    def buttons(self) -> tuple[LineButton, ...]:
        """Letting it in, or leaving it out."""
        row = self._row()
        if self.is_busy or row is None or row.state is HeldWorkState.ACCEPTED:
            return ()
        buttons = [LineButton("refuse", "見送る")] if row.state is HeldWorkState.OPEN else []
        if row.can_accept:
            buttons.append(LineButton("finish", "受け入れる", "check", primary=True))
        return tuple(buttons)

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Accept; decline."""
        return {"finish": self._accept, "refuse": self._decline}

    def show_team(self, team: TeamOverview) -> None:
        """What lies there by now."""
        super().show_team(team)
        self.tasks.run(self._read, self._show)

    def _read(self, _ticket: Ticket) -> Sequence[HeldWorkRow]:
        return self.services.held_work.rows()

    def _show(self, rows: Sequence[HeldWorkRow]) -> None:
        self._rows = {row.id: row for row in rows}
        self.list.show_entries([_entry(row) for row in rows])
        waiting = next((row.id for row in rows if row.state is HeldWorkState.OPEN), "")
        if self._goes_on and waiting:
            self.list.go_to(waiting)
        elif not self.list.current_key():
            self.list.step(1)
        self._goes_on = False
        self._show_parcel(self.list.current_key())

    def _row(self) -> HeldWorkRow | None:
        return self._rows.get(self.list.current_key())

    def _show_parcel(self, key: str) -> None:
        row = self._rows.get(key)
        self._card.setVisible(row is not None)
        if row is not None:
            self._whose.setText(f"{_company(row)}  {row.device}")
            more = row.changes - len(row.lines[:_MOST_LINES])
            rest = (f"ほか {more:,}件",) if more > 0 else ()
            self._lines.set_text("\n".join((*row.lines[:_MOST_LINES], *rest)))
            self._why_not.setVisible(not row.can_accept)
        self.heading_changed.emit()

    # deciding

    def _accept(self) -> None:
        row = self._row()
        if row is not None and row.can_accept:
            self.act("受け入れています", partial(self._accepted, row.id), self._tell_accepted)

    def _decline(self) -> None:
        row = self._row()
        if row is not None and row.state is HeldWorkState.OPEN:
            self.act("見送っています", partial(self._declined, row.id), self._tell_declined)

    def _accepted(self, parcel: str, _stop: Any) -> int:
        return self.services.held_work.accept([parcel])

    def _declined(self, parcel: str, _stop: Any) -> int:
        return self.services.held_work.decline([parcel])

    def _tell_accepted(self, count: int) -> None:
        self._goes_on = True
        self.told.emit(f"{count:,}件を受け入れました。次のやりとりで、チームに届きます", None)
        self.team_changed.emit()

    def _tell_declined(self, count: int) -> None:
        self._goes_on = True
        self.told.emit(f"{count:,}件を見送りました。捨てていません。あとからでも受け入れられます", None)
        self.team_changed.emit()


def _company(row: HeldWorkRow) -> str:
    return row.company or ("名前の分からない企業" if row.company_id else "チームの記録")


def _entry(row: HeldWorkRow) -> ListRow:
    state = _STATES.get(row.state)
    return ListRow(
        row.id,
        _company(row),
        quiet=f"{row.device}  {row.kind.value} {row.changes:,}件",
        icon="person",
        states=(state,) if state else (),
        right=western_moment(row.at.astimezone(JAPAN)),
    )
