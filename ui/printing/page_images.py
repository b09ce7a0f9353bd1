"""Pictures of the pages of a print for the window: drawn when they are wanted, what is in view first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from ui.printing.page_thread import page_thread
from ui.printing.pdf_pages import A4, PdfPages
from ui.tasks import Ticket

_MOST_BYTES = 96 * 2**20
_MOST_WAITING = 60

_Key = tuple[int, int]
"""Page and width in pixels."""


class PageImages(QObject):
    """Holds the files shown and as many pictures as fit into some memory."""

    opened = Signal()
    """Other files are there: `count` and `page_size` are new."""
    drawn = Signal(int)
    """A picture of this page is there."""
    failed = Signal(object)
    """The exception with which PDFium refused a file."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pages: PdfPages | None = None
        self._opening: PdfPages | None = None
        self._pictures: OrderedDict[_Key, QImage] = OrderedDict()
        self._wanted: OrderedDict[_Key, None] = OrderedDict()
        self._ticket: Ticket | None = None
        self.count = 0
        self.page_size = A4

    def show_files(self, pdfs: Sequence[bytes]) -> None:
        """Take other files; the pictures of those before stay until these are open."""
        self._stop()
        self._opening = PdfPages(tuple(pdfs))
        self._ticket = page_thread().run(partial(_open, self._opening), self._take, self._failed)

    def show_nothing(self) -> None:
        """Forget files and pictures."""
        self._stop()
        self._take(None)

    def picture(self, number: int, width: int) -> QImage | None:
        """The page `width` pixels wide; until it is drawn, a picture of another width or None."""
        key = (number, width)
        found = self._pictures.get(key)
        if found is not None:
            self._pictures.move_to_end(key)
            return found
        self._wanted[key] = None
        self._wanted.move_to_end(key)
        if len(self._wanted) > _MOST_WAITING:
            self._wanted.popitem(last=False)
        self._draw_next()
        return self._of_another_width(number)

    @property
    def is_at_rest(self) -> bool:
        """Whether everything asked for is drawn."""
        return self._ticket is None and not self._wanted

    def _take(self, pages: PdfPages | None) -> None:
        self._ticket = self._opening = None
        _let_go(self._pages)
        self._pages = pages
        self._pictures.clear()
        self._wanted.clear()
        self.count = pages.count if pages else 0
        self.page_size = pages.size if pages else A4
        self.opened.emit()

    def _draw_next(self) -> None:
        if self._ticket is not None or self._pages is None or not self._wanted:
            return
        # Pages before thumbnails, and of those what was asked for last: it is in view now.
        number, width = max(reversed(self._wanted), key=lambda key: key[1])
        work = partial(_draw, self._pages, (number, width))
        self._ticket = page_thread().run(work, self._drawn, self._failed)

    def _drawn(self, made: tuple[_Key, QImage]) -> None:
        key, picture = made
        self._ticket = None
        self._wanted.pop(key, None)
        self._pictures[key] = picture
        held = sum(each.sizeInBytes() for each in self._pictures.values())
        while held > _MOST_BYTES and len(self._pictures) > 1:
            held -= self._pictures.popitem(last=False)[1].sizeInBytes()
        self.drawn.emit(key[0])
        self._draw_next()

    def _failed(self, fault: Exception) -> None:
        self._ticket = None
        self._wanted.clear()
        self.failed.emit(fault)

    def _of_another_width(self, number: int) -> QImage | None:
        drawn = [picture for key, picture in self._pictures.items() if key[0] == number]
        return max(drawn, key=QImage.width, default=None)

    def _stop(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
        _let_go(self._opening)
        self._ticket = self._opening = None
        self._wanted.clear()


def _let_go(pages: PdfPages | None) -> None:
    if pages is not None:
        page_thread().run(partial(_close, pages))


def _open(pages: PdfPages, ticket: Ticket) -> PdfPages:
    if not ticket.cancelled:
        pages.open()
    return pages


def _draw(pages: PdfPages, key: _Key, ticket: Ticket) -> tuple[_Key, QImage]:
    return key, QImage() if ticket.cancelled else pages.picture(*key)


def _close(pages: PdfPages, _ticket: Ticket) -> None:
    pages.close()
