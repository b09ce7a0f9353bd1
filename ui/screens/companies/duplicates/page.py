"""Companies that may have been entered twice: the pairs, two of them side by side, and making them one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.rows.duplicates import Choice, Double, MergedNote, MergeSheet
from ui.models.row_list_model import ListRow
from ui.navigation import Place, Route
from ui.screens.companies.duplicates.cell_choices import CellChoices
from ui.screens.companies.duplicates.side_card import SideCard
from ui.screens.screen import Crumb, Heading, LineButton
from ui.tasks import TaskRunner, Ticket
from ui.theme.fonts import Role
from ui.theme.theme import theme
from ui.widgets.buttons import Button, IconButton
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.layouts import PAGE_MARGINS, column, put, row
from ui.widgets.row_list import RowList
from ui.widgets.scroll_page import ScrollPage
from ui.widgets.texts import Paragraph, Text

if TYPE_CHECKING:
    from app.services.directory import Services

_LIST_WIDTH = 300


class DuplicatesPage(QWidget):
    """Ctrl+Enter makes one company of the pair shown; the toast takes it back."""

    go = Signal(object)
    told = Signal(str, object)
    heading_changed = Signal()

    def __init__(self, tasks: TaskRunner, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._services = services
        self._pairs: Mapping[str, Double] = {}
        self._wanted: tuple[str, str] | None = None
        self._sheet: MergeSheet | None = None
        self._is_merging = False
        self._list = RowList(name="同じかもしれない組")
        self._back = Button("企業の一覧へ", icon="company")
        self._kept, self._merged = SideCard("残す企業"), SideCard("まとめる企業 (ごみ箱へ)")
        self._swap = IconButton("swap", "残す企業を入れ替える")
        self._cells, self._moving = CellChoices(), Paragraph("", Role.BODY, "sub")
        self._differing = Text("", Role.SECTION)
        self._pages = QStackedWidget()
        self._arrange()
        self._list.current_changed.connect(self._show_pair)
        self._swap.clicked.connect(self._turn_round)
        self._back.clicked.connect(self._go_back)
        for side in (self._kept, self._merged):
            side.opened.connect(self._open)
        self.setFocusProxy(self._list)

    def heading(self) -> Heading:
        """The number of pairs, and what can be done with one."""
        crumbs = (Crumb("企業", Route(Place.COMPANIES)), Crumb("重なった企業"))
        buttons = (
            LineButton("keep_apart", "別の企業です"),
            LineButton("finish", "1社にまとめる", "check", primary=True),
        )
        facts = (f"{len(self._pairs)}組",) if self._pairs else ()
        return Heading("重なった企業", crumbs=crumbs, facts=facts, buttons=buttons if self._sheet else ())

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Merging, and saying that they are two."""
        if self._sheet is None:
            return {}
        return {"finish": self.merge, "keep_apart": self._keep_apart}

    def enter(self, route: Route) -> None:
        """Show all pairs, and go to the two companies of the route."""
        self._wanted = (route.item_id, route.anchor) if route.item_id and route.anchor else None
        self.load()

    def load(self) -> None:
        """Look for pairs anew."""
        self._tasks.run(lambda _: self._services.duplicates.pairs(), self._show_pairs)

    def merge(self) -> None:
        """Make one company of the two, as chosen."""
        sheet = self._sheet
        if sheet is not None and not self._is_merging:
            self._is_merging = True
            work = partial(_merge, self._services, sheet, dict(self._cells.choices()))
            self._tasks.run(work, self._tell_merged, self._refused)

    # showing

    def _show_pairs(self, pairs: Sequence[Double]) -> None:
        self._pairs = {pair.key: pair for pair in pairs}
        self._list.show_entries([_row(pair) for pair in pairs])
        self._give_room(has_pairs=bool(pairs))
        if self._wanted is not None:
            kept, merged = self._wanted
            self._list.go_to(" ".join(sorted((kept, merged))))
            self._wanted = None
        if not self._list.current_key():
            self._list.step(1)
        self._show_pair(self._list.current_key())

    def _give_room(self, *, has_pairs: bool) -> None:
        """Where there is no pair, what says so stands alone; the focus goes along."""
        had_focus = self._list.hasFocus() or self._back.hasFocus()
        self._card.setVisible(has_pairs)
        first = self._list if has_pairs else self._back
        self.setFocusProxy(first)
        if had_focus:
            first.setFocus()

    def _go_back(self) -> None:
        self.go.emit(Route(Place.COMPANIES))

    def _show_pair(self, key: str) -> None:
        pair = self._pairs.get(key)
        if pair is None:
            self._sheet = None
            self._pages.setCurrentIndex(0)
            self.heading_changed.emit()
        else:
            self._ask_for(pair.kept.id, pair.merged.id)

    def _ask_for(self, kept_id: str, merged_id: str) -> None:
        duplicates = self._services.duplicates
        self._tasks.run(lambda _: duplicates.sheet(kept_id, merged_id), self._show_sheet)

    def _show_sheet(self, sheet: MergeSheet) -> None:
        if " ".join(sorted((sheet.kept.id, sheet.merged.id))) != self._list.current_key():
            return
        self._sheet = sheet
        self._kept.show_side(sheet.kept)
        self._merged.show_side(sheet.merged)
        self._cells.show_cells(sheet.cells)
        count = len(sheet.cells)
        self._differing.setText(f"違うところ {count}項目" if count else "違うところはありません")
        self._moving.set_text(_moving_words(sheet))
        self._pages.setCurrentIndex(1)
        self.heading_changed.emit()

    def _turn_round(self) -> None:
        if self._sheet is not None:
            self._ask_for(self._sheet.merged.id, self._sheet.kept.id)

    def _open(self, company_id: str) -> None:
        self.go.emit(Route(Place.COMPANIES, company_id=company_id))

    # acting

    def _tell_merged(self, note: MergedNote) -> None:
        self._is_merging = False
        self.told.emit(note.message, partial(self._undo, note.scope))
        self.load()

    def _refused(self, fault: Exception) -> None:
        self._is_merging = False
        self._tasks.failed_unheard.emit(fault)

    def _keep_apart(self) -> None:
        if self._sheet is not None:
            work = partial(_keep_apart, self._services, self._sheet)
            self._tasks.run(work, self._tell_apart)

    def _tell_apart(self, scope: str) -> None:
        self.told.emit("別の企業として覚えました。もう尋ねません", partial(self._undo, scope))
        self.load()

    def _undo(self, scope: str) -> None:
        self._tasks.run(partial(_undo, self._services, scope), self._undone)

    def _undone(self, _label: str | None) -> None:
        self.load()

    # building

    def _arrange(self) -> None:
        self._card = Card(padded=False)
        self._card.add(self._list)
        self._card.setFixedWidth(theme().px(_LIST_WIDTH))
        empty = EmptyState(
            "重なった企業はありません",
            "法人番号が同じ企業や、名前と市区町村が同じ企業がここに並びます。",
            [self._back],
        )
        for page in (empty, self._comparison()):
            self._pages.addWidget(page)
        whole = row(self, spacing=0)
        left = column(margins=(20, 16, 0, 16))
        left.addWidget(self._card)
        whole.addLayout(left)
        whole.addWidget(self._pages, 1)

    def _comparison(self) -> QWidget:
        sides = row(spacing=8)
        sides.addWidget(self._kept, 1)
        sides.addWidget(self._swap)
        sides.addWidget(self._merged, 1)
        card = Card(spacing=10)
        card.add(self._differing, self._cells)
        moving = Card("移るもの")
        moving.add(self._moving)
        page = ScrollPage(spacing=12, margins=PAGE_MARGINS)
        put(page.body, sides, card, moving, None)
        return page


def _row(pair: Double) -> ListRow:
    return ListRow(pair.key, pair.kept.name, detail=f"{pair.merged.name}・{pair.reason}", icon="company")


def _moving_words(sheet: MergeSheet) -> str:
    moving = "、".join(f"{word} {count}件" for word, count in sheet.moving)
    first = f"{moving} が「{sheet.kept.name}」に移ります。" if moving else ""
    later = "履歴は両方とも残ります。30日のあいだは「設定 > ごみ箱」から、元の2社に分けられます。"
    return first + later


def _merge(
    services: Services, sheet: MergeSheet, choices: Mapping[str, Choice], _ticket: Ticket
) -> MergedNote:
    return services.duplicates.merge(sheet.kept.id, sheet.merged.id, choices)


def _keep_apart(services: Services, sheet: MergeSheet, _ticket: Ticket) -> str:
    return services.duplicates.keep_apart(sheet.kept.id, sheet.merged.id)


def _undo(services: Services, scope: str, _ticket: Ticket) -> str | None:
    return services.place.undo(scope)
