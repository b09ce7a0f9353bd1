"""What is read back to the client at the end of a 面談, and whether an answer still belongs to it."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from app.domain.terms import Mark

READ_BACK_MARKS = (Mark.DECISION, Mark.HOMEWORK, Mark.DEADLINE)
"""In the order of reading."""


def fingerprint(mark: Mark, parts: Iterable[str]) -> str:
    """What an answer is tied to: another text, owner or day needs an answer of its own.

    A digest and no copy: the words stay in the line alone, which may become 秘密 later.
    """
    digest = sha256("\x00".join((mark.value, *parts)).encode())
    return digest.hexdigest()[:32]
