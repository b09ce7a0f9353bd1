"""The two kinds of case that everything in this package is."""

from __future__ import annotations

from typing import ClassVar

Fact = str | int


class AppError(Exception):
    """Something the person can act on."""

    code: ClassVar[str]

    def __init__(self, **facts: Fact) -> None:
        super().__init__(self.code)
        self.facts: dict[str, Fact] = facts

    def __str__(self) -> str:
        """The code and the facts, fit for a log."""
        return " ".join([self.code, *(f"{name}={fact}" for name, fact in sorted(self.facts.items()))])


class Unavailable(AppError):
    """Something outside the program does not answer; work goes on without it."""
