"""Printing company by company: what is handed to the processes that write, and what is kept of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from app.reports.batch import Job, Printed
from app.reports.layout import Content
from app.reports.preflight import Unprintable, unprintable
from app.rows.printed_batch import PrintedBatch
from app.rows.printing import LeftOut
from app.services.printed_files import file_name, free_path


class PrintBatch:
    """Gathers what is to be told of a batch while its companies come and go."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._company_ids: dict[Path, str] = {}
        self._printed: list[Printed] = []
        self._unprintable: list[Unprintable] = []
        self._left_out = LeftOut()
        self._empty: list[str] = []

    def job(self, company_id: str, said: Sequence[Content], left_out: LeftOut) -> Iterator[Job]:
        """The file of one company; none where nothing of it may leave."""
        self._left_out += left_out
        if not said:
            self._empty.append(company_id)
            return
        self._unprintable += unprintable_of(said, with_company=True)
        path = free_path(self._folder / f"{file_name(said)}.pdf", self._company_ids)
        self._company_ids[path] = company_id
        yield path, said

    def finished(self, printed: Printed) -> None:
        """The file is there."""
        self._printed.append(printed)

    def issued(self) -> Iterator[tuple[str, int, str]]:
        """Company, pages and SHA-256 of each document that is there."""
        for printed in self._printed:
            for pages, digest in zip(printed.pages, printed.digests, strict=True):
                yield self._company_ids[printed.path], pages, digest

    def told(self) -> PrintedBatch:
        """What came of it."""
        return PrintedBatch(
            tuple(printed.path for printed in self._printed),
            sum(sum(printed.pages) for printed in self._printed),
            tuple(self._unprintable),
            self._left_out,
            tuple(self._empty),
        )


def unprintable_of(said: Sequence[Content], *, with_company: bool) -> list[Unprintable]:
    """The check before printing, its places with the company's name where there are several."""
    return [
        replace(found, place=f"{found.place}・{each.company.name}") if with_company else found
        for each in said
        for found in unprintable(each)
    ]
