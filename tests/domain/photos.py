"""Small photos that tell where they were taken, made byte by byte."""

from __future__ import annotations

import struct
import zlib

PLACE = b"N43.7706 E142.3650"
"""Stands for the place wherever a block of the file tells it."""
TAKEN = b"2025:07:22 13:05:00\0"


def tiff_with_place(order: str = ">", turn: int = 6) -> bytes:
    """An Exif body: how to turn it, when it was taken, and a GPS directory whose value is PLACE."""
    main = 8
    exif = main + 2 + 3 * 12 + 4
    gps = exif + 2 + 12 + 4
    taken_at = gps + 2 + 12 + 4
    place_at = taken_at + len(TAKEN)
    parts = [
        (b"MM\0*" if order == ">" else b"II*\0") + struct.pack(f"{order}I", main),
        struct.pack(f"{order}H", 3),
        struct.pack(f"{order}HHIHH", 0x0112, 3, 1, turn, 0),
        struct.pack(f"{order}HHII", 0x8769, 4, 1, exif),
        struct.pack(f"{order}HHII", 0x8825, 4, 1, gps),
        bytes(4),
        struct.pack(f"{order}HHHIII", 1, 0x9003, 2, len(TAKEN), taken_at, 0),
        struct.pack(f"{order}HHHIII", 1, 0x0002, 2, len(PLACE), place_at, 0),
        TAKEN,
        PLACE,
    ]
    return b"".join(parts)


def segment(marker: int, body: bytes) -> bytes:
    """A segment of a JPEG."""
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def with_blocks(jpeg: bytes, order: str = ">") -> bytes:
    """A JPEG with its place in Exif, XMP, IPTC and a comment, and a film behind it."""
    told = (
        segment(0xE1, b"Exif\0\0" + tiff_with_place(order))
        + segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>" + PLACE + b"</x:xmpmeta>")
        + segment(0xED, b"Photoshop 3.0\0" + PLACE)
        + segment(0xFE, PLACE)
    )
    return jpeg[:2] + told + jpeg[2:] + b"\0\0\0\x18ftypmp42" + PLACE


def chunk(name: bytes, body: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png_with_blocks(png: bytes) -> bytes:
    """A PNG with its place in Exif and in a text, and something behind its end."""
    told = chunk(b"eXIf", tiff_with_place()) + chunk(b"tEXt", b"Location\0" + PLACE)
    return png[:33] + told + png[33:] + PLACE


def webp_chunk(name: bytes, body: bytes) -> bytes:
    """A chunk of a WebP."""
    return name + struct.pack("<I", len(body)) + body + bytes(len(body) % 2)


def webp_with_blocks() -> bytes:
    """The container of a WebP with its place in Exif and XMP."""
    body = b"WEBP" + webp_chunk(b"VP8X", bytes((0x0C, 0, 0, 0, 1, 0, 0, 1, 0, 0)))
    body += (
        webp_chunk(b"VP8 ", b"picture") + webp_chunk(b"EXIF", tiff_with_place()) + webp_chunk(b"XMP ", PLACE)
    )
    return b"RIFF" + struct.pack("<I", len(body)) + body


def heic_with_place(order: str = ">") -> bytes:
    """What matters of a HEIC here: its beginning, its Exif, its XMP."""
    packet = b"<x:xmpmeta>" + PLACE + b"</x:xmpmeta>"
    return b"\0\0\0\x18ftypheic" + bytes(20) + b"Exif\0\0" + tiff_with_place(order) + packet + b"picture"
