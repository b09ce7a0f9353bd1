"""概要 of 企業カルテ: ねらい, counts, 次の一手 and 経過, with the people and facts at the right."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.domain.terms import Confidentiality, EngagementStatus, Stage
from app.rows.companies import CompanyCard, PersonRow
from app.rows.trash import DeletedNote
from ui.navigation import Place, Route
from ui.record_drafts import BROUGHT_BACK, RecordDrafts
from ui.screens.company.overview.aim_card import AimCard
from ui.screens.company.overview.course_events import course_events
from ui.screens.company.overview.next_action_card import NextActionCard
from ui.screens.company.overview.panel_sections import PanelSections
from ui.screens.company.overview.person_writer import PersonWriter
from ui.screens.company.tab import CardTab
from ui.tasks import TaskRunner, Ticket
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.layouts import column
from ui.widgets.scroll_page import ScrollPage
from ui.widgets.side_panel import SidePanel, WithSidePanel
from ui.widgets.timeline_list import TimelineList

if TYPE_CHECKING:
    from app.services.directory import Services

_COUNT_TABS = {"issues": "analysis", "seeds": "analysis", "decisions": "sessions", "homework": "plan"}
_AIM = "aim"
_STANDING, _PERSON = "engagement:", "person:"


class OverviewTab(CardTab):
    """Everything on it is changed where it stands."""

    def __init__(self, tasks: TaskRunner, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._services = services
        self._card: CompanyCard | None = None
        self._writer: PersonWriter | None = None
        self._aim, self._next = AimCard(), NextActionCard()
        self._course, self._no_course = TimelineList(), _empty_course()
        self._drafts = RecordDrafts(tasks, services, self)
        self._drafts.follow({_AIM: self._aim.aim.field})
        self._panel = SidePanel()
        self._split = WithSidePanel(self._main(), self._panel)
        column(self, spacing=0).addWidget(self._split)
        self._connect()

    def show_company(self, company_id: str, anchor: str = "") -> None:
        """Ask for the team's people; the card comes from the file."""
        if _scope(company_id) != self._drafts.scope:
            self._close_editor()
            self._tasks.run(partial(self._bring_back_aim, company_id))
        self._drafts.open(_scope(company_id))
        self._tasks.run(lambda _: self._services.people.of_team(), self._show_team)

    def show_card(self, card: CompanyCard) -> None:
        """Show what the company's card says."""
        self._card = card
        place = self._services.place
        today = place.today()
        self._aim.show_card(card, today)
        self._next.show_action(card.next_action, today)
        self._course.show_events(course_events(card.course, place.wall_time()))
        self._course.setVisible(bool(card.course))
        self._no_course.setVisible(not card.course)
        self._beside.show_card(card)
        self._drafts.show(_STANDING + card.id, {"status_reason": self._beside.standing.reason})
        self._bring_forward()

    def make_ahead(self) -> Iterator[None]:
        """The panel at the right."""
        _ = self._beside
        yield

    def leave(self) -> None:
        """Keep what is not yet a change."""
        self._drafts.settle()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """The right panel."""
        return {"panel": self._split.toggle_panel}

    # writing

    def _write(self, act: Callable[[str], object]) -> None:
        if self._card is not None:
            company_id = self._card.id
            self._tasks.run(lambda _: act(company_id))

    def _write_aim(self, aim: str) -> None:
        # Should the write fail, the draft is there; it is dropped after a success.
        self._drafts.write_waiting()
        self._write(partial(self._save_aim, aim))

    def _save_aim(self, aim: str, company_id: str) -> None:
        self._services.companies.set_aim(company_id, aim)
        self._services.drafts.drop(_scope(company_id), _AIM)

    def _bring_back_aim(self, company_id: str, _ticket: Ticket) -> None:
        """Make a change of what an unexpected stop left behind."""
        for draft in self._services.drafts.of(_scope(company_id)):
            if draft.field == _AIM:
                self._save_aim(draft.text, company_id)

    def _set_stage(self, stage: str) -> None:
        self._write(lambda company_id: self._services.companies.set_stage(company_id, Stage(stage)))

    def _set_standing(self, status: str, reason: str) -> None:
        set_standing = self._services.companies.set_standing
        self._write(lambda company_id: set_standing(company_id, EngagementStatus(status), reason))

    def _set_level(self, level: str) -> None:
        set_level = self._services.companies.set_level
        self._write(lambda company_id: set_level(company_id, Confidentiality(level)))

    def _assign(self, person_ids: list[str]) -> None:
        self._write(lambda company_id: self._services.companies.set_assignees(company_id, person_ids))

    def _edit_person(self, person: PersonRow | None) -> None:
        if self._card is not None:
            self._writer = PersonWriter(self._services.people, self._card.id, person)

    def _write_person(self, name: str, text: str) -> None:
        writer = self._writer
        if writer is not None:
            self._tasks.run(lambda _: writer.write(name, text))
            entered = self._beside.contacts.editor.entered()
            if "name" in entered:
                self._drafts.written(_PERSON, entered)

    def _remove_person(self, person: PersonRow) -> None:
        told = partial(self._tell_removed, person)
        self._tasks.run(lambda _: self._services.trash.delete("person", person.id), told)

    def _tell_removed(self, person: PersonRow, _note: DeletedNote) -> None:
        self.told.emit(f"{person.name}さんを外しました", partial(self._bring_person_back, person.id))

    def _bring_person_back(self, person_id: str) -> None:
        self._tasks.run(lambda _: self._services.trash.restore("person", person_id))

    # text left behind

    def _bring_forward(self) -> None:
        for record in self._drafts.left_records():
            if record.startswith(_PERSON):
                self._beside.contacts.open_editor(record.removeprefix(_PERSON))

    def _follow_person(self, person_id: str) -> None:
        editors = self._beside.contacts.editor.editors()
        self._drafts.show(_PERSON + person_id, editors, is_new=not person_id)

    def _tell_brought_back(self, _record: str) -> None:
        self.told.emit(BROUGHT_BACK, None)

    # going

    def _show_team(self, team: Sequence[PersonRow]) -> None:
        self._beside.assignees.show_team(team, self._card)

    def _open_count(self, key: str) -> None:
        self._open_tab(_COUNT_TABS[key], "decisions" if key == "decisions" else None)

    def _open_plan(self) -> None:
        self._open_tab("plan")

    def _open_intake(self) -> None:
        self._open_tab("intake")

    def _open_tab(self, tab: str, narrowed: str | None = None) -> None:
        if self._card is not None:
            self.go.emit(Route(Place.COMPANIES, self._card.id, tab, narrowed=narrowed))

    def _open_session(self, session_id: str) -> None:
        if self._card is not None:
            self.go.emit(Route(Place.COMPANIES, self._card.id, "sessions", session_id))

    # building

    def _main(self) -> ScrollPage:
        course = Card("経過", spacing=0)
        course.add(self._course, self._no_course, None)
        page = ScrollPage()
        for card in (self._aim, self._next):
            page.body.addWidget(card)
        page.body.addWidget(course, 1)
        return page

    def _connect(self) -> None:
        self._aim.aim_written.connect(self._write_aim)
        self._aim.stage_chosen.connect(self._set_stage)
        self._aim.count_opened.connect(self._open_count)
        self._next.plan_asked.connect(self._open_plan)
        self._course.opened.connect(self._open_session)
        self._drafts.brought_back.connect(self._tell_brought_back)

    @cached_property
    def _beside(self) -> PanelSections:
        """The sections of the panel, made when there is something to show in them."""
        beside = PanelSections(self._panel)
        beside.assignees.assigned.connect(self._assign)
        beside.assignees.level_chosen.connect(self._set_level)
        beside.standing.standing_set.connect(self._set_standing)
        beside.facts.edit_asked.connect(self._open_intake)
        beside.contacts.edit_asked.connect(self._edit_person)
        beside.contacts.shown.connect(self._follow_person)
        beside.contacts.written.connect(self._write_person)
        beside.contacts.remove_asked.connect(self._remove_person)
        return beside

    def _close_editor(self) -> None:
        if "_beside" in self.__dict__:
            self._beside.contacts.close_editor()


def _scope(company_id: str) -> str:
    return f"company:{company_id}"


def _empty_course() -> EmptyState:
    return EmptyState("まだ面談がありません", "Ctrl+N で始められます。日時と出席者は自動で入ります。")
