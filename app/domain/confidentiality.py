"""取扱: the level an item has through its parents, and what a chosen level lets out."""

from __future__ import annotations

from app.domain.terms import Confidentiality

DEFAULT_LEVEL = Confidentiality.ASSIGNED
"""What a new company has, and what holds when nobody along the line of parents set a level."""


def level_of(code: str | None) -> Confidentiality | None:
    """The level that a stored or chosen code names; none for a blank one, which takes its parent's."""
    return Confidentiality(code) if code else None


def effective_level(*levels: Confidentiality | None) -> Confidentiality:
    """The level of an item, given its own level first, then its parents' up to the company.

    None means that the item has no level of its own and takes its parent's. A level set nearer to the item
    wins, be it stricter or more open than those above it.
    """
    return next((level for level in levels if level is not None), DEFAULT_LEVEL)


def may_leave(item_level: Confidentiality, chosen_level: Confidentiality, secret: bool) -> bool:
    """Whether an item goes onto paper, into an export or a pack made at `chosen_level`.

    An output holds what is as open as it or more open; 担当者限り holds everything. What is marked 秘密 is in
    none: the only way out is to take the mark off.
    """
    return not secret and item_level.openness >= chosen_level.openness
