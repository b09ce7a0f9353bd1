"""設定 > 控えと書き出し: the backups and going back to one, where data lies, and the open bundle."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget

from app.changes import Changes
from app.services.backups import KEPT, BackupRow
from ui.navigation import Place, Route
from ui.screens.restore.backup_entry import backup_entry
from ui.screens.screen import LineButton
from ui.screens.settings.backup_items_page import BackupItemsPage
from ui.screens.settings.export_card import ExportCard
from ui.screens.settings.section import Section
from ui.tasks import TaskRunner, Ticket
from ui.theme.fonts import Role
from ui.theme.theme import theme
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.layouts import column, put, row
from ui.widgets.row_list import RowList
from ui.widgets.scroll_page import ScrollPage
from ui.widgets.texts import Paragraph, Text

if TYPE_CHECKING:
    from app.services.directory import Services
    from ui.program import Program

NEWEST = "newest"
_LIST_HEIGHT = 202
_WHAT = f"毎日1回、暗号化した控えを自動で作り、開けることを確かめます。新しい{KEPT}回分を残します。"
_BACK = (
    "{when}の時点に戻します。そのあとに書いたことは画面から消えますが、"
    "いまの記録は同じフォルダに別の名前で残ります。"
)


class BackupsSection(Section):
    """Going back closes the store, puts the backup in its place and opens it again."""

    def __init__(self, tasks: TaskRunner, services: Services, program: Program) -> None:
        super().__init__(tasks, services)
        self._program = program
        self._backups: Sequence[BackupRow] = ()
        self._wanted = ""
        self._just_made = ""
        self._list = RowList(name="控え", indent=8)
        self._list.opened.connect(self._ask)
        self._list.current_changed.connect(self._stop)
        self._list.show_when_empty(
            EmptyState("まだ控えがありません", "「今すぐ控えを作る」で、いまの記録を写せます。")
        )
        self._progress = Text("", Role.TABLE, "sub", elide=True)
        self._question = Paragraph("", Role.BODY)
        self._build_buttons()
        self._export = ExportCard(tasks, services, program.entrance.door)
        self._export.told.connect(self.told)
        self._items = BackupItemsPage(tasks, services, self.refuse)
        self._items.told.connect(self.told)
        self._items.chosen_changed.connect(self.buttons_changed)
        self._arrange()
        self._measure()
        self._stop()
        theme().changed.connect(self._measure)

    def enter(self, item_id: str) -> None:
        """List the backups, or compare the one of this file name (NEWEST: the newest) item by item."""
        self._wanted = item_id
        self._stack.setCurrentIndex(1 if item_id else 0)
        self.buttons_changed.emit()
        self._load()

    def leave(self) -> None:
        """Leave no secret on the screen."""
        self._export.forget()
        self._items.forget()
        self._stop()

    def touched(self, changes: Changes) -> None:
        """List them again once the daily one was made."""
        if changes.touch("backup"):
            self._load()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Make one now; or bring items back."""
        if self._wanted:
            return {
                "restore": self._items.bring_back_chosen,
                "restore_all": self._items.bring_back_all,
            }
        return {"back_up": self._make}

    def buttons(self) -> tuple[LineButton, ...]:
        """Making one now is the main act; beside a backup it is bringing items back."""
        if self._wanted:
            some = LineButton("restore", "選んだものを戻す", "undo", primary=True)
            every = LineButton("restore_all", "すべて戻す")
            return (every, some) if self._items.has_items else ()
        return (LineButton("back_up", "今すぐ控えを作る", "device", primary=True),)

    # showing

    def _load(self) -> None:
        self.tasks.run(self._read, self._show, self.refuse, side=True)

    def _read(self, _ticket: Ticket) -> Sequence[BackupRow]:
        return self.services.backups.rows()

    def _show(self, backups: Sequence[BackupRow]) -> None:
        self._backups = backups
        self._list.show_entries([backup_entry(each) for each in backups])
        self._measure()
        if self._just_made:
            self._list.go_to(self._just_made)
            self._just_made = ""
        if not self._list.current_key():
            self._list.step(1)
        self._show_question(is_shown=not self._question.isHidden())
        if self._wanted and not self._items.is_comparing:
            self._compare()

    def _compare(self) -> None:
        names = [each.path.name for each in self._backups]
        wanted = names[0] if self._wanted == NEWEST and names else self._wanted
        if wanted in names:
            self._items.show_backup(self._backups[names.index(wanted)])

    def _go_to_items(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self._program.window.open(Route(Place.SETTINGS, tab="backups", item_id=chosen.path.name))

    # making one

    def _make(self) -> None:
        self._progress.setText("控えを作り、開けることを確かめています")
        self.tasks.run(self._made, self._done, self._failed, side=True)

    def _made(self, _ticket: Ticket) -> BackupRow:
        return self.services.backups.make()

    def _done(self, made: BackupRow) -> None:
        self._progress.setText("")
        self._just_made = made.path.name
        self.told.emit(f"{backup_entry(made).title}を作り、開けることを確かめました", None)
        self._load()

    def _failed(self, fault: Exception) -> None:
        self._progress.setText("")
        self.refuse(fault)

    # going back to one

    def _chosen(self) -> BackupRow | None:
        return next((each for each in self._backups if each.path.name == self._list.current_key()), None)

    def _ask(self, _key: str = "") -> None:
        chosen = self._chosen()
        if chosen is not None:
            self._question.set_text(_BACK.format(when=backup_entry(chosen).title.removesuffix(" の控え")))
            self._show_question(is_shown=True)
            self._yes.setFocus()

    def _stop(self, _key: str = "") -> None:
        self._show_question(is_shown=False)

    def _show_question(self, *, is_shown: bool) -> None:
        for each in (self._question, self._yes, self._no):
            each.setVisible(is_shown)
        for each in (self._back, self._one_by_one):
            each.setVisible(not is_shown and bool(self._backups))

    def _go_back(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self._program.go_back_to(chosen.path)

    def _copy_place(self) -> None:
        QGuiApplication.clipboard().setText(str(self.services.folder.path))
        self.told.emit("場所を写しました", None)

    # building

    def _build_buttons(self) -> None:
        self._back = Button("この控えに戻す…", icon="undo")
        self._back.clicked.connect(self._ask)
        self._one_by_one = Button("一つずつ戻す…", icon="history")
        self._one_by_one.clicked.connect(self._go_to_items)
        self._yes = Button("戻して開き直す", kind="danger")
        self._yes.clicked.connect(self._go_back)
        self._no = Button("やめる")
        self._no.clicked.connect(self._stop)

    def _arrange(self) -> None:
        page = ScrollPage()
        for card in (self._backups_card(), self._place_card(), self._export):
            page.body.addWidget(card)
        page.body.addStretch(1)
        self._stack = QStackedWidget()
        self._stack.addWidget(page)
        self._stack.addWidget(self._items)
        column(self, spacing=0).addWidget(self._stack)

    def _backups_card(self) -> Card:
        line = row(spacing=8)
        line.addWidget(self._progress, 1)
        put(line, self._no, self._yes, self._one_by_one, self._back)
        card = Card("控え")
        card.add(Paragraph(_WHAT, Role.TABLE, "sub"), self._list, self._question, line)
        return card

    def _place_card(self) -> Card:
        copy = Button("場所を写す", icon="copy", size="small")
        copy.clicked.connect(self._copy_place)
        line = row(spacing=12)
        line.addWidget(Text(str(self.services.folder.path), Role.BODY, elide=True), 1)
        line.addWidget(copy)
        card = Card("記録のある場所")
        card.add(
            line,
            Paragraph("控えも同じ場所の backups にあります。どちらも暗号化されています。", Role.TABLE, "sub"),
        )
        return card

    def _measure(self) -> None:
        most = theme().px(_LIST_HEIGHT)
        self._list.setFixedHeight(min(self._list.content_height() + 2, most) if self._backups else most)
