"""A save answers for what its form showed."""

from __future__ import annotations

from app.sync.form import after_showing, altered, dismissal, has_moved_on, token_of
from app.sync.merge import resolve
from tests.sync.cells import knowing, named

CONFLICT = resolve([knowing("x", time=2), knowing("y")], "latest")


def test_only_cells_that_were_altered_are_saved() -> None:
    loaded = {"name": "甲", "capital": 1, "note": None}

    assert altered(loaded, {"name": "甲", "capital": True, "note": None, "added": None}) == {"capital": True}


def test_a_form_has_seen_what_it_displays_and_knows_the_rest() -> None:
    token = token_of(CONFLICT)

    assert token.seen == {named("x")}
    assert token.known == {named("x"), named("y")}


def test_a_cell_has_moved_on_when_a_head_is_new_to_the_form() -> None:
    token = token_of(resolve([knowing("x")], "latest"))

    assert not has_moved_on(token, resolve([knowing("x"), knowing("ack", "x*", kind="ack")], "latest"))
    assert has_moved_on(token, CONFLICT)


def test_after_the_question_at_saving_the_token_includes_what_was_shown() -> None:
    loaded = token_of(resolve([knowing("a")], "latest"))
    now = resolve([knowing("a"), knowing("b", "a*")], "latest")

    token = after_showing(loaded, now)

    assert token.seen == token.known == {named("a"), named("b")}


def test_a_token_takes_in_only_conflicts_of_the_view() -> None:
    token = after_showing(token_of(CONFLICT), CONFLICT, [named("y"), named("unheard of")])

    assert token.seen == {named("x"), named("y")}


def test_a_dismissal_names_what_was_dismissed_and_nothing_else() -> None:
    token = dismissal(CONFLICT, [named("y"), named("x")])

    assert token.seen == {named("y")}
    assert token.known == {named("x"), named("y")}
