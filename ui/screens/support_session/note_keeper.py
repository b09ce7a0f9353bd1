"""Keeps the lines of one 面談: what is typed is drafted at once and becomes a change on leaving the line.

Without widgets. The store is asked in order on the store thread; the screen never waits for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Literal, Protocol, TypeVar

from PySide6.QtCore import QTimer

from app.domain.note_sheet import Edit, Line, NoteSheet, decision_above
from app.domain.terms import Confidentiality, Mark
from app.rows.companies import PersonRow
from app.rows.support_sessions import DraftRow, HomeworkRow, NoteLineRow, SessionSheet
from app.workplace import session_scope
from ui.screens.support_session.left_drafts import (
    PREEDIT_FIELD,
    Caret,
    Unconverted,
    line_field,
    put_back,
)
from ui.screens.support_session.typing_history import TypingHistory
from ui.screens.support_session.words import homework_words, stamp_words
from ui.tasks import TaskRunner, Ticket
from ui.theme.paint import SECRET_MARK
from ui.widgets.notes.line_look import LineLook
from ui.widgets.notes.text_changes import units

if TYPE_CHECKING:
    from app.services.directory import Services

DRAFT_REST_MS = 1000
"""From the first committed character that is not on disk to its draft."""

Answer = TypeVar("Answer")
Direction = Literal["back", "forth"]


class NotesPage(Protocol):
    """What the keeper asks of the screen."""

    def caret(self) -> tuple[int, int]:
        """Line and column of the caret."""

    def scrolled(self) -> int:
        """How far the notes are scrolled, in px."""

    def preedit(self) -> str:
        """Text that is being converted in the notes now."""

    def show_texts(self, texts: Sequence[str], line: int, column: int) -> None:
        """Show these lines."""

    def when_idle(self, change: Callable[[], None]) -> None:
        """Run `change` as soon as nothing is being converted."""

    def lines_changed(self) -> None:
        """Looks, counts or homework are others now."""

    def say(self, words: str) -> None:
        """Tell in a toast."""

    def refuse(self, error: Exception) -> None:
        """Tell of work that failed."""

    def offer_unconverted(self, unconverted: Unconverted) -> None:
        """Offer 変換前の文字."""


@dataclass(frozen=True, slots=True)
class _Moved:
    """What undo or a fresh look at the record brought; `turn` tells whether it is still the newest."""

    turn: int
    sheet: SessionSheet | None
    words: str = ""


class NoteKeeper:
    """Block i of the editor is line i here, at every moment."""

    def __init__(
        self, tasks: TaskRunner, services: Services, page: NotesPage, people: Mapping[str, PersonRow]
    ) -> None:
        self._tasks = tasks
        self._services = services
        self._page = page
        self._people = people
        self._notes = NoteSheet((), services.place.new_id)
        self._history = TypingHistory()
        self._kept: dict[str, Line] = {}
        self._levels: dict[str, Confidentiality] = {}
        self._homework: dict[str, list[HomeworkRow]] = {}
        self._typed: set[str] = set()
        self._drafted: set[str] = set()
        self._to_withdraw: set[str] = set()
        self._first_line = ""
        self._undone = 0
        self._turn = 0
        self._running = 0
        self._is_stale = False
        self._timer = QTimer()
        self._timer.setSingleShot(True)
        self._timer.setInterval(DRAFT_REST_MS)
        self._timer.timeout.connect(self.keep_draft)

    # opening

    def open(self, sheet: SessionSheet, drafts: Sequence[DraftRow]) -> Caret | None:
        """Take over a 面談 with the drafts that were left; returns where the person was, if that is known."""
        self.session_id = sheet.id
        self._scope = session_scope(sheet.id)
        self._take(sheet)
        self._notes = NoteSheet(tuple(self._kept.values()), self._services.place.new_id)
        left = put_back(self._notes, drafts)
        self._typed = set(left.typed)
        self._drafted = set(left.typed)
        self._require_a_line()
        self._keep_all_but(left.caret)
        if left.unconverted:
            self._offer(left.unconverted)
            for line_id in self._typed:
                self._draft(self._notes.index_of(line_id) or 0, "", left.caret.column if left.caret else 0)
        return left.caret

    def _keep_all_but(self, caret: Caret | None) -> None:
        """Only the line with the caret may stay a draft."""
        if caret is not None:
            self._typed.discard(caret.line_id)
            self.keep()
            index = self._notes.index_of(caret.line_id)
            if index is not None and self._kept.get(caret.line_id) != self.lines[index]:
                self._typed = {caret.line_id}
            else:
                self._drop_draft(caret.line_id)

    @property
    def lines(self) -> Sequence[Line]:
        """The lines as they are on the screen."""
        return self._notes.lines

    @property
    def homework(self) -> Sequence[HomeworkRow]:
        """What came out of the lines to be done, in the order of the lines."""
        return [row for line in self.lines for row in self._homework.get(line.id, ())]

    @property
    def is_writing(self) -> bool:
        """Whether the store has not answered yet."""
        return self._running > 0

    def level_of(self, index: int) -> Confidentiality | None:
        """The own 取扱 of a line."""
        return self._levels.get(self.lines[index].id)

    def look(self, index: int) -> LineLook:
        """How a line looks now."""
        if index >= len(self.lines):
            return LineLook("")
        line = self.lines[index]
        mark = line.mark or (SECRET_MARK if line.is_secret else "")
        return LineLook(
            stamp_words(line.stamped_at),
            str(mark),
            self._label(line),
            line.is_secret,
            decision_above(self.lines, index) is not None,
        )

    def _label(self, line: Line) -> str:
        rows = self._homework.get(line.id)
        if not rows:
            return ""
        words = homework_words(rows[0], self._people)
        return words if line.mark is Mark.HOMEWORK else f"宿題　{words}"

    # typing

    def edited(self, first: int, count: int, texts: Sequence[str]) -> None:
        """The `count` lines from `first` on now hold `texts`; Qt counts unchanged neighbours, too."""
        texts = list(texts)
        while count > 1 and len(texts) > 1 and self.lines[first + count - 1].text == texts[-1]:
            texts.pop()
            count -= 1
        while count > 1 and len(texts) > 1 and self.lines[first].text == texts[0]:
            texts.pop(0)
            first, count = first + 1, count - 1
        if count == 1 and len(texts) == 1:
            self._type(first, texts[0])
        else:
            self._rearrange(first, count, texts)

    def _rearrange(self, first: int, count: int, texts: Sequence[str]) -> None:
        # What was typed before is a step of its own.
        self.keep()
        self._history.clear()
        edit = self._notes.rewrite(first, count, texts, self._services.place.now())
        self._save(edit, _label_of(count, len(texts)))
        self._page.lines_changed()

    def _type(self, index: int, text: str) -> None:
        line = self.lines[index]
        if line.text == text:
            return
        if self._typed and line.id not in self._typed:
            self.keep()
        now = self._services.place.now()
        if line.id == self._first_line and line.is_blank:
            self._notes.stamp(index, now)
        self._notes.retype(index, text)
        self._history.typed(line.id, line.text, text, now)
        self._typed.add(line.id)
        self._undone = 0
        self._wake_timer()

    def conversion_changed(self) -> None:
        """Text is being converted, or no longer: its draft follows, and what comes is a burst of its own."""
        self._history.part()
        self._wake_timer()

    def caret_left(self, _index: int) -> None:
        """The caret went to another line: typing there becomes one change."""
        self.keep()
        self._history.clear()

    def keep(self) -> None:
        """Make what was typed a change: on leaving the line, before any action, on finish, lock and close."""
        self._timer.stop()
        typed, self._typed = self._typed, set()
        if typed or self._to_withdraw:
            lines = tuple(line for line in self.lines if line.id in typed)
            if any(self._kept.get(line.id) != line for line in lines):
                self._history.clear()
            self._save(Edit(lines), "行を書く")

    def keep_draft(self) -> None:
        """Put the typing that is not a change yet, and text being converted, on disk."""
        line_number, column = self._page.caret()
        focused = self.lines[line_number]
        preedit = self._page.preedit()
        for line_id in {*self._typed, *({focused.id} if preedit else ())}:
            index = self._notes.index_of(line_id)
            if index is not None:
                is_focused = line_id == focused.id
                self._draft(index, preedit if is_focused else "", column if is_focused else 0)
        if focused.id in self._drafted and focused.id not in self._typed and not preedit:
            self._drop_draft(focused.id)

    def _draft(self, index: int, preedit: str, column: int) -> None:
        line = self.lines[index]
        self._drafted.add(line.id)
        keep = partial(
            self._services.drafts.keep,
            self._scope,
            line_field(line.id),
            line.text,
            anchor=self._anchor(index),
            preedit=preedit,
            caret=column,
            scroll=self._page.scrolled(),
        )
        self._run(keep, self._nothing, self._page.refuse)

    def _anchor(self, index: int) -> str:
        above = reversed(self.lines[:index])
        return next((line.id for line in above if line.id in self._kept or line.text), "")

    def _drop_draft(self, line_id: str) -> None:
        self._drafted.discard(line_id)
        drop = partial(self._services.drafts.drop, self._scope, line_field(line_id))
        self._run(drop, self._nothing, self._page.refuse)

    def _wake_timer(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    # unconverted text of an earlier run

    def _offer(self, unconverted: Unconverted) -> None:
        keep = partial(
            self._services.drafts.keep,
            self._scope,
            PREEDIT_FIELD,
            unconverted.text,
            anchor=unconverted.line_id,
            caret=unconverted.column,
        )
        self._run(keep, self._nothing, self._page.refuse)
        self._page.offer_unconverted(unconverted)

    def place_of(self, unconverted: Unconverted) -> tuple[int, int]:
        """Where offered text belongs now: its line, else the end of the notes."""
        index = self._notes.index_of(unconverted.line_id)
        if index is None:
            return len(self.lines) - 1, units(self.lines[-1].text)
        return index, unconverted.column

    def forget_unconverted(self) -> None:
        """The offer was taken or declined."""
        drop = partial(self._services.drafts.drop, self._scope, PREEDIT_FIELD)
        self._run(drop, self._nothing, self._page.refuse)

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
        self._act(index, partial(self._services.support_sessions.set_mark, self.session_id, line, wanted))

    def _open_homework(self, decision: Line) -> None:
        if not decision.text.strip():
            self._page.say("決定の文を書いてから、宿題にできます")
        elif decision.id in self._homework:
            self._page.say("この決定の宿題は、もうあります")
        else:
            service = self._services.support_sessions
            self._change(partial(service.set_mark, self.session_id, decision, Mark.HOMEWORK))

    def turn_secret(self) -> None:
        """Make the line 秘密, or take that off."""
        self.keep()
        index, line = self._focused()
        self._notes.set_secret(index, is_secret=not line.is_secret)
        service = self._services.support_sessions
        self._act(index, partial(service.set_secret, self.session_id, line, is_secret=not line.is_secret))

    def stamp(self) -> None:
        """Give the line the present time."""
        self.keep()
        index, _ = self._focused()
        edit = self._notes.stamp(index, self._services.place.now())
        service = self._services.support_sessions
        self._act(index, partial(service.edit_lines, self.session_id, edit, "時刻を入れる"))

    def set_level(self, level: Confidentiality | None) -> None:
        """Set the 取扱 of the line; None takes the visit's."""
        self.keep()
        index, line = self._focused()
        service = self._services.support_sessions
        if line.id not in self._kept:
            self._save(Edit(put=(self._notes.lines[index],)), "行を書く", even_blank=True)
        self._levels.pop(line.id, None)
        if level is not None:
            self._levels[line.id] = level
        self._change(partial(service.set_line_level, self.session_id, line.id, level))

    def change_homework(self, action_id: str, values: Mapping[str, object]) -> None:
        """Give what came out of a line another owner, date or text."""
        self.keep()
        service = self._services.support_sessions
        self._change(partial(service.change_homework, self.session_id, action_id, values))

    def _focused(self) -> tuple[int, Line]:
        index, _ = self._page.caret()
        return index, self.lines[index]

    def _act(self, index: int, work: Callable[[], object]) -> None:
        """An action that the screen shows at once and the store follows."""
        line = self.lines[index]
        self._kept[line.id] = line
        self._change(work)

    def _change(self, work: Callable[[], object]) -> None:
        self._history.clear()
        self._undone = 0
        self._turn += 1
        self._page.lines_changed()
        self._run(partial(self._with_homework, work), self._homework_read, self._refused)

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
        self._wake_timer()
        self._show(index, units(text[:column]))

    def _take_back_line(self) -> bool:
        """A line that Enter began and that holds nothing goes away without a change."""
        index, line = self._focused()
        if line.id in self._kept or line.text or index == 0:
            return False
        self._typed.discard(line.id)
        self._notes.remove(index)
        if line.id in self._drafted:
            self._drop_draft(line.id)
        self._show(index - 1, units(self.lines[index - 1].text))
        return True

    def _step(self, direction: Direction) -> None:
        self.keep()
        # Typing that was taken back just now can be done again once the steps below it have been.
        self._undone = max(0, self._undone + (1 if direction == "back" else -1))
        self._turn += 1
        self._run(partial(self._replay, direction, self._turn), self._moved, self._refused)

    def _replay(self, direction: Direction, turn: int) -> _Moved:
        """On the store thread."""
        label = self._services.place.undo(self._scope, direction)
        if label is None:
            return _Moved(turn, None, "ここから先はありません")
        done = "元に戻しました" if direction == "back" else "やり直しました"
        return _Moved(turn, self._services.support_sessions.sheet(self.session_id), f"{done}: {label}")

    # what the record says

    def reload(self) -> None:
        """Take over what others did to the record: a fresh look, merged with what is typed."""
        self._turn += 1
        self._run(partial(self._look, self._turn), self._moved, self._page.refuse)

    def refresh_homework(self) -> None:
        """Owners, dates or people may have changed elsewhere."""
        self._run(partial(self._with_homework, None), self._homework_read, self._page.refuse)

    def _look(self, turn: int) -> _Moved:
        """On the store thread."""
        return _Moved(turn, self._services.support_sessions.sheet(self.session_id))

    def _moved(self, moved: _Moved) -> None:
        if moved.words:
            self._page.say(moved.words)
        if moved.sheet is None:
            self._undone = max(0, self._undone - 1)
        else:
            self._page.when_idle(partial(self._bring_in, moved.turn, moved.sheet))

    def _bring_in(self, turn: int, sheet: SessionSheet) -> None:
        if turn != self._turn:
            # Something was written meanwhile; only a look behind it is whole.
            self._is_stale = True
            self._look_again()
            return
        index, column = self._page.caret()
        focused = self.lines[index]
        unkept = [line for line in self.lines if line.id not in self._kept or line.id in self._typed]
        if sheet.lines:
            # The line of an empty sheet has done its service.
            unkept = [line for line in unkept if line.id != self._first_line or not line.is_blank]
        self._take(sheet)
        merged = {**self._kept, **{line.id: line for line in unkept}}
        self._notes = NoteSheet(tuple(merged.values()), self._services.place.new_id)
        self._require_a_line()
        found = self._notes.index_of(focused.id)
        self._show(min(index, len(self.lines) - 1) if found is None else found, column)

    def _take(self, sheet: SessionSheet) -> None:
        self._kept = {row.id: _line(row) for row in sheet.lines}
        self._levels = {row.id: row.level for row in sheet.lines if row.level}
        self._take_homework(sheet.homework)

    def _take_homework(self, rows: Sequence[HomeworkRow]) -> None:
        self._homework = {}
        for row in rows:
            self._homework.setdefault(row.source_line_id, []).append(row)

    def _require_a_line(self) -> None:
        if not self._notes.lines:
            self._first_line = self._notes.insert(0, "", self._services.place.now()).id

    def _show(self, line: int, column: int) -> None:
        self._page.show_texts([each.text for each in self.lines], line, column)
        self._page.lines_changed()

    # writing

    def _save(self, edit: Edit, label: str, *, even_blank: bool = False) -> None:
        """Hand the store what it does not have: blank lines that were never kept are nothing yet."""
        put = tuple(
            line
            for line in edit.put
            if self._kept.get(line.id) != line and (line.id in self._kept or even_blank or not line.is_blank)
        )
        withdrawn = {line_id for line_id in edit.withdrawn if line_id in self._kept} | self._to_withdraw
        touched = {*(line.id for line in edit.put), *edit.withdrawn}
        dropped = frozenset(touched & self._drafted)
        self._drafted -= dropped
        self._to_withdraw = set()
        for line_id in withdrawn:
            self._kept.pop(line_id, None)
        self._kept.update((line.id, line) for line in put)
        if not (put or withdrawn or dropped):
            return
        self._undone = 0
        self._turn += 1
        written = Edit(put, tuple(sorted(withdrawn)))
        work = partial(self._write, written, label, dropped)
        self._run(work, self._homework_read, partial(self._not_written, written))

    def _write(self, edit: Edit, label: str, dropped: frozenset[str]) -> tuple[HomeworkRow, ...] | None:
        """On the store thread: the change first, then its drafts may go."""
        if edit.put or edit.withdrawn:
            self._services.support_sessions.edit_lines(self.session_id, edit, label)
        for line_id in dropped:
            self._services.drafts.drop(self._scope, line_field(line_id))
        if any(line.mark in (Mark.DECISION, Mark.HOMEWORK) for line in edit.put) or edit.withdrawn:
            return self._services.support_sessions.homework(self.session_id)
        return None

    def _not_written(self, edit: Edit, error: Exception) -> None:
        """Keep what could not be written as typing: it is drafted, and written with the next change."""
        for line in edit.put:
            self._kept.pop(line.id, None)
        here = {line.id for line in self.lines}
        self._typed |= {line.id for line in edit.put if line.id in here}
        self._to_withdraw |= set(edit.withdrawn)
        self._wake_timer()
        self._page.refuse(error)

    def _refused(self, error: Exception) -> None:
        self._page.refuse(error)
        self.reload()

    def _with_homework(self, work: Callable[[], object] | None) -> tuple[HomeworkRow, ...]:
        """On the store thread."""
        if work is not None:
            work()
        return self._services.support_sessions.homework(self.session_id)

    def _homework_read(self, rows: tuple[HomeworkRow, ...] | None) -> None:
        if rows is not None:
            self._take_homework(rows)
            self._page.lines_changed()

    def _nothing(self, _answer: object) -> None:
        """Nothing follows."""

    def _run(
        self,
        work: Callable[[], Answer],
        done: Callable[[Answer], None],
        failed: Callable[[Exception], None],
    ) -> None:
        self._running += 1
        self._tasks.run(partial(_called, work), partial(self._ended, done), partial(self._ended, failed))

    def _ended(self, then: Callable[[Answer], None], answer: Answer) -> None:
        self._running -= 1
        then(answer)
        self._look_again()

    def _look_again(self) -> None:
        if self._is_stale and self._running == 0:
            self._is_stale = False
            self.reload()


def _called(work: Callable[[], Answer], _ticket: Ticket) -> Answer:
    return work()


def _line(row: NoteLineRow) -> Line:
    return Line(row.id, row.text, row.stamped_at, row.order_key, row.mark, row.is_secret)


def _label_of(before: int, after: int) -> str:
    if after > before:
        return "行を分ける" if after - before == 1 else "貼り付ける"
    return "行をつなぐ" if before - after == 1 else "行を消す"
