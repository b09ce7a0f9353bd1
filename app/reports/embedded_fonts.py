"""The part of each typeface that one PDF file carries (ISO 32000-1, 9.7 and 9.10).

A character gets the next free code (CID) the first time it is drawn. At the end each font file is cut down to
the glyphs that were used and written with the tables from code to glyph, width and Unicode text, so that the
page can be searched and copied, characters beyond the Basic Multilingual Plane included.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Mapping
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
_RANGE: Final = 256
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
        self._regular = _Chain(REGULAR, "R")
        self._bold = _Chain(BOLD, "B")

    def runs(self, text: str, bold: bool) -> list[tuple[str, str]]:
        """`text` as pieces of one font each: the font's name on the page, and the codes in hexadecimal.

        `text` must be printable: see `app.reports.printable`.
        """
        chain = self._bold if bold else self._regular
        return chain.runs(text)

    def add_to(self, pdf: PdfDocument) -> None:
        """Add the fonts used to `pdf`, under the names that the runs have."""
        for font in (*self._regular.used(), *self._bold.used()):
            pdf.name_font(font.name, font.add_to(pdf))


class _Chain:
    """The embedded fonts of one typeface, in the order of its files."""

    def __init__(self, typeface: Typeface, prefix: str) -> None:
        self._typeface = typeface
        self._prefix = prefix
        self._fonts: dict[int, _EmbeddedFont] = {}
        first = self._font(0)
        self._name = first.name
        self._code = first.codes.__getitem__

    def used(self) -> list[_EmbeddedFont]:
        """The fonts from which something was drawn."""
        return [font for _, font in sorted(self._fonts.items()) if font.codes]

    def runs(self, text: str) -> list[tuple[str, str]]:
        """See `EmbeddedFonts.runs`. Most texts are one run, found without looking at single characters."""
        try:
            return [(self._name, "".join(map(self._code, text)))]
        except _NotInFont:
            return self._split(text)

    def _split(self, text: str) -> list[tuple[str, str]]:
        runs: list[tuple[str, str]] = []
        for char in text:
            font = self._font(self._index(char))
            code = font.codes[char]
            if runs and runs[-1][0] == font.name:
                runs[-1] = (font.name, runs[-1][1] + code)
            else:
                runs.append((font.name, code))
        return runs

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


class _NotInFont(LookupError):
    """A character that the font does not have."""


class _Codes(dict[str, str]):
    """Code per character as four hexadecimal digits, given out in the order of first use."""

    def __init__(self, file: FontFile) -> None:
        super().__init__()
        self._file = file
        self.glyphs: list[int] = []

    def __missing__(self, char: str) -> str:
        glyph = self._file.glyph(char)
        if not glyph:
            raise _NotInFont(char)
        self.glyphs.append(glyph)
        code = self[char] = f"{len(self.glyphs):04X}"
        return code


class _EmbeddedFont:
    """One font file in one PDF file."""

    def __init__(self, name: str, file: FontFile, widths: Mapping[str, int]) -> None:
        self.name = name
        self.codes = _Codes(file)
        self._widths = widths
        self._file = file

    def add_to(self, pdf: PdfDocument) -> Reference:
        """Add the subset and everything that describes it to `pdf`."""
        base_font = PDFName(f"{self._tag()}+{self._file.postscript_name}")
        program, new_glyphs = self._file.subset(self.codes.glyphs)
        to_glyph = struct.pack(f">{len(self.codes) + 1}H", 0, *map(new_glyphs.__getitem__, self.codes.glyphs))
        descendant = pdf.put(
            Type=_FONT,
            Subtype=_TRUETYPE_BY_CODE,
            BaseFont=base_font,
            FontDescriptor=self._descriptor(pdf, base_font, program),
            CIDSystemInfo=_PLAIN_CODES,
            CIDToGIDMap=pdf.put_stream(to_glyph),
            DW=_COMMON_WIDTH,
            W=self._uncommon_widths(),
        )
        return pdf.put(
            Type=_FONT,
            Subtype=_COMPOSITE,
            BaseFont=base_font,
            Encoding=_TWO_BYTE_CODES,
            DescendantFonts=PDFArray([descendant]),
            ToUnicode=pdf.put_stream(self._to_unicode()),
        )

    def _tag(self) -> str:
        """Six letters that name this selection of characters."""
        digest = hashlib.sha256("".join(self.codes).encode()).digest()
        return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])

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

    def _uncommon_widths(self) -> PDFArray:
        """Each code whose character is not as wide as most, and a list of its width."""
        widths = enumerate(map(self._widths.__getitem__, self.codes), 1)
        uncommon = ((code, PDFArray([width])) for code, width in widths if width != _COMMON_WIDTH)
        return PDFArray([part for pair in uncommon for part in pair])

    def _to_unicode(self) -> bytes:
        """A table from code to text, one range for each first byte of the codes."""
        texts = ["<0000>", *(f"<{char.encode('utf-16-be').hex()}>" for char in self.codes)]
        starts = range(0, len(texts), _RANGE)
        blocks = [_range(start, texts[start : start + _RANGE]) for start in starts]
        groups = [blocks[start : start + _MOST_RANGES] for start in range(0, len(blocks), _MOST_RANGES)]
        body = "".join(f"{len(group)} beginbfrange\n{''.join(group)}\nendbfrange\n" for group in groups)
        return f"{_CMAP_HEAD}{body}{_CMAP_TAIL}".encode("ascii")


def _range(start: int, texts: list[str]) -> str:
    return f"<{start:04X}><{start + len(texts) - 1:04X}>[{''.join(texts)}]"
