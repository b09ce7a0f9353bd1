"""The decision table of the design, row by row: A and B write without knowing of each other."""

from __future__ import annotations

from app.sync.form import has_moved_on, token_of
from app.sync.merge import CellView, LoggedChange, RecordState, kept_by_children, resolve, resolve_record
from tests.sync.cells import dismiss, named, write

BASE = write("base", "元の値")
SHARED = resolve([BASE], "latest")
X = write("x", "エックス", SHARED, time=5)
Y = write("y", "ワイ", SHARED, time=4)
BOTH = resolve([BASE, X, Y], "latest")

TEXT = write("text", "一つ目。二つ目。三つ目。")
TEXT_SHARED = resolve([TEXT], "text")


def shows(view: CellView, value: object, *listed: LoggedChange) -> bool:
    return view.value == value and view.conflicts == tuple(each.id for each in listed)


def test_one_write_is_shown() -> None:
    assert shows(resolve([BASE, X], "latest"), "エックス")


def test_the_same_value_written_twice_is_no_conflict() -> None:
    again = write("again", "エックス", SHARED, time=4)

    view = resolve([BASE, X, again], "latest")

    assert shows(view, "エックス")
    assert view.displayed == {X.id, again.id}


def test_of_two_values_the_later_is_shown_and_the_other_listed() -> None:
    assert shows(BOTH, "エックス", Y)


def test_what_its_own_author_replaced_is_history() -> None:
    z = write("z", "ゼット", resolve([BASE, X], "latest"), time=6)

    assert shows(resolve([BASE, X, Y, z], "latest"), "ゼット", Y)


def test_a_value_typed_over_a_conflict_settles_only_what_was_shown() -> None:
    z = write("z", "ゼット", BOTH, time=6)

    view = resolve([BASE, X, Y, z], "latest")
    later = write("later", "後", view, time=7, shown=[Y.id])

    assert shows(view, "ゼット", Y)
    assert shows(resolve([BASE, X, Y, z, later], "latest"), "後")


def test_a_conflict_decided_with_both_sides_shown_is_over() -> None:
    z = write("z", "ゼット", BOTH, time=6, shown=BOTH.conflicts)

    assert shows(resolve([BASE, X, Y, z], "latest"), "ゼット")


def test_two_different_decisions_are_a_new_and_smaller_conflict() -> None:
    z = write("z", "ゼット", BOTH, time=6, shown=BOTH.conflicts)
    w = write("w", "ダブリュー", BOTH, time=7, shown=BOTH.conflicts)

    assert shows(resolve([BASE, X, Y, z, w], "latest"), "ダブリュー", z)


def test_two_equal_decisions_are_one() -> None:
    z = write("z", "ゼット", BOTH, time=6, shown=BOTH.conflicts)
    w = write("w", "ゼット", BOTH, time=7, shown=BOTH.conflicts)

    assert shows(resolve([BASE, X, Y, z, w], "latest"), "ゼット")


def test_a_dismissed_value_is_gone_from_the_list_and_nothing_else_changes() -> None:
    ack = dismiss("ack", BOTH, [Y.id])

    view = resolve([BASE, X, Y, ack], "latest")

    assert shows(view, "エックス")
    assert set(view.heads) == {X.id, Y.id}


def test_different_sentences_meet_in_one_text() -> None:
    one = write("one", "一つ目を直した。二つ目。三つ目。", TEXT_SHARED)
    three = write("three", "一つ目。二つ目。三つ目を直した。", TEXT_SHARED)

    view = resolve([TEXT, one, three], "text")

    assert shows(view, "一つ目を直した。二つ目。三つ目を直した。")
    assert view.merged
    assert view.displayed == {one.id, three.id}


def test_the_same_sentence_changed_twice_is_a_conflict() -> None:
    one = write("one", "一つ目を直した。二つ目。三つ目。", TEXT_SHARED, time=3)
    other = write("other", "一つ目を変えた。二つ目。三つ目。", TEXT_SHARED, time=2)

    view = resolve([TEXT, one, other], "text")

    assert shows(view, "一つ目を直した。二つ目。三つ目。", other)
    assert not view.merged


CELLS = {"name": resolve([BASE, X], "latest")}
COVERED = frozenset({X.id})


def deletion(
    name: str, *, on: list[LoggedChange] | None = None, covers: frozenset[bytes] = COVERED
) -> LoggedChange:
    return write(name, True, resolve(on or [], "latest"), time=8, covers=covers)


def test_a_deleted_record_is_hidden() -> None:
    assert resolve_record([deletion("d")], CELLS).state is RecordState.DELETED


def test_a_record_deleted_and_edited_stays_visible_and_is_listed() -> None:
    edit = write("edit", "編集", CELLS["name"])
    cells = {"name": resolve([BASE, X, edit], "latest")}

    record = resolve_record([deletion("d")], cells)

    assert record.state is RecordState.DELETED_BUT_CHANGED
    assert record.needs_decision
    assert record.uncovered == {edit.id}


def test_a_record_deleted_twice_is_hidden() -> None:
    one, other = deletion("one", covers=frozenset({named("x")})), deletion("other", covers=frozenset())

    assert resolve_record([one, other], CELLS).state is RecordState.DELETED


def test_a_deletion_beside_an_undeletion_of_an_older_one_stays_visible() -> None:
    old = deletion("old")
    again = deletion("again", on=[old])
    undeletion = write("back", False, resolve([old], "latest"))

    record = resolve_record([old, again, undeletion], CELLS)

    assert record.state is RecordState.DELETED_BUT_CHANGED
    assert record.needs_decision


def test_a_deleted_parent_with_a_child_added_meanwhile_is_visible_again() -> None:
    parent = resolve_record([deletion("d")], CELLS)
    listed_child = resolve_record([deletion("e")], CELLS)
    added_child = resolve_record([], {"name": SHARED})

    record = kept_by_children(parent, [listed_child, added_child])

    assert record.state is RecordState.DELETED_BUT_CHANGED
    assert record.needs_decision
    assert kept_by_children(parent, [listed_child]).state is RecordState.DELETED


def test_a_link_added_and_removed_is_present() -> None:
    added = write("added", True, time=1)
    removed = write("removed", False, time=2)

    assert shows(resolve([added, removed], "true-wins"), True)


def test_of_two_groups_one_whole_group_is_shown() -> None:
    ours = write("ours", {"status": "done", "reason": "完了", "on": "2025-06-12"}, SHARED, time=5)
    theirs = write("theirs", {"status": "dropped", "reason": "", "on": "2025-06-10"}, SHARED, time=4)

    assert shows(resolve([BASE, ours, theirs], "latest"), ours.value, theirs)


def test_a_form_left_open_answers_for_what_it_showed_when_it_was_loaded() -> None:
    token = token_of(SHARED)
    now = resolve([BASE, Y], "latest")
    late = LoggedChange(named("late"), "set", "遅れて", 6, token.seen, token.known)

    assert has_moved_on(token, now)
    assert shows(resolve([BASE, Y, late], "latest"), "遅れて", Y)
