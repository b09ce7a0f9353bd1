"""Reading PDF files in tests."""

import pypdfium2
from PySide6.QtGui import QImage

from ui.printing.pdf_pages import PDFIUM, PdfPages


def text_of(pdf: bytes) -> str:
    """All text, without spaces and line ends."""
    with PDFIUM:
        return _text_of(pdf)


def _text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = []
        for page in document:
            text = page.get_textpage()
            pages.append("".join(text.get_text_bounded().split()))
            text.close()
            page.close()
        return "".join(pages)
    finally:
        document.close()


def page_count(pdf: bytes) -> int:
    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return len(document)
        finally:
            document.close()


def pictures_of(pdf: bytes, width: int) -> list[QImage]:
    """Every page of a file, drawn anew."""
    pages = PdfPages([pdf])
    pages.open()
    try:
        return [pages.picture(number, width) for number in range(pages.count)]
    finally:
        pages.close()
