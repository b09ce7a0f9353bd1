"""S04 面談記録: notes that are typed while people talk."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.changes import Changes
from app.domain.terms import Confidentiality, Mark, ReadBackOutcome
from app.errors import AppError, RecordWithdrawn
from ui.actions import MARK_COMMANDS
from ui.input_method import commit, conversion, is_converting, when_idle
from ui.navigation import Route
from ui.screens.screen import Heading, Screen
from ui.screens.support_session.day_strip import DayStrip
from ui.screens.support_session.find_in_notes import FindInNotes
from ui.screens.support_session.left_drafts import Caret, Unconverted
from ui.screens.support_session.line_menus import LineMenus
from ui.screens.support_session.note_keeper import NoteKeeper
from ui.screens.support_session.panel import SessionPanel
from ui.screens.support_session.panel_pages import PanelPages
from ui.screens.support_session.presenter import SessionPresenter
from ui.screens.support_session.unconverted_offer import UnconvertedOffer
from ui.screens.support_session.visit import Visit
from ui.screens.support_session.visit_summary import days_of
from ui.screens.support_session.way_to_lines import LeftAt, WayToLines, first_caret_line
from ui.screens.support_session.ways_out import WaysOut
from ui.shared_states import MARKS
from ui.tasks import TaskRunner
from ui.theme.paint import SECRET_MARK
from ui.widgets.layouts import column
from ui.widgets.notes.line_look import LineLook
from ui.widgets.notes.mark_bar import MarkBar
from ui.widgets.notes.note_editor import END, NoteEditor
from ui.widgets.side_panel import WithSidePanel
from ui.wording import error_message

if TYPE_CHECKING:
    from app.services.directory import Services


class SupportSessionScreen(Screen):
    """Shows what the keeper and the presenter say; decides nothing."""

    def __init__(self, tasks: TaskRunner, services: Services) -> None:
        super().__init__()
        self._tasks = tasks
        self._presenter = SessionPresenter(tasks, services, self)
        self._faces_guest = False
        self._editor = NoteEditor(self)
        self._way = WayToLines(self._editor)
        self._bar = MarkBar()
        self._ways_out = WaysOut(self._presenter, self._editor)
        self._menus = LineMenus(self._editor, self._bar, self, self._presenter.line_level)
        self._panel = SessionPanel(self._presenter.today)
        self._offer = UnconvertedOffer()
        self._find = FindInNotes(self._editor, self)
        self._days = DayStrip()
        self._split = self._build()
        self._pages = PanelPages(tasks, services, self._panel, self._split)
        self._connect()
        self._editor.setReadOnly(True)
        self.setFocusProxy(self._editor)

    # what the window asks

    def heading(self) -> Heading:
        """Company, visit, when, where, who, 取扱."""
        return self._presenter.heading()

    def enter(self, route: Route) -> None:
        """Open the visit of the route; `anchor` names a line to go to."""
        self._way.want(route.anchor)
        if route.item_id is None:
            return
        self._presenter.open(route.item_id)
        self._find.show_words("" if self._faces_guest else route.sought or "")
        if self._keeper is None:
            self._offer.forget()
            self._editor.setReadOnly(True)
            self._editor.show_texts([""], 0, 0)
        else:
            self._way.go_to_anchor(self._keeper.lines)

    def leave(self) -> None:
        """Typing becomes a change before another screen, the lock or the end."""
        super().leave()
        if self._keeper is not None:
            self._keeper.keep()
        self._pages.settle()

    def flush_fields(self) -> None:
        """Also for Ctrl+S: what was typed in the notes is kept."""
        super().flush_fields()
        if self._keeper is not None:
            self._keeper.keep()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Marks, time, undo, head, finishing, printing."""
        marks: dict[str, Callable[[], None]] = {
            command_id: partial(self._mark, mark) for command_id, mark in MARK_COMMANDS.items()
        }
        return (
            marks
            | dict(self._ways_out.commands())
            | dict(self._find.commands())
            | {
                "stamp": self._stamp,
                "undo": self._undo,
                "redo": self._redo,
                "edit": self._pages.open_details,
                "panel": self._split.toggle_panel,
                "finish": self._finish,
                "reopen": self._presenter.reopen,
            }
        )

    def face_guest(self, *, on: bool) -> None:
        """Before a guest there are no 秘密 lines, and nothing that came from them."""
        if on == self._faces_guest:
            return
        self._faces_guest = on
        if on:
            self.flush_fields()
            self._panel.show_overview()
            self._find.close()
        self._editor.face_guest(on=on)
        self._offer.face_guest(on=on)
        self.lines_changed()

    def touched(self, changes: Changes) -> None:
        """Follow what happened elsewhere."""
        self._presenter.touched(changes)
        if changes.touch(MARKS):
            self.heading_changed.emit()
            self._editor.repaint_rows()

    def memory(self) -> object:
        """The caret and the scroll of this visit."""
        if self._presenter.visit is None:
            return None
        return self._way.left_at(self._presenter.visit.sheet.id)

    def restore(self, memory: object) -> None:
        """Go back to caret and scroll, as soon as the visit is there."""
        if isinstance(memory, LeftAt):
            self._way.want_back(memory)
            self._go_to_wanted()

    # what the keeper asks

    def caret(self) -> tuple[int, int]:
        """Line and column of the caret."""
        return self._editor.caret()

    def scrolled(self) -> int:
        """How far the notes are scrolled."""
        return self._way.scrolled()

    def preedit(self) -> str:
        """Text being converted in the notes."""
        return conversion().preedit if self._editor.hasFocus() else ""

    def has_caret(self) -> bool:
        """Whether a person can be typing there now."""
        return self._editor.hasFocus()

    def show_texts(self, texts: Sequence[str], line: int, column: int) -> None:
        """Show these lines."""
        self._editor.show_texts(texts, line, column)

    def when_idle(self, change: Callable[[], None]) -> None:
        """Wait for an open conversion."""
        when_idle(self._editor, change)

    def lines_changed(self) -> None:
        """Show looks, counts and summary anew."""
        self._editor.looks_changed()
        keeper = self._keeper
        if keeper is not None:
            self._bar.show_unmarked(sum(line.is_unmarked for line in keeper.lines))
            self._panel.overview.show_summary(self._presenter.summary(faces_guest=self._faces_guest))
            self._find.refresh()

    def say(self, words: str) -> None:
        """Tell in a toast."""
        self.tell(words)

    def show_step(self, words: str) -> None:
        """Say how far a long step is."""
        self.status_changed.emit(words)

    def refuse(self, error: Exception) -> None:
        """Tell what failed and what is safe."""
        if isinstance(error, RecordWithdrawn) and not self.isVisible():
            # The visit went to ごみ箱 while another screen was in front.
            return
        if isinstance(error, AppError):
            self.warn(error_message(error))
        else:
            self._tasks.failed_unheard.emit(error)

    def offer_unconverted(self, unconverted: Unconverted) -> None:
        """Offer text that an unexpected stop left unconverted."""
        self._offer.offer(unconverted)

    def look(self, index: int) -> LineLook:
        """How a line looks; blank while no visit is open."""
        keeper = self._keeper
        if keeper is None:
            return LineLook("")
        look = keeper.look(index)
        return look if not self._faces_guest else keeper.seen_by_guest(index, look)

    def write_again(self, _route: Route) -> None:
        """What could not be written is still held here."""
        self._presenter.write_again()
        self.leave()

    # what the presenter asks

    def show_visit(self, visit: Visit, caret: Caret | None) -> None:
        """Show a visit that was opened, with the caret where the person was, else at the end."""
        keeper = self._presenter.keeper
        if keeper is None:
            return
        self._panel.show_overview()
        self._days.forget()
        self._editor.setReadOnly(False)
        first_line = first_caret_line(keeper.lines, is_finished=visit.sheet.finished_at is not None)
        self._editor.show_texts([line.text for line in keeper.lines], first_line, END)
        if caret is not None:
            self._way.go_to(caret, keeper.lines)
        self.head_changed(visit)
        self.lines_changed()
        self._pages.open(visit.sheet.id)
        self._go_to_wanted()

    def head_changed(self, visit: Visit) -> None:
        """Show the head and the people anew."""
        self._pages.show_head(visit)
        self._panel.overview.show_summary(self._presenter.summary(faces_guest=self._faces_guest))
        self.heading_changed.emit()

    def head_taken_back(self, visit: Visit) -> None:
        """Show the record again, and let go of what was refused."""
        self.head_changed(visit)
        self._pages.take_head_back()

    # acting

    @property
    def _keeper(self) -> NoteKeeper | None:
        return self._presenter.keeper

    def _mark(self, mark: str) -> None:
        keeper = self._keeper
        if keeper is None or is_converting():
            return
        if mark == SECRET_MARK:
            keeper.turn_secret()
        else:
            keeper.mark(Mark(mark))
        line = keeper.lines[self._editor.caret()[0]]
        if mark == Mark.DEADLINE or line.id == self._days.line_id:
            self._days.show_days(line.id, days_of(line))
            self._editor.ensureCursorVisible()

    def _run(self, command_id: str) -> None:
        """A press on a mark takes over what is being converted; a key never gets here while it is."""
        commit()
        self.commands()[command_id]()
        self._editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stamp(self) -> None:
        if self._keeper is not None:
            self._keeper.stamp()

    def _undo(self) -> None:
        if self._keeper is not None:
            self._keeper.undo()

    def _redo(self) -> None:
        if self._keeper is not None:
            self._keeper.redo()

    def _set_level(self, level: Confidentiality | None) -> None:
        if self._keeper is not None:
            self._keeper.set_level(level)

    def _finish(self) -> None:
        """End the visit; once it has ended, go on with what bears no mark yet."""
        self.flush_fields()
        visit = self._presenter.visit
        if visit is None or visit.sheet.finished_at is None:
            self._presenter.finish()
        elif self._keeper is not None and any(line.is_unmarked for line in self._keeper.lines):
            self._ways_out.open_leftover()

    def _go(self, route: Route) -> None:
        self.flush_fields()
        self.go.emit(route)

    def _confirm_days(self, line_id: str) -> None:
        self._presenter.answer_days(line_id, ReadBackOutcome.CONFIRMED)
        self._editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refuse_days(self, line_id: str) -> None:
        """Another day was meant: the words of the line are what is read, so they are put right there."""
        self._presenter.answer_days(line_id, ReadBackOutcome.DIFFERS)
        self.tell("行の日付を直すと、読み直します")
        self._jump(line_id)

    def _edited(self, first: int, count: int, texts: list[str]) -> None:
        if self._keeper is not None:
            self._keeper.edited(first, count, texts)

    def _caret_left(self) -> None:
        if self._keeper is not None:
            self._keeper.caret_left()

    def _conversion_changed(self) -> None:
        if self._keeper is not None:
            self._keeper.conversion_changed()

    def _cut_refused(self) -> None:
        self.tell("秘密の行を含むため、切り取らずに写しだけ取りました")

    def _take_unconverted(self, unconverted: Unconverted) -> None:
        if self._keeper is not None:
            commit()
            self._editor.place_caret(*self._keeper.place_of(unconverted))
            self._editor.insert(unconverted.text)
        self._forget_unconverted()

    def _forget_unconverted(self) -> None:
        if self._keeper is not None:
            self._keeper.forget_unconverted()
        self._editor.setFocus(Qt.FocusReason.OtherFocusReason)

    # going to lines

    def _go_to_wanted(self) -> None:
        visit, keeper = self._presenter.visit, self._keeper
        if visit is not None and keeper is not None:
            self._way.go_to_wanted(visit.sheet.id, keeper.lines)

    def _jump(self, line_id: str) -> None:
        commit()
        self._way.go_to(Caret(line_id, END, -1), self._keeper.lines if self._keeper is not None else ())
        if self._split.is_drawer:
            self._split.close_drawer()
        self._editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_to_unmarked(self) -> None:
        keeper, visit = self._keeper, self._presenter.visit
        if keeper is None or visit is None:
            return
        if visit.sheet.finished_at is not None:
            self._ways_out.open_leftover()
            return
        commit()
        if self._way.go_to_unmarked(keeper.lines):
            self._editor.setFocus(Qt.FocusReason.OtherFocusReason)

    # the panel

    def _open_homework(self, action_id: str) -> None:
        keeper, visit = self._keeper, self._presenter.visit
        found = [row for row in keeper.homework if row.id == action_id] if keeper is not None else []
        if found and visit is not None:
            self._pages.open_homework(found[0], visit.people)

    def _change_homework(self, action_id: str, values: dict[str, object]) -> None:
        if self._keeper is not None:
            self._keeper.change_homework(action_id, values)

    def _close_page(self) -> None:
        self.flush_fields()
        # First, or Qt looks for another place in the panel when the page goes, and scrolls there.
        self._editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self._panel.show_overview()

    # building

    def _build(self) -> WithSidePanel:
        main = QWidget()
        main.setFocusProxy(self._editor)
        body = column(main, spacing=0)
        for part in (self._offer, self._days, self._find.bar, self._editor, self._bar):
            body.addWidget(part)
        split = WithSidePanel(main, self._panel)
        column(self, spacing=0).addWidget(split)
        return split

    def _connect(self) -> None:
        self._editor.edited.connect(self._edited)
        self._editor.caret_left.connect(self._caret_left)
        self._editor.conversion_changed.connect(self._conversion_changed)
        self._menus.command_chosen.connect(self._run)
        self._menus.level_chosen.connect(self._set_level)
        self._editor.cut_refused.connect(self._cut_refused)
        self._bar.pressed.connect(self._run)
        self._bar.next_unmarked_asked.connect(self._go_to_unmarked)
        self._offer.taken.connect(self._take_unconverted)
        self._offer.declined.connect(self._forget_unconverted)
        self._days.confirmed.connect(self._confirm_days)
        self._days.differed.connect(self._refuse_days)
        self._panel.overview.questions.ticked.connect(self._presenter.set_asked)
        self._panel.overview.line_asked.connect(self._jump)
        self._panel.overview.details_asked.connect(self._pages.open_details)
        self._panel.overview.action_asked.connect(self._open_homework)
        self._panel.homework_changed.connect(self._change_homework)
        self._panel.page_closed.connect(self._close_page)
        self._ways_out.asked.connect(self._go)
        self._pages.told.connect(self.say)
        self._pages.homework_left.connect(self._open_homework)
        self._panel.head_changed.connect(self._presenter.change_head)
        self._panel.method_changed.connect(self._presenter.set_method)
        self._panel.attendees_changed.connect(self._presenter.set_attendees)
        self._panel.person_added.connect(self._presenter.add_person)
        self._panel.level_changed.connect(self._presenter.set_level)
