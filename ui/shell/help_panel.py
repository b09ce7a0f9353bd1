"""F1 and Ctrl+F1: what this screen is for, and the keys that work in it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.rows.keys import KeyGroup
from ui.help_texts import HelpText
from ui.printing.overlay import Overlay
from ui.theme.fonts import Role
from ui.theme.theme import theme
from ui.widgets.buttons import Button, IconButton
from ui.widgets.chips import KeyCap
from ui.widgets.layouts import column, put, row, set_measures
from ui.widgets.scroll_page import ScrollPage
from ui.widgets.texts import Paragraph, Rule, Text

_WIDTH, _HEIGHT, _TOP = 640, 560, 24
_KEY_WIDTH = 120


class HelpPanel(Overlay):
    """Lies over the window until Esc, the cross or a press beside it; then the focus is where it was."""

    print_asked = Signal()

    def __init__(self, window: QWidget, help_text: HelpText | None, groups: Sequence[KeyGroup]) -> None:
        """Without `help_text` there are the keys only."""
        title = f"{help_text.title}の使いかた" if help_text else "この画面のキー"
        super().__init__(window, title, _WIDTH, _HEIGHT)
        self._close = IconButton("close", "閉じる", key="Esc")
        self._close.clicked.connect(self.dismiss)
        to_paper = Button("キー一覧を印刷", icon="print")
        to_paper.clicked.connect(self.print_asked)
        head = row(spacing=8, margins=(20, 8, 8, 8))
        put(head, Text(title, Role.SECTION), None, to_paper, self._close)
        self._page = ScrollPage(spacing=8, margins=(20, 12, 20, 16))
        if help_text is not None:
            for line in help_text.lines:
                self._page.body.addWidget(Paragraph(line))
            put(self._page.body, 8, Text("この画面のキー", Role.SECTION))
        for group in groups:
            self._page.body.addLayout(_listed(group))
        self._page.body.addStretch(1)
        whole = column(self, spacing=0, margins=(1, 1, 1, 1))
        put(whole, head, Rule())
        whole.addWidget(self._page, 1)
        self.setAccessibleDescription("\n".join(help_text.lines if help_text else ()))

    def first_field(self) -> QWidget:
        """The cross: Enter closes, arrows scroll."""
        return self._close

    def fold_away(self) -> None:
        """Close for good."""
        super().fold_away()
        self.deleteLater()

    def _place(self) -> None:
        window, px = self.parentWidget(), theme().px
        if window is None:
            return
        width = min(px(_WIDTH), window.width() - px(48))
        height = min(px(_HEIGHT), window.height() - px(2 * _TOP))
        self.setGeometry((window.width() - width) // 2, px(_TOP), width, height)


def _listed(group: KeyGroup) -> QGridLayout:
    grid = QGridLayout()
    set_measures(grid, spacing=6, margins=(0, 4, 0, 4))
    grid.addWidget(Text(group.heading, Role.BODY_BOLD), 0, 0, 1, 2)
    for number, (key, meaning) in enumerate(group.keys, start=1):
        cap = KeyCap(key)
        grid.addWidget(cap, number, 0)
        grid.addWidget(Text(meaning, Role.BODY), number, 1)
    grid.setColumnMinimumWidth(0, theme().px(_KEY_WIDTH))
    grid.setColumnStretch(1, 1)
    return grid
