"""The right side of S10: page number and size, the pages and their thumbnails, or why there are none."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from ui.printing.page_images import PageImages
from ui.screens.printing.page_view import ACTUAL_SIZE, FIT_PAGE, FIT_WIDTH, PageView
from ui.screens.printing.progress_line import ProgressLine
from ui.screens.printing.thumbnail_strip import ThumbnailStrip
from ui.theme.fonts import Role
from ui.theme.theme import theme
from ui.widgets.buttons import IconButton
from ui.widgets.fields.choice_field import ChoiceField
from ui.widgets.layouts import column, row
from ui.widgets.segmented import Option
from ui.widgets.texts import Rule, Text

_ZOOMS = (
    Option(FIT_WIDTH, "幅に合わせる"),
    Option(FIT_PAGE, "頁全体"),
    Option(ACTUAL_SIZE, "原寸 (100 %)"),
)
_ROOM_FOR_THUMBNAILS = 720


class PreviewPane(QWidget):
    """Shows exactly the files that are saved and printed."""

    failed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("ground", "surface2")
        self.images = PageImages(self)
        self.pages = PageView(self.images)
        self.progress = ProgressLine()
        self._thumbnails = ThumbnailStrip(self.images)
        self._empty: QWidget | None = None
        self._build()
        self.images.opened.connect(self._opened)
        self.images.failed.connect(self.failed)
        self.pages.page_changed.connect(self._show_number)
        self.pages.zoomed.connect(self._zoomed)
        self._thumbnails.page_chosen.connect(self.pages.go_to_page)

    def show_files(self, pdfs: Sequence[bytes]) -> None:
        """Show other pages; the place in them stays."""
        self.images.show_files(pdfs)

    def show_empty(self, empty: QWidget) -> None:
        """Say in place of pages why there are none."""
        self.images.show_nothing()
        self._drop_empty()
        self._empty = empty
        self._stack.addWidget(empty)
        self._stack.setCurrentWidget(empty)

    def turn(self, by: int) -> None:
        """Go some pages on or back."""
        self.pages.turn(by)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Thumbnails give way first."""
        super().resizeEvent(event)
        self._arrange()

    def _opened(self) -> None:
        if self.images.count:
            self._drop_empty()
            self._stack.setCurrentIndex(0)
        self._show_number(self.pages.page)
        self._arrange()

    def _show_number(self, number: int) -> None:
        count = self.images.count
        self._number.setText(str(number + 1) if count else "–")
        self._count.setText(f"/ {count:,}頁")
        self.pages.setAccessibleDescription(f"{number + 1} / {count}頁")
        self._back.setEnabled(number > 0)
        self._on.setEnabled(number + 1 < count)
        self._thumbnails.show_page(number)

    def _arrange(self) -> None:
        is_wide = self.width() >= theme().px(_ROOM_FOR_THUMBNAILS)
        for part in (self._thumbnails, self._edge):
            part.setVisible(is_wide and self.images.count > 1)
        self._paper.setVisible(is_wide)

    def _zoomed(self) -> None:
        self._zoom.setCurrentIndex(-1)

    def _turn_back(self) -> None:
        self.pages.turn(-1)

    def _turn_on(self) -> None:
        self.pages.turn(1)

    def _drop_empty(self) -> None:
        empty, self._empty = self._empty, None
        if empty is not None:
            self._stack.removeWidget(empty)
            empty.deleteLater()

    def _build(self) -> None:
        self._edge = Rule(upright=True)
        inside = QWidget()
        line = row(inside, spacing=0)
        line.addWidget(self.pages, 1)
        line.addWidget(self._edge)
        line.addWidget(self._thumbnails)
        whole = column(self, spacing=0)
        whole.addWidget(self._build_bar())
        whole.addWidget(self.progress)
        self._stack = QStackedLayout()
        whole.addLayout(self._stack, 1)
        self._stack.addWidget(inside)  # after the stack has an owner: it shows what it is given

    def _build_bar(self) -> QWidget:
        self._back = IconButton("left", "前の頁", key="PageUp")
        self._on = IconButton("right", "次の頁", key="PageDown")
        self._back.clicked.connect(self._turn_back)
        self._on.clicked.connect(self._turn_on)
        self._number = Text("–", Role.BODY_BOLD)
        self._count = Text("")
        self._paper = Text("A4 たて、とじ代 左25mm", Role.TABLE, "sub", elide=True)
        self._zoom = ChoiceField(_ZOOMS)
        self._zoom.setAccessibleName("見本の大きさ")
        self._zoom.chosen.connect(self.pages.set_zoom)
        bar = QWidget()
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        bar.setProperty("ground", "bg")
        bar.setProperty("edge", "bottom")
        line = row(bar, spacing=4, margins=(12, 6, 12, 6))
        for part in (self._back, self._number, self._count, self._on):
            line.addWidget(part)
        line.addStretch(1)
        line.addWidget(self._paper)
        line.addWidget(self._zoom)
        return bar
