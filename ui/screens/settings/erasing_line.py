"""Below ごみ箱: files that were deleted long ago, to be erased for good by an administrator (7.4)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.sizes import size_words
from app.errors import AdministratorOnly, AppError
from app.rows.attachments import AttachmentRow
from ui.tasks import TaskRunner, Ticket
from ui.theme.fonts import Role
from ui.widgets.buttons import Button
from ui.widgets.layouts import put, row
from ui.widgets.texts import Text
from ui.wording import error_message

if TYPE_CHECKING:
    from app.services.directory import Services

_ASK, _SURE = "中身を完全に消す", "戻せません。消すなら、もう一度"


class ErasingLine(QWidget):
    """Shown only where there is something to erase; what cannot be taken back wants two presses."""

    told = Signal(str, object)
    warned = Signal(object, str)

    def __init__(self, tasks: TaskRunner, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._services = services
        self._files: Sequence[AttachmentRow] = ()
        self._words = Text("", Role.TABLE, elide=True)
        self._button = Button(_ASK, icon="trash", size="small")
        line = row(self, spacing=12)
        line.addWidget(self._words, 1)
        put(line, self._button)
        self._button.clicked.connect(self._pressed)
        self.hide()

    def load(self) -> None:
        """Look again what may be erased."""
        self._tasks.run(partial(_read, self._services), self._show, self._refused)

    def _show(self, files: Sequence[AttachmentRow]) -> None:
        self._files = files
        self._button.set_label(_ASK)
        size = size_words(sum(each.size for each in files))
        self._words.setText(f"180日より前に消した資料が {len(files):,}個あります ({size})")
        self.setVisible(bool(files))

    def _pressed(self) -> None:
        if self._button.label() == _ASK:
            self._button.set_label(_SURE)
            return
        ids = [each.id for each in self._files]
        self._tasks.run(partial(_erase, self._services, ids), self._erased, self._refused)

    def _erased(self, count: int) -> None:
        self.told.emit(f"資料 {count:,}個の中身を完全に消しました。名前と日時の記録は残ります", None)
        self.load()

    def _refused(self, error: Exception) -> None:
        if isinstance(error, AdministratorOnly):
            self.hide()
        elif isinstance(error, AppError):
            self.warned.emit(error_message(error), "warn")
        else:
            self._tasks.failed_unheard.emit(error)


def _read(services: Services, _ticket: Ticket) -> Sequence[AttachmentRow]:
    return services.attachments.erasable()


def _erase(services: Services, ids: Sequence[str], _ticket: Ticket) -> int:
    services.attachments.erase(ids)
    return len(ids)
