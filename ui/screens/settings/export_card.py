"""The open bundle: everything out in readable form, after the passphrase and a plain warning."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.clock import JAPAN
from app.errors import AppError
from app.services.bundles import ExportNote
from ui.tasks import TaskRunner, Ticket
from ui.theme.fonts import Role
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.field_form import FieldForm
from ui.widgets.fields.check_field import CheckField
from ui.widgets.file_dialog import FileDialog
from ui.widgets.layouts import put, row
from ui.widgets.texts import Paragraph, Text
from ui.wording import error_message

if TYPE_CHECKING:
    from app.services.directory import Services
    from app.services.store_door import StoreDoor

_WHAT = (
    "すべての記録を、表計算でも読める形の zip にします。別の道具へ移るときや、読み直すための写しに使います。"
)
_WARNING = "この zip は暗号化されません。だれでも読めます。渡したり置いたりする前に、場所を確かめてください。"


class ExportCard(Card):
    """書き出し. The practice region asks for no passphrase."""

    told = Signal(str, object)

    def __init__(
        self,
        tasks: TaskRunner,
        services: Services,
        door: Callable[[], StoreDoor],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("書き出し", parent=parent)
        self._tasks = tasks
        self._services = services
        self._door = door
        self._dialog: FileDialog | None = None
        self._passphrase = QLineEdit()
        self._passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self._passphrase.returnPressed.connect(self._begin)
        self._secret = CheckField("秘密の行も入れる")
        self._go = Button("書き出す…", icon="download")
        self._go.clicked.connect(self._begin)
        self._progress = Text("", Role.TABLE, "sub", elide=True)
        self._form = FieldForm(labels="left")
        self._form.add("合言葉", self._passphrase, hint="本人であることを確かめます。忘れたときは紙の24語。")
        line = row(spacing=12)
        line.addWidget(self._secret)
        line.addWidget(self._progress, 1)
        put(line, self._go)
        self.add(
            Paragraph(_WHAT, Role.TABLE, "sub"), Paragraph(_WARNING, Role.BODY, "warn"), self._form, line
        )
        self._form.setVisible(not services.is_practice)

    def forget(self) -> None:
        """Empty the field, and leave 秘密 lines out again."""
        self._passphrase.clear()
        self._secret.setChecked(False)
        self._form.set_problem(self._passphrase, "")

    def _begin(self) -> None:
        if self._services.is_practice:
            self._ask_where(None)
            return
        self._form.set_problem(self._passphrase, "" if self._passphrase.text() else "入れてください")
        if self._passphrase.text():
            self._wait("合言葉を確かめています")
            work = partial(self._proved, self._passphrase.text())
            self._tasks.run(work, self._ask_where, self._refused)

    def _proved(self, passphrase: str, _ticket: Ticket) -> None:
        self._door().prove(passphrase)

    def _ask_where(self, _nothing: None) -> None:
        self._rest()
        now = self._services.place.now().astimezone(JAPAN)
        dialog = FileDialog(self, "書き出す場所", str(Path.home()))
        dialog.save_as(f"伴走カルテ_{now:%Y%m%d}", "zip")
        dialog.setOption(FileDialog.Option.DontConfirmOverwrite)
        dialog.fileSelected.connect(self.write_to)
        dialog.open()
        self._dialog = dialog

    def write_to(self, path: str) -> None:
        """Write the bundle to this file, which must not be there yet."""
        self._wait("書き出しています")
        work = partial(self._written, Path(path), include_secret=self._secret.isChecked())
        self._tasks.run(work, self._done, self._refused, side=True)

    def _written(self, path: Path, _ticket: Ticket, *, include_secret: bool) -> ExportNote:
        return self._services.bundles.export(path, include_secret=include_secret)

    def _done(self, note: ExportNote) -> None:
        self._rest()
        self.forget()
        left = (
            f"秘密の行 {note.secret_left_out}件は入れていません"
            if note.secret_left_out
            else "すべて入っています"
        )
        self.told.emit(f"{note.records}件を書き出しました。{left}", None)

    def _refused(self, fault: Exception) -> None:
        self._rest()
        if not isinstance(fault, AppError):
            self._tasks.failed_unheard.emit(fault)
            return
        told = error_message(fault)
        if fault.code.startswith("keys."):
            self._form.set_problem(self._passphrase, f"{told.title}。{told.detail}")
            self._passphrase.selectAll()
            self._passphrase.setFocus()
        else:
            self._progress.setText(f"{told.title}。{told.detail}")

    def _wait(self, words: str) -> None:
        self._progress.setText(words)
        self._go.setEnabled(False)

    def _rest(self) -> None:
        self._progress.setText("")
        self._go.setEnabled(True)
