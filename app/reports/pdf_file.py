"""Writing a PDF file object by object, each as soon as it is known (ISO 32000-1, 7.3 and 7.5).

Nothing is kept but the places of the objects, so a file of ten thousand pages needs no more memory than one
of ten. The same calls give the same bytes.
"""

from __future__ import annotations

import hashlib
import zlib
from datetime import datetime
from typing import Final, Protocol

_FAST: Final = 1
"""Level of deflate: on page content a higher one costs three times the time for 4 % less."""


class ByteSink(Protocol):
    """Where the bytes go: a file, or `BytesIO`."""

    def write(self, data: bytes, /) -> object:
        """Append `data`."""


class PdfFile:
    """A file being written. An object has a number, from `reserve` or from the `put` that writes it."""

    def __init__(self, sink: ByteSink) -> None:
        self._sink = sink
        self._offsets: list[int] = []
        self._length = 0
        self._digest = hashlib.sha256()
        self._write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def reserve(self) -> int:
        """A number for an object that others refer to before it is written."""
        self._offsets.append(0)
        return len(self._offsets)

    def put(self, body: str, number: int = 0) -> int:
        """Write one object; `number` is a reserved one, 0 takes a new one. Returns the number."""
        return self._put(body.encode("ascii"), number)

    def put_stream(self, content: bytes, entries: str = "", *, repeats_itself: bool = True) -> int:
        """Write a stream, deflated, with further `entries` in its dictionary. Returns the number.

        Looking for repetitions in outlines of glyphs takes twice the time to save a tenth: skip it there.
        """
        strategy = zlib.Z_DEFAULT_STRATEGY if repeats_itself else zlib.Z_HUFFMAN_ONLY
        packer = zlib.compressobj(_FAST, strategy=strategy)
        packed = packer.compress(content) + packer.flush()
        head = f"<<{entries}/Filter/FlateDecode/Length {len(packed)}>>stream\n"
        return self._put(head.encode("ascii") + packed + b"\nendstream", 0)

    def finish(self, catalog: int, information: int) -> None:
        """Write the table of places and the end of the file."""
        start = self._length
        count = len(self._offsets) + 1
        places = "".join(f"{offset:010d} 00000 n \n" for offset in self._offsets)
        identity = self._digest.hexdigest()[:32]
        self._write(
            f"xref\n0 {count}\n0000000000 65535 f \n{places}"
            f"trailer\n<</Size {count}/Root {catalog} 0 R/Info {information} 0 R"
            f"/ID[<{identity}><{identity}>]>>\n"
            f"startxref\n{start}\n%%EOF\n".encode("ascii")
        )

    def _put(self, body: bytes, number: int) -> int:
        number = number or self.reserve()
        self._offsets[number - 1] = self._length
        self._write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
        return number

    def _write(self, data: bytes) -> None:
        self._length += len(data)
        self._digest.update(data)
        self._sink.write(data)


def text_string(text: str) -> str:
    """`text` as a PDF string that may hold any character."""
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


def date_string(moment: datetime) -> str:
    """`moment` as a PDF date with its offset from UTC. A moment without a zone is written without one."""
    digits = f"(D:{moment:%Y%m%d%H%M%S}"
    offset = moment.utcoffset()
    if offset is None:
        return f"{digits})"
    minutes = round(offset.total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"{digits}{'-' if minutes < 0 else '+'}{hours:02d}'{rest:02d}')"
