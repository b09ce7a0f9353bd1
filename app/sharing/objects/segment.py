"""The body of a segment: a batch of changes as tables and columns (design-sync 6.4; specification 5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, chain, compress, islice, repeat
from operator import ge, lt
from typing import Any, Final

import msgpack

from app.sharing.objects.columns import column, pack_column, pack_steps, steps
from app.sharing.objects.fields import (
    MOST_ITEMS,
    UNPACK_FAULTS,
    array,
    items,
    joined,
    name,
    names,
    pack_names,
    packed,
    raw,
    unpacked,
    whole,
)
from app.sharing.objects.malformed import MalformedObject, NewerFormat
from app.sharing.objects.plaintext import MOST_BODY_BYTES
from app.sharing.objects.tips import Tip, pack_tips, read_tips

VERSION: Final = 1
ID_BYTES: Final = 16
SAVE_ID_BYTES: Final = 8
INDEX_BITS: Final = 20
MOST_INDEX: Final = (1 << INDEX_BITS) - 1
MOST_ROWS: Final = MOST_INDEX + 1
"""Of changes, and of references: what the largest save can have, since no segment of several comes near."""
MOST_VALUE_BYTES: Final = 4 << 20
SEEN, KNOWN, COVERS = 0, 1, 2
"""What a reference is: shown to the author; known beyond what was shown; covered by a deletion."""
NO_PARENT: Final = 0
SET: Final = "set"

_FIELDS: Final = 12
_COLUMNS: Final = 14
_REFERENCE_COLUMNS: Final = 5
_check_value = msgpack.unpackb
"""For short values: no array in them can claim more items than they have bytes."""
_check_long_value = partial(msgpack.unpackb, max_array_len=MOST_ITEMS, max_map_len=MOST_ITEMS)


class SaveTooLarge(ValueError):
    """One save is more than 32 MiB as a body: no segment can hold it, and it is never split."""


@dataclass(frozen=True, slots=True)
class References:
    """What changes refer to beyond one parent: equal-length columns, `row` never falling.

    The change of `row` refers, in the sense `sense`, to the change `index` of the save `saves[save]`.
    Other senses than SEEN, KNOWN, COVERS are a newer program's and mean nothing here.
    """

    row: tuple[int, ...] = ()
    sense: tuple[int, ...] = ()
    save: tuple[int, ...] = ()
    index: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """Tables, and equal-length columns that point into them; (save, index) rises from row to row.

    A change of which exactly one was seen, and no more known, has that as its parent: `parent_save` is one
    more than its place in `saves`. Of any other, `parent_save` is 0 and `references` name what there is.
    `value` is MessagePack as it stands in the log, None for what has no value, such as an `ack`. `saves`
    holds those that are only referred to as well.
    """

    users: tuple[bytes, ...]
    records: tuple[bytes, ...]
    types: tuple[str, ...]
    fields: tuple[str, ...]
    kinds: tuple[str, ...]
    saves: tuple[bytes, ...]
    save: tuple[int, ...]
    index: tuple[int, ...]
    record: tuple[int, ...]
    type: tuple[int, ...]
    field: tuple[int, ...]
    kind: tuple[int, ...]
    time: tuple[int, ...]
    user: tuple[int, ...]
    value: tuple[bytes | None, ...]
    parent_save: tuple[int, ...]
    parent_index: tuple[int, ...]
    references: References

    def __len__(self) -> int:
        return len(self.save)


@dataclass(frozen=True, slots=True)
class Segment:
    """Changes, who sealed them with what, and what the device held of other streams by then."""

    sealed_ms: int
    app: str
    schema: int
    changes: Changes
    tips: tuple[Tip, ...] = ()


def encode(segment: Segment) -> bytes:
    """The body. Raises SaveTooLarge if it is beyond what any device reads, ValueError for other faults."""
    changes = segment.changes
    if max(len(changes), len(changes.references.row)) > MOST_ROWS:
        raise SaveTooLarge("more changes or references than any device reads")
    if max(map(len, filter(None, changes.value)), default=0) > MOST_VALUE_BYTES:
        raise SaveTooLarge("a value that no device would read")
    body = packed(
        [
            VERSION,
            segment.sealed_ms,
            segment.app,
            segment.schema,
            joined(changes.users, ID_BYTES),
            joined(changes.records, ID_BYTES),
            pack_names(changes.types),
            pack_names(changes.fields),
            pack_names(changes.kinds),
            joined(changes.saves, SAVE_ID_BYTES),
            pack_tips(segment.tips),
            _columns(changes),
        ]
    )
    if len(body) > MOST_BODY_BYTES:
        raise SaveTooLarge("a segment beyond what any device reads")
    return body


def _columns(changes: Changes) -> list[Any]:
    references = changes.references
    return [
        len(changes),
        changes.time[0],
        pack_column(_counts(changes)),
        pack_column(changes.index),
        pack_column(changes.record),
        pack_column(changes.type),
        pack_column(changes.field),
        pack_column(changes.kind),
        pack_steps(changes.time),
        pack_column(changes.user),
        b"".join(map(msgpack.Packer().pack, changes.value)),
        pack_column(changes.parent_save),
        pack_column(changes.parent_index),
        [
            len(references.row),
            pack_column(references.row),
            pack_column(references.sense),
            pack_column(references.save),
            pack_column(references.index),
        ],
    ]


def _counts(changes: Changes) -> list[int]:
    """How many changes each save of the table has here; none if it is only referred to."""
    counted = Counter(changes.save)
    return [counted[save] for save in range(len(changes.saves))]


def decode(body: bytes) -> Segment:
    """A segment of which every index is within its table and every value can be read.

    Raises MalformedObject, or NewerFormat for a body that only needs a newer program.
    """
    read = unpacked(body, 1)
    if whole(read[0]) > VERSION:
        raise NewerFormat("a segment of a newer program")
    if read[0] != VERSION or len(read) < _FIELDS:
        raise MalformedObject("not a segment")
    _, sealed_ms, app, schema, users, records, types, fields, kinds, saves, tips, columns = read[:_FIELDS]
    return Segment(
        sealed_ms=whole(sealed_ms),
        app=name(app),
        schema=whole(schema),
        changes=_changes(
            items(users, ID_BYTES),
            items(records, ID_BYTES),
            names(types),
            names(fields),
            names(kinds),
            items(saves, SAVE_ID_BYTES),
            array(columns, _COLUMNS)[:_COLUMNS],
        ),
        tips=read_tips(tips),
    )


def sealed_ms_of(body: bytes) -> int:
    """When a segment was sealed, by its author; nothing else of it is read. Raises MalformedObject."""
    unpacker = msgpack.Unpacker(max_buffer_size=len(body), max_array_len=MOST_ITEMS, max_map_len=MOST_ITEMS)
    unpacker.feed(body)
    try:
        if unpacker.read_array_header() < _FIELDS or unpacker.unpack() != VERSION:
            raise MalformedObject("not a segment")
        return whole(unpacker.unpack())
    except (*UNPACK_FAULTS, msgpack.OutOfData):
        raise MalformedObject("not MessagePack within limits") from None


def _changes(
    users: tuple[bytes, ...],
    records: tuple[bytes, ...],
    types: tuple[str, ...],
    fields: tuple[str, ...],
    kinds: tuple[str, ...],
    saves: tuple[bytes, ...],
    columns: Sequence[Any],
) -> Changes:
    count_of_rows, first, of_saves, index, record, type_, field, kind, time, user, *last = columns
    value, parent_save, parent_index, references = last
    rows = whole(count_of_rows, MOST_ROWS)
    values = _values(value, rows)
    counts = column(of_saves, len(saves), rows)
    if sum(counts) != rows:
        raise MalformedObject("not a save for every change")
    changes = Changes(
        users,
        records,
        types,
        fields,
        kinds,
        saves,
        save=tuple(chain.from_iterable(map(repeat, range(len(saves)), counts))),
        index=column(index, rows, MOST_INDEX),
        record=column(record, rows, len(records) - 1),
        type=column(type_, rows, len(types) - 1),
        field=column(field, rows, len(fields) - 1),
        kind=column(kind, rows, len(kinds) - 1),
        time=steps(time, rows, whole(first)),
        user=column(user, rows, len(users) - 1),
        value=values,
        parent_save=column(parent_save, rows, len(saves)),
        parent_index=column(parent_index, rows, MOST_INDEX),
        references=_references(array(references, _REFERENCE_COLUMNS), rows, len(saves)),
    )
    _check_identities(changes, counts)
    _check_kinds(changes)
    return changes


def _values(value: object, rows: int) -> tuple[bytes | None, ...]:
    """So many values, each None or bytes that are MessagePack within limits."""
    side_by_side = raw(value)
    if not 1 <= rows <= len(side_by_side):
        raise MalformedObject("not a value for every change")
    try:
        read = _side_by_side(side_by_side, rows)
        for one in read:
            if one is not None:
                check = _check_value if len(one) <= MOST_ITEMS else _check_long_value
                check(one)
    except UNPACK_FAULTS:
        raise MalformedObject("a value that is not MessagePack within limits") from None
    return read


def _side_by_side(data: bytes, rows: int) -> tuple[bytes | None, ...]:
    unpacker = msgpack.Unpacker(
        max_buffer_size=len(data),
        max_bin_len=MOST_VALUE_BYTES,
        max_str_len=0,
        max_array_len=0,
        max_map_len=0,
        max_ext_len=0,
    )
    unpacker.feed(data)
    read = tuple(islice(unpacker, rows))
    if len(read) != rows or unpacker.tell() != len(data) or not set(map(type, read)) <= {bytes, type(None)}:
        raise ValueError("not binaries and nothing else")
    return read


def _references(columns: Sequence[Any], rows: int, saves: int) -> References:
    count = whole(columns[0], MOST_ROWS)
    if count > len(raw(columns[1])):
        raise MalformedObject("a column of another length")
    references = References(
        row=column(columns[1], count, rows - 1),
        sense=column(columns[2], count, MOST_INDEX),
        save=column(columns[3], count, saves - 1),
        index=column(columns[4], count, MOST_INDEX),
    )
    if any(map(lt, references.row[1:], references.row)):
        raise MalformedObject("references out of order")
    return references


def _check_identities(changes: Changes, counts: Sequence[int]) -> None:
    """Raise MalformedObject if two changes have one id, or are out of order."""
    if len(set(changes.saves)) != len(changes.saves):
        raise MalformedObject("a save that is listed twice")
    not_rising = map(ge, changes.index, islice(changes.index, 1, None))
    if not set(compress(range(1, len(changes)), not_rising)) <= set(accumulate(counts)):
        raise MalformedObject("changes out of order")


def _check_kinds(changes: Changes) -> None:
    """Raise MalformedObject if something is set to nothing at all."""
    if None in changes.value and any(
        value is None and changes.kinds[kind] == SET
        for value, kind in zip(changes.value, changes.kind, strict=True)
    ):
        raise MalformedObject("a change that sets no value")
