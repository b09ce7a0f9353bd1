from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import msgpack
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sharing.objects import segment as segments
from app.sharing.objects.malformed import MalformedObject, NewerFormat
from app.sharing.objects.segment import SaveTooLarge, Segment, decode, encode
from app.sharing.objects.tips import Tip
from tests.sharing.objects.changes import USERS, change_id, listed, logs, many, segment_of
from tests.sharing.objects.factories import drawn
from tests.sharing.objects.logged import LoggedChange

TIPS = (
    Tip(drawn(16, "stream a"), 0, drawn(8, "a")),
    Tip(drawn(16, "stream b"), (1 << 63) - 1, drawn(8, "b")),
)


@given(logs())
def test_any_changes_come_back(log: list[LoggedChange]) -> None:
    made = segment_of(log, tips=TIPS)
    assert decode(encode(made)) == made
    assert listed(made.changes) == log


def test_what_a_newer_program_adds_is_passed_over() -> None:
    made = segment_of(many(9))
    read = msgpack.unpackb(encode(made))
    read[11][13].append(b"further sense")
    read[11] += [b"a further column", {"a": [1]}]
    assert decode(msgpack.packb([*read, "a further field"])) == made


def test_a_newer_body_is_told_from_a_broken_one() -> None:
    with pytest.raises(NewerFormat):
        decode(msgpack.packb([2, "quite different"]))


Body = list[Any]


def _set(*path: int, to: Any) -> Callable[[Body], None]:
    def change(body: Body) -> None:
        at: Any = body
        for step in path[:-1]:
            at = at[step]
        at[path[-1]] = to

    return change


MANY = bytes(16 * 3)
WRONG: dict[str, Callable[[Body], None]] = {
    "version 0": _set(0, to=0),
    "a version that is no number": _set(0, to="1"),
    "a version that is true": _set(0, to=True),
    "too few fields": lambda body: body.pop(),
    "a moment before 1970": _set(1, to=-1),
    "a moment that no store holds": _set(1, to=1 << 63),
    "the program's name is a number": _set(2, to=7),
    "the program's name is endless": _set(2, to="x" * 1025),
    "the schema is a text": _set(3, to="4"),
    "half a user": _set(4, to=bytes(15)),
    "a list of users": _set(4, to=[bytes(16)]),
    "no user": _set(4, to=b""),
    "half a record": _set(5, to=bytes(17)),
    "no record": _set(5, to=b""),
    "types are a text": _set(6, to="company"),
    "a type is a number": _set(6, 0, to=1),
    "a type is endless": _set(6, 0, to="x" * 1025),
    "no type": _set(6, to=[]),
    "a field is a binary": _set(7, 0, to=b"name"),
    "a field is missing": _set(7, to=["name"]),
    "a kind is nil": _set(8, 0, to=None),
    "no kind": _set(8, to=[]),
    "half a save": _set(9, to=bytes(9)),
    "a save is listed twice": lambda body: _set(9, to=body[9][:8] * 2 + body[9][16:])(body),
    "half a tip": _set(10, to=bytes(33)),
    "a tip beyond all numbers": _set(10, to=b"\xff" * 32),
    "columns are a map": _set(11, to={}),
    "a column is missing": lambda body: body[11].pop(),
    "no rows": _set(11, 0, to=0),
    "a row too many": _set(11, 0, to=10),
    "rows without end": _set(11, 0, to=1 << 40),
    "a negative time": _set(11, 1, to=-1),
    "more changes than the saves have": _set(11, 2, to=b"\x08\x02"),
    "changes without a save": _set(11, 2, to=b"\x08\x00"),
    "an index twice in a save": _set(11, 3, to=bytes((0, 1, 2, 3, 4, 5, 6, 6, 0))),
    "an index that falls": _set(11, 3, to=bytes((0, 1, 2, 3, 4, 5, 7, 6, 0))),
    "an index beyond a store's": _set(11, 3, to=struct.pack(">9I", *range(8), 1 << 20)),
    "a record beyond the table": _set(11, 4, to=bytes(8) + b"\x01"),
    "a type beyond the table": _set(11, 5, to=bytes(8) + b"\x01"),
    "a field beyond the table": _set(11, 6, to=bytes(8) + b"\x08"),
    "a kind beyond the table": _set(11, 7, to=bytes(8) + b"\x01"),
    "a column too short": _set(11, 6, to=bytes(8)),
    "a column of three bytes each": _set(11, 6, to=bytes(27)),
    "a column that is a list": _set(11, 6, to=[0] * 9),
    "a first step": _set(11, 8, to=bytes((1, 0, 0, 0, 0, 0, 0, 0, 0))),
    "a time below 0": _set(11, 8, to=b"\x00" * 64 + b"\x80" + b"\x00" * 7),
    "a time beyond all": _set(11, 8, to=b"\x00" * 64 + b"\x7f" + b"\xff" * 7),
    "a user beyond the table": _set(11, 9, to=bytes(8) + b"\x01"),
    "a value too few": lambda body: _set(11, 10, to=body[11][10][:-2])(body),
    "a value cut short": lambda body: _set(11, 10, to=body[11][10][:-1])(body),
    "a value too many": lambda body: _set(11, 10, to=body[11][10] + b"\xc0")(body),
    "a value that is not wrapped": _set(11, 10, to=b"\x01" * 9),
    "an array for a value": _set(11, 10, to=b"\x90" * 9),
    "an empty value": _set(11, 10, to=b"\xc4\x00" * 9),
    "a value that is two": _set(11, 10, to=b"\xc4\x02\x01\x01" * 9),
    "a value cut in itself": _set(11, 10, to=b"\xc4\x02\xa5a" * 9),
    "a value that is no UTF-8": _set(11, 10, to=b"\xc4\x02\xa1\xff" * 9),
    "a value of nothing": _set(11, 10, to=b"\xc4\x01\xc1" * 9),
    "set to nothing": _set(11, 10, to=b"\xc0" * 9),
    "a parent's save beyond the table": _set(11, 11, to=bytes(8) + b"\x03"),
    "a parent's index beyond a store's": _set(11, 12, to=bytes(4 * 8) + b"\x00\x10\x00\x00"),
    "no references": _set(11, 13, to=None),
    "references without end": _set(11, 13, 0, to=1 << 50),
    "a reference column too short": _set(11, 13, to=[1, b"", b"", b"", b""]),
    "a reference from beyond": _set(11, 13, to=[1, b"\x09", b"\0", b"\0", b"\0"]),
    "a reference to beyond": _set(11, 13, to=[1, b"\0", b"\0", b"\x02", b"\0"]),
    "references out of order": _set(11, 13, to=[2, b"\1\0", b"\0\0", b"\0\0", b"\0\1"]),
}


def altered(change: Callable[[Body], object]) -> bytes:
    """Nine changes of two saves, with one thing wrong."""
    body = msgpack.unpackb(encode(segment_of(many(9))))
    change(body)
    return msgpack.packb(body)


@pytest.mark.parametrize("wrong", WRONG)
def test_what_does_not_fit_is_refused(wrong: str) -> None:
    with pytest.raises(MalformedObject):
        decode(altered(WRONG[wrong]))


def test_references_that_fit_are_taken() -> None:
    taken = _set(11, 13, to=[2, b"\0\1", b"\0\x09", b"\0\1", b"\0\1"])
    assert decode(altered(taken)).changes.references.sense == (0, 9)


@pytest.mark.parametrize(
    "body", [b"", b"\xc1", b"\x01", b"\x80", b"\x90", b"\x91\x01", b"\x91" * 5000, b"\xdd\xff\xff\xff\xff"]
)
def test_what_is_no_array_is_refused(body: bytes) -> None:
    with pytest.raises(MalformedObject):
        decode(body)


@given(st.data())
def test_a_body_cut_short_is_refused(data: st.DataObject) -> None:
    body = encode(segment_of(many(9)))
    with pytest.raises(MalformedObject):
        decode(body[: data.draw(st.integers(0, len(body) - 1))])


@given(st.data())
def test_an_altered_body_is_refused_or_is_a_segment(data: st.DataObject) -> None:
    """Whoever holds the keys can write anything; what is taken can also be written again."""
    body = bytearray(encode(segment_of(many(20))))
    for _ in range(data.draw(st.integers(1, 4))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    try:
        read = decode(bytes(body))
    except MalformedObject:
        return
    assert decode(encode(read)) == read
    assert len(listed(read.changes)) == len(read.changes)


def test_a_value_that_claims_endless_arrays_takes_no_memory() -> None:
    bomb = b"\xdd\x00\xff\xff\xff" * 1000 + bytes(4_000_000)
    body = msgpack.unpackb(encode(segment_of(many(1))))
    body[11][10] = msgpack.packb(bomb)
    with pytest.raises(MalformedObject):
        decode(msgpack.packb(body))


def test_a_value_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    log = [many(1)[0]._replace(value=msgpack.packb("x" * 500))]
    body = encode(segment_of(log))
    assert listed(decode(body).changes) == log
    monkeypatch.setattr(segments, "MOST_VALUE_BYTES", 500)
    with pytest.raises(MalformedObject):
        decode(body)


def test_a_segment_that_no_device_would_read_is_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segments, "MOST_BODY_BYTES", 100)
    with pytest.raises(SaveTooLarge):
        encode(segment_of(many(9)))


@pytest.mark.parametrize(
    "field", [{"tips": (Tip(bytes(15), 0, bytes(8)),)}, {"tips": (Tip(bytes(16), 0, b""),)}]
)
def test_an_id_of_another_length_is_not_written(field: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="length"):
        encode(segment_of(many(1), **field))


def test_unusual_numbers_keep_their_width() -> None:
    save = drawn(8, "save")
    log = [
        LoggedChange(change_id(save, index), bytes(16), "t", "f", "set", b"\xc0", time, USERS[0])
        for index, time in ((0, (1 << 63) - 1), (255, 0), (256, 127), (65_536, 0), ((1 << 20) - 1, 128))
    ]
    assert listed(decode(encode(segment_of(log))).changes) == log


MUTANTS: dict[str, tuple[str, Any, str]] = {
    "identities are not compared": ("_check_identities", lambda *_: None, "an index twice in a save"),
    "kinds are not compared": ("_check_kinds", lambda *_: None, "set to nothing"),
    "values are not looked at": ("_check_value", lambda _: None, "a value that is two"),
    "limits of columns are not kept": (
        "column",
        lambda value, rows, most: _column(value, rows, (1 << 63) - 1),
        "a type beyond the table",
    ),
}
_column = segments.column


@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_check_that_is_missing_is_noticed(mutant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    function, instead, wrong = MUTANTS[mutant]
    monkeypatch.setattr(segments, function, instead)
    with pytest.raises(pytest.fail.Exception):
        test_what_does_not_fit_is_refused(wrong)


def test_columns_in_another_order_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The mutant takes the differences of times for the times."""
    monkeypatch.setattr(segments, "steps", lambda value, rows, first: (first,) * rows)
    with pytest.raises(AssertionError):
        test_unusual_numbers_keep_their_width()


COVERING = [*many(9)[:8], many(9)[8]._replace(covers=tuple(change.id for change in many(9)))]


def test_as_many_rows_as_the_limit_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segments, "MOST_ROWS", 9)
    assert listed(decode(encode(segment_of(COVERING))).changes) == COVERING


@pytest.mark.parametrize("log", [many(9), [many(1)[0]._replace(covers=COVERING[8].covers)]])
def test_more_rows_than_the_limit_are_neither_read_nor_written(
    log: list[LoggedChange], monkeypatch: pytest.MonkeyPatch
) -> None:
    body = encode(segment_of(log))
    monkeypatch.setattr(segments, "MOST_ROWS", 8)
    with pytest.raises(MalformedObject):
        decode(body)
    with pytest.raises(SaveTooLarge):
        encode(segment_of(log))


def test_a_value_that_no_device_would_read_is_not_written() -> None:
    large = many(1)[0]._replace(value=bytes(segments.MOST_VALUE_BYTES + 1))
    with pytest.raises(SaveTooLarge):
        encode(segment_of([large]))


def test_the_limits_are_those_of_the_specification() -> None:
    assert (segments.MOST_INDEX, segments.MOST_ROWS) == ((1 << 20) - 1, 1 << 20)
    assert segments.MOST_VALUE_BYTES == 4 << 20


def with_fields(names: tuple[str, ...]) -> Segment:
    made = segment_of(many(1))
    return replace(made, changes=replace(made.changes, fields=names))


@pytest.mark.parametrize("names", [("x" * 1025,), tuple(map(str, range(4097)))])
def test_names_that_no_device_would_read_are_not_written(names: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="names"):
        encode(with_fields(names))


@pytest.mark.parametrize("names", [("x" * 1024,), tuple(map(str, range(4096)))])
def test_names_up_to_the_limit_are_read(names: tuple[str, ...]) -> None:
    assert decode(encode(with_fields(names))) == with_fields(names)
