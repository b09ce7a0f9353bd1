"""The same columns of changes, as the store names them and as segments do."""

from __future__ import annotations

from app.sharing.objects.segment import Changes, References
from db.change_columns import ChangeColumns, ReferenceColumns


def as_travelling(columns: ChangeColumns) -> Changes:
    """Columns of the store for a segment."""
    own = {name: getattr(columns, name) for name in ChangeColumns.__dataclass_fields__}
    references = columns.references
    own["references"] = References(references.row, references.what, references.save, references.index)
    return Changes(**own)


def as_stored(changes: Changes) -> ChangeColumns:
    """Columns of a segment for the store."""
    own = {name: getattr(changes, name) for name in ChangeColumns.__dataclass_fields__}
    references = changes.references
    own["references"] = ReferenceColumns(references.row, references.sense, references.save, references.index)
    return ChangeColumns(**own)
