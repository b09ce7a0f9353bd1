"""Printing many companies: a file for each, or all in one.

A file appears under its name only when it is whole. Contents are taken from an iterator as they are needed,
so a thousand companies take no more memory than a few.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from hashlib import sha256
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from app.making_way import step_back
from app.reports.content import Minutes, VisitSheet
from app.reports.document import Document
from app.reports.layout import Content, lay_out
from app.reports.output import write, write_to

_COMPANIES_PER_TASK: Final = 10
_TASKS_AHEAD: Final = 2
_WORTH_A_POOL: Final = 30
_LONGEST_NAME: Final = 100
_NOT_IN_FILE_NAMES: Final = str.maketrans('\\/:*?"<>|', "＼／：＊？”＜＞｜", "".join(map(chr, range(32))))

Job = tuple[Path, Sequence[Content]]
"""A file to write, and the documents in it: one company's."""


class Printed(NamedTuple):
    """A file that was written."""

    path: Path
    pages: tuple[int, ...]
    """Of each document in it."""
    digests: tuple[str, ...]
    """SHA-256 of each document as a file of its own."""


class Cancelled(Exception):
    """The person stopped the printing. Files finished before stay; nothing half-written is left."""


def workers_for(company_count: int) -> int:
    """How many processes are worth starting: one for a few companies, else one per core."""
    return 1 if company_count < _WORTH_A_POOL else os.cpu_count() or 1


def print_each(
    contents: Iterable[Content],
    folder: Path,
    *,
    workers: int = 1,
    is_cancelled: Callable[[], bool] = lambda: False,
    on_progress: Callable[[int], None] = lambda count: None,
) -> list[Path]:
    """Write one file per content into `folder` and return their paths in the same order.

    See `print_files`.
    """
    jobs = ((path, (content,)) for path, content in _with_paths(contents, folder))
    printed = print_files(jobs, workers=workers, is_cancelled=is_cancelled, on_progress=on_progress)
    return [file.path for file in printed]


def print_files(
    jobs: Iterable[Job],
    *,
    workers: int = 1,
    is_cancelled: Callable[[], bool] = lambda: False,
    on_progress: Callable[[int], None] = lambda count: None,
) -> Iterator[Printed]:
    """Write a file for each job, and tell of each in the same order when it is there.

    `on_progress` is told how many are finished. Raises Cancelled, and OSError where a file cannot be written.
    """
    tasks = _in_tasks(iter(jobs))
    count = 0
    for finished in _in_processes(tasks, workers) if workers > 1 else map(_print_task, tasks):
        yield from finished
        count += len(finished)
        on_progress(count)
        if is_cancelled():
            raise Cancelled


def print_merged(
    contents: Iterable[Content],
    path: Path,
    *,
    title: str,
    is_cancelled: Callable[[], bool] = lambda: False,
    on_progress: Callable[[int], None] = lambda count: None,
) -> None:
    """Write one file with all contents, each company beginning on a page of its own.

    `on_progress` is told how many are laid out. Raises Cancelled, and OSError where `path` cannot be written.
    """

    def documents() -> Iterator[Document]:
        for count, content in enumerate(contents, 1):
            if is_cancelled():
                raise Cancelled
            yield lay_out(content)
            on_progress(count)

    with _whole_or_nothing(path) as file:
        write_to(file, documents(), title=title)


def file_name(content: Content) -> str:
    """支援経過記録_北国精密株式会社_7000012050002.pdf, without what file systems refuse."""
    return f"{_stem(content)}.pdf"


def _stem(content: Content) -> str:
    visit = f"第{content.visit.number}回" if isinstance(content, Minutes | VisitSheet) else ""
    parts = (content.name, content.company.name, content.company.corporate_number, visit)
    name = "_".join(part for part in parts if part).translate(_NOT_IN_FILE_NAMES)
    return name[:_LONGEST_NAME].rstrip(" .")


def _with_paths(contents: Iterable[Content], folder: Path) -> Iterator[tuple[Path, Content]]:
    """Each content with its path; a second company of the same name gets a number."""
    seen: dict[str, int] = {}
    for content in contents:
        stem = _stem(content)
        seen[stem] = seen.get(stem, 0) + 1
        suffix = f"（{seen[stem]}）" if seen[stem] > 1 else ""
        yield folder / f"{stem}{suffix}.pdf", content


def _in_tasks(jobs: Iterator[Job]) -> Iterator[list[Job]]:
    while task := list(islice(jobs, _COMPANIES_PER_TASK)):
        yield task


def _in_processes(tasks: Iterator[list[Job]], workers: int) -> Iterator[list[Printed]]:
    """Results in order, with a few tasks waiting ahead of the workers."""
    waiting: deque[Future[list[Printed]]] = deque()
    pool = ProcessPoolExecutor(workers, get_context("spawn"), initializer=step_back)
    try:
        for task in tasks:
            waiting.append(pool.submit(_print_task, task))
            if len(waiting) > workers * _TASKS_AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


def _print_task(task: list[Job]) -> list[Printed]:
    return [_print_file(path, [lay_out(content) for content in contents]) for path, contents in task]


def _print_file(path: Path, documents: Sequence[Document]) -> Printed:
    pdf = write(documents, title=documents[0].title)
    with _whole_or_nothing(path) as file:
        file.write(pdf)
    alone = [pdf] if len(documents) == 1 else [write([document]) for document in documents]
    digests = tuple(sha256(each).hexdigest() for each in alone)
    return Printed(path, tuple(len(document.pages) for document in documents), digests)


@contextmanager
def _whole_or_nothing(path: Path) -> Iterator[BinaryIO]:
    """A file that takes its name when it is closed without an error, and otherwise leaves no trace."""
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as file:
            yield file
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
