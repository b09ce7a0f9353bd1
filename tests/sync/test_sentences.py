"""Texts meet by sentences, and never inside one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sync.merge import sentences
from app.sync.merge.sentences import merge_texts, split

TEXTS = st.lists(st.sampled_from(["あ。", "い。", "う\n", "え\r\n", "お", "。", "\r", "\n"]), max_size=9).map(
    "".join
)


@pytest.mark.parametrize(
    ("base", "one", "other", "merged"),
    [
        ("甲。乙。丙。", "甲改。乙。丙。", "甲。乙。丙改。", "甲改。乙。丙改。"),
        ("甲。乙。丙。", "甲。丙。", "甲。乙。丙。丁。", "甲。丙。丁。"),
        ("甲。乙。", "甲。新。乙。", "甲。乙改。", "甲。新。乙改。"),
        ("甲。乙。", "甲。新。乙。", "甲改。乙。", "甲改。新。乙。"),
        ("甲。乙。丙。丁。", "甲改。乙。丙。丁。", "甲。乙改。丙。丁。", "甲改。乙改。丙。丁。"),
        (
            "一行目\n二行目\n",
            "一行目\n二行目\n三行目\n",
            "見出し\n一行目\n二行目\n",
            "見出し\n一行目\n二行目\n三行目\n",
        ),
        ("", "甲。", "", "甲。"),
    ],
)
def test_edits_that_do_not_meet_are_both_made(base: str, one: str, other: str, merged: str) -> None:
    assert merge_texts(base, one, other) == merge_texts(base, other, one) == merged


@pytest.mark.parametrize(
    ("base", "one", "other"),
    [
        pytest.param("甲。乙。", "甲一。乙。", "甲二。乙。", id="the same sentence replaced twice"),
        pytest.param("甲。乙。", "甲一。乙。", "甲一。乙。丙。", id="the same sentence replaced alike"),
        pytest.param("甲。乙。", "甲。乙。一。", "甲。乙。二。", id="two insertions at one point"),
        pytest.param("甲。乙。", "丙。丁。", "甲。新。乙。", id="an insertion inside a replaced range"),
        pytest.param("甲。乙。丙。", "丙。", "甲。乙改。丙。", id="a sentence changed in a removed range"),
        pytest.param("甲。乙。", "甲。乙。続き", "甲。乙", id="a sentence that would run into the next"),
        pytest.param("", "甲。", "乙。", id="two texts begun apart"),
    ],
)
def test_edits_that_meet_are_left_to_a_person(base: str, one: str, other: str) -> None:
    assert merge_texts(base, one, other) is None
    assert merge_texts(base, other, one) is None


@given(TEXTS)
def test_sentences_make_up_the_text(text: str) -> None:
    assert "".join(split(text)) == text


@given(TEXTS, TEXTS)
def test_edits_lead_from_one_text_to_the_other(base: str, text: str) -> None:
    assert merge_texts(base, base, text) == text


@given(TEXTS, TEXTS, TEXTS)
def test_a_merge_does_not_depend_on_the_sides_and_invents_no_sentence(
    base: str, one: str, other: str
) -> None:
    merged = merge_texts(base, one, other)

    assert merged == merge_texts(base, other, one)
    assert merged is None or set(split(merged)) <= {*split(base), *split(one), *split(other)}


def test_of_equal_sentences_the_first_ones_stay() -> None:
    assert sentences.edits(["同。", "同。"], ["同。", "同。", "同。"]) == [sentences.Edit(2, 2, ("同。",))]


def test_texts_too_long_to_compare_are_left_to_a_person() -> None:
    base = "".join(f"元{number}。" for number in range(1001))
    rewritten = "".join(f"新{number}。" for number in range(1001))

    assert merge_texts(base, rewritten, base + "続き。") is None


def test_a_long_text_with_two_small_edits_is_merged() -> None:
    lines = [f"行{number}。" for number in range(5000)]

    assert merge_texts("".join(lines), "".join(["頭。", *lines]), "".join([*lines, "尾。"])) == "".join(
        ["頭。", *lines, "尾。"]
    )
