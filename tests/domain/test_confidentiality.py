"""取扱 through the parents, and what each level lets out."""

from __future__ import annotations

import pytest

from app.domain.confidentiality import effective_level, may_leave
from app.domain.terms import Confidentiality

ASSIGNED, TEAM, MEETING, PUBLIC = Confidentiality


def test_a_line_without_its_own_level_has_that_of_its_visit() -> None:
    assert effective_level(None, TEAM, PUBLIC) is TEAM


def test_a_visit_without_its_own_level_has_that_of_the_company() -> None:
    assert effective_level(None, None, MEETING) is MEETING


@pytest.mark.parametrize("own", list(Confidentiality))
@pytest.mark.parametrize("parent", list(Confidentiality))
def test_an_own_level_wins_whether_stricter_or_more_open(
    own: Confidentiality, parent: Confidentiality
) -> None:
    assert effective_level(own, parent, parent) is own


def test_where_nobody_chose_a_level_the_item_is_for_those_assigned_only() -> None:
    assert effective_level(None, None, None) is ASSIGNED
    assert effective_level() is ASSIGNED


@pytest.mark.parametrize(
    ("chosen", "leaving"),
    [
        (ASSIGNED, {ASSIGNED, TEAM, MEETING, PUBLIC}),
        (TEAM, {TEAM, MEETING, PUBLIC}),
        (MEETING, {MEETING, PUBLIC}),
        (PUBLIC, {PUBLIC}),
    ],
)
def test_an_output_holds_what_is_as_open_as_it_or_more(
    chosen: Confidentiality, leaving: set[Confidentiality]
) -> None:
    assert {level for level in Confidentiality if may_leave(level, chosen, secret=False)} == leaving


@pytest.mark.parametrize("level", list(Confidentiality))
@pytest.mark.parametrize("chosen", list(Confidentiality))
def test_a_secret_line_leaves_in_no_output(level: Confidentiality, chosen: Confidentiality) -> None:
    assert not may_leave(level, chosen, secret=True)
