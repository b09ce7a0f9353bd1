"""S13, second page: the 24 words to put on paper, and the proof that they are there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.theme.fonts import Role
from ui.theme.metrics import TextStep
from ui.theme.theme import theme
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.field_form import FieldForm
from ui.widgets.fields.text_field import TextField
from ui.widgets.layouts import column, row, set_measures
from ui.widgets.texts import Paragraph, Text

_WHY = (
    "合言葉を忘れたとき、この24語で記録を開けます。順番のとおりに紙に書くか、印刷してください。"
    "この画面を閉じると、二度と表示されません。"
)


class WordsPage(QWidget):
    """Shows the words until they are written down; then hides them and asks for two of them."""

    print_asked = Signal()
    shown_again = Signal()
    """The person went back from the proof to the words."""

    def __init__(
        self,
        title: str = "この端末の24語",
        why: str = _WHY,
        question: str = "紙の控えから2つ入れてください",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._grid = QGridLayout()
        set_measures(self._grid, spacing=12, margins=(0, 0, 0, 0))
        self._labels: list[Text] = []
        self._proofs: dict[int, TextField] = {}
        self._asked_in: tuple[TextField, ...] = ()
        self._shown = self._build_shown(title, why)
        self._asked = Card(question)
        self._asked.hide()
        whole = column(self, spacing=16)
        whole.addWidget(self._shown)
        whole.addWidget(self._asked)
        whole.addStretch(1)

    def show_words(self, words: Sequence[str]) -> None:
        """Show the words in rows of four, of three where the type is largest."""
        across = 4 if theme().metrics.step < TextStep.EXTRA_LARGE else 3
        for number, word in enumerate(words):
            label = Text(f"{number + 1:>2}  {word}", Role.SECTION)
            self._labels.append(label)
            self._grid.addWidget(label, number // across, number % across)

    def ask_for(self, positions: Sequence[int]) -> None:
        """Hide the words and ask for those at these places, counted from 1."""
        form = FieldForm()
        for position in positions:
            field = TextField()
            self._proofs[position] = field
            form.add(f"{position}番目の語", field)
        again = Button("24語をもう一度見る", kind="quiet")
        again.clicked.connect(self.show_again)
        self.show_proof(list(self._proofs.values()), form, again)

    def show_proof(self, fields: Sequence[TextField], *parts: QWidget) -> None:
        """Hide the words and show what asks for some of them in these fields."""
        self._asked_in = tuple(fields)
        self._asked.add(*parts)
        self.ask_again()

    def show_again(self) -> None:
        """Back to the words; the proof waits."""
        self._shown.show()
        self._asked.hide()
        self.shown_again.emit()

    def ask_again(self, differing: int | None = None) -> None:
        """Back to the proof; the word at the place that was `differing` is typed anew."""
        self._shown.hide()
        self._asked.show()
        field = self._proofs.get(differing or 0) or self._asked_in[0]
        field.setFocus()
        field.selectAll()

    @property
    def is_asking(self) -> bool:
        """Whether the proof is on the screen."""
        return self._asked.isVisible()

    @property
    def has_asked(self) -> bool:
        """Whether the proof was asked for before."""
        return bool(self._asked_in)

    def typed(self) -> Mapping[int, str]:
        """What was typed for each place."""
        for field in self._proofs.values():
            field.flush()
        return {position: field.text() for position, field in self._proofs.items()}

    def _build_shown(self, title: str, why: str) -> Card:
        to_paper = Button("紙に印刷", icon="print")
        to_paper.clicked.connect(self.print_asked)
        self.setFocusProxy(to_paper)
        line = row(spacing=12)
        line.addWidget(to_paper)
        line.addStretch(1)
        card = Card(title, spacing=16)
        card.add(Paragraph(why), self._grid, line)
        return card
