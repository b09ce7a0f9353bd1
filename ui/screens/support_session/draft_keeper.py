"""When typing goes to disk as a draft, and which lines have one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from PySide6.QtCore import QTimer

from app.domain.note_sheet import Line
from ui.screens.support_session.left_drafts import Caret
from ui.screens.support_session.notes_page import NotesPage
from ui.screens.support_session.visit_store import VisitStore

REST_MS = 1000
"""From the first committed character that is not on disk to its draft."""


class DraftKeeper:
    """`timer` runs out when a draft is due."""

    def __init__(self, store: VisitStore, page: NotesPage, drafted: Iterable[str] = ()) -> None:
        self._store = store
        self._page = page
        self._drafted = set(drafted)
        self.timer = QTimer()
        self.timer.setSingleShot(True)
        self.timer.setInterval(REST_MS)

    def wake(self) -> None:
        """Something is to be kept; the first one sets the time."""
        if not self.timer.isActive():
            self.timer.start()

    def keep(self, lines: Sequence[Line], typed: Collection[str], in_record: Collection[str]) -> None:
        """Put the typing that is not a change yet, and text being converted, on disk."""
        number, column = self._page.caret()
        focused = lines[number].id
        preedit = self._page.preedit()
        for index, line in enumerate(lines):
            if line.id == focused and (preedit or focused in typed):
                caret = Caret(focused, column, self._page.scrolled())
                self.keep_line(lines, index, in_record, preedit, caret)
            elif line.id in typed:
                self.keep_line(lines, index, in_record, "", Caret(line.id, 0, 0))
        if focused in self._drafted and focused not in typed and not preedit:
            self.drop(focused)

    def keep_line(
        self, lines: Sequence[Line], index: int, in_record: Collection[str], preedit: str, caret: Caret
    ) -> None:
        """The draft of one line; a new line is anchored to the nearest above that a restart brings back."""
        line = lines[index]
        above = (each.id for each in reversed(lines[:index]) if each.id in in_record or each.text)
        self._drafted.add(line.id)
        self._store.keep_draft(line, next(above, ""), preedit, caret, self._page.refuse)

    def drop(self, line_id: str) -> None:
        """The line needs no draft, if it has one."""
        if line_id in self._drafted:
            self._drafted.discard(line_id)
            self._store.drop_draft(line_id, self._page.refuse)

    def released(self, line_ids: Collection[str]) -> frozenset[str]:
        """Those of these lines that have a draft, which goes with the change that is being written."""
        found = frozenset(self._drafted.intersection(line_ids))
        self._drafted -= found
        return found
