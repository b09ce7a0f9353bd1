"""No photo tells where it was taken, and what it shows, its day and its turn stay."""

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.photo_places import without_place
from tests.domain.photos import (
    PLACE,
    TAKEN,
    chunk,
    heic_with_place,
    png_with_blocks,
    segment,
    tiff_with_place,
    webp_with_blocks,
    with_blocks,
)

SCAN = b"\xff\xda" + struct.pack(">H", 12) + bytes(10) + b"picture \xff\x00 with \xff\xd0 marks" + b"\xff\xd9"
JPEG = b"\xff\xd8" + segment(0xE0, b"JFIF\0" + bytes(9)) + segment(0xDB, bytes(65)) + SCAN
PNG = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", bytes(13)) + chunk(b"IDAT", zlib.compress(b"picture"))
PNG += chunk(b"IEND", b"")


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_jpeg_keeps_its_picture_day_and_turn_alone(order: str) -> None:
    kept = without_place(with_blocks(JPEG, order))
    assert PLACE not in kept
    assert b"ftyp" not in kept
    assert TAKEN in kept
    assert struct.pack(">HHIHH", 0x0112, 3, 1, 6, 0) in kept
    assert kept.endswith(SCAN)
    assert without_place(kept) == kept


def test_a_jpeg_that_tells_nothing_stays_as_it_is() -> None:
    assert without_place(JPEG) == JPEG
    profile = JPEG[:2] + segment(0xE2, b"ICC_PROFILE\0" + bytes(9)) + JPEG[2:]
    assert without_place(profile) == profile


def test_a_png_and_a_webp_lose_their_blocks() -> None:
    assert without_place(png_with_blocks(PNG)) == PNG
    kept = without_place(webp_with_blocks())
    assert PLACE not in kept
    assert b"picture" in kept
    assert kept[20] == 0
    assert struct.unpack_from("<I", kept, 4)[0] == len(kept) - 8


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_heic_and_a_tiff_lose_their_place_where_it_stands(order: str) -> None:
    for told in (heic_with_place(order), tiff_with_place(order)):
        kept = without_place(told)
        assert PLACE not in kept
        assert len(kept) == len(told)
        assert TAKEN in kept


def test_an_exif_that_cannot_be_read_goes_whole() -> None:
    odd = JPEG[:2] + segment(0xE1, b"Exif\0\0MM\0*\xff\xff\xff\xff" + PLACE) + JPEG[2:]
    assert without_place(odd) == JPEG


def test_what_is_no_photo_stays_as_it_is() -> None:
    for content in (b"", b"%PDF-1.7 " + PLACE, b"PK\3\4" + PLACE, "議事録".encode()):
        assert without_place(content) == content


@given(st.data())
def test_damaged_photos_are_taken_as_they_are_or_without_their_place(data: st.DataObject) -> None:
    whole = data.draw(
        st.sampled_from([with_blocks(JPEG), png_with_blocks(PNG), webp_with_blocks(), heic_with_place()])
    )
    damaged = bytearray(whole[: data.draw(st.integers(0, len(whole)))])
    for _ in range(data.draw(st.integers(0, 4))):
        if damaged:
            damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    kept = without_place(bytes(damaged))
    assert len(kept) <= len(damaged) + 100
