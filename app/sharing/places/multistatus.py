"""What a WebDAV server tells of a collection (RFC 4918, 9.1 and 14.16), read under limits.

A document type is refused before anything of it is looked at, so there are no entities to expand.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from xml.parsers import expat

LONGEST_ANSWER: Final = 64 << 20
DEEPEST: Final = 24
LONGEST_TEXT: Final = 4096
QUESTION: Final = (
    b'<?xml version="1.0" encoding="utf-8"?>'
    b'<propfind xmlns="DAV:"><prop><getcontentlength/><getetag/></prop></propfind>'
)
_RESPONSE, _HREF, _LENGTH, _TAG = (
    f"DAV: {name}" for name in ("response", "href", "getcontentlength", "getetag")
)


class OddAnswer(ValueError):
    """The answer is no multistatus within the limits."""


@dataclass(slots=True)
class Resource:
    """One response. `size` is None for a collection; `tag` is empty where none was told."""

    href: str = ""
    size: int | None = None
    tag: str = ""


class Multistatus:
    """Takes the answer piece by piece; memory grows with the resources in it only."""

    def __init__(self) -> None:
        self.resources: list[Resource] = []
        self._left = LONGEST_ANSWER
        self._path: list[str] = []
        self._text: list[str] | None = None
        self._text_left = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._refuse_document_type
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters

    def feed(self, piece: bytes) -> None:
        """Read on. Raises OddAnswer."""
        self._left -= len(piece)
        if self._left < 0:
            raise OddAnswer("longer than any listing")
        self._parse(piece, is_last=False)

    def close(self) -> list[Resource]:
        """The resources, the collection itself among them. Raises OddAnswer for an answer cut short."""
        self._parse(b"", is_last=True)
        return self.resources

    def _parse(self, piece: bytes, *, is_last: bool) -> None:
        try:
            self._parser.Parse(piece, is_last)
        except (expat.ExpatError, UnicodeError, LookupError):
            raise OddAnswer("no XML") from None

    def _refuse_document_type(self, *_: object) -> None:
        raise OddAnswer("a document type")

    def _start(self, name: str, _: object) -> None:
        self._path.append(name)
        if len(self._path) > DEEPEST:
            raise OddAnswer("too deep")
        if name == _RESPONSE:
            self.resources.append(Resource())
        self._text = [] if self.resources and name in {_HREF, _LENGTH, _TAG} else None
        self._text_left = LONGEST_TEXT

    def _characters(self, text: str) -> None:
        if self._text is not None:
            self._text_left -= len(text)
            if self._text_left < 0:
                raise OddAnswer("too long a text")
            self._text.append(text)

    def _end(self, name: str) -> None:
        self._path.pop()
        text, self._text = "".join(self._text or ()).strip(), None
        if not self.resources or not text:
            return
        resource = self.resources[-1]
        if name == _HREF and self._path[-1:] == [_RESPONSE]:
            resource.href = text
        elif name == _LENGTH:
            resource.size = _size(text)
        elif name == _TAG:
            resource.tag = text


def _size(text: str) -> int:
    if len(text) > 18 or not (text.isascii() and text.isdigit()):
        raise OddAnswer("no length")
    return int(text)
