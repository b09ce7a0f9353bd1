"""One of two companies that look alike: its name, where it is, and what hangs on it."""

from __future__ import annotations

from PySide6.QtCore import Signal

from app.domain.calendar import western
from app.rows.duplicates import DoubleSide
from ui.theme.fonts import Role
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.layouts import put, row
from ui.widgets.texts import Paragraph, Text


class SideCard(Card):
    """`opened` carries the id of the company."""

    opened = Signal(str)

    def __init__(self, word: str) -> None:
        super().__init__(spacing=4)
        self._company_id = ""
        self._name, self._place = Paragraph("", Role.SECTION), Paragraph("", Role.TABLE, "sub")
        self._held = Text("", Role.TABLE, "sub")
        show = Button("開いて見る", kind="link", size="small")
        show.setAccessibleName(f"{word}を開いて見る")
        show.clicked.connect(self._open)
        line = row(spacing=8)
        put(line, Text(word, Role.CAPTION, "primary"), None, show)
        self.add(line, self._name, self._place, self._held, None)
        self.setAccessibleName(word)

    def show_side(self, side: DoubleSide) -> None:
        """Show a company."""
        self._company_id = side.id
        self._name.set_text(side.name)
        self._place.set_text(side.place or "所在地なし")
        self._held.setText(held_words(side))

    def _open(self) -> None:
        self.opened.emit(self._company_id)


def held_words(side: DoubleSide) -> str:
    """「面談 12回、最後は 2026/06/12(金)」."""
    if not side.sessions:
        return "面談なし"
    last = f"、最後は {western(side.last_session_on)}" if side.last_session_on else ""
    return f"面談 {side.sessions}回{last}"
