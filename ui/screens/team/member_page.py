"""One device with its person: what it is, what the person sees, and what can be done about both."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from app.domain.terms import DeviceStatus, TeamRole
from app.rows.sharing import ActNote, DeviceRow, MemberRow, TeamOverview
from ui.screens.team.page import TeamPage
from ui.screens.team.role_choice import RoleChoice
from ui.screens.team.words import HONEST, companies_words, renewal_words, sent_words, state_of
from ui.tasks import TaskRunner
from ui.theme.fonts import Role
from ui.theme.paint import State
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.chips import StateChip
from ui.widgets.flow import Flow
from ui.widgets.layouts import put, row
from ui.widgets.texts import Paragraph, Text

if TYPE_CHECKING:
    from app.services.directory import Services

_OWN = "いま使っている端末です。この端末でやめるときは「参加を終える」を使います。"
_IN_USE = State("ok", DeviceStatus.ACTIVE.term)


class MemberPage(TeamPage):
    """`item_id` is the device. The first button is the one that is needed in a hurry."""

    title = "人と端末"

    def __init__(self, tasks: TaskRunner, services: Services) -> None:
        super().__init__(tasks, services)
        self._device: DeviceRow | None = None
        self._build_device()
        self._build_person()
        self.body.addStretch(1)
        self.setFocusProxy(self._stop_button)

    def enter(self, item_id: str) -> None:
        """Another device."""
        super().enter(item_id)
        self._show_device()

    def show_team(self, team: TeamOverview) -> None:
        """The device as it is now."""
        super().show_team(team)
        self._show_device()

    # showing

    def _show_device(self) -> None:
        found = find_device(self.team, self.item_id)
        for card in (self._device_card, self._person_card):
            card.setVisible(found is not None)
        if found is None:
            return
        person, self._device = found
        self._show_state(self._device)
        self._show_buttons(person, self._device)
        self._show_person(person, self._device)

    def _show_state(self, device: DeviceRow) -> None:
        self._name.setText(device.name)
        self._state.set_state(state_of(device) or _IN_USE)
        self._sent.set_text(f"最後に届いた変更: {sent_words(device)}")
        words = f"{device.stopped_by}さんが止めました" if device.stopped_by else ""
        if words and device.reason:
            words = f"{words}: {device.reason}"
        self._why.set_text(words)
        self._why.setVisible(bool(words))
        renewal = renewal_words(self.team.renewal) if device.status is not DeviceStatus.ACTIVE else ""
        self._renewal.set_text(renewal)
        self._renewal.setVisible(bool(renewal))
        self._own.setVisible(device.is_own)

    def _show_buttons(self, person: MemberRow, device: DeviceRow) -> None:
        is_administrator, is_other = self.team.is_administrator, not device.is_own
        is_stopped = device.status is DeviceStatus.SUSPENDED
        is_out = device.status is DeviceStatus.REMOVED
        self._report.setVisible(is_other)
        safe = self._stop_button if device.status is DeviceStatus.ACTIVE and is_other else self._report
        if safe is self._report and (self._stop_button.hasFocus() or self._lift.hasFocus()):
            safe.setFocus()  # another Enter must not reach what is beside the button that goes
        self.setFocusProxy(safe)
        self._stop_button.setVisible(device.status is DeviceStatus.ACTIVE and is_other)
        self._lift.setVisible(is_stopped and is_administrator)
        self._remove.setVisible(not is_out and is_other and is_administrator)
        self._remove.set_label("止めたままにして外す" if is_stopped else "端末を外す")
        self._end.setVisible(is_administrator and not person.is_own and not is_out)
        self._change.setVisible(is_administrator and not is_out)
        self._leave.setVisible(device.is_own)

    def _show_person(self, person: MemberRow, device: DeviceRow) -> None:
        self._person.setText(f"{person.name}さん")
        self._companies.set_text(f"見られる企業: {companies_words(person)}")
        can_change = self.team.is_administrator and device.status is DeviceStatus.ACTIVE
        self.role.setVisible(can_change)
        self._role_words.setVisible(not can_change)
        self._role_words.set_text(f"役割: {device.role.term}")
        self.role.choose(device.role)

    def step_of(self, code: str) -> Callable[[], None] | None:
        """The sheet is above all administrators."""
        return partial(self.open_page, "recover") if code == "team.senior_administrator" else None

    # acting

    def _open(self, tab: str, _is_checked: object = None) -> None:
        self.open_page(tab, self.item_id)

    def _lift_pressed(self) -> None:
        self.act("使えるように戻しています", self._lifted, partial(self._told, "使えるように戻しました"))

    def _lifted(self, stop: Any) -> ActNote:
        return self.services.sharing.lift_stop(self.item_id, stop)

    def _remove_pressed(self) -> None:
        self.act("外しています", self._removed, partial(self._told, "外しました。鍵は新しくなっています"))

    def _removed(self, stop: Any) -> ActNote:
        return self.services.sharing.remove_device(self.item_id, "", stop)

    def _role_chosen(self, role: TeamRole) -> None:
        work = partial(self._role_set, role)
        self.act("役割を変えています", work, partial(self._told, f"役割を{role.term}にしました"))

    def _role_set(self, role: TeamRole, stop: Any) -> ActNote:
        return self.services.sharing.set_role(self.item_id, role, stop)

    def _told(self, words: str, note: ActNote) -> None:
        self.tell_note(f"{note.name}: {words}", note)
        self.team_changed.emit()

    def _refused(self, fault: Exception) -> None:
        super()._refused(fault)
        self._show_device()  # what was chosen is not so

    def _print_report(self) -> None:
        from ui.printing.incident_report import print_incident_report

        print_incident_report(self.window(), self.tasks, self.services, self.item_id)

    # building

    def _build_device(self) -> None:
        self._name, self._state = Text("", Role.SECTION, elide=True), StateChip(_IN_USE)
        self._sent, self._why = Paragraph("", Role.BODY, "sub"), Paragraph("", Role.BODY)
        self._renewal, self._own = Paragraph("", Role.BODY_BOLD), Paragraph(_OWN, Role.BODY, "sub")
        head = row(spacing=12)
        head.addWidget(self._name)
        head.addWidget(self._state)
        head.addStretch(1)
        self._stop_button = Button("紛失として止める", kind="danger", icon="lock")
        self._stop_button.clicked.connect(partial(self._open, "stop"))
        self._lift = Button("見つかったので戻す")
        self._lift.clicked.connect(self._lift_pressed)
        self._remove = Button("端末を外す")
        self._remove.clicked.connect(self._remove_pressed)
        self._report = Button("何が入っていたか", icon="print")
        self._report.clicked.connect(self._print_report)
        self._leave = Button("参加を終える")
        self._leave.clicked.connect(partial(self.open_page, "leave"))
        buttons = Flow()
        for button in (self._stop_button, self._lift, self._remove, self._report, self._leave):
            buttons.add(button)
        self._device_card = Card(spacing=8)
        self._device_card.add(head, self._sent, self._why, self._renewal, self._own, buttons)
        self._device_card.add(Paragraph(HONEST, Role.TABLE, "sub"))
        self.body.addWidget(self._device_card)

    def _build_person(self) -> None:
        self._person = Text("", Role.SECTION, elide=True)
        self._role_words = Paragraph("", Role.BODY)
        self.role = RoleChoice()
        self.role.chosen.connect(self._role_chosen)
        self._companies = Paragraph("", Role.BODY)
        self._change = Button("変える")
        self._change.clicked.connect(partial(self._open, "companies"))
        self._end = Button("この人の参加を終える", kind="quiet")
        self._end.clicked.connect(partial(self._open, "end"))
        seen, out = row(spacing=12), row()
        seen.addWidget(self._companies, 1)
        put(seen, self._change)
        put(out, self._end, None)
        self._person_card = Card(spacing=8)
        self._person_card.add(self._person, self._role_words, self.role, seen, out)
        self.body.addWidget(self._person_card)


def find_device(team: TeamOverview, device: str) -> tuple[MemberRow, DeviceRow] | None:
    """The device with this id, and its person."""
    for person in team.members:
        for each in person.devices:
            if each.id == device:
                return person, each
    return None
