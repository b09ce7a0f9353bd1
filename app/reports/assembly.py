"""What ties the pages of one PDF file together: contents, fonts, list of contents, properties."""

from __future__ import annotations

from typing import Final

from app.making_way import COURTESY
from app.reports.document import Document
from app.reports.embedded_fonts import EmbeddedFonts
from app.reports.operators import page_content
from app.reports.page_kit import paper
from app.reports.page_kit.frame import Framer, number_in_file
from app.reports.page_kit.ink import Page
from app.reports.pdf_document import Bookmark, ByteSink, PdfDocument, Reference

PRODUCT: Final = "伴走カルテ"
_LANGUAGE: Final = "ja-JP"


class Assembly:
    """The document being put together, and what ties its pages to each other."""

    def __init__(self, title: str) -> None:
        self._pdf = PdfDocument(width=paper.WIDTH, height=paper.HEIGHT, language=_LANGUAGE)
        self._fonts = EmbeddedFonts()
        self._title = title
        self._page_count = 0
        self._bookmarks: list[Bookmark] = []
        self._first: Document | None = None

    def add(self, document: Document) -> None:
        """Add all its pages."""
        self._first = self._first or document
        framer = Framer(document)
        pages = [framer.framed(number) for number in range(1, len(document.pages) + 1)]
        references = [self._pdf.add_page(self._content(page)) for page in pages]
        parts = [
            Bookmark(mark.title, reference, mark.y)
            for page, reference in zip(pages, references, strict=True)
            for mark in page.bookmarks
        ]
        self._bookmarks.append(Bookmark(document.title, references[0], paper.HEIGHT, parts))
        self._page_count += len(pages)

    def write_to(self, sink: ByteSink) -> None:
        """Add what only the end knows, and write. Raises ValueError when no document was added."""
        if self._first is None:
            raise ValueError("a file needs at least one document")
        if len(self._bookmarks) > 1:
            self._number_in_file()
        self._fonts.add_to(self._pdf)
        self._pdf.set_bookmarks(self._bookmarks if len(self._bookmarks) > 1 else self._bookmarks[0].parts)
        self._describe(self._first)
        self._pdf.write_to(sink)

    def _content(self, page: Page) -> Reference:
        COURTESY.make_way()
        return self._pdf.put_stream(page_content(page, self._fonts))

    def _number_in_file(self) -> None:
        for number in range(1, self._page_count + 1):
            self._pdf.add_to_page(number, self._content(number_in_file(number, self._page_count)))

    def _describe(self, document: Document) -> None:
        self._pdf.describe(
            title=self._title or document.title,
            author=document.imprint.team,
            subject=f"{document.name}（{document.imprint.confidentiality.term}）",
            creator=PRODUCT,
            at=document.imprint.printed_at,
        )
