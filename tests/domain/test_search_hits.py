"""What a search looks for, and the places in a text where it is found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.folding import fold
from app.domain.search_hits import excerpt, hit_spans, searched_words

TEXTS = st.text("株㈱(株)（株）式会社髙高ガｶﾞがサーバー－ いすゞ治具、Ａa1\u3099", max_size=12)


def found(text: str, *words: str) -> list[str]:
    return [text[start:end] for start, end in hit_spans(text, map(fold, words))]


@pytest.mark.parametrize(
    ("text", "word", "places"),
    [
        ("治具の図面。治具は秘密", "治具", ["治具", "治具"]),
        ("ｶﾞﾗｽの加工", "ガラス", ["ｶﾞﾗｽ"]),
        ("か\u3099らす", "がらす", ["か\u3099らす"]),
        ("㈱東雲建機", "株式会社", ["㈱"]),
        ("(株)東雲建機", "株式会社東雲", ["(株)東雲"]),
        ("髙橋社長", "高橋", ["髙橋"]),
        ("サーバーを買う", "さば", ["サーバー"]),
        ("高橋 太郎様", "高橋太郎", ["高橋 太郎"]),
        ("山田 様", "山田", ["山田"]),
        ("2025-06-12", "2025", ["2025"]),
        ("㌔単価", "ろ", ["㌔"]),
        ("ああああ", "ああ", ["ああああ"]),
        ("図面", "治具", []),
    ],
)
def test_a_word_is_found_where_it_was_typed(text: str, word: str, places: list[str]) -> None:
    assert found(text, word) == places


def test_words_that_touch_make_one_place() -> None:
    assert found("特許出願の準備", "特許", "出願", "準備") == ["特許出願", "準備"]


def test_a_search_is_taken_apart_into_folded_words() -> None:
    assert searched_words(" 特許　㈱ヤマダ 特許 ー ") == ("特許", fold("株式会社やまだ"))


@pytest.mark.parametrize("text", ["", "　 ", "ー"])
def test_a_search_that_says_nothing_has_no_words(text: str) -> None:
    assert searched_words(text) == ()


@given(text=TEXTS, word=TEXTS)
def test_a_text_has_a_place_exactly_when_its_folding_holds_the_word(text: str, word: str) -> None:
    for each in searched_words(word):
        spans = hit_spans(text, [each])
        assert bool(spans) == (each in fold(text))
        assert all(0 <= start < end <= len(text) for start, end in spans)


def test_a_hit_far_behind_is_brought_forward() -> None:
    text = "あ" * 60 + "治具\nを作る"
    line, spans = excerpt(text, hit_spans(text, ["治具"]))
    assert line == "…" + "あ" * 12 + "治具 を作る"
    assert [line[start:end] for start, end in spans] == ["治具"]


def test_a_hit_near_the_beginning_leaves_the_text_as_it_is() -> None:
    assert excerpt("図面と治具", hit_spans("図面と治具", ["治具"])) == ("図面と治具", ((3, 5),))
