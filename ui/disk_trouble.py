"""While the store's disk takes no writes: says so, keeps trying, and has what was typed handed out."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from app.errors import DISK_FAULTS, AppError
from app.services.text_files import write_text
from ui.main_window import MainWindow
from ui.shell.notices import TROUBLES
from ui.tasks import TaskRunner, Ticket
from ui.widgets.file_dialog import FileDialog
from ui.wording import error_message

if TYPE_CHECKING:
    from app.services.directory import Services
    from app.services.drafts import Unwritten

TRY_AGAIN_MS = 2000
HandedOut = tuple[tuple[str, ...], int]
"""Texts, and how many 秘密 ones are kept back."""
_SAVE, _COPY = "別の場所に保存", "文を写す"
_NAME = "伴走カルテの書きかけ"
_SAFE = "保存済みの内容は無事です。"
_RESCUED = _SAFE + "いま画面にある文 {}件は、この端末の別の場所に暗号化して控えに取りました。"
_HELD = _SAFE + "いま画面にある文 {}件は残っていますが、控えはまだありません。窓を閉じずに、次のどちらかを。"
_CHOSEN = _SAFE + "選んだこと {}件は、書き込めるようになると保存されます。"
_NOTHING = _SAFE + "書きかけの文はありません。書き込めるようになるまで、読むことはできます。"

_log = logging.getLogger(__name__)


class DiskTrouble(QObject):
    """Belongs to the program while a store is open. Screens need not know of it."""

    ended = Signal()
    """The disk takes writes again, and what waited is in the store."""

    def __init__(self, window: MainWindow, tasks: TaskRunner, services: Services) -> None:
        super().__init__(window)
        self._window = window
        self._tasks = tasks
        self._services = services
        self._fault: AppError | None = None
        self._saved_before = ""
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(TRY_AGAIN_MS)
        self._again.timeout.connect(self._try)
        self._bar = window.trouble_bar
        self._bar.acted.connect(self._save_elsewhere)
        self._bar.acted_otherwise.connect(self._copy)
        tasks.failing.connect(self._met)

    @property
    def is_on(self) -> bool:
        """Whether the disk took no writes when it was last tried."""
        return self._fault is not None

    def close(self) -> None:
        """Listen no more."""
        self._again.stop()
        self._tasks.failing.disconnect(self._met)
        self._bar.acted.disconnect(self._save_elsewhere)
        self._bar.acted_otherwise.disconnect(self._copy)
        self._bar.hide()

    def _met(self, fault: Exception) -> None:
        """Some work was refused. Whether it was the store's disk, the next try tells."""
        if isinstance(fault, DISK_FAULTS) and not self.is_on:
            _log.info("the disk refused: %s", fault.code)
            self._fault = fault
            self._saved_before = self._window.status_bar.saved_text()
            self._window.status_bar.show_saved("まだ書き込めません", is_saved=False)
            self._try()

    # trying

    def _try(self) -> None:
        self._tasks.run(self._tried, self._answered)

    def _tried(self, _ticket: Ticket) -> tuple[AppError | None, Unwritten]:
        """On the store thread; a refusal is an answer here."""
        fault = None
        try:
            self._services.drafts.write_unwritten()
            self._services.visit_choices.write_waiting()
        except AppError as refused:
            fault = refused
        return fault, self._services.drafts.unwritten()

    def _answered(self, answer: tuple[AppError | None, Unwritten]) -> None:
        fault, waiting = answer
        if fault is None:
            self._end()
            return
        self._fault = fault
        self._tell(fault, waiting)
        self._again.start()

    def _tell(self, fault: AppError, waiting: Unwritten) -> None:
        shown = replace(
            error_message(fault),
            detail=_what_waits(waiting),
            action=_SAVE if waiting.count else "",
        )
        self._window.drop_message(TROUBLES)
        if shown != self._bar.message or self._bar.isHidden():
            self._bar.tell(shown, "danger", can_close=False, other=_COPY if waiting.count else "")

    def _end(self) -> None:
        was_told = not self._bar.isHidden()
        self._fault = None
        self._bar.hide()
        self._window.status_bar.show_saved(self._saved_before)
        if was_told:
            self._window.tell("また書き込めるようになりました。書きかけの文は残っています")
        self.ended.emit()

    # handing out

    def _hand_out(self, give: Callable[[HandedOut], None]) -> None:
        self._tasks.run(lambda _: self._services.drafts.to_hand_out(), give)

    def _copy(self) -> None:
        self._hand_out(self._copied)

    def _copied(self, handed_out: HandedOut) -> None:
        texts, secret = handed_out
        QGuiApplication.clipboard().setText("\n\n".join(texts))
        self._window.tell(f"書きかけの文 {len(texts)}件を写しました{_kept_back(secret)}")

    def _save_elsewhere(self) -> None:
        dialog = FileDialog(
            self._window, "書きかけの文を別の場所に保存 (暗号化されません)", str(Path.home()), "文字 (*.txt)"
        )
        dialog.save_as(_NAME, "txt")
        dialog.fileSelected.connect(self.save_to)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save_to(self, path: str) -> None:
        """Write what waits as plain text."""
        self._hand_out(partial(self._write_to, Path(path)))

    def _write_to(self, path: Path, handed_out: HandedOut) -> None:
        texts, secret = handed_out
        words = f"書きかけの文 {len(texts)}件を保存しました{_kept_back(secret)}"
        work = partial(_write, path, texts)
        self._tasks.run(work, partial(self._written, words), self._refused, side=True)

    def _written(self, words: str, _nothing: None) -> None:
        self._window.tell(words)

    def _refused(self, fault: Exception) -> None:
        if isinstance(fault, AppError):
            self._window.tell(f"{error_message(fault).title}。ほかの場所を選んでください")
        else:
            self._tasks.failed_unheard.emit(fault)


def _what_waits(waiting: Unwritten) -> str:
    if waiting.count:
        return (_RESCUED if waiting.is_rescued else _HELD).format(waiting.count)
    return _CHOSEN.format(waiting.choices) if waiting.choices else _NOTHING


def _write(path: Path, texts: tuple[str, ...], _ticket: Ticket) -> None:
    write_text(path, "\n\n".join(texts))


def _kept_back(secret: int) -> str:
    return f"。秘密の行 {secret}件は入れていません" if secret else ""
