"""Setting links between records within one action."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.links import LinkKind, link_record_id
from db.reading import Reading
from db.unit_of_work import UnitOfWork


def set_link(
    work: UnitOfWork, left_id: str, kind: LinkKind, right_id: str, *, present: bool, compartment: str
) -> None:
    """Link two records, or take their link away."""
    values = {"left_id": left_id, "kind": kind.value, "right_id": right_id, "present": present}
    work.save("link", link_record_id(left_id, kind, right_id), values, compartment=compartment)


def set_links(
    work: UnitOfWork, left_id: str, kind: LinkKind, right_ids: Iterable[str], *, compartment: str
) -> None:
    """Make a record's links of one kind be exactly those to `right_ids`."""
    wanted = tuple(dict.fromkeys(right_ids))
    present = {right for _, right in Reading(work.connection).linked(kind, left_ids=[left_id])}
    for right in wanted:
        if right not in present:
            set_link(work, left_id, kind, right, present=True, compartment=compartment)
    for right in present.difference(wanted):
        set_link(work, left_id, kind, right, present=False, compartment=compartment)
