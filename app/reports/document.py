"""A laid out document: its pages without the frame, and what the frame says."""

from __future__ import annotations

from dataclasses import dataclass

from app.reports.content import Company, Imprint
from app.reports.page_kit.ink import Page


@dataclass(frozen=True, slots=True)
class Document:
    """One printed thing about one company. Header, footer and n / N are added when it is written."""

    name: str
    """文書名, such as 支援経過記録."""
    company: Company
    imprint: Imprint
    pages: tuple[Page, ...]

    @property
    def title(self) -> str:
        """Name of the document and the company, for the list of contents and the file's title."""
        return f"{self.name}　{self.company.name}"
