"""The palette of Ctrl+K: places, commands, companies, people and lines, by typing a few characters."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from app.domain.folding import fold
from ui.actions import COMMANDS, command
from ui.models.row_list_model import ListRow
from ui.navigation import BAR_PLACES, PLACE_ICONS, PLACE_WORDS, Place, Route
from ui.theme.fonts import Role
from ui.theme.theme import theme
from ui.widgets.fields.text_field import SearchField
from ui.widgets.layouts import column
from ui.widgets.row_list import RowList
from ui.widgets.texts import Text

WIDTH, MOST_HEIGHT, TOP = 640, 440, 56
_NOTHING = "見つかりません。見る権利のない企業は探していません"


@dataclass(frozen=True, slots=True)
class GoToHit:
    """One way to go: a route, or the id of a command; `key` is shown at the right end."""

    label: str
    detail: str = ""
    icon: str = "right"
    route: Route | None = None
    command: str = ""
    key: str = ""


def place_hits() -> Sequence[GoToHit]:
    """The places of the left bar."""
    return [GoToHit(PLACE_WORDS[place], icon=PLACE_ICONS[place], route=Route(place)) for place in BAR_PLACES]


def command_hits(here: Container[str]) -> Sequence[GoToHit]:
    """The commands that can be called where one is, with their keys."""
    return [
        GoToHit(known.label, icon=known.icon or "right", command=known.id, key=known.key)
        for known in COMMANDS
        if known.id in here and known.id != "go_to"
    ]


def everywhere_hit(text: str) -> GoToHit:
    """The way on to everything that holds these words."""
    label = f"「{text}」をすべての記録からさがす"
    key = command("find_everywhere").key
    return GoToHit(label, icon="search", route=Route(Place.SEARCH, sought=text), key=key)


class GoToPalette(QFrame):
    """Lies over the window; typing asks through `asked`, the answer comes by `show_hits`."""

    asked = Signal(str)
    chosen = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._own: Sequence[GoToHit] = ()
        self._hits: list[GoToHit] = []
        self._returns_to: QWidget | None = None
        self.setProperty("overlay", True)
        self.setAccessibleName("移動・さがす")
        self._field = SearchField("企業・人・面談・操作をさがす")
        self._list = RowList(name="行き先", opens_on_click=True)
        self._foot = Text("", Role.CAPTION, "sub")
        body = column(self, spacing=6, margins=(12, 12, 12, 8))
        body.addWidget(self._field)
        body.addWidget(self._list, 1)
        body.addWidget(self._foot)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.opened.connect(self._open)
        self._field.searched.connect(self._search)
        self._field.installEventFilter(self)
        window.installEventFilter(self)
        self.hide()

    def open_with(self, own: Sequence[GoToHit]) -> None:
        """Open; `own` are the places and commands that are always offered."""
        self._returns_to = self.window().focusWidget()
        self._own = own
        self._field.show_text("")
        self._place()
        self.show()
        self.raise_()
        self._field.setFocus(Qt.FocusReason.PopupFocusReason)
        self.show_hits("", ())

    def dismiss(self) -> None:
        """Close and give the focus back."""
        if not self.isVisible():
            return
        self.hide()
        if self._returns_to is not None:
            self._returns_to.setFocus(Qt.FocusReason.PopupFocusReason)

    def show_hits(self, text: str, hits: Sequence[GoToHit]) -> None:
        """Show what was found for `text`; an answer to older typing is left aside."""
        if text != self._field.text():
            return
        wanted = fold(text)
        own = [hit for hit in self._own if wanted in fold(f"{hit.label} {hit.detail}")]
        self._hits = [*hits, *own, everywhere_hit(text)] if text else own
        self._list.show_entries(
            [
                ListRow(str(number), hit.label, quiet=hit.detail, icon=hit.icon, right=hit.key)
                for number, hit in enumerate(self._hits)
            ]
        )
        self._list.go_to("0")
        found = self._hits if not text else (*hits, *own)
        self._foot.setText("上下で選び、Enter で開きます。Esc で閉じます" if found else _NOTHING)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows, Enter and Esc of the field work the list; the size follows the window."""
        if watched is self._field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._use_key(Qt.Key(event.key()))
        if event.type() == QEvent.Type.Resize and watched is self.parent() and self.isVisible():
            self._place()
        return False

    def _use_key(self, key: Qt.Key) -> bool:
        uses: dict[Qt.Key, Callable[[], None]] = {
            Qt.Key.Key_Up: self._up,
            Qt.Key.Key_Down: self._down,
            Qt.Key.Key_Return: self._list.open_current,
            Qt.Key.Key_Enter: self._list.open_current,
            Qt.Key.Key_Escape: self.dismiss,
            Qt.Key.Key_Tab: self._down,
        }
        if key not in uses:
            return False
        uses[key]()
        return True

    def _up(self) -> None:
        self._list.step(-1)

    def _down(self) -> None:
        self._list.step(1)

    def _search(self, text: str) -> None:
        if not self.isVisible():
            return  # closed before the rest was over; the program may have ended meanwhile
        if text:
            self.asked.emit(text)
        else:
            self.show_hits(text, ())

    def _open(self, key: str) -> None:
        hit = self._hits[int(key)]
        self.dismiss()
        self.chosen.emit(hit)

    def _place(self) -> None:
        window = self.parentWidget()
        if window is None:
            return
        width = min(theme().px(WIDTH), window.width() - theme().px(48))
        height = min(theme().px(MOST_HEIGHT), window.height() - theme().px(TOP + 40))
        self.setGeometry((window.width() - width) // 2, theme().px(TOP), width, height)
