"""Who may hold the keys of which company, from the entries that count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from app.sharing.membership.acts import Act, CreateCompartment, Grant, Withdraw
from app.sharing.membership.authority import Ruling
from app.sharing.membership.entries import Entry
from app.sharing.membership.state import Withdrawal

Counted = Sequence[tuple[int, Entry, Act]]
"""Acts that count, with their entries and the entries' numbers, in order."""

Place = tuple[bytes, bytes]
"""Compartment and user."""


class Creations:
    """Which entries made which company.

    Those by administrators count. A member's counts if no other creation of the company is concurrent with
    it or before it: a company cannot be taken by creating it again.
    """

    def __init__(self, ruling: Ruling, counted: Counted) -> None:
        self._seniors: defaultdict[bytes, list[tuple[int, CreateCompartment]]] = defaultdict(list)
        self._members: defaultdict[bytes, list[tuple[int, CreateCompartment]]] = defaultdict(list)
        for number, entry, act in counted:
            if isinstance(act, CreateCompartment):
                is_senior = ruling.may_administer(entry.author, number)
                (self._seniors if is_senior else self._members)[act.compartment].append((number, act))
        self._knew = ruling.history.knew

    def compartments(self) -> Iterable[bytes]:
        """Companies that somebody created, by id."""
        return sorted({*self._seniors, *self._members})

    def counted(self) -> Iterator[tuple[int, CreateCompartment]]:
        """Creations that count."""
        for compartment in self.compartments():
            yield from self._seniors[compartment] or self._firsts(compartment)

    def unadopted(self) -> frozenset[bytes]:
        """Companies that only a member has created: an administrator's program confirms them."""
        return frozenset(each for each in self._members if not self._seniors[each])

    def _firsts(self, compartment: bytes) -> Iterator[tuple[int, CreateCompartment]]:
        all_of_it = self._members[compartment]
        for number, act in all_of_it:
            if all(other == number or self._knew(other, number) for other, _ in all_of_it):
                yield number, act


class Companies:
    """Users of every company: those let in by an act that knew of every withdrawal."""

    def __init__(self, ruling: Ruling, counted: Counted) -> None:
        self.creations = Creations(ruling, counted)
        self._knew = ruling.history.knew
        self._let_in: defaultdict[Place, list[int]] = defaultdict(list)
        self._taken: defaultdict[Place, list[tuple[int, Withdraw]]] = defaultdict(list)
        for number, created in self.creations.counted():
            for user in created.users:
                self._let_in[created.compartment, user].append(number)
        for number, _, act in counted:
            if isinstance(act, Grant):
                self._let_in[act.compartment, act.user].append(number)
            elif isinstance(act, Withdraw):
                self._taken[act.compartment, act.user].append((number, act))

    def users(self) -> Mapping[bytes, frozenset[bytes]]:
        """User ids by company; a company that somebody created may have none."""
        found: dict[bytes, set[bytes]] = {each: set() for each in self.creations.compartments()}
        for place in self._let_in:
            if self._is_in(place):
                found.setdefault(place[0], set()).add(place[1])
        return {company: frozenset(users) for company, users in sorted(found.items())}

    def withdrawals(self) -> tuple[Withdrawal, ...]:
        """Users who lost a company and did not get it back, with all cut marks of their withdrawals."""
        return tuple(
            Withdrawal(*place, frozenset(mark for _, act in acts for mark in act.cuts))
            for place, acts in sorted(self._taken.items())
            if not self._is_in(place)
        )

    def _is_in(self, place: Place) -> bool:
        losses = [loss for loss, _ in self._taken.get(place, ())]
        return any(all(self._knew(number, loss) for loss in losses) for number in self._let_in.get(place, ()))
