"""設定 > 画面: the size of everything and light or dark, at once as one chooses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.settings import THEMES
from ui.screens.settings.section import Section
from ui.tasks import TaskRunner
from ui.theme.fonts import Role
from ui.theme.metrics import TextStep
from ui.theme.theme import theme
from ui.widgets.card import Card
from ui.widgets.chips import MarkChip
from ui.widgets.fields.check_field import CheckField
from ui.widgets.layouts import column, put, row
from ui.widgets.scroll_page import ScrollPage
from ui.widgets.segmented import Option, Segmented
from ui.widgets.texts import Paragraph, Text

if TYPE_CHECKING:
    from app.services.directory import Services
    from ui.program import Program

_STEPS = tuple(Option(str(int(step)), step.word) for step in TextStep)
_THEME_WORDS = {
    "system": "システムに合わせる",
    "light": "明るい",
    "dark": "暗い",
    "contrast": "高コントラスト",
}
_THEME_ICONS = {"system": "device", "light": "star", "dark": "moon", "contrast": "contrast"}
_THEMES = tuple(Option(each, _THEME_WORDS[each], _THEME_ICONS[each]) for each in THEMES)


class LooksSection(Section):
    """What is chosen holds on this device only."""

    def __init__(self, tasks: TaskRunner, services: Services, program: Program) -> None:
        super().__init__(tasks, services)
        self._program = program
        self._step = Segmented(_STEPS, name="文字の大きさ")
        self._step.chosen.connect(self._step_chosen)
        self._theme = Segmented(_THEMES, name="明るさ")
        self._theme.chosen.connect(self._theme_chosen)
        self._fingers = CheckField("指で使う (大きなボタン、下に操作の列)")
        self._fingers.clicked.connect(self._fingers_chosen)
        self._arrange()
        theme().changed.connect(self._show)

    def enter(self, _item_id: str) -> None:
        """Show what is chosen now."""
        self._show()

    def _show(self) -> None:
        self._step.choose(str(int(theme().metrics.step)))
        self._theme.choose(self._program.settings.theme)
        self._fingers.setChecked(self._program.settings.for_fingers)

    def _step_chosen(self, value: str) -> None:
        self._program.change_settings(text_step=int(value))

    def _theme_chosen(self, value: str) -> None:
        self._program.change_settings(theme=value)

    def _fingers_chosen(self) -> None:
        self._program.change_settings(for_fingers=self._fingers.isChecked())

    def _arrange(self) -> None:
        page = ScrollPage()
        for card in (self._size_card(), self._theme_card(), self._fingers_card()):
            page.body.addWidget(card)
        page.body.addStretch(1)
        column(self, spacing=0).addWidget(page)

    def _size_card(self) -> Card:
        choice = row(spacing=12)
        put(choice, self._step, None)
        line = row(spacing=12)
        put(line, MarkChip("decision"), Text("次回までに焼入れの条件を表にまとめる", Role.NOTE), None)
        card = Card("文字の大きさ", spacing=12)
        card.add(
            choice,
            Paragraph(
                "どの画面でも Ctrl + プラス、Ctrl + マイナスで変わります。Ctrl + 0 で標準です。",
                Role.TABLE,
                "sub",
            ),
            4,
            Text("見本", Role.TABLE, "sub"),
            line,
            Paragraph("知財を強みに、稼ぐ力を。面談の文字も、一覧の文字も、同じ割合で変わります。"),
        )
        return card

    def _theme_card(self) -> Card:
        choice = row(spacing=12)
        put(choice, self._theme, None)
        card = Card("明るさ", spacing=12)
        card.add(choice, Paragraph("印刷する紙は、どの明るさでも同じです。", Role.TABLE, "sub"))
        return card

    def _fingers_card(self) -> Card:
        choice = row(spacing=12)
        put(choice, self._fingers, None)
        card = Card("指で使う", spacing=12)
        card.add(
            choice,
            Paragraph(
                "押すものが大きくなり、間が空きます。画面の下の「キーボード」で、文字を打つ板が出ます。",
                Role.TABLE,
                "sub",
            ),
        )
        return card
