"""Rows, tables, prose and the frame: what may stand at the edge of a page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reports.page_kit import paper, styles
from app.reports.page_kit.flow import Flow
from app.reports.page_kit.headings import approval_boxes, section
from app.reports.page_kit.ink import Fill, Frame, Rule
from app.reports.page_kit.prose import laid_out, put_prose
from app.reports.page_kit.setting import Align, first_lines, put_lines, set_item, set_text, single
from app.reports.page_kit.tables import Column, Table, grid

COLUMNS = (Column("No.", 12, Align.CENTRE), Column("内容", 158))


def body_texts(flow: Flow, page: int) -> list[str]:
    return [text.text for text in flow.pages[page].texts]


def lines_text(count: int) -> str:
    return "\n".join(f"行{number}" for number in range(count))


def flow_with_room(lines: float) -> Flow:
    """A flow on whose first page this many lines of a cell are free under a table's head."""
    flow = Flow()
    flow.y = paper.BOTTOM + 18 + lines * styles.CELL.leading + 6.01
    return flow


def test_a_table_repeats_its_head_on_each_page():
    flow = Flow()
    Table(COLUMNS, [(str(number), "図面") for number in range(100)]).place(flow)

    assert len(flow.pages) > 2
    assert all(body_texts(flow, page)[:2] == ["No.", "内容"] for page in range(len(flow.pages)))


def test_up_to_six_rows_stay_together():
    flow = flow_with_room(8)
    Table(COLUMNS, [(str(number), "図面") for number in range(6)]).place(flow)

    assert body_texts(flow, 0) == []
    assert len(body_texts(flow, 1)) == 14


def test_a_row_of_six_lines_moves_whole():
    flow = flow_with_room(5)
    Table(COLUMNS, [("1", lines_text(6)), *[("2", "後")] * 6]).place(flow)

    assert body_texts(flow, 0) == []


def test_a_longer_row_is_split_with_at_least_two_lines_on_either_side():
    flow = flow_with_room(6)
    Table(COLUMNS, [("1", lines_text(7)), *[("2", "後")] * 6]).place(flow)

    assert body_texts(flow, 0)[2:] == ["1", "行0", "行1", "行2", "行3", "行4"]
    assert body_texts(flow, 1)[2:4] == ["行5", "行6"]


def test_a_longer_row_with_room_for_one_line_moves_whole():
    flow = flow_with_room(1)
    Table(COLUMNS, [("1", lines_text(7)), *[("2", "後")] * 6]).place(flow)

    assert body_texts(flow, 0) == []


def test_a_cell_longer_than_a_page_goes_on_and_loses_nothing():
    flow = Flow()
    Table(COLUMNS, [("1", lines_text(200))]).place(flow)

    shown = [
        text for page in range(len(flow.pages)) for text in body_texts(flow, page) if text.startswith("行")
    ]
    assert shown == lines_text(200).split("\n")


def test_each_part_of_a_table_is_closed_by_a_frame():
    flow = Flow()
    Table(COLUMNS, [("1", lines_text(200))]).place(flow)

    for page in flow.pages:
        frames = [drawing for drawing in page.drawings if isinstance(drawing, Frame)]
        lowest = min(text.y for text in page.texts)
        assert len(frames) == 1
        assert frames[0].y < lowest


def test_a_label_is_repeated_with_a_note_where_its_row_is_split():
    flow = Flow()
    grid(flow, (20, 150), [("経過", lines_text(80))])

    assert "経過" in body_texts(flow, 0)
    assert "（続き）" in body_texts(flow, 1)


def test_no_grey_covers_a_rule():
    flow = Flow()
    grid(flow, (20, 65, 20, 65), [("企業名", "甲", "番号", "1"), ("所在地", "乙")])

    kinds = [type(drawing) for drawing in flow.page.drawings]
    assert kinds.index(Rule) > max(place for place, kind in enumerate(kinds) if kind is Fill)


def test_figures_on_the_right_end_at_one_place():
    flow = Flow()
    Table([Column("額", 40, Align.RIGHT)], [("1,200",), ("7",)]).place(flow)
    ends = {round(text.x + styles.CELL.length(text.text), 3) for text in flow.page.texts[1:]}

    assert len(ends) == 1


def test_a_heading_takes_what_it_must_not_leave_to_the_next_page():
    flow = Flow()
    flow.y = paper.BOTTOM + 60
    section(flow, "課題")

    assert len(flow.pages) == 2
    assert flow.page.bookmarks[0].title == "課題"


@given(st.integers(1, 120), st.floats(0, 700))
def test_prose_keeps_two_lines_on_either_side_of_a_break(count, used):
    flow = Flow()
    flow.y -= used
    put_prose(flow, set_text(lines_text(count), styles.BODY, 400), styles.BODY)

    per_page = [len(page.texts) for page in flow.pages]
    assert sum(per_page) == count
    assert all(number != 1 for number in per_page) or count == 1
    assert all(text.y > paper.BOTTOM - 1 for page in flow.pages for text in page.texts)


def test_running_text_fills_its_width_except_in_its_last_line():
    text = (
        "図面を渡した先と時期を一つずつ確かめ、INPITの窓口とも相談して写しの所在を聞き取ったうえで一覧にした。"
        * 3
    )
    lines = set_text(text, styles.BODY, 304, running=True)

    for line in lines[:-1]:
        hung = styles.BODY.size if line.text[-1] in "、。" and line.tracking else 0
        length = styles.BODY.length(line.text) + line.tracking * (len(line.text) - 1)
        assert length - hung == pytest.approx(304, abs=0.2) or not line.tracking
    assert any(line.tracking for line in lines[:-1])
    assert lines[-1].tracking == 0


def test_narrow_cells_are_left_ragged():
    assert all(
        line.tracking == 0
        for line in set_text("図面を渡した先を確かめた。" * 4, styles.CELL, 90, running=True)
    )


def test_an_item_hangs_from_its_mark():
    lines = set_item("・", "図面を渡した先を確かめた。", styles.CELL, 90)

    assert [line.lead for line in lines] == ["・", "", *[""] * (len(lines) - 2)]
    assert {line.indent for line in lines} == {9.0}


def test_what_is_too_long_for_one_line_ends_with_dots():
    line = single("図面を渡した先と時期を確かめた", styles.CELL, 60)

    assert line.text == "図面を渡し…"
    assert line.length <= 60


def test_the_last_line_kept_tells_that_more_would_follow():
    assert [line.text for line in first_lines("図面を渡した先と時期を確かめた", styles.CELL, 46, 2)] == [
        "図面を渡し",
        "た先と時…",
    ]
    assert [line.text for line in first_lines("図面", styles.CELL, 46, 2)] == ["図面"]


def test_seal_boxes_stand_at_the_right_edge_and_none_draw_nothing():
    flow = Flow()
    end = approval_boxes(flow, ("所長", "担当"))
    frames = [drawing for drawing in flow.page.drawings if isinstance(drawing, Frame)]

    assert max(frame.x + frame.width for frame in frames) == pytest.approx(paper.RIGHT)
    assert end < min(frame.x for frame in frames)
    empty = Flow()
    assert approval_boxes(empty, ()) == paper.RIGHT
    assert empty.page.drawings == []


def test_a_nearly_empty_last_page_is_saved_by_tighter_lines():
    def fill(flow, tighter_by):
        style = styles.BODY.tighter(tighter_by)
        for _ in range(45):
            flow.need(style.leading)
            put_lines(flow.page, set_text("図面", style, 100), style, x=100, top=flow.y)
            flow.y -= style.leading

    assert len(laid_out(fill, 0.0).pages) == 2
    assert len(laid_out(fill, 1.5).pages) == 1
