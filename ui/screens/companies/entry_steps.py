"""Undo of a form for something that is no record yet: what stood in its fields, step by step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ui.undo_actions import Direction


@dataclass(frozen=True, slots=True)
class EntryStep:
    """Fields that changed together, before and after, as they are entered."""

    before: Mapping[str, str]
    after: Mapping[str, str]
    walked: str = ""


class EntrySteps:
    """Ends at what stood in the fields when they were opened."""

    def __init__(self) -> None:
        self._entered: dict[str, str] = {}
        self._done: list[EntryStep] = []
        self._undone: list[EntryStep] = []

    def open(self, entered: Mapping[str, str]) -> None:
        """Begin with what stands there now."""
        self._entered = dict(entered)
        self._done.clear()
        self._undone.clear()

    def entered(self, entered: Mapping[str, str], *, walked: str = "") -> None:
        """Something else stands there now: a step, unless it is all the same.

        `walked` names a choice that one goes through by arrows: it is one step until another field changes.
        """
        changed = [name for name, text in entered.items() if self._entered.get(name, "") != text]
        if not changed:
            return
        before = {name: self._entered.get(name, "") for name in changed}
        after = {name: entered[name] for name in changed}
        if walked and self._done and self._done[-1].walked == walked and not self._undone:
            last = self._done.pop()
            before, after = before | dict(last.before), dict(last.after) | after
        self._done.append(EntryStep(before, after, walked))
        self._undone.clear()
        self._entered = dict(entered)

    def step(self, direction: Direction) -> Mapping[str, str] | None:
        """What shall stand in which fields after a step back or forth; None at the end."""
        source, target = (self._done, self._undone) if direction == "back" else (self._undone, self._done)
        if not source:
            return None
        step = source.pop()
        target.append(step)
        wanted = step.before if direction == "back" else step.after
        self._entered |= wanted
        return wanted
