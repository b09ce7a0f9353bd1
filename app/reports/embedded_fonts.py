"""The part of each typeface that one PDF file carries (ISO 32000-1, 9.7 and 9.10).

On the page a character stands as its UTF-16 code. One that would take two of these gets a code for itself,
from those that UTF-16 keeps for pairs or leaves to private use. At the end each font file is cut down to the
glyphs that were used and added with the tables from code to glyph, width and Unicode text, so that the page
can be searched and copied, characters beyond the Basic Multilingual Plane included.
"""

from __future__ import annotations

import hashlib
import sys
from array import array
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import groupby
from typing import Final

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString

from app.reports.fonts import BOLD, REGULAR, FontFile, Typeface
from app.reports.pdf_document import PdfDocument, Reference

_FONT: Final = PDFName("Font")
_COMPOSITE: Final = PDFName("Type0")
_TRUETYPE_BY_CODE: Final = PDFName("CIDFontType2")
_DESCRIPTOR: Final = PDFName("FontDescriptor")
_TWO_BYTE_CODES: Final = PDFName("Identity-H")
_PLAIN_CODES: Final = PDFDictionary(
    {"Registry": PDFString("Adobe"), "Ordering": PDFString("Identity"), "Supplement": 0}
)
_SYMBOLIC: Final = 4
_STEM: Final = 80
_COMMON_WIDTH: Final = 1000
_FREE_CODES: Final = range(0xD800, 0xF900)
"""Surrogates and private use: no printable text contains them, and the fallback has fewer characters."""
_ROW: Final = 256
_TEXTS_KEPT: Final = 128
_MOST_RANGES: Final = 100
_CMAP_HEAD: Final = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap"
    "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def"
    "/CMapName/Adobe-Identity-UCS def/CMapType 2 def\n"
    "1 begincodespacerange<0000><FFFF>endcodespacerange\n"
)
_CMAP_TAIL: Final = "endcmap CMapName currentdict/CMap defineresource pop end end"


class EmbeddedFonts:
    """Both weights as one file uses them."""

    def __init__(self) -> None:
        self._chains = (_Chain(REGULAR, "R"), _Chain(BOLD, "B"))

    def runs(self, text: str, bold: bool) -> list[tuple[str, str]]:
        """`text` as pieces of one font each: the font's name on the page, and the codes in hexadecimal.

        `text` must be printable: see `app.reports.printable`.
        """
        return self._chains[bold].runs(text)

    def add_to(self, pdf: PdfDocument) -> None:
        """Add the fonts used to `pdf`, under the names that the runs have."""
        for chain in self._chains:
            for font in chain.used():
                pdf.name_font(font.name, font.add_to(pdf))


class _Chain:
    """The embedded fonts of one typeface, in the order of its files."""

    def __init__(self, typeface: Typeface, prefix: str) -> None:
        self._typeface = typeface
        self._prefix = prefix
        self._fonts: dict[int, _EmbeddedFont] = {}
        self._main = self._font(0)
        self._plain: set[str] = set()
        """Characters of the main font that were drawn before and are their own code."""
        self.runs = lru_cache(_TEXTS_KEPT)(self._runs)
        """See `EmbeddedFonts.runs`. Labels, marks and what stands around the body come back on every page."""

    def used(self) -> list[_EmbeddedFont]:
        """The fonts from which something was drawn."""
        return [font for _, font in sorted(self._fonts.items()) if font.codes]

    def _runs(self, text: str) -> list[tuple[str, str]]:
        """Most texts are one run, found without asking for single characters."""
        if not self._plain.issuperset(text) and not self._learn(text):
            return self._split(text)
        return [(self._main.name, text.encode("utf-16-be").hex())]

    def _learn(self, text: str) -> bool:
        """Take the characters of `text` into the main font; False where one has no place there as itself."""
        font = self._main
        new = [char for char in text if char not in self._plain]
        if not all(char <= "\uffff" and font.has(char) for char in new):
            return False
        for char in new:
            font.code(char)
        self._plain.update(new)
        return True

    def _split(self, text: str) -> list[tuple[str, str]]:
        fonts = [self._font(self._index(char)) for char in text]
        coded = ((font.name, font.code(char)) for font, char in zip(fonts, text, strict=True))
        return [
            (name, "".join(f"{code:04x}" for _, code in run))
            for name, run in groupby(coded, lambda one: one[0])
        ]

    def _index(self, char: str) -> int:
        index = self._typeface.index_for(char)
        if index is None:
            raise ValueError(f"U+{ord(char):04X} is not printable")
        return index

    def _font(self, index: int) -> _EmbeddedFont:
        if index not in self._fonts:
            name = f"{self._prefix}{index}"
            self._fonts[index] = _EmbeddedFont(name, self._typeface.file(index), self._typeface.widths)
        return self._fonts[index]


class _EmbeddedFont:
    """One font file in one PDF file."""

    def __init__(self, name: str, file: FontFile, widths: Mapping[str, int]) -> None:
        self.name = name
        self.codes: dict[str, int] = {}
        """The characters that are drawn."""
        self._free_codes = iter(_FREE_CODES)
        self._widths = widths
        self._file = file

    def has(self, char: str) -> bool:
        """Whether the file can draw `char`."""
        return self._file.glyph(char) > 0

    def code(self, char: str) -> int:
        """The two-byte code that stands for `char` on the page; from now on the font carries its glyph."""
        code = self.codes.get(char)
        if code is None:
            code = self.codes[char] = ord(char) if char <= "\uffff" else next(self._free_codes)
        return code

    def add_to(self, pdf: PdfDocument) -> Reference:
        """Add the subset and everything that describes it to `pdf`."""
        chars = sorted(self.codes, key=self.codes.__getitem__)
        base_font = PDFName(f"{_tag(chars)}+{self._file.postscript_name}")
        glyphs = list(map(self._file.glyph, chars))
        program, new_glyphs = self._file.subset(glyphs)
        descendant = pdf.put(
            Type=_FONT,
            Subtype=_TRUETYPE_BY_CODE,
            BaseFont=base_font,
            FontDescriptor=self._descriptor(pdf, base_font, program),
            CIDSystemInfo=_PLAIN_CODES,
            CIDToGIDMap=pdf.put_stream(self._to_glyph(chars, map(new_glyphs.__getitem__, glyphs))),
            DW=_COMMON_WIDTH,
            W=self._uncommon_widths(chars),
        )
        return pdf.put(
            Type=_FONT,
            Subtype=_COMPOSITE,
            BaseFont=base_font,
            Encoding=_TWO_BYTE_CODES,
            DescendantFonts=PDFArray([descendant]),
            ToUnicode=pdf.put_stream(self._to_unicode()),
        )

    def _descriptor(self, pdf: PdfDocument, base_font: str, program: bytes) -> Reference:
        file = self._file
        return pdf.put(
            Type=_DESCRIPTOR,
            FontName=base_font,
            Flags=_SYMBOLIC,
            FontFile2=pdf.put_stream(program, repeats_itself=False, Length1=len(program)),
            FontBBox=PDFArray([0, file.descent, 1000, file.ascent]),
            ItalicAngle=0,
            StemV=_STEM,
            Ascent=file.ascent,
            Descent=file.descent,
            CapHeight=file.cap_height,
        )

    def _to_glyph(self, chars: list[str], glyphs: Iterable[int]) -> bytes:
        """The number of the glyph for each code up to the last one used."""
        table = array("H", bytes(2 * (self.codes[chars[-1]] + 1)))
        for char, glyph in zip(chars, glyphs, strict=True):
            table[self.codes[char]] = glyph
        if sys.byteorder == "little":
            table.byteswap()
        return table.tobytes()

    def _uncommon_widths(self, chars: list[str]) -> PDFArray:
        """First code, last code and width of each group of characters that are not as wide as most."""
        numbers: list[int] = []
        for width, group in groupby(chars, self._widths.__getitem__):
            if width != _COMMON_WIDTH:
                alike = list(group)
                numbers += (self.codes[alike[0]], self.codes[alike[-1]], width)
        return PDFArray(numbers)

    def _to_unicode(self) -> bytes:
        """A table from code to text: row by row the code itself, and the codes given out one by one."""
        rows = sorted({code // _ROW * _ROW for code in self.codes.values() if code not in _FREE_CODES})
        ranges = [f"<{row:04x}><{row + _ROW - 1:04x}><{row:04x}>\n" for row in rows]
        ranges += [
            f"<{code:04x}><{code:04x}><{char.encode('utf-16-be').hex()}>\n"
            for char, code in self.codes.items()
            if code in _FREE_CODES
        ]
        groups = [ranges[start : start + _MOST_RANGES] for start in range(0, len(ranges), _MOST_RANGES)]
        body = "".join(f"{len(group)} beginbfrange\n{''.join(group)}endbfrange\n" for group in groups)
        return f"{_CMAP_HEAD}{body}{_CMAP_TAIL}".encode("ascii")


def _tag(chars: list[str]) -> str:
    """Six letters that name this selection of characters."""
    digest = hashlib.sha256("".join(chars).encode()).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])
