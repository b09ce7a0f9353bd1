"""The rules of line breaking, each with a text in which breaking it would show."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reports.fonts import REGULAR
from app.reports.line_breaking import (
    BREAK_SPACES,
    CLOSING,
    HALF,
    HANGING,
    NEVER_FIRST,
    NEVER_LAST,
    OPENING,
    Line,
    break_lines,
)

EM = 1000


def lines_of(text: str, columns: float, *, hanging: bool = False) -> list[str]:
    return [text[line.start : line.end] for line in broken(text, columns, hanging=hanging)]


def broken(text: str, columns: float, *, hanging: bool = False) -> list[Line]:
    return break_lines(text, REGULAR.widths, columns * EM, hanging=hanging)


def test_a_line_is_filled_before_it_is_broken():
    assert lines_of("図面の一覧を作る", 4) == ["図面の一", "覧を作る"]


def test_an_empty_text_has_one_empty_line():
    assert lines_of("", 10) == [""]


@pytest.mark.parametrize("char", "。、ーっゃ々）」！？％ｯﾞ")
def test_a_character_that_may_not_start_a_line_takes_the_one_before_it_along(char):
    assert lines_of(f"図面の一{char}覧を", 4)[:2] in (["図面の", f"一{char}覧を"], [f"図面の一{char}"])


@pytest.mark.parametrize("char", "（「【￥№")
def test_a_character_that_may_not_end_a_line_goes_to_the_next(char):
    assert lines_of(f"図面の{char}覧を", 4)[0] == "図面の"


def test_a_comma_hangs_over_the_edge_in_running_text_only():
    assert lines_of("図面の一、覧を", 4, hanging=True) == ["図面の一、", "覧を"]
    assert broken("図面の一、覧を", 4, hanging=True)[0] == Line(0, 5, 4 * EM, (), hangs=True)
    assert lines_of("図面の一、覧を", 4) == ["図面の", "一、覧を"]


def test_nothing_hangs_that_a_forbidden_character_follows():
    assert lines_of("図面の一。」と", 4, hanging=True)[0] == "図面の"


def test_a_closing_bracket_is_set_at_half_width_where_that_lets_it_stay():
    line = broken("図面（案）を渡す", 4.5)[0]

    assert line == Line(0, 5, 4 * EM + HALF, (), hangs=False)


def test_neighbouring_punctuation_gives_up_half_an_em():
    (line,) = broken("「図面」（案）、「型」", 20)

    assert line.trims == (4, 7, 8)
    assert line.advance == 11 * EM - 3 * HALF


def test_an_opening_bracket_followed_by_a_closing_one_keeps_its_width():
    assert broken("（）", 10)[0].trims == ()


def test_an_opening_bracket_at_the_start_of_a_line_stands_flush():
    first, second = broken("図面の「案を作」", 4)

    assert (first.end, second.trims[0]) == (3, 0)
    assert second.advance == 4 * EM - HALF + HALF


def test_an_opening_bracket_at_the_start_of_a_paragraph_keeps_its_width():
    assert broken("「図面の案を作」る", 4)[0] == Line(0, 4, 4 * EM, (), hangs=False)


def test_a_word_and_a_figure_with_its_unit_stay_whole():
    assert lines_of("図面をINPITに渡す", 5) == ["図面を", "INPITに渡", "す"]
    assert lines_of("売上は1,200万円", 5)[0] == "売上は"
    assert lines_of("期限は令和7年に", 5.5)[0] == "期限は令和"


def test_a_word_longer_than_the_line_is_broken_after_a_separator():
    assert lines_of("https://example.go.jp/policy/chizai", 12) == ["https://example.go.jp/", "policy/chizai"]


def test_an_address_does_not_leave_the_line_half_empty():
    text = "調査の結果は次にある：https://www.example.go.jp/policy/index.html"

    assert len(lines_of(text, 16)[0]) > len("調査の結果は次にある：")


def test_spaces_at_a_break_belong_to_neither_line():
    assert lines_of("第２会議室　図面の一覧", 5) == ["第２会議室", "図面の一覧"]
    assert lines_of("第２会議　図面の一覧", 5) == ["第２会議", "図面の一覧"]
    assert lines_of("図面の一　、覧", 5) == ["図面の", "一　、覧"]


def test_a_long_word_does_not_leave_the_line_half_empty():
    assert lines_of("図面abcdefghijklmnopqrstuvwxyz", 8)[0] == "図面abcdefghijkl"
    assert lines_of("図面ＡＢＣＤＥＦＧＨＩＪ", 8)[0] == "図面ＡＢＣＤＥＦ"


def test_a_single_character_wider_than_the_line_has_a_line_of_its_own():
    assert lines_of("図面", 0.5) == ["図", "面"]


PIECES = (
    *(
        "図面",
        "の",
        "扱い",
        "について",
        "確認した。",
        "、",
        "「出願」",
        "（秘密）",
        "『型』「案」",
        "！？",
        "・",
        "…",
    ),
    *("ー", "っ", "ゃ", "々", "INPIT", "2025年", "1,234円", "12.5％", "№1", "￥500", "a", "㈱", "①", "ｶﾞｲﾄﾞ"),
    "https://example.go.jp/a/b?c=1",
)
WORDS = st.sampled_from([*PIECES, " ", "　"])
TEXTS = st.lists(WORDS, min_size=1, max_size=60).map("".join)
COLUMNS = st.integers(min_value=8, max_value=50)


@given(TEXTS, COLUMNS, st.booleans())
def test_lines_put_together_are_the_text_without_the_spaces_at_breaks(text, columns, hanging):
    lines = broken(text, columns, hanging=hanging)

    at = 0
    for line in lines:
        assert set(text[at : line.start]) <= set(BREAK_SPACES)
        assert line.start < line.end
        at = line.end
    assert set(text[at:]) <= set(BREAK_SPACES)


@given(TEXTS, COLUMNS, st.booleans())
def test_no_line_is_longer_than_allowed(text, columns, hanging):
    for line in broken(text, columns, hanging=hanging):
        shown = text[line.start : line.end]
        full = REGULAR.advance(shown) - HALF * len(line.trims)
        allowance = EM if line.hangs else HALF if shown[-1] in CLOSING else 0
        assert line.advance <= columns * EM
        assert full <= columns * EM + allowance
        assert not line.hangs or (hanging and shown[-1] in HANGING)


def _can_be_kept(text: str) -> bool:
    """Whether no run of forbidden characters is so long that nothing could be done about it."""
    run = 0
    for char in text:
        run = run + 1 if char in NEVER_FIRST or char in NEVER_LAST or char.isascii() else 0
        if run > 5:
            return False
    return True


@given(TEXTS.filter(_can_be_kept), COLUMNS, st.booleans())
def test_no_line_starts_or_ends_with_a_forbidden_character(text, columns, hanging):
    lines = broken(text, columns, hanging=hanging)

    for line in lines[1:]:
        assert text[line.start] not in NEVER_FIRST
    for line in lines[:-1]:
        assert text[line.end - 1] not in NEVER_LAST


@given(TEXTS, COLUMNS)
def test_trims_stand_between_punctuation_or_before_an_opening_bracket(text, columns):
    for line in broken(text, columns):
        for place in line.trims:
            at = line.start + place
            assert text[at] in OPENING if place == 0 else text[at] in OPENING | CLOSING
