"""Deleted records beyond the decision table."""

from __future__ import annotations

from app.sync.merge import RecordState, kept_by_children, resolve, resolve_record, whole_content
from tests.sync.cells import knowing, named, write

CELLS = {
    "name": resolve([knowing("x", time=2), knowing("y")], "latest"),
    "memo": resolve([knowing("m")], "text"),
}


def deletion(*covers: str) -> list:
    return [write("d", True, covers=frozenset(named(each) for each in covers))]


def test_a_record_without_deletion_is_live() -> None:
    assert resolve_record([], CELLS).state is RecordState.LIVE
    assert resolve_record([write("back", False)], CELLS).state is RecordState.LIVE


def test_a_deletion_must_cover_open_conflicts_too() -> None:
    buried = {"name": resolve([knowing("x"), knowing("z", "x")], "latest")}

    assert resolve_record(deletion("z"), buried).uncovered == {named("x")}
    assert resolve_record(deletion("z", "x"), buried).state is RecordState.DELETED


def test_the_whole_content_of_a_record_is_enough_to_hide_it() -> None:
    covers = whole_content(CELLS | {"_deleted": resolve([knowing("k")], "latest")})

    assert covers == {named("x"), named("y"), named("m")}
    assert resolve_record([write("d", True, covers=covers)], CELLS).state is RecordState.DELETED


def test_nobody_is_asked_about_a_deletion_whose_edits_have_not_all_arrived() -> None:
    record = resolve_record(
        deletion("x", "y", "later m"), CELLS, arrived={named("x"), named("y"), named("m")}
    )

    assert record.state is RecordState.DELETED_BUT_CHANGED
    assert record.provisional
    assert not record.needs_decision


def test_a_record_stays_visible_under_a_deletion_of_unknown_kind() -> None:
    deletions = deletion("x", "y", "m")
    newer = knowing("new", "d*", kind="bump", value=True)

    assert resolve_record([*deletions, newer], CELLS).is_visible


def test_the_deletion_of_a_removed_device_does_not_count() -> None:
    record = resolve_record(deletion("x", "y", "m"), CELLS, quarantined={named("d")})

    assert record.state is RecordState.LIVE


def test_a_parent_waits_with_a_child_that_waits() -> None:
    parent = resolve_record(deletion("x", "y", "m"), CELLS)
    waiting = resolve_record(deletion("later"), CELLS, arrived=set())

    assert kept_by_children(parent, [waiting]).provisional
    assert not kept_by_children(parent, [waiting, resolve_record([], CELLS)]).provisional
