"""What the documents show, whatever the layout; and guards that hold for all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.terms import Mark, SessionMethod
from app.reports.content import Homework, NoteLine
from app.reports.layout import lay_out
from app.reports.page_kit import paper
from app.reports.page_kit.frame import Framer
from app.reports.page_kit.ink import Fill, Frame, Rule
from app.reports.page_kit.styles import Style
from tests.reports.cases import LONG, cases
from tests.reports.examples import CALL, FIRST, SHEET, VISIT, history_of, minutes_of

CASES = cases()


def framed_pages(content):
    document = lay_out(content)
    framer = Framer(document)
    return [framer.framed(number) for number in range(1, len(document.pages) + 1)]


def texts_of(content) -> list[str]:
    return [text.text for page in framed_pages(content) for text in page.texts]


def joined(content) -> str:
    return "".join(texts_of(content))


@pytest.mark.parametrize("name", CASES)
def test_nothing_stands_where_a_printer_cannot_print(name):
    for page in framed_pages(CASES[name]):
        for text in page.texts:
            length = Style(text.size, 0, bold=text.bold, tracking=text.tracking).length(text.text)
            assert text.x >= paper.LEFT - 0.01
            assert text.x + length <= paper.RIGHT + text.size + 0.01
            assert paper.SAFE_EDGE <= text.y <= paper.HEIGHT - paper.SAFE_EDGE
        for drawing in page.drawings:
            if isinstance(drawing, Fill | Frame):
                assert drawing.x >= paper.LEFT - 2
                assert drawing.x + drawing.width <= paper.RIGHT + 0.01
                assert drawing.height > 0
            if isinstance(drawing, Rule):
                assert paper.LEFT - 0.01 <= drawing.x <= drawing.to_x <= paper.RIGHT + 0.01


@pytest.mark.parametrize("name", CASES)
def test_the_body_stays_between_header_and_footer(name):
    for page in lay_out(CASES[name]).pages:
        for text in page.texts:
            assert paper.BOTTOM - 1 <= text.y <= paper.TOP + 4


@pytest.mark.parametrize("name", CASES)
def test_header_footer_and_count_stand_on_each_page_once(name):
    pages = framed_pages(CASES[name])
    title = lay_out(CASES[name]).title.replace("😀", "〓")
    for number, page in enumerate(pages, 1):
        shown = [text.text for text in page.texts]
        assert shown.count(title) == 1
        assert shown.count(f"{number} / {len(pages)}") == 1
        assert shown.count("第1版　R8.3.10 15:20　鈴木 花子") == 1


def test_a_card_on_two_pages_repeats_its_band():
    long = replace(VISIT, lines=(NoteLine(LONG, Mark.FACT), NoteLine(LONG)))
    pages = framed_pages(history_of(long))

    assert len(pages) > 2
    for page in pages[1:]:
        shown = [text.text for text in page.texts]
        assert shown.count("No.3") == 1
        assert "令和7年7月22日（火）（前頁からの続き）" in shown


def test_a_short_card_is_not_split():
    visits = [replace(FIRST, number=number, next_on=None) for number in range(1, 60)]
    pages = framed_pages(history_of(*visits))

    assert len(pages) > 2
    assert "前頁からの続き" not in joined(history_of(*visits))


def test_unmarked_lines_come_last_in_a_card():
    text = joined(history_of(VISIT))

    assert text.index("・社長は「下請け") > text.index("・海外の引き合い先") > text.index("・治具は特許出願")
    assert text.index("その他の") > text.index("宿題")


def test_homework_tells_who_by_when():
    text = joined(history_of(VISIT))

    assert "確認書のひな形を用意する（佐藤、R7.8.19まで）" in text
    assert "海外の引き合い先の一覧を送る（担当なし）" in text
    assert "弁理士の相談を予約する（鈴木、R7.7.29まで、済）" in text


def test_a_homework_line_without_a_task_is_not_lost():
    visit = replace(VISIT, lines=(NoteLine("カタログを探しておく", Mark.HOMEWORK),))

    assert "カタログを探しておく" in joined(history_of(visit))
    assert "カタログを探しておく" in joined(minutes_of(visit))


def test_minutes_have_their_sections_in_order_and_end_with_ijo():
    shown = texts_of(minutes_of())
    sections = [text for text in shown if text in {"決定", "課題", "事実", "宿題", "その他"}]

    assert sections == ["決定", "課題", "事実", "宿題", "その他"]
    assert shown.index("以上") > shown.index("その他の記録")
    assert "【期限】" in shown


def test_minutes_point_from_decision_to_homework():
    text = joined(minutes_of())

    assert "管理する。（宿題1、2）" in text
    assert "交わす。（宿題3）" in text


def test_sections_without_lines_are_left_out_of_minutes():
    visit = replace(VISIT, lines=(NoteLine("図面の一覧を受け取った。", Mark.FACT),))

    assert not {"決定", "課題", "宿題", "その他"} & set(texts_of(minutes_of(visit)))


def test_the_first_year_of_an_era_is_written_gannen():
    visit = replace(VISIT, on=date(2019, 5, 1), next_on=None)
    before = replace(VISIT, on=date(2019, 4, 30), next_on=None)

    assert any(text.startswith("令和元年5月1日（水）") for text in texts_of(history_of(visit)))
    assert any(text.startswith("平成31年4月30日（火）") for text in texts_of(history_of(before)))


def test_the_visit_sheet_is_one_page_whatever_it_has_to_say():
    crowded = replace(
        SHEET,
        visit=replace(SHEET.visit, purpose=LONG, location=LONG, people=VISIT.people * 8),
        homework=tuple(Homework(LONG, LONG, date(2025, 8, 1)) for _ in range(30)),
        questions=(LONG,) * 30,
        dates=SHEET.dates * 30,
        earlier=(VISIT, CALL, FIRST) * 5,
    )
    (page,) = lay_out(crowded).pages

    lines_to_write_on = [drawing for drawing in page.drawings if isinstance(drawing, Rule) and drawing.dash]
    assert len(lines_to_write_on) >= 4
    assert any("30件のうち5件" in text.text for text in page.texts)


def test_a_question_longer_than_its_column_goes_on_below():
    question = "名前やロゴは、ほかで使われていないか調べましたか。"
    shown = "".join(texts_of(replace(SHEET, questions=(question,))))

    assert question in shown


def test_overdue_homework_is_marked_by_a_sign():
    shown = texts_of(SHEET)

    assert "▲R7.8.19" in shown
    assert "期限なし" in shown


def test_last_visits_are_told_in_two_lines_each():
    shown = texts_of(SHEET)

    at = shown.index("第3回　R7.7.22　訪問　決定2件、宿題4件")
    assert shown[at + 1] == "治具は特許出願を検討する。加工条件は出願せず、社内の秘密として管理する。"


@pytest.mark.parametrize("make", [history_of, minutes_of])
def test_a_place_that_only_repeats_the_method_is_said_once(make):
    visit = replace(VISIT, method=SessionMethod.PHONE, location="電話", purpose="", lines=())

    assert joined(make(visit)).count("電話") == 1
