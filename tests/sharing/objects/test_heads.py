from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import msgpack
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sharing.objects import heads
from app.sharing.objects.heads import MOST_NEWEST, Head, PackTip, StreamTip, decode, encode
from app.sharing.objects.malformed import MalformedObject, NewerFormat
from app.sharing.objects.tips import Tip
from tests.sharing.objects.factories import drawn

NUMBERS = st.integers(0, (1 << 63) - 1)


def ids(length: int) -> st.SearchStrategy[bytes]:
    return st.binary(min_size=length, max_size=length)


PACKS = st.builds(
    lambda one, other, own: PackTip(min(one, other), max(one, other), own), NUMBERS, NUMBERS, ids(16)
)
STREAMS = st.builds(
    StreamTip,
    ids(16),
    ids(16),
    st.integers(8, 1 << 63),
    ids(32),
    st.lists(ids(16), max_size=8).map(tuple),
    st.lists(PACKS, max_size=3).map(tuple),
)
HEADS = st.builds(
    Head,
    NUMBERS,
    NUMBERS,
    st.text(max_size=20),
    NUMBERS,
    st.lists(STREAMS, max_size=3).map(tuple),
    st.lists(st.builds(Tip, ids(16), NUMBERS, ids(8)), max_size=3).map(tuple),
    st.lists(ids(32), max_size=3).map(tuple),
    st.lists(ids(16), max_size=3).map(tuple),
)


@given(HEADS)
def test_any_head_comes_back(head: Head) -> None:
    assert decode(encode(head)) == head


STREAM = StreamTip(
    drawn(16, "s"), drawn(16, "c"), 2, drawn(32, "l"), (drawn(16, "n"),), (PackTip(0, 1, drawn(16, "p")),)
)
HEAD = Head(
    7, 1_764_000_000_000, "1.2.3", 4, (STREAM,), (Tip(drawn(16, "t"), 5, drawn(8, "b")),), (drawn(32, "k"),)
)


def test_what_a_newer_program_adds_is_passed_over() -> None:
    body = msgpack.unpackb(encode(replace(HEAD, deposits=(drawn(16, "d"),))))
    body[5][0].append("more of a stream")
    assert decode(msgpack.packb([*body, {"more": "of a head"}])).streams == HEAD.streams


def test_a_newer_body_is_told_from_a_broken_one() -> None:
    with pytest.raises(NewerFormat):
        decode(msgpack.packb([2]))


def _set(*path: int, to: Any) -> Callable[[list[Any]], None]:
    def change(body: list[Any]) -> None:
        at: Any = body
        for step in path[:-1]:
            at = at[step]
        at[path[-1]] = to

    return change


WRONG: dict[str, Callable[[list[Any]], None]] = {
    "version 0": _set(0, to=0),
    "too few fields": lambda body: body.pop(),
    "a negative counter": _set(1, to=-1),
    "a counter beyond all": _set(1, to=1 << 63),
    "a counter that is true": _set(1, to=True),
    "a time that is a text": _set(2, to="now"),
    "a program without a name": _set(3, to=None),
    "a schema that is a fraction": _set(4, to=4.0),
    "streams that are a map": _set(5, to={}),
    "a stream that is none": _set(5, 0, to=0),
    "a stream with too few fields": lambda body: body[5][0].pop(),
    "half a stream id": _set(5, 0, 0, to=bytes(15)),
    "a compartment that is a text": _set(5, 0, 1, to="team"),
    "a next number beyond all": _set(5, 0, 2, to=(1 << 63) + 1),
    "more segments than there are": _set(5, 0, 2, to=0),
    "half a last id": _set(5, 0, 3, to=bytes(16)),
    "half a newest id": _set(5, 0, 4, to=bytes(17)),
    "half a pack": _set(5, 0, 5, to=bytes(33)),
    "a pack that ends before it begins": _set(5, 0, 5, to=bytes(7) + b"\1" + bytes(24)),
    "a pack beyond all numbers": _set(5, 0, 5, to=b"\xff" * 32),
    "half a tip": _set(6, to=bytes(31)),
    "half an entry": _set(7, to=bytes(31)),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_does_not_fit_is_refused(wrong: str) -> None:
    body = msgpack.unpackb(encode(HEAD))
    WRONG[wrong](body)
    with pytest.raises(MalformedObject):
        decode(msgpack.packb(body))


@given(st.data())
def test_a_head_cut_short_is_refused(data: st.DataObject) -> None:
    body = encode(HEAD)
    with pytest.raises(MalformedObject):
        decode(body[: data.draw(st.integers(0, len(body) - 1))])


def test_a_head_names_its_newest_segments_only() -> None:
    many = tuple(drawn(16, f"{number}") for number in range(70))
    tip = StreamTip(bytes(16), bytes(16), 70, bytes(32), many)
    assert decode(encode(Head(1, 1, "", 1, (tip,)))).streams[0].newest == many[:MOST_NEWEST]


def test_a_head_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    body = encode(HEAD)
    monkeypatch.setattr(heads, "MOST_HEAD_BYTES", len(body) - 1)
    with pytest.raises(MalformedObject, match="more than"):
        decode(body)
    with pytest.raises(ValueError, match="beyond"):
        encode(HEAD)


def test_a_head_has_a_limit_of_streams() -> None:
    assert decode(encode(Head(1, 1, "", 1, (STREAM,) * 4096))).streams[-1] == STREAM
    with pytest.raises(ValueError, match="beyond"):
        encode(Head(1, 1, "", 1, (STREAM,) * 4097))


def test_a_body_that_nests_without_end_takes_no_memory() -> None:
    with pytest.raises(MalformedObject):
        decode(b"\xdc\x10\x00" * 1_000_000)


@pytest.mark.parametrize(
    "stream",
    [
        StreamTip(bytes(15), bytes(16), 0, bytes(32)),
        StreamTip(bytes(16), bytes(16), 0, bytes(16)),
        StreamTip(bytes(16), bytes(16), 1, bytes(32), (bytes(32),)),
        StreamTip(bytes(16), bytes(16), 1, bytes(32), (), (PackTip(0, 0, bytes(32)),)),
    ],
)
def test_an_id_of_another_length_is_not_written(stream: StreamTip) -> None:
    with pytest.raises(ValueError, match="length"):
        encode(Head(1, 1, "", 1, (stream,)))


def test_a_head_that_forgets_its_packs_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heads, "_packs", lambda data: ())
    with pytest.raises(AssertionError):
        test_what_a_newer_program_adds_is_passed_over()
