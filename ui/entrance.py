"""What stands before the screens: the first run, opening the store, and unlocking the window."""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from app.clock import Clock
from app.errors import AppError, StoreInUse, StoreMissing, Unavailable
from app.paths import StoreFolder
from ui.main_window import MainWindow
from ui.screens.unlock.page import UnlockPage
from ui.tasks import TaskRunner, Ticket
from ui.wording import Message, error_message

if TYPE_CHECKING:
    from app.services.directory import Services
    from app.services.store_door import Opened, StoreDoor
    from app.store_keys import StoreKey
    from ui.screens.first_run.page import FirstRunPage
    from ui.screens.restore.page import RestorePage

_log = logging.getLogger(__name__)

_ASK_PAPER = {"keys.wrong_passphrase", "keys.passphrase_must_wait"}
_READ_PAPER = {"keys.words_unknown", "keys.words_miscounted", "keys.words_mixed_up", "keys.words_other_store"}
_GO_BACK = {"store.damaged", "store.empty_file", "store.missing", "keys.file_missing", "keys.file_damaged"}

_TOO_NEW = {"store.too_new", "keys.file_too_new"}
_OTHER_STORE = "別の記録を開く…"

_IN_CLOUD = "store.in_cloud_folder"
_LOCKED = "画面に鍵がかかっています。入力した内容は保存済みです。"


class Entrance(QObject):
    """Shows a covering page on the window until the store is open, or open again."""

    opened = Signal(object)
    """The Services of the store that was opened."""
    unlocked = Signal()
    """The person proved to be who opened the store."""
    elsewhere = Signal()
    """Another window holds this store; it has come forward."""
    told = Signal(object)
    """A Message to show above the screens, once they are there."""
    practice_asked = Signal()
    """The first run: show the practice region instead."""
    own_folder_asked = Signal()
    """Use the folder of this device's own in the place of one that a cloud client keeps."""
    other_store_asked = Signal(object)
    """Show the store of this StoreFolder instead."""

    def __init__(self, window: MainWindow, tasks: TaskRunner, folder: StoreFolder, clock: Clock) -> None:
        super().__init__(window)
        self._window = window
        self._tasks = tasks
        self._folder = folder
        self._clock = clock
        self._door: StoreDoor | None = None
        self._page: UnlockPage | FirstRunPage | RestorePage | None = None
        self._is_open = False
        self.team_tab = ""
        """The page of チーム that the first run leads to; "" for none."""
        self._focus: QWidget | None = None

    # starting

    def begin(self, key: StoreKey | None = None) -> None:
        """Cover the window with what the folder asks for, and look for a key that needs no person.

        A `key` that is in hand opens the store at once.
        """
        if not self._folder.holds_something():
            self._show_first_run()
            return
        self._show_unlock().check("鍵を確かめています")
        if key is not None:
            self.open_with_key(key)
        elif self._folder.holder.exists():
            QTimer.singleShot(0, self, self._look_elsewhere)
        else:
            self._look_for_key()

    def _look_elsewhere(self) -> None:
        """Somebody signed for the store: their window comes forward, unless their program is gone.

        On the window's thread: Qt's sockets made on another one while this starts can stand still.
        """
        if self._another_window_answers():
            self.elsewhere.emit()
        else:
            self._look_for_key()

    def _look_for_key(self) -> None:
        self._tasks.run(self._knock, self._knocked, self._refused)

    @property
    def is_asking(self) -> bool:
        """Whether a passphrase or the words can be entered now."""
        return isinstance(self._page, UnlockPage) and self._page.is_asking

    def lock(self, *, is_practice: bool = False) -> None:
        """Cover the screens; the key ring opens nothing now, only passphrase or words do."""
        self._focus = QApplication.focusWidget()
        self._show_unlock(_LOCKED, is_practice=is_practice).ask()

    def wait(self, words: str) -> None:
        """Cover the window, or keep it covered, while something is done to the store."""
        (self._page or self._show_unlock()).wait(words)

    def tell(self, told: Message) -> None:
        """Show a message on the covering page; its step is to try again."""
        if self._page is not None:
            self._page.tell(told)

    def door(self) -> StoreDoor:
        """The way into this folder's store. Importing it takes a while: on the store thread first."""
        if self._door is None:
            from app.services.store_door import StoreDoor

            self._door = StoreDoor(self._folder, clock=self._clock)
        return self._door

    def _knock(self, _ticket: Ticket) -> Services | Unavailable | None:
        from app.services.store_door import DoorState

        if self.door().state() is not DoorState.OPENS_BY_ITSELF:
            return None
        try:
            return self.door().open_by_itself()
        except Unavailable as absent:
            _log.info("the key ring did not open the store: %s", absent.code)
            return absent

    def _knocked(self, answer: Services | Unavailable | None) -> None:
        if isinstance(answer, Unavailable):
            if isinstance(self._page, UnlockPage):
                self._page.ask(f"{error_message(answer).title}。")
        elif answer is not None:
            self._enter(answer)
        elif isinstance(self._page, UnlockPage):
            self._page.ask()

    # asking

    def _show_unlock(self, locked_words: str = "", *, is_practice: bool = False) -> UnlockPage:
        page = UnlockPage(locked_words=locked_words, is_practice=is_practice)
        page.passphrase_given.connect(self.open_with_passphrase)
        page.words_given.connect(self._try_words)
        page.acted.connect(self._acted)
        page.acted_otherwise.connect(self._choose_other_store)
        self._cover(page)
        return page

    def _show_first_run(self) -> None:
        from ui.screens.first_run.page import FirstRunPage

        page = FirstRunPage(self._tasks, self.door)
        page.created.connect(self._created)
        page.practice_asked.connect(self.practice_asked)
        page.text_step_chosen.connect(self._window.text_step_asked)
        page.own_folder_asked.connect(self.own_folder_asked)
        self._cover(page)

    def _cover(self, page: UnlockPage | FirstRunPage | RestorePage) -> None:
        self._page = page
        self._window.show_lock(page)

    def open_with_passphrase(self, passphrase: str) -> None:
        """Open the store, or unlock the window; what comes of it is told by a signal or on the page."""
        self._try(partial(self._open_with_passphrase, passphrase))

    def open_with_key(self, key: StoreKey) -> None:
        """Open the store with a key that is in hand already."""
        self._try(partial(self._open_with_key, key))

    def _open_with_key(self, key: StoreKey, _ticket: Ticket) -> Services:
        return self.door().open_with_key(key)

    def _try_words(self, words: str) -> None:
        self._try(partial(self._open_with_words, words))

    def _try(self, work: partial[Any]) -> None:
        if isinstance(self._page, UnlockPage):
            self._page.check("開いています")
        self._tasks.run(work, self._answered, self._refused)

    def _open_with_passphrase(self, passphrase: str, _ticket: Ticket) -> Services | None:
        if self._is_open:
            self.door().prove_passphrase(passphrase)
            return None
        return self.door().open_with_passphrase(passphrase)

    def _open_with_words(self, words: str, _ticket: Ticket) -> Services | None:
        if self._is_open:
            self.door().prove_words(words)
            return None
        return self.door().open_with_words(words)

    def _answered(self, services: Services | None) -> None:
        if services is not None:
            self._enter(services)
            return
        self._page = None
        self._window.hide_lock()
        if self._focus is not None and isValid(self._focus):
            self._focus.setFocus()
        self.unlocked.emit()

    def _created(self, opened: Opened, team_tab: str) -> None:
        self.team_tab = team_tab
        self._enter(opened.services)
        if opened.keyring_fault is not None:
            self.told.emit(replace(error_message(opened.keyring_fault), action="鍵の設定を見る"))

    def _enter(self, services: Services) -> None:
        self._is_open = True
        self._page = None
        self.opened.emit(services)

    # what goes wrong

    def _refused(self, fault: Exception) -> None:
        if isinstance(fault, StoreInUse) and self._another_window_answers():
            self.elsewhere.emit()
        elif isinstance(self._page, UnlockPage) and isinstance(fault, AppError):
            self._tell_refusal(self._page, error_message(fault))
        else:
            self._tasks.failed_unheard.emit(fault)

    def _tell_refusal(self, page: UnlockPage, told: Message) -> None:
        """What a newer program wrote opens with no passphrase; only what helps is offered then."""
        if told.code not in _TOO_NEW:
            page.tell(_with_next_step(told))
            return
        from app.services.backups import backups_in

        if backups_in(self._folder):
            page.tell_only(replace(told, action="控えから戻す"), _OTHER_STORE)
        else:
            page.tell_only(replace(told, action=_OTHER_STORE))

    def _choose_other_store(self) -> None:
        from ui.widgets.file_dialog import FileDialog

        dialog = FileDialog(self._window, "記録のあるフォルダ", str(self._folder.path.parent))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.choose_folder("開く")
        dialog.fileSelected.connect(self._open_other_store)
        dialog.open()

    def _open_other_store(self, chosen: str) -> None:
        """Never begin a new store where one was looked for."""
        folder = StoreFolder(Path(chosen))
        if folder.holds_something():
            self.other_store_asked.emit(folder)
        elif isinstance(self._page, UnlockPage):
            self._page.tell_only(replace(error_message(StoreMissing()), action=_OTHER_STORE))

    def _another_window_answers(self) -> bool:
        from ui.one_window import raise_first_window

        return raise_first_window(self._folder.path)

    def _acted(self, shown: Message) -> None:
        """The next step of a message: the paper, a backup, another store, or trying again."""
        if shown.action == _OTHER_STORE:
            self._choose_other_store()
        elif isinstance(self._page, UnlockPage) and shown.code in _ASK_PAPER | _READ_PAPER:
            self._page.ask_words()
        elif isinstance(self._page, UnlockPage) and self._is_open:
            self._page.ask()
        elif shown.code in _GO_BACK | _TOO_NEW:
            self._show_restore()
        elif shown.code == _IN_CLOUD:
            self.own_folder_asked.emit()
        else:
            self.begin()

    def _show_restore(self) -> None:
        from ui.screens.restore.page import RestorePage

        page = RestorePage(self._tasks, self.door())
        page.restored.connect(self.begin)
        page.given_up.connect(self.begin)
        self._cover(page)


def _with_next_step(shown: Message) -> Message:
    """The message with a step that the entrance can take."""
    if shown.code in _GO_BACK:
        return replace(shown, action="控えから戻す")
    has_step = shown.code in _ASK_PAPER | _READ_PAPER | {_IN_CLOUD}
    return shown if has_step else replace(shown, action="もう一度試す")
