"""履歴 in the rows of a list: one row per action, under the day it was done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from app.clock import JAPAN
from app.domain.calendar import western, western_moment
from app.rows.history import Deed, HistoryRow
from ui.models.row_list_model import Entry, ListHeading, ListRow

_ICONS = {
    Deed.MADE: "plus",
    Deed.CHANGED: "pencil",
    Deed.DELETED: "trash",
    Deed.RESTORED: "undo",
    Deed.ISSUED: "print",
}


def key_of(entry: HistoryRow) -> str:
    """The key of an entry's row."""
    return f"{entry.time} {entry.author}"


def list_entries(history: Iterable[HistoryRow]) -> Iterator[Entry]:
    """Newest first, as the history gives it."""
    for day, entries in groupby(history, key=lambda entry: entry.at.astimezone(JAPAN).date()):
        yield ListHeading(western(day))
        for entry in entries:
            yield _row(entry)


def moment_words(entry: HistoryRow) -> str:
    """2026/07/22(水) 13:38 佐藤 健一・この端末."""
    at = entry.at.astimezone(JAPAN)
    names = dict.fromkeys((entry.who, entry.where))
    return f"{western_moment(at)}  {'・'.join(name for name in names if name)}"


def _row(entry: HistoryRow) -> ListRow:
    deed = entry.items[0].deed if entry.items else Deed.CHANGED
    return ListRow(
        key_of(entry),
        entry.words,
        lead=f"{entry.at.astimezone(JAPAN):%H:%M}",
        icon=_ICONS[deed],
        right=entry.who,
    )
