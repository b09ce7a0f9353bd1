"""Plain text that a person chose to put into a file of their own."""

from __future__ import annotations

from pathlib import Path

from app.durable_files import write_durably
from app.errors import outside_fault


def write_text(path: Path, text: str) -> None:
    """Write or replace the file. Raises what a refused write is."""
    try:
        write_durably(path, text.encode())
    except OSError as refused:
        raise outside_fault(refused) from refused
