"""What a set of changes means: cells, conflicts and deleted records, as pure functions.

Nothing here reads a clock, a file or the order in which changes arrived.
"""

from app.sync.merge.cells import resolve
from app.sync.merge.changes import ACK, SET, CellView, Change, LoggedChange, change_id, same_value
from app.sync.merge.policies import Policy
from app.sync.merge.records import RecordState, RecordView, kept_by_children, resolve_record, whole_content

__all__ = [
    "ACK",
    "SET",
    "CellView",
    "Change",
    "LoggedChange",
    "Policy",
    "RecordState",
    "RecordView",
    "change_id",
    "kept_by_children",
    "resolve",
    "resolve_record",
    "same_value",
    "whole_content",
]
