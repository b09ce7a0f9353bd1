"""What happens on 計画: reading its sheet, and every act of a person, always off the window's thread."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, Protocol

from app.domain.confidentiality import effective_level, level_of
from app.domain.terms import Confidentiality, Stage
from app.errors import AppError
from app.rows.action_plans import ActionRow, PlanSheet
from app.rows.companies import PersonRow

if TYPE_CHECKING:
    from app.rows.trash import DeletedNote
    from app.services.directory import Services
    from ui.tasks import TaskRunner, Ticket

PartType = Literal["indicator", "milestone"]
Load = Any
"""What a service loaded for an edit: opaque here, handed back unchanged."""
_TOUCHING = (
    "action_item",
    "action_plan",
    "indicator",
    "milestone",
    "issue",
    "ip_seed",
    "engagement",
    "person",
    "company",
    "note_line",
)
"""Types of records that show on 計画."""


@dataclass(frozen=True, slots=True)
class PlanShown:
    """A plan with what is needed beside it: today, the company's 取扱, who may own an action."""

    sheet: PlanSheet
    today: date
    level: Confidentiality
    people: tuple[PersonRow, ...]


class ActionPlanView(Protocol):
    """What the presenter asks of the tab."""

    def show_plan(self, shown: PlanShown) -> None:
        """Show a company's plan."""

    def action_made(self, action_id: str) -> None:
        """An action was added; the next sheet has it."""

    def tell(self, words: str, undo: Callable[[], None] | None = None) -> None:
        """Show a toast."""

    def refuse(self, error: AppError) -> None:
        """Say what could not be done."""


class ActionPlanPresenter:
    """Knows the company shown and the load that edits of the chosen action start from."""

    def __init__(self, tasks: TaskRunner, services: Services, view: ActionPlanView) -> None:
        self._tasks = tasks
        self._services = services
        self._view = view
        self._shown: PlanShown | None = None
        self._forms: dict[str, Load] = {}
        self._forms_asked: dict[str, Ticket] = {}
        self.company_id = ""

    # what is shown

    def open(self, company_id: str) -> None:
        """Show a company, also when it is shown already."""
        if company_id != self.company_id:
            self.company_id, self._shown = company_id, None
        self.reload()

    def reload(self) -> None:
        """Read the sheet again."""
        if self.company_id:
            self._tasks.run(partial(self._read, self.company_id), self._show)

    def concerns(self, types: Iterable[str]) -> bool:
        """Whether a change of these types of records may show here."""
        return any(each in _TOUCHING for each in types)

    def action(self, action_id: str) -> ActionRow | None:
        """An action of the sheet shown."""
        actions = self._shown.sheet.actions if self._shown is not None else ()
        return next((action for action in actions if action.id == action_id), None)

    def begin_edit(self, record_type: str, record_id: str) -> None:
        """A record's fields are shown: know what its edits start from."""
        self._take_form(record_id)
        work = partial(self._read_form, record_type, record_id)
        self._forms_asked[record_id] = self._tasks.run(work, self._keep_form)

    # actions

    def add(self, title: str) -> None:
        """Add a すること by its words."""
        company, plans = self.company_id, self._services.action_plans
        self._tasks.run(
            lambda _: plans.add_action(company, {"title": title}), self._view.action_made, self._refused
        )

    def change(self, action_id: str, values: Mapping[str, object]) -> None:
        """Write columns of an action."""
        form = self._take_form(action_id)
        self._act(lambda: self._services.action_plans.change_action(action_id, values, form))

    def turn_done(self, action_id: str) -> None:
        """済, or back."""
        action = self.action(action_id)
        if action is not None:
            is_done = action.is_open
            self._act(lambda: self._services.action_plans.set_done(action_id, is_done=is_done))

    def shift(self, action_id: str, days: int) -> None:
        """Move an action by some days; one without days tells how to give it some."""
        action = self.action(action_id)
        if action is None:
            return
        if action.start_on is None and action.due_on is None:
            self._view.tell("日にちがまだありません。Enter で開いて入れられます")
        else:
            self._act(lambda: self._services.action_plans.shift(action_id, days))

    def delete(self, record_type: str, record_id: str) -> None:
        """Move a record to ごみ箱; a toast offers it back."""
        self._tasks.run(partial(self._delete, record_type, record_id), self._tell_deleted, self._refused)

    # the plan around them

    def set_stage(self, stage: Stage) -> None:
        """Move the company to a stage."""
        work = partial(self._set_stage, self.company_id, stage)
        self._tasks.run(work, self._view.tell, self._refused)

    def change_plan(self, plan_id: str, values: Mapping[str, object]) -> None:
        """Write goal, period or 取扱 of the plan."""
        company, form = self.company_id, self._take_form(plan_id)
        self._act(lambda: self._services.action_plans.change_plan(company, values, form=form))

    def add_part(self, part: PartType, values: Mapping[str, object]) -> None:
        """Add a 指標 or a 主要期日."""
        company, plans = self.company_id, self._services.action_plans
        add = plans.add_indicator if part == "indicator" else plans.add_milestone
        self._act(lambda: add(company, values))

    def change_part(self, part: PartType, part_id: str, values: Mapping[str, object]) -> None:
        """Write columns of a 指標 or a 主要期日."""
        plans = self._services.action_plans
        change = plans.change_indicator if part == "indicator" else plans.change_milestone
        self._act(lambda: change(part_id, values))

    # on the store thread

    def _read(self, company_id: str, _ticket: Ticket) -> PlanShown:
        services = self._services
        company = services.companies.form(company_id).form
        return PlanShown(
            services.action_plans.sheet(company_id),
            services.place.today(),
            effective_level(level_of(company.values["confidentiality"])),
            (*services.people.of_team(), *services.people.of_company(company_id)),
        )

    def _read_form(self, record_type: str, record_id: str, _ticket: Ticket) -> Load | None:
        return self._services.action_plans.form(record_type, record_id)

    def _set_stage(self, company_id: str, stage: Stage, _ticket: Ticket) -> str:
        self._services.companies.set_stage(company_id, stage)
        return f"段階を「{stage.term}」にしました"

    def _delete(self, record_type: str, record_id: str, _ticket: Ticket) -> DeletedNote:
        return self._services.trash.delete(record_type, record_id)

    # answers

    def _take_form(self, record_id: str) -> Load | None:
        """What was loaded before a write is older than the record; until the next load it counts as it is."""
        if (asked := self._forms_asked.pop(record_id, None)) is not None:
            asked.cancel()
        return self._forms.pop(record_id, None)

    def _show(self, shown: PlanShown) -> None:
        if shown.sheet.company_id == self.company_id:
            self._shown = shown
            self._view.show_plan(shown)

    def _keep_form(self, form: Load | None) -> None:
        if form is not None:
            self._forms[form.id] = form

    def _tell_deleted(self, note: DeletedNote) -> None:
        restore = partial(self._services.trash.restore, note.record_type, note.id)
        self._view.tell(note.message, partial(self._act, restore))

    def _act(self, act: Callable[[], object]) -> None:
        self._tasks.run(lambda _: act(), None, self._refused)

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, AppError):
            raise error
        self._view.refuse(error)
