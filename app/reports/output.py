"""Laid out documents as the bytes of a PDF file."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING

from app.reports.document import Document

if TYPE_CHECKING:
    from app.reports.pdf_document import ByteSink


def write(documents: Iterable[Document], *, title: str = "") -> bytes:
    """One PDF file with all `documents` (at least one), each beginning on a page of its own.

    `title` names the file; a single document needs none. The same documents give the same bytes.
    """
    sink = BytesIO()
    write_to(sink, documents, title=title)
    return sink.getvalue()


def write_to(sink: ByteSink, documents: Iterable[Document], *, title: str = "") -> None:
    """Like `write`, into a file. Documents are taken one by one; of each its compressed pages are kept."""
    # reportlab takes 20 to 50 ms to load, which a window that starts need not wait for.
    from app.reports.assembly import Assembly

    file = Assembly(title)
    for document in documents:
        file.add(document)
    file.write_to(sink)
