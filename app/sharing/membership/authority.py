"""Which entries count: authors are judged by rank, in one pass (design-sync 8.3).

The root comes first, then administrators in the order in which more senior ones admitted them. When an
author is judged, everything that could void the author's acts has been judged, since only more senior ones
can remove or demote an administrator. All others follow: what they may do takes nothing from anybody.

An entry counts whole or not at all, so that a removal and the new keys that follow from it go together.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.sharing.membership.acts import (
    Act,
    Add,
    CreateCompartment,
    Leave,
    NewEpoch,
    Remove,
    Role,
    SetRole,
    Stop,
)
from app.sharing.membership.entries import Entry
from app.sharing.membership.history import History
from app.sharing.membership.standing import Standings


class VoidReason(StrEnum):
    """Why an entry does not count."""

    AUTHOR = "author"
    """Its author had not been admitted, had no such role, or was removed or demoted without its knowledge."""
    SENIOR = "senior"
    """It would remove or demote somebody more senior than its author."""
    SUSPENDED = "suspended"
    """Its author is under a stop notice that did not know it."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """Which entries count, by number, and why others do not.

    `seniority` has the roots that count, then everybody who was ever an administrator; less is more senior.
    """

    history: History
    roots: Sequence[bytes]
    standings: Standings
    valid: Collection[int]
    void: Mapping[int, VoidReason]
    seniority: Mapping[bytes, int]

    def acts(self) -> Iterator[tuple[int, Entry, Act]]:
        """Every act that counts, with its entry and the entry's number, in order."""
        for number in sorted(self.valid):
            entry = self.history.entries[number]
            yield from ((number, entry, act) for act in entry.acts)

    def may_administer(self, author: bytes, number: int) -> bool:
        """Whether an entry of this author, by number, has the weight of a root's or an administrator's."""
        return author in self.roots or self.standings.could(author, Role.ADMINISTRATOR, number)


def rule(history: History, roots: Sequence[bytes], barred: int = 0) -> Ruling:
    """Judge every entry. `roots` by rank; entries whose bit is set in `barred` are left aside."""
    court = Court(history, roots, barred)
    court.note_leaves()
    court.judge_seniors()
    court.judge_others()
    return Ruling(history, roots, court.standings, court.valid, court.void, court.seniority)


def need_of(entry: Entry) -> Role:
    """The role that an entry's author must have: that of its most demanding act."""
    created = {act.compartment for act in entry.acts if isinstance(act, CreateCompartment)}
    return min((_need_of_act(act, created) for act in entry.acts), default=Role.VIEWER)


def _need_of_act(act: Act, created: Collection[bytes]) -> Role:
    match act:
        case Stop() | Leave():
            return Role.VIEWER
        case CreateCompartment():
            return Role.MEMBER
        case NewEpoch() if act.compartment in created:
            return Role.MEMBER
    return Role.ADMINISTRATOR


def _only_leaves(entry: Entry) -> bool:
    return bool(entry.acts) and all(isinstance(act, Leave) for act in entry.acts)


class Court:
    """A ruling in the making: what is valid so far, and who is to be judged next."""

    def __init__(self, history: History, roots: Sequence[bytes], barred: int) -> None:
        self.history = history
        self.roots = roots
        self.barred = barred
        self.standings = Standings(history)
        self.valid: set[int] = set()
        self.void: dict[int, VoidReason] = {}
        self.seniority: dict[bytes, int] = {}
        self.turn = 0
        self.queue = deque(roots)
        self.by_author: defaultdict[bytes, list[int]] = defaultdict(list)
        for number, entry in enumerate(history.entries):
            self.by_author[entry.author].append(number)

    def note_leaves(self) -> None:
        """A device that says it goes is gone, whatever else holds for it: its signature is enough."""
        for number, entry in enumerate(self.history.entries):
            if entry.author not in self.roots and any(isinstance(act, Leave) for act in entry.acts):
                self.standings.note(number, Remove(entry.author))

    def judge_seniors(self) -> None:
        """Roots, then administrators as they are admitted; one admitted twice also stands on the later act.

        Acts that stand on a later admission have its rank: whoever was judged in between is senior to them.
        """
        while self.queue:
            author = self.queue.popleft()
            self.seniority.setdefault(author, self.turn)
            for number in self.by_author[author]:
                self._judge_senior(author, number)
            self.turn += 1

    def judge_others(self) -> None:
        """Entries that need no administrator: they take nothing from anybody but their author."""
        for number, entry in enumerate(self.history.entries):
            if number not in self.valid and number not in self.void:
                reason = self._fault_of_other(number, entry)
                if reason:
                    self.void[number] = reason
                else:
                    self._count(number, entry)

    def _judge_senior(self, author: bytes, number: int) -> None:
        if number in self.valid or self._is_barred(number) or not self.stands(author, number):
            return
        entry = self.history.entries[number]
        if any(self._touches_senior(act, number) for act in entry.acts):
            self.void[number] = VoidReason.SENIOR
        else:
            self.void.pop(number, None)
            self._count(number, entry)

    def stands(self, author: bytes, number: int) -> bool:
        """Whether an entry has the weight of a root's or an administrator's, as far as judged."""
        if author in self.roots:
            return self.standings.survives(author, number)
        return self.standings.could(author, Role.ADMINISTRATOR, number)

    def _touches_senior(self, act: Act, number: int) -> bool:
        if isinstance(act, SetRole) and act.role is Role.ADMINISTRATOR:
            return False
        return isinstance(act, Remove | SetRole) and self.is_senior(act.device, number)

    def is_senior(self, device: bytes, number: int) -> bool:
        """Whether the device was judged before this turn, or in it, and entry `number` knew of no demotion.

        What is judged stays so: an act that counts now must not fall to a removal that is judged later.
        """
        place = self.seniority.get(device)
        if place is None or place > self.turn:
            return False
        return device in self.roots or self.standings.is_administrator_to(device, number)

    def _count(self, number: int, entry: Entry) -> None:
        self.valid.add(number)
        for act in entry.acts:
            if isinstance(act, Add | Remove | SetRole):
                self.standings.note(number, act)
                self._enqueue(number, act)

    def _enqueue(self, number: int, act: Add | Remove | SetRole) -> None:
        """Judge a new administrator later, as soon as it is both admitted and raised."""
        if isinstance(act, Remove) or act.device in self.roots:
            return
        standing = self.standings.of(act.device)
        is_raised = any(role is Role.ADMINISTRATOR for _, role in standing.raised)
        if standing.admissions and is_raised and act.device not in self.queue:
            self.queue.append(act.device)

    def _fault_of_other(self, number: int, entry: Entry) -> VoidReason | None:
        if self._is_barred(number):
            return VoidReason.SUSPENDED
        if _only_leaves(entry):
            return None
        need = need_of(entry)
        if need is Role.ADMINISTRATOR or not self.standings.could(entry.author, need, number):
            return VoidReason.AUTHOR
        return None

    def _is_barred(self, number: int) -> bool:
        return bool(self.barred >> number & 1)
