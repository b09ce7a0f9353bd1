"""The middle column of 分析: the 知財の種 by kind, or the 課題, and a line to add one."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from app.domain.terms import SeedKind
from app.rows.analysis import AnalysisSheet
from ui.field_drafts import TextEditor
from ui.screens.analysis.entries import issue_entries, seed_entries
from ui.screens.analysis.pane_list import PaneList
from ui.theme.fonts import Role
from ui.widgets.buttons import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.fields.text_field import TextField
from ui.widgets.layouts import column, put, row
from ui.widgets.segmented import Option, Segmented
from ui.widgets.texts import Rule, Text

SEEDS, ISSUES = "ip_seed", "issue"
_ADD_WORDS = {SEEDS: "種を足す", ISSUES: "課題を足す"}


class ItemsPane(QWidget):
    """`current_changed` carries the id of the chosen seed or issue."""

    current_changed = Signal(str)
    delete_asked = Signal(str)
    opened = Signal(str)
    seed_named = Signal(str, str)
    """A seed is to be added: code of its kind, its name."""
    issue_named = Signal(str)
    new_asked = Signal(str, object)
    """The line for a new item is open: code of the kind of a seed, "" for a 課題; its editors by column."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("ground", "surface")
        self._sheet: AnalysisSheet | None = None
        self._line_id = ""
        self._places = {SEEDS: "", ISSUES: ""}
        self._types = Segmented([Option(SEEDS, "知財の種"), Option(ISSUES, "課題")], name="種類", small=True)
        self._count = Text("", Role.TABLE, "sub")
        self._add = Button(_ADD_WORDS[SEEDS], kind="link", icon="plus")
        self._new = _NewItem()
        self.list = PaneList(name="知財の種")
        self._empty = EmptyState("課題はまだありません", "面談の行で Space を押すか、\nCtrl+N で足します。")
        self._nothing_yet = QWidget()
        self._build()

    def shown_type(self) -> str:
        """SEEDS or ISSUES."""
        return self._types.value()

    def show_type(self, item_type: str) -> None:
        """Show seeds or issues."""
        if item_type != self.shown_type():
            self._types.choose(item_type)
            self._type_chosen(item_type)

    def show_sheet(self, sheet: AnalysisSheet) -> None:
        """Show the items of a company; where one left the list, its follower gets the focus."""
        is_same = self._sheet is not None and self._sheet.company_id == sheet.company_id
        place = self.list.place() if is_same else 0
        self._sheet = sheet
        self._nothing_yet.hide()
        self.list.show_when_empty(self._empty)
        self._fill()
        self.list.return_to(place)
        if not self.list.current_key():
            self.current_changed.emit("")

    def blank(self) -> None:
        """Show nothing until the items of another company are there."""
        self._sheet, self._line_id = None, ""
        self._count.setText("")
        self._empty.hide()
        self.list.show_when_empty(self._nothing_yet)
        self.list.show_entries([])

    def mark_line(self, line_id: str) -> None:
        """Show which items rest on a line."""
        if line_id != self._line_id:
            self._line_id = line_id
            self._fill()

    def go_to(self, item_id: str) -> None:
        """Focus a seed or issue, whichever list holds it."""
        if self._sheet is not None and item_id:
            is_issue = any(issue.id == item_id for issue in self._sheet.issues)
            self.show_type(ISSUES if is_issue else SEEDS)
            self.list.go_to(item_id)

    def begin_new(self) -> None:
        """Ctrl+N: ask for the kind of a seed, then its name; for an issue its name at once."""
        if self.shown_type() == ISSUES:
            self.ask_new("")
        else:
            self._ask_kind()

    def ask_new(self, kind: str) -> None:
        """Ask for the name of a seed of a kind, or of a 課題 for ""."""
        self.show_type(SEEDS if kind else ISSUES)
        self._new.ask(kind, f"新しい知財の種 ({SeedKind(kind).term})" if kind else "新しい課題")
        self.new_asked.emit(kind, self._new.editors())

    def finish_new(self) -> None:
        """Add what was typed for a new item before one goes elsewhere."""
        self._new.finish()

    def _build(self) -> None:
        head = row(spacing=8, margins=(20, 8, 20, 8))
        put(head, self._types, self._count, None, self._add)
        whole = column(self, spacing=0)
        put(whole, head, Rule(), self._new)
        whole.addWidget(self.list, 1)
        self._types.chosen.connect(self._type_chosen)
        self._add.clicked.connect(self.begin_new)
        self._new.named.connect(self._named)
        self._new.closed.connect(self.list.setFocus)
        self.list.current_changed.connect(self._changed)
        self.list.delete_asked.connect(self.delete_asked)
        self.list.opened.connect(self.opened)

    def _fill(self) -> None:
        if self._sheet is None:
            return
        seeds = self.shown_type() == SEEDS
        count = len(self._sheet.seeds) if seeds else len(self._sheet.issues)
        self._count.setText(str(count))
        entries = seed_entries if seeds else issue_entries
        self.list.show_entries(entries(self._sheet, self._line_id))

    def _type_chosen(self, item_type: str) -> None:
        seeds = item_type == SEEDS
        self._add.set_label(_ADD_WORDS[item_type])
        self.list.setAccessibleName("知財の種" if seeds else "課題")
        self._new.close_unless_typed()
        self._fill()
        self.list.go_to(self._places[item_type])
        self.list.return_to(0)
        self.current_changed.emit(self.list.current_key())

    def _changed(self, item_id: str) -> None:
        self._places[self.shown_type()] = item_id
        self.current_changed.emit(item_id)

    def _ask_kind(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, kind in enumerate(SeedKind, 1):
            menu.addAction(f"&{number} {kind.term}").setData(str(kind))
        menu.triggered.connect(self._kind_chosen)
        menu.popup(self._add.mapToGlobal(QPoint(0, self._add.height())))
        menu.setActiveAction(menu.actions()[0])

    def _kind_chosen(self, entry: QAction) -> None:
        self.ask_new(str(entry.data()))

    def _named(self, kind: str, name: str) -> None:
        if kind:
            self.seed_named.emit(kind, name)
        else:
            self.issue_named.emit(name)


class _NewItem(QWidget):
    """One line for the name of a new item: Enter adds it, Esc closes and keeps what was typed."""

    named = Signal(str, str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._kind = ""
        self._title = Text("", Role.CAPTION, "sub")
        self._name = TextField(placeholder="名前を入れて Enter", enter_moves_on=False)
        whole = column(self, spacing=4, margins=(20, 8, 20, 10))
        put(whole, self._title, self._name)
        self._name.returnPressed.connect(self.finish)
        self.hide()

    def ask(self, kind: str, title: str) -> None:
        """Open for an item of a kind; "" for a 課題."""
        self._kind = kind
        self._title.setText(title)
        self._name.setAccessibleName(title)
        self.show()
        self._name.setFocus(Qt.FocusReason.OtherFocusReason)

    def editors(self) -> Mapping[str, TextEditor]:
        """What is typed into, by column."""
        return {"name": self._name}

    def close_unless_typed(self) -> None:
        """Close where nothing would be hidden by it."""
        if not self._name.text():
            self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def finish(self) -> None:
        """Add the item, if it has a name."""
        self._name.flush()
        name = self._name.text()
        if name:
            self._name.show_text("")
            self.hide()
            self.closed.emit()
            self.named.emit(self._kind, name)
