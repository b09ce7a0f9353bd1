"""One 面談 as its record has it: the lines kept so far, their own 取扱, and the homework out of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from app.clock import JAPAN
from app.domain.note_sheet import Edit, Line
from app.domain.terms import Confidentiality, Mark
from app.rows.companies import PersonRow
from app.rows.support_sessions import HomeworkRow, NoteLineRow, SessionSheet
from ui.screens.support_session.words import homework_words


class KeptSheet:
    """What the store was last heard to have, or was given since."""

    def __init__(self, sheet: SessionSheet) -> None:
        self.lines: dict[str, Line] = {}
        self.levels: dict[str, Confidentiality] = {}
        self._homework: dict[str, list[HomeworkRow]] = {}
        self.take(sheet)

    def take(self, sheet: SessionSheet) -> None:
        """The record was read."""
        self.lines = {row.id: _line(row) for row in sheet.lines}
        self.levels = {row.id: row.level for row in sheet.lines if row.level}
        self.take_homework(sheet.homework)

    def hold(self, before: Mapping[str, Line]) -> bool:
        """Go on with what these lines said before, as the screen does; whether any is different now."""
        is_other = any(self.lines.get(line_id) != line for line_id, line in before.items())
        self.lines.update(before)
        return is_other

    def carried(self, line: Line, before: Line | None) -> Line:
        """A line that is being typed, on what its record says now; `before` is what it said till now."""
        now = self.lines.get(line.id)
        if now is None or before is None or now == before:
            return line
        return replace(now, text=_on_other_text(line.text, before.text, now.text))

    def with_lines(self, unkept: Iterable[Line]) -> Sequence[Line]:
        """The lines, with those that the record does not have as they are on the screen."""
        return tuple({**self.lines, **{line.id: line for line in unkept}}.values())

    def take_homework(self, rows: Sequence[HomeworkRow]) -> None:
        """What came out of the lines was read."""
        self._homework = {}
        for row in rows:
            self._homework.setdefault(row.source_line_id, []).append(row)

    def homework(self, lines: Sequence[Line]) -> Iterator[HomeworkRow]:
        """What came out of these lines, in their order."""
        return (row for line in lines for row in self._homework.get(line.id, ()))

    def has_homework(self, line: Line) -> bool:
        """Whether something came out of the line to be done."""
        return line.id in self._homework

    def label(self, line: Line, people: Mapping[str, PersonRow]) -> str:
        """The words beside a line about its homework."""
        rows = self._homework.get(line.id)
        if not rows:
            return ""
        words = homework_words(rows[0], people, line.stamped_at.astimezone(JAPAN).year)
        return words if line.mark is Mark.HOMEWORK else f"宿題　{words}"

    def set_level(self, line_id: str, level: Confidentiality | None) -> None:
        """The line is given a 取扱 of its own, or none."""
        self.levels.pop(line_id, None)
        if level is not None:
            self.levels[line_id] = level

    def unwritten(self, edit: Edit, left: Collection[str], *, even_blank: bool) -> Edit:
        """What of an edit the record does not have; blank lines that were never kept are nothing yet.

        `left` are lines that an earlier edit could not withdraw.
        """
        put = tuple(
            line
            for line in edit.put
            if self.lines.get(line.id) != line and (line.id in self.lines or even_blank or not line.is_blank)
        )
        withdrawn = {line_id for line_id in edit.withdrawn if line_id in self.lines} | {*left}
        return Edit(put, tuple(sorted(withdrawn)))

    def wrote(self, edit: Edit) -> None:
        """The store was given an edit."""
        for line_id in edit.withdrawn:
            self.lines.pop(line_id, None)
        self.lines.update((line.id, line) for line in edit.put)


def _on_other_text(typed: str, before: str, now: str) -> str:
    """Typing at an end of a line goes on at the end of its other text; in the middle it stands as it is."""
    if typed.startswith(before):
        return now + typed[len(before) :]
    return typed[: -len(before)] + now if typed.endswith(before) else typed


def _line(row: NoteLineRow) -> Line:
    return Line(row.id, row.text, row.stamped_at, row.order_key, row.mark, row.is_secret)
