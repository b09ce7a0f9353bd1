"""What a cell shows beyond the decision table."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.terms import Confidentiality
from app.sync.merge import LoggedChange, change_id, resolve, same_value
from tests.sync.cells import NOTHING_YET, dismiss, knowing, named, write


def test_a_cell_that_was_never_written_is_empty() -> None:
    assert (NOTHING_YET.winner, NOTHING_YET.value, NOTHING_YET.heads) == (None, None, ())


def test_a_policy_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="first-wins"):
        resolve([], "first-wins")


def test_change_ids_are_the_save_and_the_place_in_it() -> None:
    assert change_id(b"saveidxx", 258) == b"saveidxx\x00\x00\x01\x02"
    with pytest.raises(ValueError, match="8 bytes"):
        change_id(b"short", 0)


@pytest.mark.parametrize(
    ("one", "other"),
    [(1, True), (1, 1.0), (0, False), ("", None), ([1], [True]), ({"a": 1}, {"a": 1, "b": 2})],
)
def test_values_of_different_kinds_are_not_the_same(one: object, other: object) -> None:
    assert not same_value(one, other)


def test_values_that_come_back_from_storage_are_the_same() -> None:
    assert same_value({"a": (1, "二")}, {"a": [1, "二"]})
    assert same_value(float("nan"), float("nan"))


def test_values_may_nest_deeper_than_the_interpreter_recurses() -> None:
    def nested() -> object:
        value: object = "底"
        for _level in range(5000):
            value = [value]
        return value

    assert same_value(nested(), nested())


def test_a_value_equal_to_the_displayed_one_counts_as_shown_for_what_is_typed_next() -> None:
    x, y = knowing("x", value="甲"), knowing("y", value="乙", time=0)
    typed_like_y = write("z", "乙", resolve([x, y], "latest"))
    view = resolve([x, y, typed_like_y], "latest")
    assert view.conflicts == ()

    after = write("w", "丙", view)

    assert resolve([x, y, typed_like_y, after], "latest").conflicts == ()


def test_whoever_dismisses_a_conflict_has_not_settled_the_value_that_was_displayed() -> None:
    x, y = knowing("x", time=3), knowing("y", time=2)
    ack = dismiss("ack", resolve([x, y], "latest"), [y.id])
    newcomer = knowing("w", time=4)

    assert resolve([x, y, ack, newcomer], "latest").conflicts == (x.id,)


def test_equal_times_are_decided_by_the_id() -> None:
    assert resolve([knowing("b"), knowing("a")], "latest").winner == named("b")


# Policies


@pytest.mark.parametrize(
    ("one", "other", "shown"),
    [
        (Confidentiality.TEAM, Confidentiality.ASSIGNED, "assigned"),
        (Confidentiality.PUBLIC, Confidentiality.MEETING, "meeting"),
        (None, Confidentiality.PUBLIC, "public"),
        ("from-a-newer-program", Confidentiality.ASSIGNED, "from-a-newer-program"),
    ],
)
def test_the_stricter_level_is_shown_and_the_other_listed(one: object, other: object, shown: object) -> None:
    changes = [write("one", one), write("other", other)]

    view = resolve(changes, "strictest")

    assert view.value == shown
    assert len(view.conflicts) == 1


def test_a_level_opened_by_someone_who_knew_the_stricter_one_stays_open() -> None:
    closed = write("closed", "assigned")
    opened = write("opened", "public", resolve([closed], "strictest"))

    assert resolve([closed, opened], "strictest").value == "public"


def test_a_flag_taken_off_by_everyone_who_knew_of_it_is_off() -> None:
    on = write("on", True)
    off = write("off", False, resolve([on], "true-wins"), time=0)

    assert resolve([on, off], "true-wins").value is False


def test_an_undecided_cell_shows_what_held_before() -> None:
    before = write("before", 100)
    shared = resolve([before], "ask")
    one, other = write("one", 200, shared, time=3), write("other", 300, shared, time=4)

    view = resolve([before, one, other], "ask")

    assert (view.value, view.winner, view.undecided) == (100, before.id, True)
    assert view.conflicts == (other.id, one.id)


def test_an_undecided_cell_with_nothing_before_is_empty_and_lists_both() -> None:
    view = resolve([write("one", 200, time=1), write("other", 300, time=2)], "ask")

    assert (view.winner, view.value, view.undecided) == (None, None, True)
    assert view.conflicts == (named("other"), named("one"))


def test_a_decision_cannot_be_dismissed() -> None:
    sides = [write("one", 200), write("other", 300)]
    view = resolve(sides, "ask")

    assert resolve([*sides, dismiss("ack", view, view.conflicts)], "ask").conflicts == view.conflicts


def test_an_undecided_cell_is_settled_by_a_write_that_saw_both() -> None:
    sides = [write("one", 200), write("other", 300)]
    view = resolve(sides, "ask")
    decided = write("decided", 300, view, shown=view.conflicts)

    settled = resolve([*sides, decided], "ask")

    assert (settled.value, settled.conflicts, settled.undecided) == (300, (), False)


def test_texts_with_crossed_histories_are_not_merged() -> None:
    base = knowing("base", value="一。二。三。四。")
    left, right = (
        knowing("left", "base*", value="一左。二。三。四。"),
        knowing("right", "base*", value="一。二右。三。四。"),
    )
    one = knowing("one", "left* right*", value="一左。二右。三。四一。", time=2)
    other = knowing("other", "left* right*", value="一左。二右。三他。四。", time=3)

    view = resolve([base, left, right, one, other], "text")

    assert (view.merged, view.value, view.conflicts) == (False, other.value, (one.id,))


def test_three_texts_are_not_merged() -> None:
    base = knowing("base", value="一。二。三。")
    sides = [
        knowing(f"side{place}", "base*", value="一。二。三。".replace(digit, f"{digit}改"))
        for place, digit in enumerate("一二三")
    ]

    view = resolve([base, *sides], "text")

    assert not view.merged
    assert len(view.conflicts) == 2


# What has not arrived


def test_a_conflict_is_provisional_while_the_change_between_is_missing() -> None:
    first, between, last = knowing("a"), knowing("b", "a*"), knowing("c", "b*")

    waiting = resolve([first, last], "latest")
    complete = resolve([last, first, between], "latest")

    assert waiting.conflicts
    assert waiting.provisional
    assert not waiting.needs_decision
    assert (complete.conflicts, complete.provisional) == ((), False)


def test_an_acknowledgement_replaces_nothing() -> None:
    view = resolve([knowing("a"), knowing("ack", "a*", kind="ack")], "latest")

    assert (view.value, view.heads) == ("a", (named("a"),))


# Newer programs


def test_under_a_write_of_unknown_kind_the_last_understood_value_is_shown_read_only() -> None:
    changes = [
        knowing("a"),
        knowing("b", "a*"),
        knowing("new", "b*", kind="bump"),
        knowing("newer", "new*", kind="bump"),
    ]

    view = resolve(changes, "latest")

    assert (view.value, view.read_only, view.heads) == ("b", True, (named("newer"),))
    assert view.conflicts == ()


def test_a_value_beside_a_write_of_unknown_kind_is_shown() -> None:
    view = resolve([knowing("a"), knowing("new", "a*", kind="bump", time=9), knowing("b", "a*")], "latest")

    assert (view.value, view.read_only) == ("b", True)


def test_a_write_of_unknown_kind_that_was_replaced_is_history() -> None:
    view = resolve([knowing("a"), knowing("new", "a*", kind="bump"), knowing("b", "new*")], "latest")

    assert (view.value, view.read_only, view.conflicts) == ("b", False, ())


def test_a_cell_written_only_by_newer_programs_is_empty_and_read_only() -> None:
    view = resolve([knowing("new", kind="bump")], "latest")

    assert (view.winner, view.read_only) == (None, True)


# Changes kept aside


def test_what_a_removed_device_replaced_comes_back() -> None:
    view = resolve([knowing("a"), knowing("bad", "a*", time=9)], "latest", {named("bad")})

    assert (view.value, view.conflicts) == ("a", ())


def test_what_a_removed_device_replaced_is_listed_under_an_honest_successor() -> None:
    changes = [knowing("a"), knowing("bad", "a*"), knowing("honest", "bad*")]

    view = resolve(changes, "latest", {named("bad")})

    assert (view.value, view.heads, view.conflicts) == ("honest", (named("honest"),), (named("a"),))


def test_one_id_with_two_contents_is_kept_aside_and_reported() -> None:
    a, b = knowing("a"), knowing("b", "a*")

    view = resolve([a, b, replace(b, value="偽")], "latest")

    assert view.damaged
    assert (view.value, view.conflicts) == ("a", (named("b"),))
    assert not resolve([a, b, b], "latest").damaged


def test_a_damaged_change_is_over_once_someone_has_written_on_seeing_it() -> None:
    a, b = knowing("a"), knowing("b", "a*")
    broken = [a, b, replace(b, value="偽")]
    view = resolve(broken, "latest")
    mended = write("mended", "直した", view, shown=view.conflicts)

    settled = resolve([*broken, mended], "latest")

    assert (settled.value, settled.conflicts, settled.damaged) == ("直した", (), True)


# References that nobody honest would make


@pytest.mark.parametrize("policy", ["latest", "text", "strictest", "true-wins"])
def test_changes_that_replace_each_other_are_all_heads(policy: str) -> None:
    view = resolve([knowing("a", "b*", time=1), knowing("b", "a*", time=2)], policy)

    assert view.value == "b"
    assert set(view.heads) == {named("a"), named("b")}


def test_a_change_that_replaces_itself_is_shown() -> None:
    assert resolve([knowing("a", "a*")], "latest").value == "a"


def test_a_long_circle_is_walked_once() -> None:
    size = 3000
    names = [f"c{number}" for number in range(size)]
    circle = [knowing(name, f"{names[place - 1]}*", value="同") for place, name in enumerate(names)]
    tail = [knowing("left", "c0*", value="左"), knowing("right", "c7*", value="右")]

    assert resolve([*circle, *tail], "text").heads == (named("right"), named("left"))


# Keeping views


def plain_after(view_of: list[LoggedChange], policy: str) -> bool:
    view = resolve(view_of, policy)
    successor = LoggedChange(
        named("next"), "set", "次", 0, frozenset({view.winner or b""}), frozenset({view.winner or b""})
    )
    return resolve([*view_of, successor], policy) == resolve(
        [replace(successor, seen=frozenset(), known=frozenset())], policy
    )


def test_after_a_plain_view_the_next_write_needs_no_second_look() -> None:
    chain = [knowing("a"), knowing("b", "a*")]
    settled = [knowing("a"), knowing("b"), knowing("c", "a* b*")]
    equal_but_unseen = [knowing("a"), knowing("b", value="同"), knowing("c", "a* b", value="同")]

    assert [resolve(each, "latest").is_plain for each in (chain, settled, equal_but_unseen)] == [
        True,
        True,
        False,
    ]
    assert [plain_after(each, "latest") for each in (chain, settled, equal_but_unseen)] == [True, True, False]
