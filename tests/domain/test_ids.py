"""Ids that follow from content."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ids import dependent_id, link_id, master_id

record_ids = st.binary(min_size=16, max_size=16)
codes = st.text("abcdefgh_123.", max_size=8)


def test_the_ids_in_the_log_never_change() -> None:
    assert master_id("prompt", "P01").hex() == "15c137873bdcc571128f368f169f29e4"
    assert link_id(bytes(16), "perspective", b"\x01" * 16).hex() == "0afe7773c8541ad859b7312e569a0a5c"


@given(st.tuples(codes, codes), st.tuples(codes, codes))
def test_two_master_entries_share_an_id_only_if_they_are_one(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    assert (master_id(*one) == master_id(*other)) == (one == other)
    assert len(master_id(*one)) == 16


@given(record_ids, codes, record_ids, codes)
def test_a_link_has_a_direction_and_a_kind(left: bytes, kind: str, right: bytes, other: str) -> None:
    assert (link_id(left, kind, right) == link_id(right, kind, left)) == (left == right)
    assert (link_id(left, kind, right) == link_id(left, other, right)) == (kind == other)


@given(st.uuids().map(str), st.tuples(codes, codes), st.tuples(codes, codes))
def test_an_owner_has_one_dependent_of_each_kind_and_code(
    owner: str, one: tuple[str, str], other: tuple[str, str]
) -> None:
    assert (dependent_id(owner, *one) == dependent_id(owner, *other)) == (one == other)
    assert dependent_id(owner.upper(), *one) == dependent_id(owner, *one)


def test_only_record_ids_can_be_linked() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        link_id(b"short", "perspective", bytes(16))
