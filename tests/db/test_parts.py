"""A segment is cut into parts that are entered one after the other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from db.change_columns import ChangeColumns, ReferenceColumns, parts_of


@st.composite
def columns(draw: st.DrawFn) -> ChangeColumns:
    """Saves of some changes each, with references of some of them."""
    sizes = draw(st.lists(st.integers(1, 6), min_size=1, max_size=8))
    save = tuple(number for number, size in enumerate(sizes) for _ in range(size))
    index = tuple(place for size in sizes for place in range(size))
    rows = tuple(sorted(draw(st.lists(st.sampled_from(range(len(save))), max_size=6))))
    ones = (0,) * len(save)
    return ChangeColumns(
        users=(b"u" * 16,),
        records=(b"r" * 16,),
        types=("note_line",),
        fields=("text",),
        kinds=("set",),
        saves=tuple(bytes([number]) * 8 for number in range(len(sizes))),
        save=save,
        index=index,
        record=ones,
        type=ones,
        field=ones,
        kind=ones,
        time=tuple(range(len(save))),
        user=ones,
        value=tuple(bytes([number]) for number in range(len(save))),
        parent_save=ones,
        parent_index=ones,
        references=ReferenceColumns(rows, (1,) * len(rows), (0,) * len(rows), tuple(range(len(rows)))),
    )


def changes_of(part: ChangeColumns) -> list[tuple[object, ...]]:
    return list(zip(part.save, part.index, part.time, part.value, strict=True))


def references_of(part: ChangeColumns) -> list[tuple[object, ...]]:
    held = part.references
    times = (part.time[row] for row in held.row)
    return list(zip(times, held.what, held.save, held.index, strict=True))


@given(columns(), st.integers(1, 12))
def test_parts_hold_everything_in_its_order_and_divide_no_save(whole: ChangeColumns, most: int) -> None:
    parts = list(parts_of(whole, most))
    assert [change for part in parts for change in changes_of(part)] == changes_of(whole)
    assert [each for part in parts for each in references_of(part)] == references_of(whole)
    saves = [set(part.save) for part in parts]
    assert sum(map(len, saves)) == len(set(whole.save))
    assert all(len(part.save) <= most or len(set(part.save)) == 1 for part in parts)


@given(columns())
def test_what_fits_is_one_part(whole: ChangeColumns) -> None:
    assert list(parts_of(whole, len(whole.save))) == [whole]
