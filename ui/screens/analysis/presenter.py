"""What happens on 分析: reading its sheet, and every act of a person, always off the window's thread."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from app.domain.confidentiality import effective_level, level_of
from app.domain.terms import Confidentiality, SeedKind
from app.errors import AppError
from app.rows.analysis import AnalysisSheet, IssueRow, SeedRow

if TYPE_CHECKING:
    from app.rows.trash import DeletedNote
    from app.services.analysis import ItemType
    from app.services.directory import Services
    from ui.tasks import TaskRunner, Ticket

Load = Any
"""What a service loaded for an edit: opaque here, handed back unchanged."""
_TOUCHING = ("note_line", "support_session", "issue", "ip_seed", "action_item", "link", "company")
"""Types of records that show on 分析."""


class AnalysisView(Protocol):
    """What the presenter asks of the tab."""

    def show_sheet(self, sheet: AnalysisSheet, level: Confidentiality) -> None:
        """Show a company's analysis; `level` is the company's 取扱."""

    def item_made(self, item_id: str) -> None:
        """An item was added; the next sheet has it."""

    def tell(self, words: str, undo: Callable[[], None] | None = None) -> None:
        """Show a toast."""

    def refuse(self, error: AppError) -> None:
        """Say what could not be done."""


@dataclass(frozen=True, slots=True)
class _Read:
    sheet: AnalysisSheet
    level: Confidentiality


class AnalysisPresenter:
    """Knows the company and the item shown; the sheet comes again after every change that shows on it."""

    def __init__(self, tasks: TaskRunner, services: Services, view: AnalysisView) -> None:
        self._tasks = tasks
        self._services = services
        self._view = view
        self._sheet: AnalysisSheet | None = None
        self._form: Load | None = None
        self._form_asked: Ticket | None = None
        self.company_id = ""
        self.item_id = ""

    # what is shown

    def open(self, company_id: str) -> None:
        """Show a company, also when it is shown already."""
        if company_id != self.company_id:
            self.company_id, self._sheet = company_id, None
        self.reload()

    def reload(self) -> None:
        """Read the sheet again."""
        if self.company_id:
            self._tasks.run(partial(self._read, self.company_id), self._show)

    def concerns(self, types: Iterable[str]) -> bool:
        """Whether a change of these types of records may show here."""
        return any(each in _TOUCHING for each in types)

    def choose(self, item_id: str) -> None:
        """A seed or issue is shown at the right: know what its edits start from."""
        self.item_id = item_id
        self._forget_form()
        item_type = self.type_of(item_id)
        if item_type is not None:
            work = partial(self._read_form, item_type, item_id)
            self._form_asked = self._tasks.run(work, self._keep_form, self._no_form)

    def item(self, item_id: str) -> IssueRow | SeedRow | None:
        """The row of an item on the sheet shown."""
        if self._sheet is None:
            return None
        items: tuple[IssueRow | SeedRow, ...] = (*self._sheet.issues, *self._sheet.seeds)
        return next((each for each in items if each.id == item_id), None)

    def type_of(self, item_id: str) -> ItemType | None:
        """Which kind of record an item on the sheet is."""
        found = self.item(item_id)
        if found is None:
            return None
        return "issue" if isinstance(found, IssueRow) else "ip_seed"

    def session_of(self, line_id: str) -> str | None:
        """The 面談 in which a line was said."""
        lines = self._sheet.lines if self._sheet is not None else ()
        return next((line.support_session_id for line in lines if line.id == line_id), None)

    # acts

    def add_seed(self, kind: SeedKind, name: str) -> None:
        """Add a seed by its name."""
        company = self.company_id
        self._make(lambda: self._services.analysis.add_seed(company, kind, {"name": name}))

    def add_issue(self, title: str) -> None:
        """Add an issue by its title."""
        company = self.company_id
        self._make(lambda: self._services.analysis.add_issue(company, {"title": title}))

    def draw_seed(self, line_id: str, kind: SeedKind) -> None:
        """Make a seed of a line, which becomes its evidence."""
        self._make(lambda: self._services.analysis.add_seed_from_line(line_id, kind))

    def draw_issue(self, line_id: str) -> None:
        """Make an issue of a line, which becomes its evidence."""
        self._make(lambda: self._services.analysis.add_issue_from_line(line_id))

    def attach(self, item_id: str, line_id: str) -> None:
        """Rest an item on one more line."""
        if (item_type := self.type_of(item_id)) is not None:
            self._act(lambda: self._services.analysis.attach(item_type, item_id, line_id))

    def detach(self, item_id: str, line_id: str) -> None:
        """Take a line away from an item; a toast offers it back."""
        if (item_type := self.type_of(item_id)) is not None:
            work = partial(self._detach, item_type, item_id, line_id)
            told = partial(self._tell_detached, item_id, line_id)
            self._tasks.run(work, told, self._refused)

    def change(self, item_id: str, values: Mapping[str, object]) -> None:
        """Write columns of an item."""
        item_type = self.type_of(item_id)
        if item_type is not None:
            form = self._form if self._form is not None and self._form.id == item_id else None
            self._forget_form()
            self._act(lambda: self._services.analysis.change(item_type, item_id, values, form))

    def set_perspectives(self, issue_id: str, codes: Iterable[str]) -> None:
        """Make the 知財の視点 of an issue be these."""
        self._act(lambda: self._services.analysis.set_perspectives(issue_id, codes))

    def delete(self, item_id: str) -> None:
        """Move an item to ごみ箱; a toast offers it back."""
        item_type = self.type_of(item_id)
        if item_type is not None:
            work = partial(self._delete, item_type, item_id)
            self._tasks.run(work, self._tell_deleted, self._refused)

    def plan(self, item_id: str) -> None:
        """計画に入れる: make a すること of an item, or tell that there is an open one."""
        item_type = self.type_of(item_id)
        if item_type is not None:
            known = {action.id for action in getattr(self.item(item_id), "actions", ())}
            work = partial(self._plan, item_type, item_id, frozenset(known))
            self._tasks.run(work, self._view.tell, self._refused)

    # on the store thread

    def _read(self, company_id: str, _ticket: Ticket) -> _Read:
        company = self._services.companies.form(company_id).form
        level = effective_level(level_of(company.values["confidentiality"]))
        return _Read(self._services.analysis.sheet(company_id), level)

    def _read_form(self, item_type: ItemType, item_id: str, _ticket: Ticket) -> Load:
        return self._services.analysis.form(item_type, item_id)

    def _detach(self, item_type: ItemType, item_id: str, line_id: str, _ticket: Ticket) -> None:
        self._services.analysis.detach(item_type, item_id, line_id)

    def _delete(self, item_type: ItemType, item_id: str, _ticket: Ticket) -> DeletedNote:
        return self._services.trash.delete(item_type, item_id)

    def _plan(self, item_type: ItemType, item_id: str, known: frozenset[str], _ticket: Ticket) -> str:
        action_id = self._services.analysis.to_plan(item_type, item_id)
        return "もう計画に入っています" if action_id in known else "計画に入れました"

    # answers

    def _forget_form(self) -> None:
        """What was loaded before a write is older than the record; until the next load it counts as it is."""
        self._form = None
        if self._form_asked is not None:
            self._form_asked.cancel()

    def _show(self, read: _Read) -> None:
        if read.sheet.company_id == self.company_id:
            self._sheet = read.sheet
            self._view.show_sheet(read.sheet, read.level)

    def _keep_form(self, form: Load) -> None:
        if form.id == self.item_id:
            self._form = form

    def _no_form(self, _error: Exception) -> None:
        """The item went while its form was read; the sheet that is coming says so."""

    def _tell_detached(self, item_id: str, line_id: str, _done: None) -> None:
        self._view.tell("根拠の行を外しました", partial(self.attach, item_id, line_id))

    def _tell_deleted(self, note: DeletedNote) -> None:
        restore = partial(self._services.trash.restore, note.record_type, note.id)
        self._view.tell(note.message, partial(self._act, restore))

    def _make(self, act: Callable[[], str]) -> None:
        self._tasks.run(lambda _: act(), self._view.item_made, self._refused)

    def _act(self, act: Callable[[], object]) -> None:
        self._tasks.run(lambda _: act(), None, self._refused)

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, AppError):
            raise error
        self._view.refuse(error)
