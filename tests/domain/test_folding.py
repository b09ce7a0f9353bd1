"""Folding: what is alike, what stays apart, and where a folded character came from."""

from __future__ import annotations

import unicodedata
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.folding import FOLDING, LEGAL_FORMS, fold, fold_with_map
from app.domain.kanji_variants import KANJI_VARIANTS

KANA = "".join(map(chr, range(0x3041, 0x3097))) + "".join(map(chr, range(0x30A1, 0x30FB)))
japanese = st.text(KANA + "ー－―・（）()㈱㈲株式会社髙高﨑崎斎齋ｶﾞﾊﾟABcd０12　 、。")


@pytest.mark.parametrize(
    "alike",
    [
        (
            "㈱山田製作所",
            "(株)山田製作所",
            "（株）山田製作所",
            "株式会社山田製作所",
            "株式會社　山田製作所",
            "㍿山田製作所",
        ),
        ("㈲鈴木", "(有)鈴木", "有限会社 鈴木"),
        ("(同)みらい", "合同会社みらい"),
        ("（一社）福島県発明協会", "一般社団法人福島県発明協会"),
        ("髙橋", "高橋", "高 橋", "高　橋"),
        ("山﨑", "山崎", "山嵜"),
        ("齋藤", "斎藤", "斉藤", "齊藤"),
        ("渡邊", "渡邉", "渡辺"),
        ("澤田", "沢田"),
        ("濵田", "濱田", "浜田"),
        ("廣瀨", "広瀬"),
        ("𠮷野家", "吉野家"),
        ("\ufa19田", "神田"),
        ("葛\U000e0100城", "葛城"),
        ("神田", "神田"),
        ("サーバー", "サーバ", "ｻｰﾊﾞｰ", "さーばー", "サ－バ―"),
        ("キャノン", "キヤノン", "きゃのん"),
        ("ヱビス", "エビス"),
        ("いすゞ自動車", "イスズ自動車", "いすヾ自動車"),
        ("こゝろ", "こころ"),
        ("特\u200b許\x00", "特許"),
        ("霞ヶ関", "霞ケ関"),
        ("ＩＰランドスケープ", "ipランドスケープ", "IP ランドスケープ"),
        ("ガラス", "ｶﾞﾗｽ", "がらす", "ガラス"),
        ("０２４－５２１－１１１１", "024-521-1111", "0245211111"),
        ("農業，林業", "農業、林業"),
    ],
)
def test_these_are_found_by_one_another(alike: tuple[str, ...]) -> None:
    assert len({fold(text) for text in alike}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ハス", "バス"),
        ("価格", "契約"),
        ("株式会社山田", "有限会社山田"),
        ("山田", "山口"),
        ("かき", "かぎ"),
        ("2026", "2025"),
    ],
)
def test_these_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_a_company_is_found_by_its_name_without_the_legal_form() -> None:
    assert fold("山田製作所") in fold("㈱山田製作所")


@pytest.mark.parametrize("text", ["", "　 \n\t", "ー―－"])
def test_what_says_nothing_folds_to_nothing(text: str) -> None:
    assert fold(text) == ""


@given(japanese)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text() | japanese)
def test_the_map_belongs_to_the_same_folded_text(text: str) -> None:
    folded, origins = fold_with_map(text)
    assert folded == fold(text)
    assert len(origins) == len(folded)
    assert origins == sorted(origins)
    assert all(0 <= origin < len(text) for origin in origins)


def test_no_leading_kanji_is_itself_a_variant() -> None:
    assert not set(KANJI_VARIANTS.values()) & KANJI_VARIANTS.keys()
    assert len(KANJI_VARIANTS) >= 400


def test_each_kanji_variant_is_one_that_normalising_leaves_alone() -> None:
    assert all(unicodedata.normalize("NFKC", variant) == variant for variant in KANJI_VARIANTS)


def test_another_folding_has_another_number() -> None:
    """Whoever changes what folds to what counts FOLDING up and writes the new sum here."""
    blocks = (range(0x80), range(0x2000, 0x2070), range(0x3000, 0x3100), range(0x3300, 0x3400))
    characters = [chr(code) for block in (*blocks, range(0xFF01, 0xFFF0)) for code in block]
    texts = [*characters, *KANJI_VARIANTS, *(f"({short})" for short in LEGAL_FORMS), "いすゞ", "こゝろ"]
    folded = "\n".join(map(fold, texts))
    assert (FOLDING, sha256(folded.encode()).hexdigest()[:12]) == (1, "7aff56ee53d6")


def test_every_legal_form_is_read_from_its_brackets() -> None:
    assert all(fold(f"({short})甲") == fold(f"{form}甲") for short, form in LEGAL_FORMS.items())
