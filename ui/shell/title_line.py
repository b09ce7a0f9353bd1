"""The title line: name, facts, and the screen's buttons with the primary one last."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.actions import COMMANDS
from ui.screens.screen import Fact, Heading, LineButton, MeterFact
from ui.theme.fonts import Role
from ui.theme.paint import State
from ui.theme.theme import theme
from ui.widgets.buttons import Button
from ui.widgets.chips import Meter, StateChip
from ui.widgets.layouts import row
from ui.widgets.texts import Text

HEIGHT = 44
_KNOWN = {known.id: known for known in COMMANDS}


class TitleLine(QWidget):
    """Buttons are made anew only when they differ, so that the focus on one stays."""

    pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = Heading("")
        self._line = row(self, spacing=8, margins=(20, 0, 16, 8))
        self._buttons: list[Button] = []
        self._words: list[QWidget] = []
        self._droppable: list[QWidget] = []
        theme().changed.connect(self._measure)
        self._measure()

    def show_heading(self, heading: Heading) -> None:
        """Show this heading."""
        if heading == self._heading:
            return
        before, self._heading = self._heading, heading
        if self._words and _shape(heading) == _shape(before):
            self._reword(heading)
        else:
            self._rebuild(heading, self._buttons if heading.buttons == before.buttons else [])
        self._drop_facts()

    def _reword(self, heading: Heading) -> None:
        """Put other words and states into the widgets that are there."""
        words = (heading.title, *([heading.subtitle] if heading.subtitle else []), *heading.facts)
        for widget, said in zip(self._words, words, strict=True):
            if isinstance(widget, Text) and isinstance(said, str):
                widget.setText(said)
            elif isinstance(widget, StateChip) and isinstance(said, State):
                widget.set_state(said)

    def _rebuild(self, heading: Heading, kept: list[Button]) -> None:
        self._clear(kept)
        self._add_words(heading)
        self._line.addStretch(1)
        self._buttons = kept or [self._button(asked) for asked in heading.buttons]
        for button in self._buttons:
            self._line.addWidget(button)

    def primary_button(self) -> Button | None:
        """The one main button, for the focus on entering a screen."""
        shown = zip(self._buttons, self._heading.buttons, strict=True)
        return next((button for button, asked in shown if asked.primary), None)

    def _clear(self, kept: list[Button]) -> None:
        while (item := self._line.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget not in kept:
                widget.hide()
                widget.deleteLater()

    def _add_words(self, heading: Heading) -> None:
        self._words = [Text(heading.title, Role.TITLE, elide=True)]
        if heading.subtitle:
            self._words.append(Text(heading.subtitle, Role.SECTION, elide=True))
        facts = [_fact_widget(fact) for fact in heading.facts]
        # Words give way from the last one on; states stay.
        self._droppable = [widget for widget in reversed(facts) if not isinstance(widget, StateChip)]
        self._words += facts
        for number, widget in enumerate(self._words):
            self._line.addSpacing(theme().px(8) if number > len(self._words) - len(facts) - 1 else 0)
            self._line.addWidget(widget)

    def _button(self, asked: LineButton) -> Button:
        known = _KNOWN.get(asked.action)
        icon = asked.icon if asked.icon is not None else (known.icon if known else "")
        button = Button(
            asked.label or (known.label if known else ""),
            kind="primary" if asked.primary else "secondary",
            icon=icon,
            key=known.key if known else asked.key,
        )
        button.setObjectName(asked.action)
        button.clicked.connect(self._button_pressed)
        return button

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Drop facts that have no room, rather than cut all of them."""
        super().resizeEvent(event)
        self._drop_facts()

    def _drop_facts(self) -> None:
        gap = theme().px(16)
        widths = {part: part.sizeHint().width() + gap for part in (*self._words, *self._buttons)}
        over = sum(widths.values()) + theme().px(20) - self.width()
        for widget in self._droppable:
            widget.setVisible(over <= 0)
            if over > 0:
                over -= widths[widget]

    def _button_pressed(self) -> None:
        self.pressed.emit(self.sender().objectName())

    def _measure(self) -> None:
        self.setFixedHeight(theme().px(HEIGHT))
        self._drop_facts()


def _shape(heading: Heading) -> tuple[object, ...]:
    """What has to be equal for two headings to be shown by the same widgets."""
    facts = (fact if isinstance(fact, MeterFact) else type(fact) for fact in heading.facts)
    return (bool(heading.subtitle), heading.buttons, *facts)


def _fact_widget(fact: Fact) -> QWidget:
    if isinstance(fact, State):
        return StateChip(fact)
    if isinstance(fact, MeterFact):
        return Meter(fact.word, fact.done, fact.cells, fact.figure)
    return Text(fact, Role.BODY, "sub", elide=True)
