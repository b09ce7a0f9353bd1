"""Reading finished files with other people's programs."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pypdfium2


def page_texts(pdf: bytes) -> list[str]:
    """The text of each page as PDFium copies it."""
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def opened(pdf: bytes) -> pikepdf.Pdf:
    """The file's objects; a broken file raises."""
    return pikepdf.open(BytesIO(pdf))


def without_spaces(text: str) -> str:
    """`text` as one run of characters, since a reader decides itself where lines end."""
    return "".join(text.split())
