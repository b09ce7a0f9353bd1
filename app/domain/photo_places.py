"""Where a photo was taken goes out of it before it is kept; what it shows, its day and its turn stay.

JPEG, PNG and WebP lose every block that may tell a place, owner or device, and the film that some telephones
hang behind the picture; a JPEG gets back its day and turn. In HEIC and TIFF, whose parts refer to each
other by position, the place is overwritten where it stands. Sources: JFIF and Exif 2.32 (CIPA DC-008),
TIFF 6.0, PNG 1.2, the WebP container.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

_ORIENTATION, _EXIF_IFD, _GPS_IFD, _TAKEN_AT = 0x0112, 0x8769, 0x8825, 0x9003
_MOST_ENTRIES: Final = 1000
_EXIF: Final = b"Exif\0\0"
_KEPT_IN_JPEG: Final = frozenset((0xE0, 0xE2, 0xEE))
"""JFIF, the colour profile, and how colours are coded (Adobe)."""
_DROPPED_IN_PNG: Final = frozenset((b"eXIf", b"iTXt", b"tEXt", b"zTXt"))
_DROPPED_IN_WEBP: Final = frozenset((b"EXIF", b"XMP "))
_TYPE_BYTES: Final = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}


def without_place(content: bytes) -> bytes:
    """The same file without its place; what is no photo of these kinds, or not understood, as it is."""
    try:
        if content.startswith(b"\xff\xd8\xff"):
            return _jpeg(content)
        if content.startswith(b"\x89PNG\r\n\x1a\n"):
            return _png(content)
        if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
            return _webp(content)
        if content[:4] in {b"II*\0", b"MM\0*"} or content[4:8] == b"ftyp":
            return _wiped(content)
    except (struct.error, IndexError, ValueError):
        return content
    return content


# JPEG: segments up to the scans, then whatever belongs to these, up to the end of the picture


def _jpeg(content: bytes) -> bytes:
    at, kept, facts = 2, [b"\xff\xd8"], b""
    while content[at] == 0xFF and content[at + 1] != 0xDA:
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        (size,) = struct.unpack_from(">H", content, at + 2)
        segment = content[at : at + 2 + size]
        if len(segment) != 2 + size or size < 2:
            raise ValueError("cut short")
        if marker == 0xE1 and segment[4:10] == _EXIF and not facts:
            facts = _facts(segment[10:])
        if _stays_in_jpeg(marker, segment):
            kept.append(segment)
        at += 2 + size
    if content[at] != 0xFF:
        raise ValueError("no scan")
    end = _end_of_jpeg(content, at)
    return b"".join((kept[0], facts, *kept[1:], content[at:end]))


def _stays_in_jpeg(marker: int, segment: bytes) -> bool:
    if marker == 0xE2:
        return segment[4:16] == b"ICC_PROFILE\0"
    return marker in _KEPT_IN_JPEG or not (0xE0 <= marker <= 0xEF or marker == 0xFE)


def _end_of_jpeg(content: bytes, at: int) -> int:
    """Behind the marker that ends the picture: in scans, FF is followed by 00 or a restart marker."""
    while (at := content.find(b"\xff", at)) >= 0 and at + 1 < len(content):
        marker = content[at + 1]
        if marker == 0xD9:
            return at + 2
        if marker in {0x00, 0xFF} or 0xD0 <= marker <= 0xD7:
            at += 1 if marker == 0xFF else 2
        else:
            at += 2 + struct.unpack_from(">H", content, at + 2)[0]
    return len(content)


def _facts(tiff: bytes) -> bytes:
    """An Exif segment that says how to turn the picture and when it was taken, and nothing else."""
    try:
        return _told(tiff)
    except (struct.error, IndexError):
        return b""


def _told(tiff: bytes) -> bytes:
    order = "<" if tiff[:2] == b"II" else ">"
    own = dict(_entries(tiff, order, struct.unpack_from(f"{order}I", tiff, 4)[0]))
    turn = _short(tiff, order, own.get(_ORIENTATION, 0)) if _ORIENTATION in own else 1
    taken = b""
    if _EXIF_IFD in own:
        within = dict(_entries(tiff, order, struct.unpack_from(f"{order}I", tiff, own[_EXIF_IFD] + 8)[0]))
        if _TAKEN_AT in within:
            start = struct.unpack_from(f"{order}I", tiff, within[_TAKEN_AT] + 8)[0]
            taken = tiff[start : start + 20]
    if not 1 <= turn <= 8:
        turn = 1
    if len(taken) != 20 or not all(each in b"0123456789: \0" for each in taken):
        taken = b""
    return _exif_segment(turn, taken) if taken or turn != 1 else b""


def _exif_segment(turn: int, taken: bytes) -> bytes:
    entries = [struct.pack(">HHIHH", _ORIENTATION, 3, 1, turn, 0)]
    tail = b""
    if taken:
        after = 8 + 2 + 2 * 12 + 4
        entries.append(struct.pack(">HHII", _EXIF_IFD, 4, 1, after))
        inner = struct.pack(">HHHIII", 1, _TAKEN_AT, 2, 20, after + 2 + 12 + 4, 0)
        tail = inner + taken
    tiff = b"MM\0*" + struct.pack(">IH", 8, len(entries)) + b"".join(entries) + bytes(4) + tail
    return b"\xff\xe1" + struct.pack(">H", 2 + len(_EXIF) + len(tiff)) + _EXIF + tiff


# PNG and WebP: chunks


def _png(content: bytes) -> bytes:
    kept, at = [content[:8]], 8
    while at < len(content):
        size, name = struct.unpack_from(">I4s", content, at)
        chunk = content[at : at + 12 + size]
        if len(chunk) != 12 + size:
            raise ValueError("cut short")
        if name not in _DROPPED_IN_PNG:
            kept.append(chunk)
        at += 12 + size
        if name == b"IEND":
            break
    return b"".join(kept)


def _webp(content: bytes) -> bytes:
    kept, at = [], 12
    while at + 8 <= len(content):
        name, size = struct.unpack_from("<4sI", content, at)
        chunk = content[at : at + 8 + size + size % 2]
        if len(chunk) < 8 + size:
            raise ValueError("cut short")
        if name == b"VP8X":
            chunk = chunk[:8] + bytes((chunk[8] & ~0x0C,)) + chunk[9:]  # says: no Exif, no XMP
        if name not in _DROPPED_IN_WEBP:
            kept.append(chunk)
        at += 8 + size + size % 2
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body


# HEIC and TIFF: in place


def _wiped(content: bytes) -> bytes:
    data = bytearray(content)
    for start in _tiffs(content):
        with suppress(struct.error, IndexError):
            _wipe_place(data, start)
    _wipe_packets(data)
    return bytes(data)


def _tiffs(content: bytes) -> Iterator[int]:
    if content[:4] in {b"II*\0", b"MM\0*"}:
        yield 0
    at = 0
    while (at := content.find(_EXIF, at)) >= 0:
        at += len(_EXIF)
        if content[at : at + 4] in {b"II*\0", b"MM\0*"}:
            yield at


def _wipe_place(data: bytearray, start: int) -> None:
    tiff = bytes(data[start:])
    order = "<" if tiff[:2] == b"II" else ">"
    for tag, at in _entries(tiff, order, struct.unpack_from(f"{order}I", tiff, 4)[0]):
        if tag != _GPS_IFD:
            continue
        ifd = struct.unpack_from(f"{order}I", tiff, at + 8)[0]
        for _, entry in list(_entries(tiff, order, ifd)):
            kind, count, value = struct.unpack_from(f"{order}HII", tiff, entry + 2)
            size = _TYPE_BYTES.get(kind, 0) * count
            if size > 4 and start + value + size <= len(data):
                data[start + value : start + value + size] = bytes(size)
            data[start + entry + 4 : start + entry + 12] = bytes(8)


def _wipe_packets(data: bytearray) -> None:
    """XMP, which may tell the place once more, in a packet that says where it ends."""
    at = 0
    while (at := data.find(b"<x:xmpmeta", at)) >= 0:
        end = data.find(b"</x:xmpmeta>", at)
        if end < 0:
            return
        data[at:end] = b" " * (end - at)
        at = end


def _entries(tiff: bytes, order: str, ifd: int) -> Iterator[tuple[int, int]]:
    """(tag, where its 12 bytes are) of a directory."""
    (count,) = struct.unpack_from(f"{order}H", tiff, ifd)
    for number in range(min(count, _MOST_ENTRIES)):
        at = ifd + 2 + 12 * number
        yield struct.unpack_from(f"{order}H", tiff, at)[0], at


def _short(tiff: bytes, order: str, at: int) -> int:
    return int(struct.unpack_from(f"{order}H", tiff, at + 8)[0])
