"""A window over a new store, with the screens of companies, and keys pressed as a person presses them."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap import DEVICE, TEAM, USER, open_workplace
from app.ids import record_id
from app.paths import StoreFolder
from app.services.directory import Services
from db import store as db_store
from tests.services.conftest import KEY, SteppingClock
from tests.ui.keyboard import commit_text, convert_text, press_key, settle_work
from ui.feed_bridge import FeedBridge
from ui.field_drafts import FieldDrafts
from ui.input_method import conversion
from ui.main_window import MainWindow
from ui.navigation import Place, Route
from ui.screens.companies.view import CompaniesScreen
from ui.screens.company.view import CompanyScreen
from ui.screens.screen import Screen
from ui.tasks import TaskRunner
from ui.widgets.fields.long_text_field import LongTextField
from ui.widgets.fields.text_field import TextField

ENTRY = {
    "name": "北国精密株式会社",
    "kana": "キタグニセイミツ",
    "corporate_number": "8990000000001",
    "representative_name": "高橋 一郎",
    "representative_kana": "タカハシ イチロウ",
    "representative_title": "代表取締役社長",
    "postal_code": "950-0101",
    "prefecture": "新潟県",
    "city": "みどり市",
    "street": "機械団地3-12",
    "employees_regular": 42,
    "employees_part": 5,
    "industry_major": "E",
    "industry_middle": "24",
    "products": "油圧部品の切削と熱処理",
}
"""A company of which everything is known that a file should have."""


class Blank(Screen):
    """Stands for a screen of another place."""


class Desk:
    """The window, its threads and its services; `faults` collects what nobody heard."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.clock = SteppingClock()
        self.services = _services(folder, self.clock)
        self.faults: list[Exception] = []
        self.open_window()

    def open_window(self) -> None:
        """A fresh window on the same store, as after a restart."""
        self.tasks = TaskRunner()
        self.tasks.failed_unheard.connect(self.faults.append)
        self.window = MainWindow(self.tasks)
        self.window.register("companies", lambda: CompaniesScreen(self.tasks, self.services))
        self.window.register("company", lambda: CompanyScreen(self.tasks, self.services))
        for other in ("support_session", "documents", "today", "settings"):
            self.window.register(other, Blank)
        self.bridge = FeedBridge(self.services.place.feed)
        self.bridge.touched.connect(self.window.touched)
        self.window.show()
        self.window.activateWindow()
        self._qtbot.waitUntil(self.window.isActiveWindow)

    def close_window(self) -> None:
        """Close it as a person does."""
        self.window.close()
        self.bridge.close()
        self.tasks.close()
        self.window.deleteLater()

    def die(self) -> None:
        """End without leaving anything, two seconds after the last key, and start again on the same store."""
        self.settle()
        for drafts in self.window.findChildren(FieldDrafts):
            drafts._rest.timeout.emit()
            drafts._rest.stop()
            drafts._longest.stop()
            conversion().changed.disconnect(drafts._conversion_changed)
        for field in (*self.window.findChildren(TextField), *self.window.findChildren(LongTextField)):
            field.blockSignals(True)
        self.bridge.close()
        self.tasks.close()
        self.window.hide()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.open_window()

    def close(self) -> None:
        """Close window and store."""
        self.close_window()
        self.services.place.store.close()

    def open(self, route: Route) -> None:
        """Go somewhere and wait until it is filled."""
        self.window.open(route)
        self.settle()

    def open_company(self, company_id: str, tab: str | None = None) -> None:
        """Go to a company's file."""
        self.open(Route(Place.COMPANIES, company_id=company_id, tab=tab))

    def settle(self) -> None:
        """Wait for the store thread, and for what its answers asked for."""
        settle_work(self._qtbot, self.tasks)

    def wait_until(self, is_so: Callable[[], bool]) -> None:
        """Wait for something that comes by itself."""
        self._qtbot.waitUntil(is_so)

    def focused(self) -> QWidget:
        """Where keys go."""
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def press(self, *keys: str) -> None:
        """Press keys, such as "Ctrl+N" or "Tab", one after the other, and wait for what they did."""
        for each in keys:
            press_key(self.focused(), each)
        self.settle()

    def type(self, text: str) -> None:
        """Let the input method commit a text into the focused widget."""
        commit_text(self.focused(), text)

    def convert(self, text: str) -> None:
        """Leave a text under conversion in the focused widget."""
        convert_text(self.focused(), text)

    def toast(self) -> str:
        """What the toast says."""
        from ui.widgets.toast import Toast

        return str(self.window.findChild(Toast)._text.text())


def _services(folder: Path, clock: SteppingClock) -> Services:
    place_of_files = StoreFolder(folder)
    ids = {name: record_id(clock.now()) for name in (TEAM, USER, DEVICE)}
    db_store.create(place_of_files.database, KEY.raw, ids)
    place = open_workplace(place_of_files, KEY, clock=clock)
    return Services(place, place_of_files, KEY, is_practice=False)
