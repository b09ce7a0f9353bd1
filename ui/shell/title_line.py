"""The title line: name, facts, and the screen's buttons with the primary one last.

Where it gets narrow, what one needs least gives way first; every button can still be reached.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from ui.actions import COMMANDS
from ui.screens.screen import Fact, Heading, LineButton, MeterFact
from ui.theme.fonts import Role
from ui.theme.metrics import TOUCH_FINISH
from ui.theme.paint import State
from ui.theme.theme import theme
from ui.widgets.buttons import Button, IconButton
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
        # Its parts give way: it never asks the window for more room than there is.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._line = row(self, spacing=8, margins=(20, 0, 16, 8))
        self._buttons: list[Button] = []
        self._words: list[QWidget] = []
        self._facts: list[QWidget] = []
        self._facts_line = row()
        self._more = IconButton("more", "ほかの操作")
        self._more.clicked.connect(self._open_more)
        theme().changed.connect(self._measure)
        self._measure()

    def show_heading(self, heading: Heading) -> None:
        """Show this heading."""
        if heading == self._heading:
            return
        before, self._heading = self._heading, heading
        self._measure_height()
        if self._words and _shape(heading) == _shape(before):
            self._reword(heading)
        else:
            same = _made(heading.buttons) == _made(before.buttons)
            self._rebuild(heading, self._buttons if same else [])
        for button, asked in zip(self._buttons, heading.buttons, strict=True):
            button.setEnabled(asked.enabled)
        self._fit()

    def _reword(self, heading: Heading) -> None:
        """Put other words and states into the widgets that are there."""
        words = (heading.title, *([heading.subtitle] if heading.subtitle else []), *heading.facts)
        for widget, said in zip((*self._words, *self._facts), words, strict=True):
            if isinstance(widget, Text) and isinstance(said, str):
                widget.setText(said)
            elif isinstance(widget, StateChip) and isinstance(said, State):
                widget.set_state(said)

    def _rebuild(self, heading: Heading, kept: list[Button]) -> None:
        self._clear(kept)
        self._add_words(heading)
        self._line.addStretch(1)
        self._buttons = kept or [self._button(asked) for asked in heading.buttons]
        for button in (self._more, *self._buttons):
            self._line.addWidget(button)
        for button in self._buttons:
            button.show()  # now, or the focus that the window gives it comes later, over that of the screen

    def primary_button(self) -> Button | None:
        """The one main button, for the focus on entering a screen."""
        shown = zip(self._buttons, self._heading.buttons, strict=True)
        return next((button for button, asked in shown if asked.primary), None)

    def _clear(self, kept: list[Button]) -> None:
        while self._line.takeAt(0) is not None:
            pass
        for part in (*self._words, *self._facts, *self._buttons):
            if part not in kept:
                part.hide()
                part.deleteLater()

    def _add_words(self, heading: Heading) -> None:
        self._words = [Text(heading.title, Role.TITLE, elide=True)]
        if heading.subtitle:
            self._words.append(Text(heading.subtitle, Role.SECTION, elide=True))
        self._facts = [_fact_widget(fact) for fact in heading.facts]
        for widget in self._words:
            self._line.addWidget(widget)
        self._facts_line = row(spacing=16, margins=(8, 0, 8, 0))
        self._line.addLayout(self._facts_line)  # before it is filled: see `layouts.put`
        for widget in self._facts:
            self._facts_line.addWidget(widget)

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
        """Leave out what has no room, rather than cut all of it."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._more.hide()
        for part in (*self._words, *self._facts, *self._buttons):
            part.ensurePolished()  # before that, a line measures itself in another size
            part.show()
        for button in self._buttons:
            button.show_key(on=True)
        for give_way in self._ways_to_fit():
            # Hiding what lies in an inner layout leaves that one's measure as it was.
            self._facts_line.invalidate()
            if self._line.sizeHint().width() <= self.width():
                break
            give_way()
        self._line.activate()

    def _ways_to_fit(self) -> Iterator[Callable[[], None]]:
        """First words of the head go, then keys, then buttons move into a menu; states go last."""
        for fact in reversed(self._facts):
            if not isinstance(fact, StateChip):
                yield fact.hide
        for button in self._buttons:
            yield partial(button.show_key, on=False)
        for button in self._buttons:
            if not button.is_primary:
                yield partial(self._move_to_menu, button)
        for fact in reversed(self._facts):
            yield fact.hide

    def _move_to_menu(self, button: Button) -> None:
        button.hide()
        self._more.show()

    def _open_more(self) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for button in self._buttons:
            if button.isHidden():
                chosen = QAction(button.label(), menu)
                chosen.setObjectName(button.objectName())
                chosen.setEnabled(button.isEnabled())
                chosen.triggered.connect(self._button_pressed)
                menu.addAction(chosen)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def _button_pressed(self) -> None:
        self.pressed.emit(self.sender().objectName())

    def _measure_height(self) -> None:
        has_large = theme().metrics.for_fingers and bool(self._heading.buttons)
        self.setFixedHeight(theme().px(TOUCH_FINISH + 8 if has_large else HEIGHT))

    def _measure(self) -> None:
        self._measure_height()
        self._fit()


def _shape(heading: Heading) -> tuple[object, ...]:
    """What has to be equal for two headings to be shown by the same widgets."""
    facts = (fact if isinstance(fact, MeterFact) else type(fact) for fact in heading.facts)
    return (bool(heading.subtitle), _made(heading.buttons), *facts)


def _made(buttons: tuple[LineButton, ...]) -> tuple[LineButton, ...]:
    """What the widgets of buttons are made from."""
    return tuple(replace(button, enabled=True) for button in buttons)


def _fact_widget(fact: Fact) -> QWidget:
    if isinstance(fact, State):
        return StateChip(fact)
    if isinstance(fact, MeterFact):
        return Meter(fact.word, fact.done, fact.cells, fact.figure)
    return Text(fact, Role.BODY, "sub", elide=True)
