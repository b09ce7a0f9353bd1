"""Going back to a backup when the store does not open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.clock import JAPAN
from app.domain.calendar import western
from app.errors import AppError
from app.services.backups import BackupRow, backups_in
from app.services.stores import restore
from ui.models.row_list_model import ListRow
from ui.tasks import TaskRunner, Ticket
from ui.theme.fonts import Role
from ui.theme.theme import theme
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.field_form import FieldForm
from ui.widgets.layouts import column, put, row
from ui.widgets.message_bar import MessageBar
from ui.widgets.row_list import RowList
from ui.widgets.texts import Paragraph, Text
from ui.wording import error_message

if TYPE_CHECKING:
    from app.services.store_door import StoreDoor

_CARD_WIDTH = 560
_MEGABYTE = 1_000_000


class RestorePage(QWidget):
    """Lists the backups and asks for the passphrase; what stood in the folder is kept beside it."""

    restored = Signal()
    given_up = Signal()

    def __init__(
        self, tasks: TaskRunner, door: Callable[[], StoreDoor], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._folder = door().folder
        self._backups: Sequence[BackupRow] = backups_in(self._folder)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("ground", "bg")
        self._build()

    def _go_back(self) -> None:
        chosen = next((each for each in self._backups if each.path.name == self._list.current_key()), None)
        if chosen is None:
            return
        self._go.setEnabled(False)
        passphrase = self._passphrase.text()
        self._tasks.run(partial(self._restore, chosen, passphrase), self._done, self._refused)

    def _restore(self, chosen: BackupRow, passphrase: str, _ticket: Ticket) -> None:
        restore(self._folder, chosen.path, (lambda: passphrase) if passphrase else None)

    def _done(self, _nothing: None) -> None:
        self.restored.emit()

    def _refused(self, fault: Exception) -> None:
        self._go.setEnabled(True)
        if isinstance(fault, AppError):
            self._bar.tell(error_message(fault), can_close=False)
        else:
            self._tasks.failed_unheard.emit(fault)

    def _build(self) -> None:
        self._bar = MessageBar()
        self._bar.acted.connect(self._go_back)
        self._list = RowList(name="控え", indent=0)
        self._list.show_entries([_entry(each) for each in self._backups])
        self._list.show_when_empty(
            EmptyState("控えがありません", "この端末の別の場所に写しがないか確かめてください。")
        )
        self._passphrase = QLineEdit()
        self._passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        form = FieldForm()
        form.add("合言葉", self._passphrase)
        self._go = Button("この控えに戻す", kind="primary")
        self._go.setEnabled(bool(self._backups))
        self._go.clicked.connect(self._go_back)
        leave = Button("やめる")
        leave.clicked.connect(self.given_up)
        buttons = row(spacing=8)
        put(buttons, None, leave, self._go)
        card = Card(spacing=12)
        card.add(
            Text("控えから戻す", Role.TITLE),
            Paragraph("いまのファイルは消さずに、同じフォルダに別の名前で残します。", Role.BODY, "sub"),
            self._list,
            form,
            buttons,
        )
        card.setFixedWidth(theme().px(_CARD_WIDTH))
        across = row(spacing=0)
        put(across, None, card, None)
        whole = column(self, spacing=0)
        whole.addWidget(self._bar)
        put(whole, None, across, None)


def _entry(backup: BackupRow) -> ListRow:
    made_at = backup.made_at.astimezone(JAPAN)
    size = max(1, round(backup.size / _MEGABYTE))
    words = f"{western(made_at.date())} {made_at:%H:%M} の控え"
    return ListRow(backup.path.name, words, icon="device", right=f"{size}MB")
