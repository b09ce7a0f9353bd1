"""Where Tab goes in the window: through its parts in reading order, and to everything in them.

Qt's own way stops at a screen that hands its focus on to one of its lists, and so jumps over what stands
before that list. It also comes last to what was made last, such as the buttons of another title line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from ui.widgets.sight import bring_into_sight


def go_on(window: QWidget, parts: Sequence[QWidget], rows: Sequence[QWidget], *, forward: bool) -> bool:
    """Move the focus to the next stop, or back; tells whether there is one.

    `parts` are the parts of the window in reading order, `rows` those of them that read from left to right.
    """
    here = window.focusWidget()
    order = sorted(_stops(window, here), key=lambda widget: _place(widget, window, parts, rows))
    if not order or order == [here]:
        return False
    at = order.index(here) if here in order else -1 if forward else 0
    target = order[(at + (1 if forward else -1)) % len(order)]
    target.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    bring_into_sight(target)
    return True


def _stops(window: QWidget, here: QWidget | None) -> Iterator[QWidget]:
    widget = window.nextInFocusChain()
    while widget is not None and widget is not window:
        if widget is here or _takes_focus(widget, window):
            yield widget
        widget = widget.nextInFocusChain()


def _takes_focus(widget: QWidget, window: QWidget) -> bool:
    # Most widgets belong to screens that are not in front: asked first, for it costs least.
    if not widget.isVisible() or not widget.isEnabled():
        return False
    wants = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
    return wants and widget.window() is window


def _place(
    widget: QWidget, window: QWidget, parts: Sequence[QWidget], rows: Sequence[QWidget]
) -> tuple[int, int]:
    number = next((n for n, part in enumerate(parts) if part.isAncestorOf(widget)), len(parts))
    in_row = number < len(parts) and parts[number] in rows
    return number, widget.mapTo(window, QPoint(0, 0)).x() if in_row else 0
