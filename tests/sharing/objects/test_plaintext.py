from __future__ import annotations

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sharing.objects import plaintext
from app.sharing.objects.malformed import MalformedObject, NewerFormat
from app.sharing.objects.plaintext import padded, padded_length, unwrap, wrap


@given(st.binary(max_size=9000) | st.builds(bytes, st.integers(0, 100_000)))
def test_a_body_comes_back(body: bytes) -> None:
    plain = wrap(body)
    assert unwrap(plain) == body
    assert padded_length(len(plain)) == len(plain)


@given(st.integers(1, 1 << 36))
def test_padding_costs_little_and_hides_much(length: int) -> None:
    whole = padded_length(length)
    assert whole >= length
    assert whole <= 4096 if length <= 4096 else whole <= length * 1.12
    assert whole % 256 == 0
    steps = whole >> whole.bit_length() - 1 - (whole.bit_length() - 1).bit_length()
    assert length <= 4096 or steps << whole.bit_length() - 1 - (whole.bit_length() - 1).bit_length() == whole


@pytest.mark.parametrize(
    ("length", "whole"),
    [
        (5, 256),
        (256, 256),
        (257, 512),
        (4096, 4096),
        (4097, 4352),
        (9000, 9216),
        (1 << 20, 1 << 20),
        ((1 << 20) + 1, 1081344),
    ],
)
def test_sizes_are_those_of_the_specification(length: int, whole: int) -> None:
    assert padded_length(length) == whole


@pytest.mark.parametrize(
    "plain", [b"", bytes(4), struct.pack(">IB", 1, 0), struct.pack(">IB", 1 << 31, 1) + bytes(9)]
)
def test_a_length_beyond_the_bytes_is_refused(plain: bytes) -> None:
    with pytest.raises(MalformedObject):
        unwrap(plain)


def test_padding_carries_nothing() -> None:
    with pytest.raises(MalformedObject, match="padding"):
        unwrap(wrap(b"body")[:-1] + b"\1")


def test_a_bomb_stops_at_the_limit() -> None:
    bomb = padded(plaintext.ZLIB, zlib.compress(bytes(100_000), 9))
    assert unwrap(bomb, 100_000) == bytes(100_000)
    with pytest.raises(MalformedObject, match="more than"):
        unwrap(bomb, 99_999)
    with pytest.raises(MalformedObject, match="more than"):
        unwrap(padded(plaintext.PLAIN, b"four"), 3)
    assert unwrap(padded(plaintext.PLAIN, b"four"), 4) == b"four"


def test_what_is_deflated_ends_where_it_says() -> None:
    whole = zlib.compress(b"body" * 99)
    for stored in (whole[:-1], whole + b"\0", b"\0" + whole):
        with pytest.raises(MalformedObject, match="inflate"):
            unwrap(padded(plaintext.ZLIB, stored))


def test_an_unknown_codec_is_a_newer_programs() -> None:
    with pytest.raises(NewerFormat):
        unwrap(padded(2, b"body"))


def test_a_body_that_no_device_would_read_is_not_sealed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert plaintext.MOST_BODY_BYTES == 32 << 20
    monkeypatch.setattr(plaintext, "MOST_BODY_BYTES", 9)
    assert unwrap(wrap(bytes(9))) == bytes(9)
    with pytest.raises(ValueError, match="beyond"):
        wrap(bytes(10))


def test_an_empty_body_needs_no_padding_to_be_read() -> None:
    assert unwrap(struct.pack(">IB", 0, plaintext.PLAIN)) == b""
