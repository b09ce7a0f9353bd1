"""What the keepers of the notes ask of the screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from ui.screens.support_session.left_drafts import Unconverted


class NotesPage(Protocol):
    """The screen, as those behind it see it."""

    def caret(self) -> tuple[int, int]:
        """Line and column of the caret."""

    def has_caret(self) -> bool:
        """Whether a person can be typing there now."""

    def scrolled(self) -> int:
        """How far the notes are scrolled, in px."""

    def preedit(self) -> str:
        """Text that is being converted in the notes now."""

    def show_texts(self, texts: Sequence[str], line: int, column: int) -> None:
        """Show these lines."""

    def when_idle(self, change: Callable[[], None]) -> None:
        """Run `change` as soon as nothing is being converted."""

    def lines_changed(self) -> None:
        """Looks, counts or homework are others now."""

    def say(self, words: str) -> None:
        """Tell in a toast."""

    def show_step(self, words: str) -> None:
        """Say at the foot how far a long step is; "" once it has ended."""

    def refuse(self, error: Exception) -> None:
        """Tell of work that failed."""

    def offer_unconverted(self, unconverted: Unconverted) -> None:
        """Offer 変換前の文字."""
