"""The right panel: 320 beside the main area, or a drawer over it where the window is narrow (Ctrl+J)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget

from ui.theme.fonts import Role
from ui.theme.theme import theme
from ui.widgets.layouts import column, put, row
from ui.widgets.texts import Rule, Text

PANEL_WIDTH, WIDE_PANEL_WIDTH = 320, 400
NARROW_WINDOW, WIDE_WINDOW = 1180, 1700


class PanelSection(QWidget):
    """A heading with a count or link at its right, and rows below; `body` is the layout of the rows."""

    def __init__(self, heading: str, *heading_items: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(heading)
        self.body: QVBoxLayout = column(self, spacing=6, margins=(20, 14, 20, 14))
        line = row()
        put(line, Text(heading, Role.BODY_BOLD), None, *heading_items)
        self.body.addLayout(line)

    def add(self, *items: QWidget | QLayout | int | None) -> None:
        """Add rows below what is there."""
        put(self.body, *items)


class SidePanel(QScrollArea):
    """Sections one below the other, with a line between them."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inside.setProperty("ground", "surface")
        self._sections = column(inside, spacing=0)
        self._sections.addStretch(1)
        self.setWidget(inside)

    def add_section(self, heading: str, *heading_items: QWidget) -> PanelSection:
        """A new section at the end."""
        section = PanelSection(heading, *heading_items)
        at = self._sections.count() - 1
        if at > 0:
            rule = column(margins=(20, 0, 20, 0))
            rule.addWidget(Rule())
            self._sections.insertLayout(at, rule)
            at += 1
        self._sections.insertWidget(at, section)
        return section

    def add_widget(self, widget: QWidget) -> None:
        """Any widget at the end, filling the panel's width."""
        self._sections.insertWidget(self._sections.count() - 1, widget)

    def focus_first(self) -> None:
        """Put the focus on the first control inside, if there is one."""
        for inside in self.findChildren(QWidget):
            if inside.focusPolicy() & Qt.FocusPolicy.TabFocus and inside.isVisible() and inside.isEnabled():
                inside.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the drawer; text in its fields stays."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


class WithSidePanel(QWidget):
    """Main area and panel side by side; below a window width of 1180 the panel becomes a drawer."""

    def __init__(self, main: QWidget, panel: SidePanel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._main = main
        self._panel = panel
        self._edge = Rule(upright=True, parent=self)
        self._is_open = False
        main.setParent(self)
        # In the next turn: main area and panel in one make a new screen wait too long.
        QTimer.singleShot(0, self, self._take_panel_in)
        panel.closed.connect(self.close_drawer)
        theme().changed.connect(self._arrange)

    @property
    def is_drawer(self) -> bool:
        """Whether the window is so narrow that the panel lies over the main area."""
        return self.window().width() < theme().px(NARROW_WINDOW)

    def toggle_panel(self) -> None:
        """Ctrl+J: open or close the drawer, or go into the panel that is always there."""
        if self.is_drawer and self._is_open:
            self.close_drawer()
            return
        self._is_open = True
        self._take_panel_in()
        self._panel.raise_()
        self._edge.raise_()
        self._panel.focus_first()

    def close_drawer(self) -> None:
        """Lay the main area free again."""
        self._is_open = False
        self._arrange()
        if self.is_drawer:
            self._main.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange both for the new width."""
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """Arrange when a layout inside asks for another size."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def _take_panel_in(self) -> None:
        if self._panel.parentWidget() is None:
            self._panel.setParent(self)
        self._arrange()

    def _arrange(self) -> None:
        whole = self.rect()
        wide = self.window().width() >= theme().px(WIDE_WINDOW)
        width = min(theme().px(WIDE_PANEL_WIDTH if wide else PANEL_WIDTH), whole.width())
        side = QRect(whole.right() + 1 - width, 0, width, whole.height())
        for part in (self._panel, self._edge):
            part.setProperty("drawer", self.is_drawer)
        shown = self._panel.parentWidget() is not None and (not self.is_drawer or self._is_open)
        self._panel.setVisible(shown)
        self._edge.setVisible(shown)
        self._panel.setGeometry(side.adjusted(1, 0, 0, 0))
        self._edge.setGeometry(side.x(), 0, 1, whole.height())
        self._main.setGeometry(whole if self.is_drawer else whole.adjusted(0, 0, -width, 0))
