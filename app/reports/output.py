"""Laid out documents as the bytes of a PDF file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from app.reports.document import Document
from app.reports.embedded_fonts import EmbeddedFonts
from app.reports.operators import page_content
from app.reports.page_kit import paper
from app.reports.page_kit.frame import PageNumber, framed
from app.reports.page_kit.ink import Page
from app.reports.pdf_file import ByteSink, PdfFile, date_string, text_string

PRODUCT: Final = "伴走カルテ"
_LANGUAGE: Final = "ja-JP"


def write(documents: Sequence[Document], *, title: str = "") -> bytes:
    """One PDF file with all `documents` (at least one), each beginning on a page of its own.

    `title` names the file; a single document needs none. The same documents give the same bytes.
    """
    sink = BytesIO()
    write_to(sink, documents, title=title, page_count=sum(len(document.pages) for document in documents))
    return sink.getvalue()


def write_to(sink: ByteSink, documents: Iterable[Document], *, title: str, page_count: int) -> None:
    """Like `write`, but taking the documents one by one, so that only one is in memory at a time.

    `page_count` is the sum of their pages, which the foot of the first page already tells.
    """
    file = _FileBeingWritten(sink, title, page_count)
    for document in documents:
        file.add(document)
    file.finish()


def numbered_pages(document: Document, before: int = 0, whole: int = 0) -> Iterator[Page]:
    """The pages of `document` with their frames.

    `before` pages of `whole` stand in the file ahead of it; without other documents there are none.
    """
    count = len(document.pages)
    for number, page in enumerate(document.pages, 1):
        of_file = (before + number, whole) if whole > count else None
        yield framed(document, page, PageNumber((number, count), of_file))


@dataclass(frozen=True, slots=True)
class _OutlineEntry:
    title: str
    page: int
    y: float
    parts: list[_OutlineEntry]


class _FileBeingWritten:
    """The objects that tie the pages together."""

    def __init__(self, sink: ByteSink, title: str, page_count: int) -> None:
        self._pdf = PdfFile(sink)
        self._fonts = EmbeddedFonts()
        self._tree = self._pdf.reserve()
        self._resources = self._pdf.reserve()
        self._title = title
        self._page_count = page_count
        self._pages: list[int] = []
        self._outline: list[_OutlineEntry] = []
        self._first: Document | None = None

    def add(self, document: Document) -> None:
        entry = _OutlineEntry(document.title, len(self._pages), paper.HEIGHT, [])
        self._outline.append(entry)
        self._first = self._first or document
        for page in numbered_pages(document, len(self._pages), self._page_count):
            entry.parts.extend(
                _OutlineEntry(mark.title, len(self._pages), mark.y, []) for mark in page.bookmarks
            )
            self._add_page(page)

    def _add_page(self, page: Page) -> None:
        content = self._pdf.put_stream(page_content(page, self._fonts))
        self._pages.append(self._pdf.put(f"<</Type/Page/Parent {self._tree} 0 R/Contents {content} 0 R>>"))

    def finish(self) -> None:
        """Write what only the end knows. Raises ValueError when no document was added."""
        if self._first is None:
            raise ValueError("a file needs at least one document")
        pdf = self._pdf
        pdf.put(f"<</Font{self._fonts.write(pdf)}>>", self._resources)
        kids = " ".join(f"{page} 0 R" for page in self._pages)
        pdf.put(
            f"<</Type/Pages/Count {len(self._pages)}/Kids[{kids}]/Resources {self._resources} 0 R"
            f"/MediaBox[0 0 {paper.WIDTH:.2f} {paper.HEIGHT:.2f}]>>",
            self._tree,
        )
        outline = self._write_outline()
        catalog = pdf.put(
            f"<</Type/Catalog/Pages {self._tree} 0 R/Outlines {outline} 0 R/Lang({_LANGUAGE})"
            "/ViewerPreferences<</DisplayDocTitle true>>>>"
        )
        pdf.finish(catalog, self._write_information(self._first))

    def _write_information(self, document: Document) -> int:
        moment = date_string(document.imprint.printed_at)
        texts = {
            "Title": self._title or document.title,
            "Author": document.imprint.team,
            "Subject": f"{document.name}（{document.imprint.confidentiality.term}）",
            "Creator": PRODUCT,
            "Producer": PRODUCT,
        }
        entries = "".join(f"/{key}{text_string(text)}" for key, text in texts.items())
        return self._pdf.put(f"<<{entries}/CreationDate{moment}/ModDate{moment}>>")

    def _write_outline(self) -> int:
        root = self._pdf.reserve()
        entries = self._outline if len(self._outline) > 1 else self._outline[0].parts
        body = self._write_entries(entries, root)
        self._pdf.put(f"<</Type/Outlines{body}>>", root)
        return root

    def _write_entries(self, entries: Sequence[_OutlineEntry], parent: int, sign: str = "") -> str:
        """Write one level of the outline; returns what its parent says of it (`sign` - for folded up)."""
        if not entries:
            return ""
        numbers = [self._pdf.reserve() for _ in entries]
        for place, entry in enumerate(entries):
            before = f"/Prev {numbers[place - 1]} 0 R" if place else ""
            after = f"/Next {numbers[place + 1]} 0 R" if place + 1 < len(entries) else ""
            parts = self._write_entries(entry.parts, numbers[place], sign="-")
            self._pdf.put(
                f"<</Title{text_string(entry.title)}/Parent {parent} 0 R{before}{after}{parts}"
                f"/Dest[{self._pages[entry.page]} 0 R/XYZ 0 {entry.y:.2f} null]>>",
                numbers[place],
            )
        return f"/First {numbers[0]} 0 R/Last {numbers[-1]} 0 R/Count {sign}{len(entries)}"
