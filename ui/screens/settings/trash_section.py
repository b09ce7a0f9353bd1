"""設定 > ごみ箱: what was deleted in the last 30 days, and bringing it back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from app.changes import Changes
from app.clock import JAPAN
from app.domain.calendar import western_moment
from app.rows.trash import TrashRow
from app.services.trash import DAYS_KEPT
from ui.models.row_table_model import Cell, Column, RowTableModel
from ui.screens.screen import LineButton
from ui.screens.settings.erasing_line import ErasingLine
from ui.screens.settings.section import Section
from ui.tasks import TaskRunner, Ticket
from ui.theme.fonts import Role
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.layouts import PAGE_MARGINS, column
from ui.widgets.row_table import RowTable
from ui.widgets.texts import Text

if TYPE_CHECKING:
    from app.services.directory import Services


class TrashSection(Section):
    """Enter, or the button, brings the chosen rows back with all that went with them."""

    def __init__(self, tasks: TaskRunner, services: Services) -> None:
        super().__init__(tasks, services)
        self._has_rows = False
        self._rows: Mapping[str, TrashRow] = {}
        self._model = RowTableModel(_COLUMNS, key=_key, tickable=True)
        self._table = RowTable(self._model, name="ごみ箱")
        self._table.opened.connect(self._open)
        self._table.show_when_empty(
            EmptyState(
                "ごみ箱は空です",
                f"消した企業・面談・課題などは、{DAYS_KEPT}日のあいだここから戻せます。",
            )
        )
        self._erasing = ErasingLine(tasks, services)
        self._erasing.told.connect(self.told)
        self._erasing.warned.connect(self.warned)
        card = Card(padded=False)
        card.add(self._table)
        words = f"{DAYS_KEPT}日を過ぎたものは、企業の「履歴」から戻せます。"
        whole = column(self, spacing=8, margins=PAGE_MARGINS)
        whole.addWidget(card, 1)
        whole.addWidget(Text(words, Role.TABLE, "sub", elide=True))
        whole.addWidget(self._erasing)

    def enter(self, _item_id: str) -> None:
        """List what lies there."""
        self._load()

    def touched(self, _changes: Changes) -> None:
        """Anything may have been deleted or brought back."""
        if self.isVisible():
            self._load()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Bring the chosen rows back."""
        return {"restore": self._restore} if self._has_rows else {}

    def buttons(self) -> tuple[LineButton, ...]:
        """Only where there is something to bring back."""
        return (LineButton("restore", "元の場所に戻す", "undo", primary=True),) if self._has_rows else ()

    def _load(self) -> None:
        self.tasks.run(self._read, self._show, self.refuse)
        self._erasing.load()

    def _read(self, _ticket: Ticket) -> Sequence[TrashRow]:
        return self.services.trash.items()

    def _show(self, rows: Sequence[TrashRow]) -> None:
        self._rows = {_key(row): row for row in rows}
        self._model.show_rows(rows)
        if bool(rows) is not self._has_rows:
            self._has_rows = bool(rows)
            self.buttons_changed.emit()

    def _open(self, key: str) -> None:
        self._bring_back([key])

    def _restore(self) -> None:
        self._bring_back(self._table.chosen_keys())

    def _bring_back(self, keys: Sequence[str]) -> None:
        chosen = [self._rows[key] for key in keys if key in self._rows]
        if chosen:
            self.tasks.run(partial(_restored, self.services, chosen), self._told, self.refuse)

    def _told(self, answer: tuple[Sequence[TrashRow], Sequence[str]]) -> None:
        restored, scopes = answer
        first = restored[0]
        words = f"{first.type_term}「{first.words}」" if len(restored) == 1 else f"{len(restored)}件"
        self.told.emit(f"{words}を元の場所に戻しました", partial(self._throw_again, scopes))

    def _throw_again(self, scopes: Sequence[str]) -> None:
        self.tasks.run(partial(_undone, self.services, scopes), failed=self.refuse)


def _key(row: TrashRow) -> str:
    return f"{row.record_type}:{row.id}"


def _what(row: TrashRow) -> Cell:
    more = f"ほか {row.count}件も一緒" if row.count else ""
    return Cell(row.words, more, bold=True)


def _of_company(row: TrashRow) -> str:
    return "" if row.record_type == "company" else row.company_name


def _when(at: datetime) -> str:
    return western_moment(at.astimezone(JAPAN))


_COLUMNS: tuple[Column[TrashRow], ...] = (
    Column("type", "種類", text=lambda row: row.type_term, width=104),
    Column("words", "消したもの", cell=_what, sort=lambda row: row.words),
    Column("company", "企業", text=_of_company, width=160, drop=2),
    Column(
        "when",
        "消した日時",
        text=lambda row: _when(row.deleted_at),
        sort=lambda row: row.deleted_at,
        width=200,
    ),
    Column("who", "消した人", text=lambda row: row.deleted_by, width=112, drop=1),
    Column(
        "left",
        "残り",
        text=lambda row: f"{row.days_left}日",
        sort=lambda row: row.days_left,
        width=64,
        right=True,
    ),
)


def _restored(
    services: Services, rows: Sequence[TrashRow], _ticket: Ticket
) -> tuple[Sequence[TrashRow], Sequence[str]]:
    """What was brought back, and the chains in which each can be undone."""
    return rows, services.trash.restore_all([(row.record_type, row.id) for row in rows])


def _undone(services: Services, scopes: Sequence[str], _ticket: Ticket) -> None:
    for scope in reversed(scopes):
        services.place.undo(scope)
