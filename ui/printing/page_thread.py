"""The one thread on which PDFium works, since it may be entered by one thread only."""

from __future__ import annotations

from functools import cache

from ui.tasks import TaskRunner


@cache
def page_thread() -> TaskRunner:
    """Runs work that opens, draws or closes PDF pages, one piece after the other; never pass `side`."""
    return TaskRunner()
