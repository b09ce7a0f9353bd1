"""The 24 words of チームの復旧シート: on paper first, proved by two groups typed back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QWidget

from app.errors import AppError
from app.services.sharing_sheets import (
    draw_sheet,
    groups_to_prove,
    positions_of,
    prove_sheet,
    words_of_group,
)
from ui.screens.first_run.words import WordsPage
from ui.tasks import TaskRunner
from ui.widgets.buttons import Button
from ui.widgets.field_form import FieldForm
from ui.widgets.fields.text_field import TextField

_WHY = (
    "管理者の端末がすべて失われたとき、この24語でチームを取り戻せます。番号のとおりに紙に書くか、印刷してください。"
    "この画面を閉じると、二度と表示されません。この24語はどこにも保存しません。"
)


class SheetWords(WordsPage):
    """Shows a new sheet and asks for two groups of it."""

    def __init__(self, tasks: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__("チームの復旧シート", _WHY, "紙から、2か所を入れてください", parent)
        self._tasks = tasks
        self._groups: dict[int, TextField] = {}
        self.words = draw_sheet()
        self.print_asked.connect(self._print)
        self.show_words(self.words)

    def ask(self) -> None:
        """Hide the words and ask for two groups; the same ones when asked again."""
        if self.has_asked:
            self.ask_again()
        else:
            self.ask_for(groups_to_prove())

    def fault(self) -> AppError | None:
        """What is wrong with what was typed back, None for nothing."""
        try:
            prove_sheet(self.words, self.typed())
        except AppError as differs:
            return differs
        return None

    def ask_for(self, positions: Sequence[int]) -> None:
        """Ask for these groups, counted from 1."""
        fields = [TextField() for _ in positions]
        form = FieldForm()
        for group, field in zip(positions, fields, strict=True):
            places = positions_of(group)
            form.add(f"{places[0]}番から{places[-1]}番の4語", field)
        again = Button("24語をもう一度見る", kind="quiet")
        again.clicked.connect(self.show_again)
        self._groups = dict(zip(positions, fields, strict=True))
        self.show_proof(fields, form, again)

    def typed(self) -> Mapping[int, str]:
        """Each word by its place."""
        found: dict[int, str] = {}
        for group, field in self._groups.items():
            field.flush()
            found |= words_of_group(group, field.text())
        return found

    def forget(self) -> None:
        """Let go of the words."""
        self.words = ()

    def _print(self) -> None:
        from ui.printing.recovery_sheet import print_team_sheet

        print_team_sheet(self.window(), self._tasks, self.words)
