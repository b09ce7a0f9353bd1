"""The attached files of the practice region, from `resources/samples/files`."""

from __future__ import annotations

from datetime import timedelta
from importlib.resources import as_file, files

from app.services.attachments import AttachmentService
from app.services.blob_files import BlobFiles
from app.services.practice import PracticeClock
from app.services.practice_files import Table, read_companies
from app.workplace import Workplace
from db.reading import Found

_AFTER_THE_LAST_ACT = timedelta(minutes=1)


def attach_samples(place: Workplace, clock: PracticeClock) -> None:
    """Take the files of all companies in, after everything else of the region was written."""
    attachments = AttachmentService(place, BlobFiles.beside(place.store.path))
    for table in read_companies():
        for sample in table.get("files", ()):
            clock.moment += _AFTER_THE_LAST_ACT
            _attach(place, attachments, table, sample)


def _attach(place: Workplace, attachments: AttachmentService, table: Table, sample: Table) -> None:
    with place.reading() as reading:
        (company,) = reading.records("company", name=table["name"])
        visits = reading.records("support_session", company_id=company["id"], order=("starts_at",))
    with as_file(files("resources") / "samples" / "files" / sample["file"]) as path:
        added = attachments.add(company["id"], [path], _visit_id(table, sample, visits))
    words = {column: sample[column] for column in ("name", "note") if column in sample}
    attachments.change(added.ids[0], words)


def _visit_id(table: Table, sample: Table, visits: list[Found]) -> str | None:
    """The visit that the file names by its key, which counts as the sample file lists them."""
    keys = [visit["key"] for visit in table["visits"]]
    return visits[keys.index(sample["visit"])]["id"] if "visit" in sample else None
