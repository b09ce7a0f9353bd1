"""The columns of the list of files of one company."""

from __future__ import annotations

from pathlib import PurePath

from app.clock import JAPAN
from app.domain.calendar import western
from app.domain.sizes import size_words
from app.rows.attachments import AttachmentRow
from ui.models.row_table_model import Cell, Column
from ui.screens.company.files.pictures import shown_small
from ui.theme.paint import State

_HERE, _AWAY = State("ok", "あり"), State("info", "取り寄せ前")
_COMING, _ERASED = State("warn", "取り寄せ中"), State("danger", "完全に消去")


def file_columns() -> tuple[Column[AttachmentRow], ...]:
    """Picture, name with its words, visit, size, day, and whether it is on this device."""
    return (
        Column("picture", "", cell=_picture, width=84),
        Column("name", "名前", cell=lambda row: Cell(row.name, quiet=row.note)),
        Column("visit", "面談", text=_visit, sort=_visit, width=144, drop=2),
        Column("size", "大きさ", text=lambda row: size_words(row.size), sort=_size, width=96, right=True),
        Column("added", "足した日", text=_added, sort=_moment, width=144, drop=1),
        Column("state", "この端末", cell=lambda row: Cell(state=state_of(row)), width=116),
    )


def state_of(row: AttachmentRow) -> State:
    """Whether the content can be shown."""
    if row.is_erased:
        return _ERASED
    if row.is_here:
        return _HERE
    return _COMING if row.is_coming else _AWAY


def kind_words(row: AttachmentRow) -> str:
    """「JPG」: what a file is, by its ending."""
    return PurePath(row.name).suffix[1:].upper()[:5] or "ファイル"


def _picture(row: AttachmentRow) -> Cell:
    small = shown_small(row.picture)
    return Cell(picture=small) if small else Cell(kind_words(row), icon="document", tone="sub")


def _visit(row: AttachmentRow) -> str:
    return western(row.visit_on) if row.visit_on else ""


def _size(row: AttachmentRow) -> int:
    return row.size


def _added(row: AttachmentRow) -> str:
    return western(row.added_at.astimezone(JAPAN).date()) if row.added_at else ""


def _moment(row: AttachmentRow) -> float:
    return row.added_at.timestamp() if row.added_at else 0.0
