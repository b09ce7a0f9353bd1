"""Keeps the lines of one 面談: what is typed is drafted at once and becomes a change on leaving the line.

Without widgets. The store is asked in order on the store thread; the screen never waits for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from app.domain.note_sheet import Edit, Line, NoteSheet, decision_above
from app.domain.terms import Confidentiality, Mark
from app.rows.companies import PersonRow
from app.rows.support_sessions import DraftRow, HomeworkRow, SessionSheet
from ui.screens.support_session.draft_keeper import DraftKeeper
from ui.screens.support_session.kept_sheet import KeptSheet
from ui.screens.support_session.left_drafts import Caret, Unconverted, put_back
from ui.screens.support_session.notes_page import NotesPage
from ui.screens.support_session.step_progress import Direction, StepProgress
from ui.screens.support_session.typing_history import TypingHistory
from ui.screens.support_session.visit_store import Homework, Moved, VisitStore
from ui.screens.support_session.words import rewriting_words, stamp_words
from ui.tasks import TaskRunner
from ui.theme.paint import SECRET_MARK
from ui.widgets.notes.line_look import LineLook
from ui.widgets.notes.text_changes import between_units, units, without_unchanged

if TYPE_CHECKING:
    from app.services.directory import Services

_MANY = 3
"""So many lines gone at one stroke are told: they may have been selected by mistake."""


class NoteKeeper:
    """Block i of the editor is line i here, at every moment."""

    def __init__(
        self,
        tasks: TaskRunner,
        services: Services,
        page: NotesPage,
        sheet: SessionSheet,
        people: Mapping[str, PersonRow],
    ) -> None:
        """`people` are those who may own homework, by id; it is looked at again whenever a line is shown."""
        self._sessions = services.support_sessions
        self._place = services.place
        self._marks = services.shared_marks
        self._page = page
        self._people = people
        self._session_id = sheet.id
        self._store = VisitStore(tasks, services, sheet.id, self._look_again)
        self._drafts = DraftKeeper(self._store, page)
        self._history = TypingHistory()
        self._progress = StepProgress()
        self._progress.said.connect(page.show_step)
        self._kept = KeptSheet(sheet)
        self._typed: set[str] = set()
        self._to_withdraw: set[str] = set()
        self._first_line = ""
        self._undone = 0
        self._turn = 0
        self._is_stale = self._stale_by_own = False
        self._waits_for_caret = False
        self._notes = NoteSheet(self._kept.with_lines(()), self._place.new_id)

    def open(self, drafts: Sequence[DraftRow]) -> Caret | None:
        """Put left drafts back into their lines; returns where the person was, if that is known."""
        left = put_back(self._notes, drafts)
        self._typed = set(left.typed)
        self._drafts = DraftKeeper(self._store, self._page, left.typed)
        self._drafts.timer.timeout.connect(self.keep_draft)
        self._require_a_line()
        if left.caret is not None:
            self._keep_all_but(left.caret.line_id)
        if left.unconverted is not None:
            self._offer(left.unconverted, left.caret)
        return left.caret

    def _offer(self, unconverted: Unconverted, caret: Caret | None) -> None:
        """From now on it has a draft of its own, and the line's draft is without it."""
        self._store.keep_offer(unconverted, self._page.refuse)
        index = self._notes.index_of(caret.line_id) if caret else None
        if caret is not None and index is not None and caret.line_id in self._typed:
            self._drafts.keep_line(self.lines, index, self._kept.lines.keys(), "", caret)
        self._page.offer_unconverted(unconverted)

    def _keep_all_but(self, line_id: str) -> None:
        """Only the line with the caret may stay a draft."""
        self._typed.discard(line_id)
        self.keep()
        index = self._notes.index_of(line_id)
        if index is not None and self._kept.lines.get(line_id) != self.lines[index]:
            self._typed = {line_id}
        else:
            self._drafts.drop(line_id)

    # looking

    @property
    def lines(self) -> Sequence[Line]:
        """The lines as they are on the screen."""
        return self._notes.lines

    @property
    def homework(self) -> Sequence[HomeworkRow]:
        """What came out of the lines to be done, in the order of the lines."""
        return [*self._kept.homework(self.lines)]

    @property
    def is_writing(self) -> bool:
        """Whether the store has not answered yet."""
        return self._store.is_busy

    def level_of(self, index: int) -> Confidentiality | None:
        """The own 取扱 of a line."""
        return self._kept.levels.get(self.lines[index].id)

    def look(self, index: int) -> LineLook:
        """How a line looks now."""
        if index >= len(self.lines):
            return LineLook("")
        line = self.lines[index]
        mark = line.mark or (SECRET_MARK if line.is_secret else "")
        is_linked = decision_above(self.lines, index) is not None
        return LineLook(
            stamp_words(line.stamped_at),
            str(mark),
            self._kept.label(line, self._people),
            line.is_secret,
            is_linked,
            is_only_here=self._marks.is_only_here(line.id),
        )

    def seen_by_guest(self, index: int, look: LineLook) -> LineLook:
        """The look of a line without anything 秘密: no row, and no tie to a 決定 that has none."""
        above = decision_above(self.lines, index) if look.is_linked else None
        is_tied = above is not None and not self.lines[above].is_secret
        return replace(look, is_withheld=look.is_secret, is_linked=is_tied)

    # typing

    def edited(self, first: int, count: int, texts: Sequence[str]) -> None:
        """The `count` lines from `first` on now hold `texts`; Qt counts unchanged neighbours, too."""
        held = [line.text for line in self.lines[first : first + count]]
        head, old, texts = without_unchanged(held, texts)
        first, count = first + head, len(old)
        if count == 1 and len(texts) == 1:
            self._type(first, texts[0])
        else:
            self._rearrange(first, count, texts)

    def _rearrange(self, first: int, count: int, texts: Sequence[str]) -> None:
        # What was typed before is a step of its own.
        self.keep()
        self._history.clear()
        before = sum(bool(line.text) for line in self.lines[first : first + count])
        edit = self._notes.rewrite(first, count, texts, self._place.now())
        self._save(edit, rewriting_words(count, len(texts)))
        gone = before - sum(map(bool, texts))
        if gone >= _MANY:
            self._page.say(f"{gone}行を消しました。Ctrl+Z で元に戻せます")
        self._page.lines_changed()

    def _type(self, index: int, text: str) -> None:
        line = self.lines[index]
        if line.text == text:
            return
        if self._typed and line.id not in self._typed:
            self.keep()
        now = self._place.now()
        if line.id == self._first_line and line.is_blank:
            self._notes.stamp(index, now)
        self._notes.retype(index, text)
        self._history.typed(line.id, line.text, text, now)
        self._typed.add(line.id)
        self._undone = 0
        self._drafts.wake()

    def conversion_changed(self) -> None:
        """Text is being converted, or no longer: its draft follows, and what comes is a burst of its own."""
        self._history.part()
        self._drafts.wake()

    def caret_left(self) -> None:
        """The caret went to another line: typing becomes one change, and what arrived for it is shown."""
        self.keep()
        self._history.clear()
        if self._waits_for_caret:
            self.reload()

    def keep(self) -> None:
        """Make what was typed a change: on leaving the line, before any action, on finish, lock and close."""
        self._drafts.timer.stop()
        typed, self._typed = self._typed, set()
        if typed or self._to_withdraw:
            lines = tuple(line for line in self.lines if line.id in typed)
            if any(self._kept.lines.get(line.id) != line for line in lines):
                self._history.clear()
            self._save(Edit(lines), "行を書く")

    def keep_draft(self) -> None:
        """Put the typing that is not a change yet, and text being converted, on disk."""
        self._drafts.keep(self.lines, self._typed, self._kept.lines.keys())

    def place_of(self, unconverted: Unconverted) -> tuple[int, int]:
        """Where offered text belongs now: its line, else the end of the notes."""
        index = self._notes.index_of(unconverted.line_id)
        if index is None:
            return len(self.lines) - 1, units(self.lines[-1].text)
        return index, unconverted.column

    def forget_unconverted(self) -> None:
        """The offer was taken or declined."""
        self._store.drop_offer(self._page.refuse)

    # actions on the line of the caret

    def mark(self, mark: Mark) -> None:
        """Give the line a mark; the same again clears it. 宿題 on a 決定 opens linked homework."""
        self.keep()
        index, line = self._focused()
        if mark is Mark.HOMEWORK and line.mark is Mark.DECISION:
            self._open_homework(line)
            return
        wanted = None if line.mark is mark else mark
        self._notes.mark(index, wanted)
        self._act(index, partial(self._sessions.set_mark, self._session_id, line, wanted))

    def _open_homework(self, decision: Line) -> None:
        if not decision.text.strip():
            self._page.say("決定の文を書いてから、宿題にできます")
        elif self._kept.has_homework(decision):
            self._page.say("この決定の宿題は、もうあります")
        else:
            self._change(partial(self._sessions.set_mark, self._session_id, decision, Mark.HOMEWORK))

    def turn_secret(self) -> None:
        """Make the line 秘密, or take that off."""
        self.keep()
        index, line = self._focused()
        is_secret = not line.is_secret
        self._notes.set_secret(index, is_secret=is_secret)
        self._act(index, partial(self._sessions.set_secret, self._session_id, line, is_secret=is_secret))

    def stamp(self) -> None:
        """Give the line the present time."""
        self.keep()
        index, _ = self._focused()
        edit = self._notes.stamp(index, self._place.now())
        self._act(index, partial(self._sessions.edit_lines, self._session_id, edit, "時刻を入れる"))

    def set_level(self, level: Confidentiality | None) -> None:
        """Set the 取扱 of the line; None takes the visit's."""
        self.keep()
        _, line = self._focused()
        if line.id not in self._kept.lines:
            self._save(Edit(put=(line,)), "行を書く", even_blank=True)
        self._kept.set_level(line.id, level)
        self._change(partial(self._sessions.set_line_level, self._session_id, line.id, level))

    def change_homework(self, action_id: str, values: Mapping[str, object]) -> None:
        """Give what came out of a line another owner, date or text."""
        self.keep()
        self._change(partial(self._sessions.change_homework, self._session_id, action_id, values))

    def _focused(self) -> tuple[int, Line]:
        index, _ = self._page.caret()
        return index, self.lines[index]

    def _act(self, index: int, work: Callable[[], object]) -> None:
        """An action that the screen shows at once and the store follows."""
        line = self.lines[index]
        self._kept.lines[line.id] = line
        self._change(work)

    def _change(self, work: Callable[[], object]) -> None:
        self._history.clear()
        self._undone = 0
        self._turn += 1
        self._page.lines_changed()
        self._store.change(work, self._homework_read, self._refused)

    # undo

    def undo(self) -> None:
        """Take back one step: typing in bursts first, then the changes of this 面談."""
        step = self._history.undo()
        if step is not None:
            line_id, burst = step
            self._retype(line_id, burst.after, burst.before, burst.column_before)
        elif not self._take_back_line():
            self._step("back")

    def redo(self) -> None:
        """Do again what was taken back last, in order."""
        step = self._history.redo() if self._undone == 0 else None
        if step is not None:
            line_id, burst = step
            self._retype(line_id, burst.before, burst.after, burst.column_after)
        else:
            self._step("forth")

    def _retype(self, line_id: str, before: str, text: str, column: int) -> None:
        index = self._notes.index_of(line_id)
        if index is None or self.lines[index].text != before:
            return
        self._notes.retype(index, text)
        self._typed.add(line_id)
        self._drafts.wake()
        self._show(index, units(text[:column]))

    def _take_back_line(self) -> bool:
        """A line that Enter began and that holds nothing goes away without a change."""
        index, line = self._focused()
        if line.id in self._kept.lines or line.text or index == 0:
            return False
        self._typed.discard(line.id)
        self._notes.remove(index)
        self._drafts.drop(line.id)
        self._show(index - 1, units(self.lines[index - 1].text))
        return True

    def _step(self, direction: Direction) -> None:
        self.keep()
        # Typing that was taken back just now can be done again once the steps below it have been.
        self._undone = max(0, self._undone + (1 if direction == "back" else -1))
        self._turn += 1
        count = self._progress.begin(direction)
        self._store.undo(count, partial(self._stepped, self._turn), self._step_refused)

    def _stepped(self, turn: int, moved: Moved) -> None:
        self._progress.end()
        self._page.say(moved.words)
        if moved.sheet is None:
            self._undone = max(0, self._undone - 1)
        else:
            self._looked(turn, moved)

    def _step_refused(self, error: Exception) -> None:
        self._progress.end()
        self._refused(error)

    # what the record says

    def reload(self, *, is_from_elsewhere: bool = True) -> None:
        """Take over what others did to the record: a fresh look, merged with what is typed."""
        self._turn += 1
        looked = partial(self._looked, self._turn, is_from_elsewhere=is_from_elsewhere)
        self._store.look(looked, self._page.refuse)

    def refresh_homework(self) -> None:
        """Owners, dates or people may have changed elsewhere."""
        self._store.homework(self._homework_read, self._page.refuse)

    def _looked(self, turn: int, moved: Moved, *, is_from_elsewhere: bool = False) -> None:
        if moved.sheet is not None:
            bring = partial(self._bring_in, turn, moved.sheet, is_from_elsewhere=is_from_elsewhere)
            self._page.when_idle(bring)

    def _look_again(self) -> None:
        if self._is_stale and not self._store.is_busy:
            self._is_stale = False
            is_own, self._stale_by_own = self._stale_by_own, False
            self.reload(is_from_elsewhere=not is_own)

    def _bring_in(self, turn: int, sheet: SessionSheet, *, is_from_elsewhere: bool) -> None:
        if turn != self._turn:
            # Something was written meanwhile; only a look behind it is whole.
            self._is_stale = True
            self._stale_by_own = self._stale_by_own or not is_from_elsewhere
            self._look_again()
            return
        index, column = self._page.caret()
        focused = self.lines[index]
        own = {line.id for line in self.lines if line.id not in self._kept.lines or line.id in self._typed}
        if is_from_elsewhere and self._page.has_caret():
            own.add(focused.id)  # it waits until the caret leaves
        first = self._notes.index_of(self._first_line)
        if sheet.lines and first is not None and self.lines[first].is_blank:
            own.discard(self._first_line)  # the line of an empty sheet has done its service
        on_screen = [line for line in self.lines if line.id in own]
        before = {line_id: line for line_id, line in self._kept.lines.items() if line_id in own}
        self._kept.take(sheet)
        if is_from_elsewhere:
            self._waits_for_caret = self._kept.hold(before)
        else:
            on_screen = [self._kept.carried(line, before.get(line.id)) for line in on_screen]
        self._notes = NoteSheet(self._kept.with_lines(on_screen), self._place.new_id)
        self._require_a_line()
        found = self._notes.index_of(focused.id)
        if found is None:
            self._show(min(index, len(self.lines) - 1), column)
        else:
            self._follow(focused, found, column)

    def _follow(self, focused: Line, found: int, column: int) -> None:
        """The caret stays where it was in what is being typed, also when other text came before it."""
        text = self.lines[found].text
        if focused.id in self._typed and text != focused.text:
            self._history.clear()
            self._drafts.wake()
            typed = len(between_units(focused.text, 0, column))
            behind = focused.text[typed:]
            column = units(text) - units(behind) if text.endswith(behind) else column
        self._show(found, column)

    def _homework_read(self, rows: Homework) -> None:
        if rows is not None:
            self._kept.take_homework(rows)
            self._page.lines_changed()

    def _require_a_line(self) -> None:
        if not self._notes.lines:
            self._first_line = self._notes.insert(0, "", self._place.now()).id

    def _show(self, line: int, column: int) -> None:
        self._page.show_texts([each.text for each in self.lines], line, column)
        self._page.lines_changed()

    # writing

    def _save(self, edit: Edit, label: str, *, even_blank: bool = False) -> None:
        """Hand the store what it does not have."""
        written = self._kept.unwritten(edit, self._to_withdraw, even_blank=even_blank)
        dropped = self._drafts.released({*(line.id for line in edit.put), *edit.withdrawn})
        self._to_withdraw = set()
        shown = {line.id: self._kept.lines[line.id] for line in written.put if line.id in self._kept.lines}
        self._kept.wrote(written)
        if written.put or written.withdrawn or dropped:
            self._undone = 0
            self._turn += 1
            failed = partial(self._not_written, written)
            self._store.write(written, label, dropped, shown, self._homework_read, failed)

    def _not_written(self, edit: Edit, error: Exception) -> None:
        """Keep what could not be written as typing: it is drafted, and written with the next change."""
        for line in edit.put:
            self._kept.lines.pop(line.id, None)
        here = {line.id for line in self.lines}
        self._typed |= {line.id for line in edit.put if line.id in here}
        self._to_withdraw |= set(edit.withdrawn)
        self._drafts.wake()
        self._page.refuse(error)

    def _refused(self, error: Exception) -> None:
        self._page.refuse(error)
        self.reload(is_from_elsewhere=False)
