"""設定 > この製品について: version, licences, the log, and the way to the practice region."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from app.paths import user_folders
from ui.models.row_list_model import ListRow
from ui.screens.settings.components import Component, components, version
from ui.screens.settings.section import Section
from ui.tasks import TaskRunner, Ticket
from ui.theme.fonts import Role
from ui.theme.theme import theme
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.fields.long_text_field import LongTextField
from ui.widgets.layouts import column, put, row
from ui.widgets.row_list import RowList
from ui.widgets.scroll_page import ScrollPage
from ui.widgets.texts import Paragraph, Text

if TYPE_CHECKING:
    from app.services.directory import Services
    from ui.program import Program

_LIST_HEIGHT = 324
_LOG = "動いた記録 (ログ) には、企業名も本文も入りません。中身は「困ったとき」で見て、そのまま渡せます。"
_PRACTICE = "作りものの地域で、面談の記録から印刷まで試せます。本番の記録とは別の場所にあります。"


class AboutSection(Section):
    """Licences are read from what is installed."""

    def __init__(self, tasks: TaskRunner, services: Services, program: Program) -> None:
        super().__init__(tasks, services)
        self._program = program
        self._components: Sequence[Component] = ()
        self._list = RowList(name="使っている部品", indent=12)
        self._list.current_changed.connect(self._show_licence)
        self._licence = LongTextField(lines=13, most_lines=13)
        self._licence.setReadOnly(True)
        self._licence.setAccessibleName("使用許諾の全文")
        self._arrange()
        theme().changed.connect(self._measure)
        self._measure()

    def enter(self, _item_id: str) -> None:
        """Read the licences, once."""
        if not self._components:
            self.tasks.run(self._read, self._show, side=True)

    def _read(self, _ticket: Ticket) -> Sequence[Component]:
        return components()

    def _show(self, found: Sequence[Component]) -> None:
        self._components = found
        self._list.show_entries(
            [ListRow(each.name, each.name, quiet=each.version, right=each.licence) for each in found]
        )
        self._list.step(1)

    def _show_licence(self, name: str) -> None:
        chosen = next((each for each in self._components if each.name == name), None)
        if chosen is not None:
            self._licence.show_text(chosen.text)

    def _copy_place(self) -> None:
        QGuiApplication.clipboard().setText(str(user_folders().logs))
        self.told.emit("場所を写しました", None)

    # building

    def _arrange(self) -> None:
        page = ScrollPage()
        page.body.addWidget(self._product_card())
        if not self.services.is_practice:
            page.body.addWidget(self._practice_card())
        page.body.addWidget(self._log_card())
        page.body.addWidget(self._licence_card())
        page.body.addStretch(1)
        column(self, spacing=0).addWidget(page)

    def _product_card(self) -> Card:
        line = row(spacing=12)
        put(line, Text("伴走カルテ", Role.TITLE), Text(f"版 {version()}", Role.BODY, "sub"), None)
        card = Card()
        card.add(
            line,
            Paragraph("知財経営を伴走支援するチームの記録と帳票。この端末だけで動きます。", Role.BODY, "sub"),
        )
        return card

    def _practice_card(self) -> Card:
        go = Button("練習用データを開く", icon="study")
        go.clicked.connect(self._program.open_practice)
        line = row(spacing=12)
        line.addWidget(Paragraph(_PRACTICE, Role.BODY), 1)
        line.addWidget(go)
        card = Card("練習用データ")
        card.add(line)
        return card

    def _log_card(self) -> Card:
        copy = Button("場所を写す", icon="copy", size="small")
        copy.clicked.connect(self._copy_place)
        line = row(spacing=12)
        line.addWidget(Text(str(user_folders().logs), Role.BODY, elide=True), 1)
        line.addWidget(copy)
        card = Card("動いた記録")
        card.add(Paragraph(_LOG, Role.TABLE, "sub"), line)
        return card

    def _licence_card(self) -> Card:
        card = Card("使っている部品と使用許諾")
        line = row(spacing=16)
        line.addWidget(self._list, 2)
        line.addWidget(self._licence, 3, Qt.AlignmentFlag.AlignTop)
        card.add(line)
        return card

    def _measure(self) -> None:
        self._list.setFixedHeight(theme().px(_LIST_HEIGHT))
