"""A page that scrolls when the window is too low for it, so that nothing is ever squeezed or cut."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from ui.widgets.layouts import PAGE_MARGINS, Margins, column


class ScrollPage(QScrollArea):
    """`body` is the layout to fill; a focused field always scrolls into view."""

    def __init__(
        self,
        *,
        spacing: int = 16,
        margins: Margins = PAGE_MARGINS,
        ground: str = "bg",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inside.setProperty("ground", ground)
        self.body: QVBoxLayout = column(inside, spacing=spacing, margins=margins)
        self.setWidget(inside)

    def showEvent(self, event: QShowEvent) -> None:
        """Lay out anew: while it was hidden, another text step may have changed what its parts ask for."""
        super().showEvent(event)
        self.body.invalidate()
        self.body.activate()
