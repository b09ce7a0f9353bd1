"""What is painted around the text of a note line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from ui.theme.paint import SECRET_MARK, mark_word

MASK = "＊" * 12
"""Stands in place of a 秘密 line, whatever its length."""

HIDDEN_LINE = "秘密の行"
"""What copies, search hits, pictures and screen readers give of a masked line."""


@dataclass(frozen=True, slots=True)
class LineLook:
    """`time` such as 13:02, `mark` a `Mark` code, `SECRET_MARK` or "", `label` owner and date of homework.

    `is_linked` draws the line up to the chip of the row above: homework that follows its decision.
    """

    time: str
    mark: str = ""
    label: str = ""
    is_secret: bool = False
    is_linked: bool = False
    is_only_here: bool = False
    """Only this device has it: a broken line at the left edge."""
    is_withheld: bool = False
    """Before a guest a 秘密 line has no row."""

    @property
    def spoken(self) -> str:
        """What a screen reader says of the line before its text."""
        secret = mark_word(SECRET_MARK) if self.is_secret and self.mark != SECRET_MARK else ""
        mark = mark_word(self.mark) if self.mark else "印なし"
        only_here = "この端末だけ" if self.is_only_here else ""
        return " ".join(part for part in (self.time, mark, secret, self.label, only_here) if part)


class LineLooks(Protocol):
    """Knows the look of every line by its place."""

    def look(self, index: int) -> LineLook:
        """How the line at a place looks now."""
