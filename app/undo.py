"""Undo and redo: one chain per scope, each step a new change that writes the previous values back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from app.domain.saying import said_by
from app.errors import UndoMovedOn
from db.types import Wire
from db.unit_of_work import MovedOn, Trace, UnitOfWork

Direction = Literal["back", "forth"]
Counted = Callable[[int, int], None]
"""Told how many records of a step are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Step:
    """One action, named for the person, and what it did to each record."""

    label: str
    traces: tuple[Trace, ...]


@dataclass(slots=True)
class Chain:
    """The steps of one scope: done ones to take back, undone ones to do again."""

    done: list[Step] = field(default_factory=list)
    undone: list[Step] = field(default_factory=list)


class UndoChains:
    """The chains of this run of the program. A scope is a screen's subject, such as one 面談."""

    def __init__(self) -> None:
        self._chains: dict[str, Chain] = {}

    def did(self, scope: str, step: Step) -> None:
        """Remember an action; what was undone before it can no longer be done again."""
        chain = self._chains.setdefault(scope, Chain())
        chain.done.append(step)
        chain.undone.clear()

    def take(self, scope: str, direction: Direction) -> Step | None:
        """The next step in this direction; it stays in place until `moved`."""
        steps = self._steps(scope, direction)
        return steps[-1] if steps else None

    def moved(self, scope: str, direction: Direction) -> None:
        """The step just taken was written; it now waits at the other end."""
        chain = self._chains[scope]
        source, target = (chain.done, chain.undone) if direction == "back" else (chain.undone, chain.done)
        target.append(source.pop())

    def _steps(self, scope: str, direction: Direction) -> list[Step]:
        chain = self._chains.get(scope, Chain())
        return chain.done if direction == "back" else chain.undone


def uncounted(_done: int, _of: int) -> None:
    """For steps that nobody waits for."""


def replay(work: UnitOfWork, step: Step, direction: Direction, counted: Counted = uncounted) -> None:
    """Write a step's values back, or forth again, within the caller's transaction.

    Raises UndoMovedOn when a record is no longer as the step left it; the caller then gives the
    transaction up.
    """
    traces = reversed(step.traces) if direction == "back" else step.traces
    for done, trace in enumerate(traces):
        counted(done, len(step.traces))
        _require_unmoved(work, trace, direction)
        if trace.settling is not None:
            _turn_decision(work, trace, direction)
        elif trace.was_new or trace.deleted is not None:
            _turn_deletion(work, trace, direction)
        else:
            work.save(trace.record_type, trace.id, _target(trace, direction))


def _target(trace: Trace, direction: Direction) -> Mapping[str, object]:
    return trace.before if direction == "back" else trace.after


def _require_unmoved(work: UnitOfWork, trace: Trace, direction: Direction) -> None:
    stands = work.standing(trace.record_type, trace.id)
    if stands.is_deleted != _was_left_deleted(trace, direction):
        raise UndoMovedOn
    left = _left_values(trace, direction, stands.wires)
    if any(stands.wires.get(column) != value for column, value in left.items()):
        raise UndoMovedOn


def _was_left_deleted(trace: Trace, direction: Direction) -> bool:
    """Whether the step, done or undone, left the record deleted."""
    if trace.was_new:
        return direction == "forth"
    return bool(trace.deleted) == (direction == "back") if trace.deleted is not None else False


def _left_values(trace: Trace, direction: Direction, columns: Mapping[str, Wire]) -> Mapping[str, Wire]:
    """What the step left in the record. Of a new record that is all there is: nothing may be added since."""
    if trace.was_new:
        silenced = dict.fromkeys(_words(trace)) if direction == "forth" else {}
        return {**dict.fromkeys(columns), **trace.after, **silenced}
    return trace.after if direction == "back" else trace.before


def _words(trace: Trace) -> Mapping[str, Wire]:
    """What a new record said. Taken back it says nothing: ごみ箱 does not list what nobody deleted."""
    saying = said_by(trace.record_type)
    return {column: value for column, value in trace.after.items() if column in saying}


def _turn_decision(work: UnitOfWork, trace: Trace, direction: Direction) -> None:
    """Put the question again, or decide as before."""
    settling = trace.settling
    if settling is None:
        return
    if direction == "back":
        work.ask_again(trace.record_type, trace.id, settling)
    else:
        chosen, reason = settling.chosen, settling.reason
        try:
            work.decide(trace.record_type, trace.id, settling.cell, chosen, None, reason)
        except MovedOn:
            raise UndoMovedOn from None


def _turn_deletion(work: UnitOfWork, trace: Trace, direction: Direction) -> None:
    was_deleted = bool(trace.deleted)
    becomes_deleted = was_deleted if direction == "forth" else not was_deleted
    if becomes_deleted:
        if trace.was_new:
            work.save(trace.record_type, trace.id, dict.fromkeys(_words(trace)))
        work.delete(trace.record_type, trace.id, covers_all=not (trace.was_asked and direction == "back"))
    else:
        work.undelete(trace.record_type, trace.id)
        if trace.was_new:
            work.save(trace.record_type, trace.id, _words(trace))
