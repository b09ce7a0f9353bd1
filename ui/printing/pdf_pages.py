"""PDF files held in memory as one row of pages. They are opened, drawn and closed on the page thread."""

from __future__ import annotations

from collections.abc import Sequence
from threading import RLock
from typing import TYPE_CHECKING

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

POINTS_PER_INCH = 72
A4 = QSizeF(595.28, 841.89)
"""In points."""
_UNDER_ONE_PIXEL = 0.01

PDFIUM = RLock()
"""Held by whoever is in PDFium: it keeps tables for the whole process and knows one thread only."""


class PdfPages:
    """The pages of several files, counted from 0, all of one `size` in points. No file touches the disk."""

    def __init__(self, pdfs: Sequence[bytes]) -> None:
        """Made on any thread; nothing is opened yet."""
        self._pdfs = pdfs
        self._documents: list[PdfDocument] = []
        self._places: list[tuple[PdfDocument, int]] = []
        self.size = A4

    def open(self) -> None:
        """Open the files. Raises pypdfium2.PdfiumError for what is not PDF."""
        # Not before a page is wanted: PDFium takes several MB, and many days go by without a print.
        from pypdfium2 import PdfDocument

        with PDFIUM:
            for pdf in self._pdfs:
                document = PdfDocument(pdf)
                self._documents.append(document)
                self._places += [(document, number) for number in range(len(document))]
            self.size = QSizeF(*self._documents[0].get_page_size(0))

    @property
    def count(self) -> int:
        """Pages of all files."""
        return len(self._places)

    def picture(self, number: int, width: int, *, grey: bool = False) -> QImage:
        """A page drawn `width` pixels wide, black on white."""
        with PDFIUM:
            return self._picture(number, width, grey=grey)

    def _picture(self, number: int, width: int, *, grey: bool) -> QImage:
        document, place = self._places[number]
        page = document[place]
        # PDFium rounds lengths up, so exactly `width` might come out one pixel wider.
        scale = (width - _UNDER_ONE_PIXEL) / page.get_width()
        bitmap = page.render(scale=scale, prefer_bgrx=not grey, grayscale=grey)
        shape = QImage.Format.Format_Grayscale8 if grey else QImage.Format.Format_RGB32
        shared = QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, shape)
        picture = shared.copy()
        # Closed here: left to the garbage collector they would be closed on some other thread.
        bitmap.close()
        page.close()
        return picture

    def close(self) -> None:
        """Let go of the files."""
        with PDFIUM:
            for document in self._documents:
                document.close()
        self._documents.clear()
        self._places.clear()
