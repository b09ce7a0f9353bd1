"""Attached files as the tab 資料 shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.terms import Confidentiality


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """One attached file. `size` in bytes; `added_at` aware; `picture` is its small picture, empty for none.

    `is_here`: its content can be shown at once. `is_coming`: it was asked for. `visit_on` is the day of the
    面談 it belongs to. `level` is its own 取扱, None where it follows the company.
    """

    id: str
    company_id: str
    name: str
    note: str
    size: int
    media_type: str
    added_at: datetime | None
    support_session_id: str | None
    visit_on: date | None
    level: Confidentiality | None
    is_here: bool
    is_coming: bool
    is_erased: bool
    picture: bytes

    @property
    def is_picture(self) -> bool:
        """Whether it is a photo or drawing."""
        return self.media_type.startswith("image/")


@dataclass(frozen=True, slots=True)
class FilesSheet:
    """All files of a company, newest first; its 面談 as (id, day), newest first; the company's 取扱."""

    rows: tuple[AttachmentRow, ...]
    visits: tuple[tuple[str, date], ...]
    level: Confidentiality

    @property
    def away(self) -> FilesAway:
        """What is not on this device and was not erased."""
        rows = [each for each in self.rows if not each.is_here and not each.is_erased]
        return FilesAway(tuple(each.id for each in rows), sum(each.size for each in rows))


@dataclass(frozen=True, slots=True)
class FilesAdded:
    """What adding files brought: ids of the records, and the cases of files that were left out."""

    ids: tuple[str, ...]
    too_large: int = 0
    unreadable: int = 0


@dataclass(frozen=True, slots=True)
class FilesAway:
    """Files of a company that are not on this device: their ids, and bytes to fetch."""

    ids: tuple[str, ...]
    size: int
