"""Laid out documents as the bytes of a PDF file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from app.reports.document import Document
from app.reports.embedded_fonts import EmbeddedFonts
from app.reports.operators import page_content
from app.reports.page_kit import paper
from app.reports.page_kit.frame import Framer, number_in_file
from app.reports.page_kit.ink import Page
from app.reports.pdf_file import ByteSink, PdfFile, date_string, text_string

PRODUCT: Final = "伴走カルテ"
_LANGUAGE: Final = "ja-JP"


def write(documents: Iterable[Document], *, title: str = "") -> bytes:
    """One PDF file with all `documents` (at least one), each beginning on a page of its own.

    `title` names the file; a single document needs none. The same documents give the same bytes.
    """
    sink = BytesIO()
    write_to(sink, documents, title=title)
    return sink.getvalue()


def write_to(sink: ByteSink, documents: Iterable[Document], *, title: str = "") -> None:
    """Like `write`, straight into a file. Documents are taken one by one and not kept."""
    file = _FileBeingWritten(sink, title)
    for document in documents:
        file.add(document)
    file.finish()


@dataclass(frozen=True, slots=True)
class _OutlineEntry:
    title: str
    page: int
    y: float
    parts: list[_OutlineEntry]


@dataclass(slots=True)
class _WrittenPage:
    number: int
    """Of the page object."""
    contents: list[int]


class _FileBeingWritten:
    """The objects that tie the pages together."""

    def __init__(self, sink: ByteSink, title: str) -> None:
        self._pdf = PdfFile(sink)
        self._fonts = EmbeddedFonts()
        self._tree = self._pdf.reserve()
        self._title = title
        self._pages: list[_WrittenPage] = []
        self._outline: list[_OutlineEntry] = []
        self._first: Document | None = None

    def add(self, document: Document) -> None:
        """Write the content of all its pages."""
        entry = _OutlineEntry(document.title, len(self._pages), paper.HEIGHT, [])
        self._outline.append(entry)
        self._first = self._first or document
        framer = Framer(document)
        for number in range(1, len(document.pages) + 1):
            page = framer.framed(number)
            at = len(self._pages)
            entry.parts.extend(_OutlineEntry(mark.title, at, mark.y, []) for mark in page.bookmarks)
            self._pages.append(_WrittenPage(self._pdf.reserve(), [self._content(page)]))

    def finish(self) -> None:
        """Write what only the end knows. Raises ValueError when no document was added."""
        if self._first is None:
            raise ValueError("a file needs at least one document")
        if len(self._outline) > 1:
            self._number_in_file()
        self._write_tree()
        outline = self._write_outline()
        catalog = self._pdf.put(
            f"<</Type/Catalog/Pages {self._tree} 0 R/Outlines {outline} 0 R/Lang({_LANGUAGE})"
            "/ViewerPreferences<</DisplayDocTitle true>>>>"
        )
        self._pdf.finish(catalog, self._write_information(self._first))

    def _content(self, page: Page) -> int:
        return self._pdf.put_stream(page_content(page, self._fonts))

    def _number_in_file(self) -> None:
        count = len(self._pages)
        for number, page in enumerate(self._pages, 1):
            page.contents.append(self._content(number_in_file(number, count)))

    def _write_tree(self) -> None:
        pdf = self._pdf
        for page in self._pages:
            contents = " ".join(f"{content} 0 R" for content in page.contents)
            pdf.put(f"<</Type/Page/Parent {self._tree} 0 R/Contents[{contents}]>>", page.number)
        kids = " ".join(f"{page.number} 0 R" for page in self._pages)
        pdf.put(
            f"<</Type/Pages/Count {len(self._pages)}/Kids[{kids}]"
            f"/Resources<</Font{self._fonts.write(pdf)}>>"
            f"/MediaBox[0 0 {paper.WIDTH:.2f} {paper.HEIGHT:.2f}]>>",
            self._tree,
        )

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
                f"/Dest[{self._pages[entry.page].number} 0 R/XYZ 0 {entry.y:.2f} null]>>",
                numbers[place],
            )
        return f"/First {numbers[0]} 0 R/Last {numbers[-1]} 0 R/Count {sign}{len(entries)}"
