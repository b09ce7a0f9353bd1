"""A backup as a row: when it was made, and its size."""

from __future__ import annotations

from app.clock import JAPAN
from app.domain.calendar import western_moment
from app.services.backups import BackupRow
from ui.models.row_list_model import ListRow

_KILOBYTE, _MEGABYTE = 1_000, 1_000_000


def backup_entry(backup: BackupRow) -> ListRow:
    """「2026/07/22(水) 09:12 の控え … 3.4MB」; its key is the name of the file."""
    made_at = backup.made_at.astimezone(JAPAN)
    words = f"{western_moment(made_at)} の控え"
    return ListRow(backup.path.name, words, icon="device", right=size_words(backup.size))


def size_words(size: int) -> str:
    """Bytes as MB with one decimal, small files as KB."""
    if size < _MEGABYTE:
        return f"{max(1, round(size / _KILOBYTE))}KB"
    return f"{size / _MEGABYTE:.1f}MB"
