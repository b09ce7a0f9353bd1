"""Reading finished files with other people's programs."""

from __future__ import annotations

from ctypes import c_double
from io import BytesIO

import pikepdf
import pypdfium2
from pypdfium2 import raw


def page_texts(pdf: bytes) -> list[str]:
    """The text of each page as PDFium copies it."""
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def starts_of(pdf: bytes, needle: str) -> list[float]:
    """Where each character of `needle` starts on the first page, in points from the left edge."""
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    try:
        page = document[0].get_textpage()
        count = page.count_chars()
        text = "".join(chr(raw.FPDFText_GetUnicode(page, index)) for index in range(count))
        at = text.index(needle)
        return [_start(page, index) for index in range(at, at + len(needle))]
    finally:
        document.close()


def _start(page: pypdfium2.PdfTextPage, index: int) -> float:
    x, y = c_double(), c_double()
    raw.FPDFText_GetCharOrigin(page, index, x, y)
    return x.value


def opened(pdf: bytes) -> pikepdf.Pdf:
    """The file's objects; a broken file raises."""
    return pikepdf.open(BytesIO(pdf))


def without_spaces(text: str) -> str:
    """`text` as one run of characters, since a reader decides itself where lines end."""
    return "".join(text.split())
