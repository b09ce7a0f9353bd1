"""Laid out documents as files: what they hold, their names, and putting them onto the disk."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from pathlib import Path

from app.errors import FileInTheWay, outside_fault
from app.reports.document import Document
from app.reports.layout import Content
from app.reports.output import write
from app.rows.printing import Prepared, PrintedFile

_NOT_IN_FILE_NAMES = str.maketrans(dict.fromkeys('\\/:*?"<>|', "＿") | dict.fromkeys(map(chr, range(32)), ""))


def composed(prepared: Prepared, *, one_each: bool) -> tuple[PrintedFile, ...]:
    """The files of a print: one with everything, or one for each company."""
    if one_each:
        return tuple(_file(documents, documents[0].title) for documents in _by_company(prepared))
    return (_file(prepared.documents, prepared.request.kind.term),)


def put_files(files: Sequence[PrintedFile], out: Path) -> tuple[Path, ...]:
    """Write one file to the path `out`, or several into the folder `out`; return the paths.

    `out` is a folder when it is one or has no .pdf ending; no file in it is replaced. Files appear whole or
    not at all. Raises FileInTheWay and what a refused write is.
    """
    try:
        if len(files) == 1 and out.suffix.lower() == ".pdf" and not out.is_dir():
            return (_put(out, files[0].pdf),)
        out.mkdir(parents=True, exist_ok=True)
        return tuple(_put(free_path(out / f"{file.name}.pdf"), file.pdf) for file in files)
    except OSError as refused:
        raise outside_fault(refused) from refused


def file_name(documents: Sequence[Document | Content]) -> str:
    """A name for a file: what it is, of whom, at which 取扱, which day."""
    document = documents[0]
    companies = {each.company.name for each in documents}
    whose = document.company.name if len(companies) == 1 else f"{len(companies)}社"
    day = document.imprint.printed_at.strftime("%Y%m%d")
    words = (document.name, whose, document.imprint.confidentiality.term, day)
    return "_".join(fit_for_a_file(word) for word in words)


def fit_for_a_file(word: str) -> str:
    """A word that every system takes as a part of a file's name."""
    return word.translate(_NOT_IN_FILE_NAMES)


def _file(documents: Sequence[Document], title: str) -> PrintedFile:
    pages = sum(len(document.pages) for document in documents)
    return PrintedFile(file_name(documents), write(documents, title=title), pages)


def _by_company(prepared: Prepared) -> Iterator[Sequence[Document]]:
    gathered: dict[str, list[Document]] = {}
    for company_id, document in zip(prepared.company_ids, prepared.documents, strict=True):
        gathered.setdefault(company_id, []).append(document)
    yield from gathered.values()


def _put(path: Path, pdf: bytes) -> Path:
    unfinished = path.with_name(path.name + ".part")
    try:
        unfinished.write_bytes(pdf)
        unfinished.replace(path)
    except PermissionError as refused:
        # Windows refuses to replace a file that another program shows.
        if path.exists():
            raise FileInTheWay from refused
        raise
    finally:
        unfinished.unlink(missing_ok=True)
    return path


def free_path(path: Path, taken: Container[Path] = ()) -> Path:
    """The path, or one with a number where two companies have one name; `taken` are about to be written."""
    number, free = 1, path
    while free in taken or free.exists():
        number += 1
        free = path.with_name(f"{path.stem}_{number}{path.suffix}")
    return free
