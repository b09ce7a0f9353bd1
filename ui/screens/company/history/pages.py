"""The pages of a history read so far: a long one is read bit by bit, and its head again after each change."""

from __future__ import annotations

from dataclasses import dataclass

from app.rows.history import HistoryRow
from ui.screens.company.history.entries import key_of


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose history: a company, or one record of it."""

    company_id: str
    record_type: str = ""
    record_id: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Entries that come before one of them; without that one the newest. `words` name a single record."""

    subject: Subject
    words: str
    history: tuple[HistoryRow, ...]
    before: HistoryRow | None
    has_more: bool


@dataclass(frozen=True, slots=True)
class HistoryPages:
    """Entries without a gap, newest first."""

    entries: tuple[HistoryRow, ...]
    has_more: bool

    @property
    def last(self) -> HistoryRow | None:
        """The earliest entry read."""
        return self.entries[-1] if self.entries else None

    def entry(self, key: str) -> HistoryRow | None:
        """The entry of a row."""
        return next((entry for entry in self.entries if key_of(entry) == key), None)

    def with_page(self, page: Page) -> HistoryPages:
        """With a page put where it belongs.

        A new head keeps what was read behind it as long as both meet; else one begins with it again.
        """
        if page.before is not None:
            is_next = page.before == self.last
            return HistoryPages((*self.entries, *page.history), page.has_more) if is_next else self
        keys = {key_of(entry) for entry in page.history}
        meets = any(key_of(entry) in keys for entry in self.entries)
        if not meets or not page.has_more:
            return HistoryPages(page.history, page.has_more)
        end = page.history[-1]
        behind = [entry for entry in self.entries if (entry.time, entry.author) < (end.time, end.author)]
        return HistoryPages((*page.history, *behind), self.has_more if behind else page.has_more)


def no_pages() -> HistoryPages:
    """Nothing was read yet."""
    return HistoryPages((), has_more=False)
