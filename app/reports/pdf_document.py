"""A PDF document as reportlab numbers its objects, ties them together and writes them.

What reportlab's `Canvas` and fonts are made of, `reportlab.pdfbase.pdfdoc`, is used here without the canvas:
its page objects cost more time than the setting of the text on them (see decision 020). This module and
`embedded_fonts` are the only ones that know reportlab.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple, Protocol

from reportlab.pdfbase.pdfdoc import (
    BasicFonts,
    PDFArray,
    PDFDestinationXYZ,
    PDFDictionary,
    PDFDocument,
    PDFName,
    PDFObjectReference,
    PDFPage,
    PDFPages,
    PDFResourceDictionary,
    PDFStream,
    ViewerPreferencesPDFDictionary,
)

_VERSION: Final = (1, 7)
_FAST: Final = 1
"""Level of deflate: on page content a higher one costs three times the time for 4 % less."""
_CHECKSUM_LENGTH: Final = 4
"""What ends deflated bytes tells them from others: enough for the mark by which readers know a file again."""
_DEFLATED: Final = PDFName("FlateDecode")

Reference = Any
"""What stands in one object for another: a `PDFObjectReference`, which has no type of its own to check."""


class ByteSink(Protocol):
    """Where the bytes go: a file, or `BytesIO`."""

    def write(self, data: bytes, /) -> object:
        """Append `data`."""


class Bookmark(NamedTuple):
    """A line of the reader's list of contents, folded up over its `parts`."""

    title: str
    page: Reference
    y: float
    parts: Sequence[Bookmark] = ()


class PdfDocument:
    """A document being put together. The same calls give the same bytes."""

    def __init__(self, *, width: float, height: float, language: str) -> None:
        """Every page is `width` by `height` points."""
        self._document = PDFDocument(invariant=True, pdfVersion=_VERSION, lang=language)
        self._pages = _AlikePages(PDFArray([0, 0, round(width, 2), round(height, 2)]))
        self._document.Catalog.Pages = self._document.Pages = self._pages
        self._parent = self._document.Reference(self._pages)
        self._show_title()

    def put(self, **entries: object) -> Reference:
        """Add a dictionary."""
        return self._document.Reference(PDFDictionary(entries))

    def put_stream(self, content: bytes, *, repeats_itself: bool = True, **entries: object) -> Reference:
        """Add a stream, deflated at once so that only the short form is kept, with further `entries`.

        Looking for repetitions in outlines of glyphs takes twice the time to save a tenth: skip it there.
        """
        strategy = zlib.Z_DEFAULT_STRATEGY if repeats_itself else zlib.Z_HUFFMAN_ONLY
        packer = zlib.compressobj(_FAST, strategy=strategy)
        packed = packer.compress(content) + packer.flush()
        self._document.updateSignature(packed[-_CHECKSUM_LENGTH:])
        return self._document.Reference(PDFStream(PDFDictionary({"Filter": _DEFLATED, **entries}), packed))

    def add_page(self, content: Reference) -> Reference:
        """Add a page that shows this stream. The first page has the number 1."""
        page = PDFPage()
        page.Override_default_compilation = True
        page.Parent, page.Contents = self._parent, content
        reference = self._document.thisPageRef()
        self._document.addPage(page)
        return reference

    def add_to_page(self, number: int, content: Reference) -> None:
        """Show one more stream on a page that was added before."""
        page = self._pages[number - 1]
        page.Contents = PDFArray([page.Contents, content])

    def name_font(self, name: str, font: Reference) -> None:
        """Let the contents of all pages select `font` by `name`."""
        self._document.idToObject[BasicFonts][name] = font

    def set_bookmarks(self, bookmarks: Iterable[Bookmark]) -> None:
        """The list of contents."""
        tree = [self._branch(bookmark) for bookmark in bookmarks]
        if tree:
            self._document.outline.setDestinations(tree)

    def describe(self, *, title: str, author: str, subject: str, creator: str, at: datetime) -> None:
        """What the reader shows as the properties of the file; `at` is when it was made and last changed."""
        date = _date_string(at)
        self._document.setTitle(title)
        self._document.setAuthor(author)
        self._document.setSubject(subject)
        self._document.setCreator(creator)
        self._document.setDateFormatter(lambda *_: date)

    def write_to(self, sink: ByteSink) -> None:
        """Write the whole file."""
        sink.write(self._document.GetPDFData(canvas=None))

    def _show_title(self) -> None:
        """Let the reader's window bear the title instead of the name of the file."""
        preferences = ViewerPreferencesPDFDictionary()
        preferences["DisplayDocTitle"] = "true"
        self._document.Catalog.ViewerPreferences = preferences

    def _branch(self, bookmark: Bookmark) -> object:
        """One entry as `PDFOutlines` wants it: a name with its place, and what is below."""
        outline = self._document.outline
        name = str(len(outline.destinationnamestotitles))
        place = PDFDestinationXYZ(bookmark.page, b"0", b"%.2f" % bookmark.y, b"null")
        outline.destinationnamestotitles[name] = bookmark.title
        outline.closedict[place] = 1
        parts = [self._branch(part) for part in bookmark.parts]
        return ({name: place}, parts) if parts else {name: place}


class _AlikePages(PDFPages):  # type: ignore[misc]  # reportlab has no types
    """The tree of pages, with what all of them have in common."""

    __NoDefault__ = (*PDFPages.__NoDefault__, "MediaBox", "Resources")

    def __init__(self, media_box: PDFArray) -> None:
        super().__init__()
        self.MediaBox = media_box
        self.Resources = PDFResourceDictionary(Font=PDFObjectReference(BasicFonts))


def _date_string(moment: datetime) -> str:
    """`moment` as a PDF date with its offset from UTC. A moment without a zone is written without one."""
    digits = f"D:{moment:%Y%m%d%H%M%S}"
    offset = moment.utcoffset()
    if offset is None:
        return digits
    minutes = round(offset.total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"{digits}{'-' if minutes < 0 else '+'}{hours:02d}'{rest:02d}'"
