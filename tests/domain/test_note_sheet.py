"""Which record keeps which text when lines are split, joined, pasted over and withdrawn."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.note_sheet import Edit, Line, NoteSheet, decision_above
from app.domain.order_keys import seeded_from
from app.domain.terms import Mark

NOON = datetime(2025, 7, 22, 3, 0, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)


def line(number: int, text: str, mark: Mark | None = None, *, is_secret: bool = False) -> Line:
    stamp = NOON + timedelta(minutes=number)
    return Line(f"old{number}", text, stamp, seeded_from(stamp), mark, is_secret)


def sheet(*lines: Line) -> NoteSheet:
    numbers: Iterator[int] = count()
    return NoteSheet(lines, lambda: f"new{next(numbers)}")


def shown(notes: NoteSheet) -> list[tuple[str, str]]:
    return [(each.id, each.text) for each in notes.lines]


def test_enter_splits_and_the_upper_part_keeps_id_mark_and_stamp() -> None:
    notes = sheet(line(0, "図面を渡した。似た治具が出た", Mark.ISSUE))
    notes.rewrite(0, 1, ["図面を渡した。", "似た治具が出た"], LATER)
    assert shown(notes) == [("old0", "図面を渡した。"), ("new0", "似た治具が出た")]
    upper, lower = notes.lines
    assert (upper.mark, upper.stamped_at) == (Mark.ISSUE, NOON)
    assert (lower.mark, lower.stamped_at) == (None, LATER)


def test_enter_at_the_end_gives_a_new_empty_line() -> None:
    notes = sheet(line(0, "主力は切削", Mark.FACT), line(1, "次"))
    edit = notes.rewrite(0, 1, ["主力は切削", ""], LATER)
    assert shown(notes) == [("old0", "主力は切削"), ("new0", ""), ("old1", "次")]
    assert [each.id for each in edit.put] == ["new0"]


def test_enter_at_the_start_leaves_the_text_its_record() -> None:
    notes = sheet(line(0, "治具は出願する", Mark.DECISION))
    notes.rewrite(0, 1, ["", "治具は出願する"], LATER)
    assert shown(notes) == [("new0", ""), ("old0", "治具は出願する")]
    assert notes.lines[1].mark is Mark.DECISION


def test_backspace_at_the_start_joins_and_the_upper_id_lives() -> None:
    notes = sheet(line(0, "主力は", Mark.FACT), line(1, "切削", Mark.ISSUE))
    edit = notes.rewrite(0, 2, ["主力は切削"], LATER)
    assert shown(notes) == [("old0", "主力は切削")]
    assert notes.lines[0].mark is Mark.FACT
    assert edit == Edit(put=(notes.lines[0],), withdrawn=("old1",))


def test_taking_away_an_empty_line_above_leaves_the_text_its_record() -> None:
    notes = sheet(line(0, ""), line(1, "切削", Mark.ISSUE))
    edit = notes.rewrite(0, 2, ["切削"], LATER)
    assert shown(notes) == [("old1", "切削")]
    assert edit == Edit(withdrawn=("old0",))


def test_deleting_whole_lines_withdraws_them_and_leaves_the_next_one_alone() -> None:
    notes = sheet(line(0, "一"), line(1, "二"), line(2, "三"), line(3, "四", Mark.DECISION))
    edit = notes.rewrite(1, 3, ["四"], LATER)
    assert shown(notes) == [("old0", "一"), ("old3", "四")]
    assert edit == Edit(withdrawn=("old1", "old2"))


def test_each_pasted_line_is_a_record() -> None:
    notes = sheet(line(0, "前後", Mark.FACT))
    edit = notes.rewrite(0, 1, ["前一", "二", "三後"], LATER)
    assert shown(notes) == [("old0", "前一"), ("new0", "二"), ("new1", "三後")]
    assert len(edit.put) == 3


@pytest.mark.parametrize(
    ("texts", "secrets"), [(["焼入れ", "850度"], [True, True]), (["焼入れ850度", ""], [True, False])]
)
def test_text_that_comes_out_of_a_secret_line_stays_secret(texts: list[str], secrets: list[bool]) -> None:
    notes = sheet(line(0, "焼入れ850度", is_secret=True))
    notes.rewrite(0, 1, texts, LATER)
    assert [each.is_secret for each in notes.lines] == secrets


def test_a_line_that_takes_in_secret_text_becomes_secret() -> None:
    notes = sheet(line(0, "条件は"), line(1, "850度", is_secret=True))
    notes.rewrite(0, 2, ["条件は850度"], LATER)
    assert notes.lines[0].is_secret


def test_homework_belongs_to_the_decision_above_it_through_other_homework_only() -> None:
    lines = [
        line(0, "決めた", Mark.DECISION),
        line(1, "する", Mark.HOMEWORK),
        line(2, "これも", Mark.HOMEWORK),
        line(3, "事実", Mark.FACT),
        line(4, "別の", Mark.HOMEWORK),
    ]
    assert [decision_above(lines, index) for index in range(5)] == [None, 0, 0, None, None]


@given(data=st.data())
def test_the_sheet_holds_what_was_typed_in_order_whatever_is_rewritten(data: st.DataObject) -> None:
    words = st.text("あいう", max_size=3)
    notes = sheet(*(line(number, text) for number, text in enumerate(data.draw(st.lists(words, min_size=1)))))
    stored = {each.id: each for each in notes.lines}
    texts = [each.text for each in notes.lines]
    for _ in range(data.draw(st.integers(1, 6))):
        first = data.draw(st.integers(0, len(texts) - 1))
        upto = data.draw(st.integers(first + 1, len(texts)))
        pieces = data.draw(st.lists(words, min_size=1, max_size=4))
        edit = notes.rewrite(first, upto - first, pieces, LATER)
        texts[first:upto] = pieces
        stored.update({each.id: each for each in edit.put})
        for gone in edit.withdrawn:
            del stored[gone]
    assert [each.text for each in notes.lines] == texts
    keys = [(each.order_key, each.id) for each in notes.lines]
    assert keys == sorted(keys)
    assert sorted(stored.values(), key=lambda each: each.id) == sorted(notes.lines, key=lambda each: each.id)
