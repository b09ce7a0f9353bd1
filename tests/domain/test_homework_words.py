"""Owner and due date, read from the words of a line."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.homework_words import HomeworkWords, Person, SpanKind, read_homework

TODAY = date(2025, 7, 22)
SUZUKI = Person("suzuki", "鈴木 一郎")
TAKAHASHI = Person("takahashi", "高橋 誠")
HAYASHI = Person("hayashi", "林 花子")
SATO = Person("sato", "佐藤健二")
PEOPLE = (SUZUKI, TAKAHASHI, HAYASHI, SATO)


def read(text: str, people: tuple[Person, ...] = PEOPLE) -> HomeworkWords:
    return read_homework(text, people, TODAY)


@pytest.mark.parametrize(
    ("text", "title", "owner", "due"),
    [
        ("鈴木 7/29", "鈴木 7/29", SUZUKI, date(2025, 7, 29)),
        ("弁理士の相談を予約する 鈴木 7/29まで", "弁理士の相談を予約する", SUZUKI, date(2025, 7, 29)),
        ("公開前の図面一覧 高橋様 8/5", "公開前の図面一覧", TAKAHASHI, date(2025, 8, 5)),
        ("図面一覧　髙橋社長　8月5日(火)", "図面一覧", TAKAHASHI, date(2025, 8, 5)),
        ("先方高橋 8/5 図面一覧", "図面一覧", TAKAHASHI, date(2025, 8, 5)),
        ("商標の調査を窓口に頼む（林、8/20）", "商標の調査を窓口に頼む", HAYASHI, date(2025, 8, 20)),
        ("商標の調査：林さん 来週金曜", "商標の調査", HAYASHI, date(2025, 8, 1)),
        ("担当：鈴木 期限：月末 見積を取る", "見積を取る", SUZUKI, date(2025, 7, 31)),
        ("鈴木が7/29までに見積を取る", "見積を取る", SUZUKI, date(2025, 7, 29)),
        ("鈴木7/29 見積を取る", "見積を取る", SUZUKI, date(2025, 7, 29)),
        ("7/29鈴木 見積を取る", "見積を取る", SUZUKI, date(2025, 7, 29)),
        ("見積を取る 鈴木一郎 明日", "見積を取る", SUZUKI, date(2025, 7, 23)),
        ("見積を取る 鈴木 一郎 明日", "見積を取る", SUZUKI, date(2025, 7, 23)),
        ("見積を取る 佐藤P 月末", "見積を取る", SATO, date(2025, 7, 31)),
        ("見積を取る 佐藤プロデューサー 月末", "見積を取る", SATO, date(2025, 7, 31)),
        ("見積を取る 佐藤健二氏", "見積を取る", SATO, None),
        ("見積を送る 7/29", "見積を送る", None, date(2025, 7, 29)),
        ("高橋様に見積を送る 鈴木 7/29まで", "高橋様に見積を送る", SUZUKI, date(2025, 7, 29)),
        ("6/12の展示会の写真を集める 鈴木 7/29", "6/12の展示会の写真を集める", SUZUKI, date(2025, 7, 29)),
        ("鈴木 部長会議の資料を作る 7/29", "部長会議の資料を作る", SUZUKI, date(2025, 7, 29)),
        ("【鈴木】見積を取る", "見積を取る", SUZUKI, None),
    ],
)
def test_owner_and_due_date_are_read_from_the_words(
    text: str, title: str, owner: Person | None, due: date | None
) -> None:
    words = read(text)
    assert (words.title, words.owner_id, words.due_on) == (title, owner.id if owner else None, due)


@pytest.mark.parametrize(
    "text",
    [
        "高橋様に見積を送る",
        "鈴木と高橋で相談する",
        "鈴木、高橋 7/29",
        "鈴木商店に見積を頼む",
        "林業の補助金を調べる",
        "小林 7/29",
        "鈴木の机を借りる",
        "高橋社長は出張中なので鈴木へ連絡",
        "山田 7/29",
    ],
)
def test_where_it_is_not_clear_who_is_meant_nobody_is(text: str) -> None:
    assert read(text).owner_id is None


def test_two_people_of_one_family_name_are_told_apart_by_the_full_name_only() -> None:
    people = (SUZUKI, Person("hanako", "鈴木 花子"))
    assert read("見積 鈴木 7/29", people).owner_id is None
    assert read("見積 鈴木 7/29", people).title == "見積 鈴木"
    assert read("見積 鈴木花子 7/29", people).owner_id == "hanako"


@pytest.mark.parametrize("name", ["", "　", "ー"])
def test_a_person_without_a_readable_name_is_never_found(name: str) -> None:
    assert read("見積を取る 花子 7/29", (Person("nobody", name),)).owner_id is None


@pytest.mark.parametrize(
    ("text", "title", "name"),
    [
        ("図面一覧 山田様 8/5", "図面一覧", "山田様"),
        ("先方山田社長 8/5 図面一覧", "図面一覧", "山田社長"),
        ("山田さん：図面一覧", "図面一覧", "山田さん"),
        ("図面一覧 山田 8/5", "図面一覧 山田", None),
        ("山田様に図面を送る 8/5", "山田様に図面を送る", None),
        ("お客様 8/5", "お客様", None),
        ("山田様 中村様 8/5", "山田様 中村様", None),
        ("鈴木の件 山田様 8/5", "鈴木の件 山田様", None),
        ("社長 8/5", "社長", None),
    ],
)
def test_somebody_unknown_is_named_as_written_and_only_with_a_title(
    text: str, title: str, name: str | None
) -> None:
    words = read(text)
    assert (words.title, words.owner_id, words.owner_name) == (title, None, name)


def test_an_owner_named_twice_is_one_owner() -> None:
    assert read("鈴木：見積を取る 鈴木 7/29").owner_id == SUZUKI.id


def test_a_line_that_says_nothing_of_the_kind_is_its_own_title() -> None:
    assert read(" 図面の一覧（改訂）を作る。 ") == HomeworkWords(
        "図面の一覧（改訂）を作る。", None, None, None, ()
    )


def test_the_words_read_are_named_with_their_places() -> None:
    text = "見積を取る 鈴木さん 7/29まで"
    spans = read(text).spans
    assert [(text[span.start : span.end], span.kind) for span in spans] == [
        ("鈴木さん", SpanKind.OWNER),
        ("7/29まで", SpanKind.DUE),
    ]


@given(
    st.lists(
        st.sampled_from(["鈴木", "高橋", "様", "一郎", " ", "7/29", "まで", "（", "）", "、", "が", "見積"])
    ).map("".join)
    | st.text()
)
def test_no_line_breaks_the_reading_and_its_spans_do_not_overlap(text: str) -> None:
    words = read(text)
    places = [place for span in words.spans for place in range(span.start, span.end)]
    assert len(places) == len(set(places))
    assert all(0 <= place < len(text) for place in places)
    assert bool(words.title) == bool(text.strip())
    assert not (words.owner_id and words.owner_name)
    has_owner = words.owner_id is not None or words.owner_name is not None
    assert has_owner == any(span.kind is SpanKind.OWNER for span in words.spans)
    assert (words.due_on is None) == all(span.kind is not SpanKind.DUE for span in words.spans)
