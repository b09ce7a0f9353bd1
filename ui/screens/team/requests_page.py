"""加わりたい人: compare the 20 digits by voice, then let them in as what was meant, or refuse."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from app.domain.terms import TeamRole
from app.errors import DigitsDiffer
from app.rows.sharing import InvitedRow, RequestRow, TeamOverview
from ui.models.row_list_model import ListRow
from ui.screens.screen import LineButton
from ui.screens.team.company_ticks import CompanyTicks
from ui.screens.team.page import TeamPage
from ui.screens.team.role_choice import RoleChoice
from ui.screens.team.words import SHOWN
from ui.tasks import TaskRunner
from ui.theme.fonts import Role
from ui.theme.paint import State
from ui.theme.theme import theme
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.field_form import FieldForm
from ui.widgets.fields.choice_field import ChoiceField
from ui.widgets.row_list import RowList
from ui.widgets.segmented import Option
from ui.widgets.texts import Paragraph, Text

if TYPE_CHECKING:
    from app.services.directory import Services

_COMPARE = "相手に電話などで連絡し、相手の画面の20桁と同じか、声で確かめてください。"
_RIVALS = "同じ招待で、ほかに{count}台が加わろうとしています。招待が別の人に渡ったおそれがあります。"
_LIST_HEIGHT = 120
_NEW_PERSON = "新しい人"


class RequestsPage(TeamPage):
    """Nothing was shared with them before 「同じです」."""

    title = "加わりたい人"

    def __init__(self, tasks: TaskRunner, services: Services) -> None:
        super().__init__(tasks, services)
        self._requests: Mapping[str, RequestRow] = {}
        self._invited: Mapping[str, InvitedRow] = {}
        self._list = RowList(name="加わりたい人", indent=12)
        self._list.setFixedHeight(theme().px(_LIST_HEIGHT))
        self._list.current_changed.connect(self._show_request)
        self._list.show_when_empty(
            EmptyState("加わりたい人はいません", "招待した人が「加わりたい」と伝えると、ここに出ます。")
        )
        self._name, self._digits = Text("", Role.SECTION, elide=True), Text("", Role.READ_BACK)
        self._rivals = Paragraph("", Role.BODY, "danger")
        self.role = RoleChoice()
        self.person = ChoiceField(blank=_NEW_PERSON)
        self.companies = CompanyTicks(tasks, services)
        self._build()
        self.setFocusProxy(self._list)

    def buttons(self) -> tuple[LineButton, ...]:
        """Letting in, or refusing."""
        if self.is_busy or self._request() is None:
            return ()
        return (
            LineButton("refuse", "違います"),
            LineButton("finish", "同じです。加える", primary=True),
        )

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Let in; refuse."""
        return {"finish": self._approve, "refuse": self._refuse} if self._request() else {}

    def show_team(self, team: TeamOverview) -> None:
        """Those who wait, and what was meant for them."""
        super().show_team(team)
        self._requests = {each.digits: each for each in team.requests}
        self._invited = {each.invitation: each for each in team.invited}
        self._list.show_entries([_row(each) for each in team.requests])
        if not self._list.current_key():
            self._list.step(1)
        self._show_request(self._list.current_key())

    def step_of(self, code: str) -> Callable[[], None] | None:
        """To another invitation."""
        return self._invite if code.startswith("invitation.") else None

    def _request(self) -> RequestRow | None:
        return self._requests.get(self._list.current_key())

    def _show_request(self, key: str) -> None:
        request = self._requests.get(key)
        self._card.setVisible(request is not None)
        self._rights.setVisible(request is not None)
        self.heading_changed.emit()
        if request is None:
            return
        self._name.setText(f"{request.name}さん")
        self._digits.setText(request.digits)
        self._digits.setAccessibleName(f"20桁 {request.digits}")
        self._rivals.set_text(_RIVALS.format(count=request.rivals) if request.rivals else "")
        self._rivals.setVisible(bool(request.rivals))
        meant = self._invited.get(request.invitation)
        self.role.choose(meant.role if meant else TeamRole.MEMBER)
        self.person.set_options(
            [Option(each.devices[0].id, f"{each.name}さんの、もう1台") for each in self.team.members]
        )
        self.companies.ask(meant.companies if meant else ())

    # acting

    def _approve(self) -> None:
        request = self._request()
        if request is not None:
            work = partial(
                self._approved, request.digits, self.role.role(), self.companies.ticked(), self.person.value()
            )
            self.act("加えています", work, self._told)

    def _approved(self, digits: str, role: TeamRole, companies: Sequence[str], person: str, stop: Any) -> str:
        return self.services.sharing.approve(digits, role, companies, stop, person_of=person)

    def _told(self, name: str) -> None:
        self.told.emit(f"{name}さんを加えました", None)
        self.team_changed.emit()
        self.open_page()

    def _refuse(self) -> None:
        request = self._request()
        if request is not None:
            work = partial(self._withdrawn, request.invitation)
            self.act("招待を使えなくしています", work, self._tell_refused)

    def _withdrawn(self, invitation: str, _stop: Any) -> None:
        self.services.sharing.withdraw_invitation(invitation)

    def _tell_refused(self, _nothing: None) -> None:
        self.team_changed.emit()
        self.tell_refusal(DigitsDiffer())

    def _invite(self) -> None:
        self.open_page("invite")

    # building

    def _build(self) -> None:
        people = Card(padded=False)
        people.add(self._list)
        self._card = Card("20桁を比べる", spacing=8)
        self._card.add(self._name, self._digits, Paragraph(_COMPARE, Role.BODY), self._rivals)
        form = FieldForm()
        form.add("役割", self.role)
        form.add("だれの端末か", self.person, hint="同じ人の2台目なら、その人を選びます。")
        form.add("見られる企業", self.companies, hint=SHOWN)
        self._rights = Card("できること", spacing=8)
        self._rights.add(form)
        for each in (people, self._card, self._rights):
            self.body.addWidget(each)
        self.body.addStretch(1)


def _row(request: RequestRow) -> ListRow:
    late = (State("warn", "招待の期限が過ぎたか、使われています"),) if request.is_late else ()
    return ListRow(request.digits, request.name, quiet=request.digits, icon="person", states=late)
