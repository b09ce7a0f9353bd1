"""Choosing the printer, how many copies, and both sides of the paper."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.delegates.row_delegate import ONE_LINE_HEIGHT
from ui.models.row_list_model import ListRow
from ui.printing.overlay import Overlay
from ui.printing.printers import Printer
from ui.theme.fonts import Role
from ui.widgets.empty_state import EmptyState
from ui.widgets.layouts import column
from ui.widgets.row_list import RowList
from ui.widgets.texts import Text

_MOST_SHOWN, _AROUND_LIST, _EMPTY_HEIGHT = 6, 48, 160


class PrinterPicker(Overlay):
    """Arrows and Enter, or a click, choose a printer."""

    picked = Signal(str)
    """The printer's queue."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner, "プリンター", 320, _EMPTY_HEIGHT)
        self._list = RowList(name="プリンター", indent=12, opens_on_click=True)
        self._list.opened.connect(self._pick)
        self._list.show_when_empty(
            EmptyState("使えるプリンターがありません", "同じ頁を PDF にして保存できます。")
        )
        body = column(self, spacing=4, margins=(4, 10, 4, 4))
        body.addWidget(Text("　プリンター", Role.TABLE, "sub"))
        body.addWidget(self._list, 1)

    def show_printers(self, printers: Sequence[Printer], chosen: str) -> None:
        """Offer these; `chosen` is the queue used so far."""
        self._list.show_entries(
            [
                ListRow(each.queue, each.name, icon="print", right="通常" if each.is_default else "")
                for each in printers
            ]
        )
        self._list.go_to(chosen)
        shown = min(len(printers), _MOST_SHOWN)
        self.set_height(_AROUND_LIST + shown * ONE_LINE_HEIGHT if shown else _EMPTY_HEIGHT)

    def first_field(self) -> QWidget:
        """The list."""
        return self._list

    def _pick(self, queue: str) -> None:
        self.dismiss()
        self.picked.emit(queue)
