"""S05 読み合わせ: what the visit came to, in large words turned to the client."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.changes import Changes
from app.domain.read_back import READ_BACK_MARKS
from app.domain.terms import Mark
from app.errors import AppError
from app.rows.read_back import ReadBackItem, ReadBackSheet
from app.workplace import session_scope
from ui.navigation import Place, Route
from ui.record_drafts import BROUGHT_BACK, RecordDrafts
from ui.screens.read_back import words
from ui.screens.read_back.correction_form import CorrectionForm
from ui.screens.read_back.item_row import ItemRow
from ui.screens.read_back.presenter import ReadBackPresenter
from ui.screens.read_back.sections import ItemSection
from ui.screens.screen import Crumb, Fact, Heading, LineButton, MeterFact, Screen
from ui.screens.support_session.words import called
from ui.tasks import TaskRunner
from ui.theme.theme import theme
from ui.undo_actions import UndoActions
from ui.widgets.empty_state import EmptyState
from ui.widgets.fields.choice_field import ChoiceField
from ui.widgets.layouts import column, put, row
from ui.widgets.scroll_page import ScrollPage
from ui.widgets.segmented import Option
from ui.wording import error_message

if TYPE_CHECKING:
    from app.services.directory import Services

_MARGINS = (20, 16, 20, 16)
_MOST_CELLS = 10


class ReadBackScreen(Screen):
    """Rows stay the same widgets while what they show changes, so that the focus stays too."""

    is_for_guests = True

    def __init__(self, tasks: TaskRunner, services: Services) -> None:
        super().__init__()
        self._tasks = tasks
        self._presenter = ReadBackPresenter(tasks, services, self)
        self._drafts = RecordDrafts(tasks, services, self)
        self._undo = UndoActions(tasks, services, self, self._scope)
        self._session_id = ""
        self._rows: dict[str, ItemRow] = {}
        self._form = CorrectionForm(services.place.today)
        self._build()
        self._connect()

    # what the window asks

    def heading(self) -> Heading:
        """The way back to the visit, how much was answered, and how to end."""
        sheet = self._presenter.sheet
        if sheet is None:
            return Heading(words.TITLE)
        company = Route(Place.COMPANIES, company_id=sheet.company_id, tab="sessions")
        done, count = sheet.answered, len(sheet.items)
        meter = (
            MeterFact("", done * min(count, _MOST_CELLS) // count, min(count, _MOST_CELLS), "")
            if count
            else None
        )
        facts: tuple[Fact, ...] = (meter, words.count_words(sheet)) if meter else ()
        return Heading(
            words.TITLE,
            crumbs=(
                Crumb(sheet.company_name, company),
                Crumb(f"第{sheet.ordinal}回面談", self._visit_route(sheet)),
                Crumb("読み合わせ"),
            ),
            facts=facts,
            buttons=(
                LineButton("later", "あとで確認する", ""),
                LineButton("finish", "終了", "", primary=True),
            ),
        )

    def enter(self, route: Route) -> None:
        """Show the 面談 of the route."""
        if route.item_id is None:
            return
        self._hide_form()
        if route.item_id != self._session_id:
            self._session_id = route.item_id
            self._forget_rows()
        self._drafts.open(f"read_back:{route.item_id}")
        self._presenter.open(route.item_id)

    def leave(self) -> None:
        """What was typed becomes a change before another screen, the lock or the end."""
        self._form.flush()
        super().leave()
        self._drafts.settle()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Ending, leaving the rest for later, correcting, undo."""
        return {
            "finish": self._finish,
            "later": self._leave_for_later,
            "edit": self._correct_current,
            "undo": self._undo.undo,
            "redo": self._undo.redo,
        }

    def touched(self, changes: Changes) -> None:
        """Follow what happened here and elsewhere."""
        self._presenter.touched(changes)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow page stacks what stands side by side on a wide one."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        for section in self._sections.values():
            section.arrange(self.width())
        for each in self._rows.values():
            each.arrange(self.width())

    # what the presenter asks

    def show_sheet(self, sheet: ReadBackSheet) -> None:
        """Show the items; rows that are still there stay."""
        focused = self._current_row()
        self._clients.set_options([Option(person.id, called(person)) for person in sheet.clients])
        self._clients.show_value(self._presenter.client_id or "")
        self._who.setVisible(bool(sheet.items) and len(sheet.clients) > 1)
        for mark in READ_BACK_MARKS:
            self._show_section(mark, [item for item in sheet.items if item.mark is mark])
        self._empty.setVisible(not sheet.items)
        self._drop_rows_but({item.subject_id for item in sheet.items})
        self._follow_form()
        self._bring_back()
        self.heading_changed.emit()
        if focused is None and not self._form.isVisible() and self.isVisible():
            self._go_on()

    def answered(self, subject_id: str) -> None:
        """Go to the next item that waits."""
        if self._form.isVisible() and self._form.subject_id == subject_id:
            self._hide_form()
        self._go_on(subject_id)

    def ended(self, sheet: ReadBackSheet) -> None:
        """Say that all is kept, on the visit itself."""
        self.tell(words.finished_words(sheet))
        self.go.emit(self._visit_route(sheet))

    def refuse(self, error: Exception) -> None:
        """Tell what failed and what is safe."""
        if isinstance(error, AppError):
            self.warn(error_message(error))
        else:
            self._tasks.failed_unheard.emit(error)

    def waits(self, subject_id: str) -> None:
        """Say that an answer waits for the disk, and go on."""
        self.tell(words.WAITS)
        if subject_id in self._rows:
            self._step(subject_id, 1)

    # acting

    def _finish(self) -> None:
        if self._form.isVisible():
            self._form.close_form()
        else:
            self._presenter.finish()

    def _leave_for_later(self) -> None:
        self._form.flush()
        sheet = self._presenter.sheet
        if sheet is not None:
            if said := words.later_words(sheet):
                self.tell(said)
            self.go.emit(self._visit_route(sheet))

    def _correct_current(self) -> None:
        current = self._current_row() or next(iter(self._in_order()), None)
        if current is not None:
            self._correct(current.subject_id)

    def _correct(self, subject_id: str) -> None:
        item = self._presenter.item(subject_id)
        if item is None:
            return
        if self._form.isVisible():
            self._form.flush()
        self._open_form(item)
        target = self._form.theirs if item.mark is Mark.DEADLINE else self._form.ours
        target.go_to_end()
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        # Once the form has its place on the page.
        QTimer.singleShot(0, self, self._show_form)

    def _show_form(self) -> None:
        self._page.ensureWidgetVisible(self._form)
        focused = self._form.focusWidget()
        if focused is not None:
            self._page.ensureWidgetVisible(focused)

    def _open_form(self, item: ReadBackItem) -> None:
        sheet = self._presenter.sheet
        people = (*sheet.clients, *sheet.team) if sheet else ()
        self._form.show_item(item, people)
        section = self._sections[item.mark]
        section.put_below(self._rows[item.subject_id], self._form)
        self._form.show()
        self._drafts.show(item.subject_id, self._form.editors())

    def _close_form(self, subject_id: str) -> None:
        self._hide_form()
        if subject_id in self._rows:
            self._rows[subject_id].take_focus()

    def _hide_form(self) -> None:
        self._form.hide()
        self._form.subject_id = ""

    def _follow_form(self) -> None:
        """Show what the record says now in the open form, or close it where its item is gone."""
        item = self._presenter.item(self._form.subject_id)
        if self._form.subject_id and item is None:
            self._hide_form()
        elif item is not None and not self._form.isAncestorOf(self.focusWidget() or self):
            self._open_form(item)

    def _bring_back(self) -> None:
        """Text that an unexpected stop left behind opens its form again."""
        left = [record for record in self._drafts.left_records() if record in self._rows]
        item = self._presenter.item(left[0]) if left else None
        if item is not None:
            self._open_form(item)
            self.tell(BROUGHT_BACK)

    def _choose_client(self, person_id: str) -> None:
        self._presenter.client_id = person_id or None

    def _step(self, subject_id: str, by: int) -> None:
        rows = self._in_order()
        at = rows.index(self._rows[subject_id]) + by
        if 0 <= at < len(rows):
            rows[at].take_focus()
            self._page.ensureWidgetVisible(rows[at])

    def _go_on(self, after: str = "") -> None:
        """Focus the next unanswered row behind one, then any; else the end of the visit comes next."""
        rows = self._in_order()
        start = rows.index(self._rows[after]) if after in self._rows else 0
        for each in (*rows[start:], *rows[:start]):
            item = self._presenter.item(each.subject_id)
            if item is not None and item.answer is None:
                each.take_focus()
                self._page.ensureWidgetVisible(each)
                return
        if rows:
            rows[-1].take_focus()

    # rows

    def _in_order(self) -> list[ItemRow]:
        items = self._presenter.sheet.items if self._presenter.sheet else ()
        return [self._rows[item.subject_id] for item in items if item.subject_id in self._rows]

    def _current_row(self) -> ItemRow | None:
        return next((each for each in self._in_order() if each.has_focus_inside()), None)

    def _show_section(self, mark: Mark, items: Sequence[ReadBackItem]) -> None:
        rows = []
        for number, item in enumerate(items, 1):
            each = self._rows.get(item.subject_id) or self._new_row(item.subject_id)
            each.show_item(number, item)
            rows.append(each)
        self._sections[mark].show_rows(rows)

    def _new_row(self, subject_id: str) -> ItemRow:
        made = self._rows[subject_id] = ItemRow(subject_id)
        made.confirmed.connect(self._presenter.confirm)
        made.correction_asked.connect(self._correct)
        made.step.connect(self._step)
        made.arrange(self.width())
        return made

    def _drop_rows_but(self, kept: set[str]) -> None:
        for subject_id in set(self._rows) - kept:
            gone = self._rows.pop(subject_id)
            gone.hide()
            gone.deleteLater()

    def _forget_rows(self) -> None:
        for section in self._sections.values():
            section.show_rows(())
        self._drop_rows_but(set())

    def _scope(self) -> str | None:
        return session_scope(self._session_id) if self._session_id else None

    @staticmethod
    def _visit_route(sheet: ReadBackSheet) -> Route:
        return Route(Place.COMPANIES, company_id=sheet.company_id, tab="sessions", item_id=sheet.session_id)

    # building

    def _build(self) -> None:
        self._page = ScrollPage(spacing=0, margins=_MARGINS)
        self._sections = {mark: ItemSection(words.SECTIONS[mark]) for mark in READ_BACK_MARKS}
        for section in self._sections.values():
            self._page.body.addWidget(section)
        self._empty = EmptyState(words.NOTHING, words.NOTHING_MORE)
        self._empty.hide()
        self._clients = ChoiceField(prefix="答えた人")
        self._who = QWidget()
        put(row(self._who, margins=(0, 12, 12, 0)), None, self._clients)
        put(self._page.body, self._empty, self._who, None)
        self._who.hide()
        self._form.setParent(self)
        self._form.hide()
        column(self, spacing=0).addWidget(self._page)

    def _connect(self) -> None:
        self._clients.chosen.connect(self._choose_client)
        self._form.reworded.connect(self._presenter.reword)
        self._form.homework_changed.connect(self._presenter.change_homework)
        self._form.differed.connect(self._presenter.differ)
        self._form.closed.connect(self._close_form)
        self._drafts.found.connect(self._bring_back)
        theme().changed.connect(self._arrange)
