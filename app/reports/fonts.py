"""The paper's typefaces: BIZ UDGothic, and a fallback for the characters it lacks.

Widths are in thousandths of an em, as PDF counts them. Files are opened on first use: a page without a rare
character never opens the fallback.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Final

import uharfbuzz as hb

from app.reports.characters import is_special

GETA: Final = "〓"
"""What stands on paper for a character that no font has (下駄)."""

_EM: Final = 1000
_WORTH_PREPARING: Final = 3
_NOT_FOR_PAPER: Final = "GSUB GPOS GDEF BASE VORG STAT vhea vmtx name post OS/2 cmap gasp DSIG meta"


class FontFileMissing(Exception):
    """A bundled font could not be read. `args[0]` is its file name."""


class Unprintable(LookupError):
    """A character that is not drawn as it is. Texts pass through `app.reports.printable` first."""


class FontFile:
    """One TrueType file of `resources/fonts`."""

    def __init__(self, file_name: str) -> None:
        self._face = hb.Face(hb.Blob(_read(file_name)))
        self._font = hb.Font(self._face)
        self._source = self._face
        self._subsets = 0
        self._glyphs: dict[str, int] = {}
        self._scale: float = _EM / self._face.upem
        self.postscript_name: str = file_name.removesuffix(".ttf")
        extents = self._font.get_font_extents("ltr")
        self.ascent = self.in_em(extents.ascender)
        self.descent = self.in_em(extents.descender)
        self.cap_height = self.in_em(self._font.get_metric_position(hb.OTMetricsTag.CAP_HEIGHT) or 0)

    def glyph(self, char: str) -> int:
        """Number of the glyph of `char`; 0 when the font lacks it."""
        glyph = self._glyphs.get(char)
        if glyph is None:
            glyph = self._glyphs[char] = int(self._font.get_nominal_glyph(ord(char)) or 0)
        return glyph

    def width(self, char: str) -> int:
        """Advance of `char`."""
        return self.in_em(self._font.get_glyph_h_advance(self.glyph(char)))

    def in_em(self, units: float) -> int:
        """The file's own units in thousandths of an em."""
        return round(units * self._scale)

    def subset(self, glyphs: Iterable[int]) -> tuple[bytes, dict[int, int]]:
        """The file cut down to `glyphs`, and the new number of each old glyph.

        From the third time on it works on a prepared copy, which costs 25 ms once and saves 1 ms each time.
        """
        self._subsets += 1
        if self._subsets == _WORTH_PREPARING:
            self._source = hb.subset_preprocess(self._face)
        wanted = hb.SubsetInput()
        for glyph in glyphs:
            wanted.glyph_set.add(glyph)
        for tag in _dropped_tags():
            wanted.drop_table_tag_set.add(tag)
        wanted.flags = hb.SubsetFlags.NO_HINTING
        plan = hb.SubsetPlan(self._source, wanted)
        return plan.execute().blob.data, dict(plan.old_to_new_glyph_mapping)


class Typeface:
    """One weight: a chain of font files, of which the first that has a character draws it."""

    def __init__(self, *file_names: str) -> None:
        self._file_names = file_names
        self._opened: dict[int, FontFile] = {}
        self._opening = threading.RLock()
        self.widths: dict[str, int] = _Widths(self)
        """Width of each character that can be drawn; raises Unprintable for every other."""

    def __len__(self) -> int:
        return len(self._file_names)

    def file(self, index: int) -> FontFile:
        """The font file at `index` of the chain, opened now if need be. Raises FontFileMissing."""
        found = self._opened.get(index)
        if found is None:
            with self._opening:
                found = self._opened.get(index) or FontFile(self._file_names[index])
                self._opened[index] = found
        return found

    def index_for(self, char: str) -> int | None:
        """Place in the chain of the file that draws `char`; None when all lack it."""
        return next((index for index in range(len(self)) if self.file(index).glyph(char)), None)

    def has(self, char: str) -> bool:
        """Whether `char` is drawn as it is."""
        try:
            return self.widths[char] >= 0
        except Unprintable:
            return False

    def advance(self, text: str) -> int:
        """Width of `text` on one line. Raises Unprintable."""
        return sum(map(self.widths.__getitem__, text))


class _Widths(dict[str, int]):
    """Width per character, asked from the files once and kept for the life of the process."""

    def __init__(self, typeface: Typeface) -> None:
        super().__init__()
        self._typeface = typeface

    def __missing__(self, char: str) -> int:
        index = None if is_special(char) else self._typeface.index_for(char)
        if index is None:
            raise Unprintable(char)
        width = self[char] = self._typeface.file(index).width(char)
        return width


@cache
def _dropped_tags() -> tuple[int, ...]:
    """Tables that a PDF viewer does not read, as the numbers harfbuzz knows them by."""
    return tuple(int.from_bytes(tag.ljust(4).encode(), "big") for tag in _NOT_FOR_PAPER.split())


def _read(file_name: str) -> bytes:
    try:
        return files("resources").joinpath("fonts", file_name).read_bytes()
    except OSError as missing:
        raise FontFileMissing(file_name) from missing


REGULAR: Final = Typeface("BIZUDGothic-Regular.ttf", "JPFallback-Regular.ttf")
BOLD: Final = Typeface("BIZUDGothic-Bold.ttf", "JPFallback-Bold.ttf")
