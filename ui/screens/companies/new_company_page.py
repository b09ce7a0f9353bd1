"""Taking a new company in: all required fields on one screen, kept as drafts until it is registered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.domain.terms import EngagementStatus
from ui.field_drafts import FieldDrafts
from ui.navigation import Place, Route
from ui.screens.companies.entry_steps import EntrySteps
from ui.screens.company.company_entry import missing
from ui.screens.company.company_fields import CompanyFields
from ui.screens.company.labelled_field import LabelledField
from ui.screens.company.same_company_hint import SameCompanyHint
from ui.screens.screen import Crumb, Heading, LineButton
from ui.tasks import TaskRunner, Ticket
from ui.undo_actions import DONE, NOTHING_LEFT, Direction
from ui.widgets.buttons import Button
from ui.widgets.layouts import column
from ui.widgets.message_bar import Banner
from ui.widgets.scroll_page import ScrollPage
from ui.widgets.segmented import Option, Segmented
from ui.wording import Message

if TYPE_CHECKING:
    from app.rows.support_sessions import DraftRow
    from app.services.directory import Services

SCOPE = "new_company"
"""The scope of the drafts of a company that is not registered yet; the fields are the columns."""
_STANDING = "standing"
_STANDINGS = (EngagementStatus.CANDIDATE, EngagementStatus.SUPPORTED)


class NewCompanyPage(QWidget):
    """`registered` carries the id of the new company, `left_unfinished` that the person goes back."""

    registered = Signal(str)
    left_unfinished = Signal()
    heading_changed = Signal()
    go = Signal(object)
    told = Signal(str, object)
    warned = Signal(object, str)

    def __init__(self, tasks: TaskRunner, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._services = services
        self._is_registering = False
        self._standing = Segmented([Option(each, each.term) for each in _STANDINGS], name="はじめの状態")
        standing = LabelledField("はじめの状態", self._standing)
        self.fields = CompanyFields(services.place.masters, services.place.today, standing, folds=True)
        self._hint = SameCompanyHint(tasks, services)
        self._drafts = FieldDrafts(tasks, services, self)
        self._drafts.scope = SCOPE
        self._drafts.follow(self.fields.texts)
        self._arrange()
        self._connect()
        self._steps = EntrySteps()
        self._steps.open(self._entered())
        self.setFocusProxy(self.fields.texts["name"])
        self._tasks.run(lambda _: self._services.drafts.of(SCOPE), self._offer_again)

    def heading(self) -> Heading:
        """企業を入れる with its one primary button."""
        crumbs = (Crumb("企業", Route(Place.COMPANIES)), Crumb("新しい企業"))
        return Heading(
            "新しい企業",
            crumbs=crumbs,
            facts=("書きかけはこの端末に残ります",),
            buttons=(
                LineButton("back_to_list", "あとで入れる"),
                LineButton("finish", "企業を入れる", "check", primary=True),
            ),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stack the fields where there is no room for two blocks."""
        super().resizeEvent(event)
        self.fields.fit(self.width())

    def leave(self) -> None:
        """Keep what was typed; the fields were flushed before."""
        self._drafts.write_waiting()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Finishing, leaving it for later, and undo of what was entered."""
        return {
            "finish": self.register,
            "back_to_list": self.left_unfinished.emit,
            "undo": self.undo,
            "redo": self.redo,
        }

    def undo(self) -> None:
        """Take back what was entered last."""
        self._step("back")

    def redo(self) -> None:
        """Enter again what was taken back last."""
        self._step("forth")

    def register(self) -> None:
        """Take the company in, or point out below the fields what is missing."""
        for editor in self.fields.texts.values():
            editor.flush()
        values = self.fields.values()
        for name, sentence in missing(values).items():
            self.fields.show_problem(name, sentence)
        problems = self.fields.problems()
        if problems:
            self._point_out(problems)
        elif not self._is_registering:
            self._is_registering = True
            status = EngagementStatus(self._standing.value())
            self._tasks.run(partial(self._register, values, status), self._registered, self._refused)

    def _register(self, values: Mapping[str, object], status: EngagementStatus, _ticket: Ticket) -> str:
        return self._services.companies.register(values, status)

    def _registered(self, company_id: str) -> None:
        name = self.fields.texts["name"].text()
        self._is_registering = False
        self.told.emit(f"{name} を入れました", None)
        self.registered.emit(company_id)
        # In the next turn: opening the company's file takes long enough alone.
        QTimer.singleShot(0, self, self.clear)

    def _refused(self, error: Exception) -> None:
        self._is_registering = False
        self._tasks.failed_unheard.emit(error)

    def clear(self) -> None:
        """Start with empty fields; the drafts go too."""
        self._blank()
        self._steps.open(self._entered())

    def _blank(self) -> None:
        self._drafts.drop_all()
        self.fields.clear()
        self.fields.fold()
        self._standing.choose(EngagementStatus.CANDIDATE)
        self._hint.show_found(None)
        self._again.hide()

    def _start_afresh(self) -> None:
        self._blank()
        self._steps.entered(self._entered())
        self.told.emit("書きかけの内容を消しました", self.undo)

    # undo

    def _step(self, direction: Direction) -> None:
        for editor in self.fields.texts.values():
            editor.flush()
        wanted = self._steps.step(direction)
        if wanted is None:
            self.told.emit(NOTHING_LEFT[direction], None)
            return
        self.fields.enter_again(wanted)
        if _STANDING in wanted:
            self._standing.choose(wanted[_STANDING])
        for name, text in wanted.items():
            self._drafts.keep(name, text)
        words = self._word(next(iter(wanted))) if len(wanted) == 1 else f"{len(wanted)}項目"
        self.told.emit(DONE[direction].format(words), None)

    def _word(self, name: str) -> str:
        return "はじめの状態" if name == _STANDING else self.fields.word(name)

    def _entered(self) -> dict[str, str]:
        names = (*self.fields.checks, *self.fields.choices, *self.fields.texts)
        return {**{name: self.fields.entered(name) for name in names}, _STANDING: self._standing.value()}

    def _point_out(self, problems: list[str]) -> None:
        words = "、".join(self.fields.word(name) for name in problems[:3])
        more = f" ほか{len(problems) - 3}項目" if len(problems) > 3 else ""
        self.fields.go_to(problems[0])
        detail = f"{words}{more}。入力した内容はそのまま残っています。"
        self.warned.emit(Message(f"あと{len(problems)}項目を確かめてください", detail), "warn")

    # drafts

    def _offer_again(self, drafts: tuple[DraftRow, ...]) -> None:
        left = {draft.field: draft.text for draft in drafts if draft.text}
        if not left:
            return
        self.fields.enter_again(left)
        if left.get(_STANDING) in set(EngagementStatus):
            self._standing.choose(left[_STANDING])
        self._steps.open(self._entered())
        self._again.show()

    def _edited(self, name: str) -> None:
        if name not in self.fields.texts:
            self._drafts.keep(name, self.fields.entered(name))
        self._steps.entered(self._entered(), walked=name if name in self.fields.choices else "")
        self._hint.look(name, self.fields.values())

    def _stand(self, value: str) -> None:
        self._drafts.keep(_STANDING, value)
        self._steps.entered(self._entered())

    # building

    def _arrange(self) -> None:
        afresh = Button("消して初めから入れる", size="small")
        afresh.clicked.connect(self._start_afresh)
        self._again = Banner("前に書きかけた内容を戻しました", afresh, kind="info")
        self._again.hide()
        page = ScrollPage()
        page.body.addWidget(self.fields)
        page.body.addStretch(1)
        whole = column(self, spacing=0)
        for part in (self._again, self._hint):
            whole.addWidget(part)
        whole.addWidget(page, 1)

    def _connect(self) -> None:
        self.fields.edited.connect(self._edited)
        self._standing.chosen.connect(self._stand)
        self._hint.go.connect(self.go)


def unfinished_company(services: Services) -> str | None:
    """The name of the company that is half entered, "" without one yet; None where nothing is left."""
    left = {draft.field: draft.text for draft in services.drafts.of(SCOPE) if draft.text}
    left.pop(_STANDING, None)
    return left.get("name", "") if left else None
