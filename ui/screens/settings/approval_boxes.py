"""決裁欄: up to six names in an order, and how their boxes stand on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.services.team import APPROVAL_BOX_LIMIT
from ui.field_drafts import TextEditor
from ui.screens.settings.section import show_unless_typing
from ui.theme.fonts import Role
from ui.theme.theme import theme
from ui.widgets.buttons import Button, IconButton
from ui.widgets.fields.text_field import TextField
from ui.widgets.layouts import column, row
from ui.widgets.texts import Text

_BOX_WIDTH, _NAME_HEIGHT, _SEAL_HEIGHT = 58, 24, 54


class ApprovalBoxes(QWidget):
    """`changed` carries the names from left to right after a person's act."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = [_Line(number) for number in range(1, APPROVAL_BOX_LIMIT + 1)]
        self._add = Button("欄を足す", kind="quiet", icon="plus")
        self._add.clicked.connect(self._add_line)
        whole = column(self, spacing=6)
        for number, line in enumerate(self._lines):
            line.field.left.connect(self._tell)
            line.field.textChanged.connect(self._show_filled)
            line.leftward.clicked.connect(partial(self._move, number, -1))
            line.rightward.clicked.connect(partial(self._move, number, 1))
            line.away.clicked.connect(partial(self._take_away, number))
            whole.addWidget(line)
        whole.addWidget(self._add)
        whole.addStretch(1)
        self.show_names(())

    def show_names(self, names: Sequence[str]) -> None:
        """Show these, unless a new line is still being named."""
        if tuple(names) != self.names():
            for line, name in zip(self._lines, [*names, *[""] * len(self._lines)], strict=False):
                show_unless_typing(line.field, name)
        self._show_lines(max(len(names), 1))

    def names(self) -> tuple[str, ...]:
        """What the lines say, without the empty ones."""
        return tuple(line.field.text().strip() for line in self._lines if line.field.text().strip())

    def editors(self) -> Mapping[str, TextEditor]:
        """What is typed into, by the number of its line."""
        return {str(number): line.field for number, line in enumerate(self._lines, 1)}

    def _show_filled(self) -> None:
        """A line that gets its text back comes into sight."""
        if any(line.isHidden() and line.field.text() for line in self._lines):
            self._show_lines(1)

    def _show_lines(self, count: int) -> None:
        filled = max((n for n, line in enumerate(self._lines, 1) if line.field.text()), default=0)
        focused = max((n for n, line in enumerate(self._lines, 1) if line.field.hasFocus()), default=0)
        count = max(count, filled, focused)
        for number, line in enumerate(self._lines, 1):
            line.setVisible(number <= count)
            line.leftward.setEnabled(number > 1)
            line.rightward.setEnabled(number < count)
        self._add.setVisible(count < APPROVAL_BOX_LIMIT)

    def _add_line(self) -> None:
        shown = sum(not line.isHidden() for line in self._lines)
        self._lines[shown].setVisible(True)
        self._lines[shown].field.setFocus()
        self._show_lines(shown + 1)

    def _move(self, number: int, by: int) -> None:
        here, there = self._lines[number], self._lines[number + by]
        name, other = here.field.text(), there.field.text()
        here.field.show_text(other)
        there.field.show_text(name)
        (there.leftward if by < 0 else there.rightward).setFocus()
        self._tell()

    def _take_away(self, number: int) -> None:
        names = [line.field.text() for line in self._lines]
        del names[number]
        for line, name in zip(self._lines, [*names, ""], strict=True):
            line.field.show_text(name)
        self._lines[max(0, number - 1)].field.setFocus()
        self._show_lines(1)
        self._tell()

    def _tell(self) -> None:
        self.changed.emit(self.names())


class _Line(QWidget):
    """One name with what moves it."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.field = TextField(limit=8, placeholder="例: 課長")
        self.field.setAccessibleName(f"決裁欄 {number}")
        self.leftward = IconButton("left", f"{number}番目を左へ")
        self.rightward = IconButton("right", f"{number}番目を右へ")
        self.away = IconButton("close", f"{number}番目を外す")
        line = row(self, spacing=4)
        line.addWidget(Text(str(number), Role.TABLE, "sub"))
        line.addWidget(self.field, 1)
        for button in (self.leftward, self.rightward, self.away):
            line.addWidget(button)


class ApprovalPreview(QWidget):
    """The boxes as paper has them: the name above, room for a seal below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_names(self, names: Sequence[str]) -> None:
        """Show these boxes."""
        self._names = tuple(names)
        words = "、".join(names) if names else "枠なし"
        self.setAccessibleName(f"決裁欄の見本: {words}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Six boxes wide."""
        px = theme().px
        return QSize(px(_BOX_WIDTH * APPROVAL_BOX_LIMIT) + 2, px(_NAME_HEIGHT + _SEAL_HEIGHT) + 2)

    def minimumSizeHint(self) -> QSize:
        """The boxes narrow rather than be cut."""
        return QSize(theme().px(_BOX_WIDTH * 3), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the boxes from the left, or say that there are none."""
        px, tokens = theme().px, theme().tokens
        painter = QPainter(self)
        painter.setFont(theme().font(Role.TABLE))
        if not self._names:
            painter.setPen(tokens.sub)
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft, "枠は出ません")
        width = min(px(_BOX_WIDTH), (self.width() - 2) / max(1, len(self._names)))
        for number, name in enumerate(self._names):
            box = QRectF(0.5 + number * width, 0.5, width, px(_NAME_HEIGHT + _SEAL_HEIGHT))
            head = QRectF(box.x(), box.y(), width, px(_NAME_HEIGHT))
            painter.setPen(tokens.text)
            painter.drawRect(box)
            painter.drawLine(head.bottomLeft(), head.bottomRight())
            shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(width) - 4)
            painter.drawText(head, Qt.AlignmentFlag.AlignCenter, shown)
        painter.end()
