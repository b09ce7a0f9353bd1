"""Random key logs of 5 to 8 devices: honest acts, forbidden ones, and acts with parents from long ago.

No real keys here: what counts follows from ids and parents alone, and worlds must be quick to make.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from app.sharing.membership import acts
from app.sharing.membership.acts import Act, CutMark, Role
from app.sharing.membership.entries import Entry
from app.sharing.membership.epochs import OlderKeys
from app.sharing.membership.evaluation import evaluate
from app.sharing.membership.keys import PublicKeys
from app.sharing.membership.names import ROSTER, TEAM
from app.sharing.membership.state import Membership
from app.sharing.membership.wraps import Wrap

COMPANIES = (b"company number 1", b"company number 2")
COMPARTMENTS = (ROSTER, TEAM, *COMPANIES)


@dataclass
class Person:
    """Somebody with one device, or the holder of a recovery sheet, and the entries that reached them."""

    id: bytes
    user: bytes
    public: PublicKeys
    known: set[bytes] = field(default_factory=set)


@dataclass
class Log:
    """Everything that was ever written, and who wrote it."""

    rng: random.Random
    root: Person
    sheet: Person
    people: list[Person]
    entries: dict[bytes, Entry] = field(default_factory=dict)
    history: dict[bytes, frozenset[bytes]] = field(default_factory=dict)

    def write(self, author: Person, parents: Sequence[bytes], *done: Act) -> Entry:
        entry = Entry(self.rng.randbytes(32), author.id, b"epoch of roster.", tuple(parents), done)
        self.entries[entry.id] = entry
        known = set(parents).union(*(self.history[each] for each in parents))
        self.history[entry.id] = frozenset(known)
        author.known |= known | {entry.id}
        return entry

    def heads(self, known: set[bytes]) -> list[bytes]:
        built_upon = {parent for each in known for parent in self.entries[each].parents}
        return sorted(known - built_upon)

    def state(self) -> Membership:
        return evaluate(self.entries.values(), self.root.public)


def person(rng: random.Random, *, is_root: bool = False) -> Person:
    public = PublicKeys(rng.randbytes(32), rng.randbytes(32))
    return Person(public.root_id if is_root else public.device_id, rng.randbytes(16), public)


def play(seed: int) -> Log:
    """A team of 5 to 8 devices that admit, stop, remove and promote each other, honestly or not."""
    rng = random.Random(seed)
    root, sheet = person(rng, is_root=True), person(rng, is_root=True)
    log = Log(rng, root, sheet, [person(rng) for _ in range(rng.randint(5, 8))])
    first = log.people[0]
    log.write(root, (), acts.Add(first.public, first.user, Role.ADMINISTRATOR, ""), _epoch(log, ROSTER))
    for each in log.people[1 : rng.randint(2, 5)]:
        role = rng.choice([Role.ADMINISTRATOR, Role.MEMBER])
        first.known |= root.known
        log.write(first, log.heads(first.known), acts.Add(each.public, each.user, role, ""))
    for each in log.people:
        each.known |= first.known
    for _ in range(rng.randint(10, 45)):
        _turn(log)
    return log


def _turn(log: Log) -> None:
    rng = log.rng
    if rng.random() < 0.1:
        _defy(log)
        return
    author = rng.choice([*log.people, *log.people, log.root if rng.random() < 0.3 else log.people[0]])
    if rng.random() < 0.05:
        author = log.sheet
    if rng.random() < 0.5:
        author.known |= rng.choice(log.people).known
    parents = log.heads(author.known)
    if rng.random() < 0.25 and log.entries:
        parents = rng.sample(sorted(log.entries), min(len(log.entries), rng.randint(1, 2)))
    chosen = rng.choices(
        list(_ACTS), weights=[weight for _, weight in _ACTS.values()], k=rng.choice([1, 1, 2])
    )
    log.write(author, parents, *(_ACTS[each][0](log) for each in chosen))


def _defy(log: Log) -> None:
    """A device under notice lifts it, or removes who gave it as if it had not known."""
    stops = [
        (entry, act) for entry in log.entries.values() for act in entry.acts if isinstance(act, acts.Stop)
    ]
    if not stops:
        return
    notice, stop = log.rng.choice(stops)
    device = next(each for each in log.people if each.id == stop.device)
    if log.rng.random() < 0.5:
        log.write(device, [notice.id], acts.Lift(device.id))
    else:
        log.write(device, notice.parents, acts.Remove(notice.author))


def _other(log: Log) -> Person:
    return log.rng.choice(log.people)


def _cuts(log: Log) -> tuple[CutMark, ...]:
    return (CutMark(log.rng.randbytes(16), log.rng.randbytes(32)),) if log.rng.random() < 0.5 else ()


def _add(log: Log) -> Act:
    who = _other(log)
    return acts.Add(who.public, who.user, log.rng.choice([Role.ADMINISTRATOR, Role.MEMBER, Role.VIEWER]), "")


def _remove(log: Log) -> Act:
    whom = log.rng.choice([*log.people, *log.people, log.root, log.sheet]).id
    return acts.Remove(whom, _cuts(log))


def _epoch(log: Log, compartment: bytes | None = None) -> acts.NewEpoch:
    rng = log.rng
    chosen = rng.sample(log.people, rng.choice([0, 0, 1, 2, len(log.people)]))
    wraps = tuple(Wrap(each.id, 1, b"") for each in [*chosen, log.root])
    held = compartment or rng.choice(COMPARTMENTS)
    return acts.NewEpoch(held, rng.randbytes(16), wraps, _older(log, held))


def _epochs(log: Log) -> list[acts.NewEpoch]:
    return [act for entry in log.entries.values() for act in entry.acts if isinstance(act, acts.NewEpoch)]


def _older(log: Log, compartment: bytes) -> OlderKeys:
    ids = [each.epoch for each in _epochs(log) if each.compartment == compartment]
    return OlderKeys(tuple(log.rng.sample(ids, log.rng.randint(0, len(ids)))), b"")


def _carry(log: Log) -> Act:
    epoch = log.rng.choice(_epochs(log))
    return acts.Carry(epoch.compartment, epoch.epoch, _older(log, epoch.compartment))


def _share(log: Log) -> Act:
    epoch = log.rng.choice(_epochs(log))
    return acts.ShareEpoch(epoch.compartment, epoch.epoch, (Wrap(_other(log).id, 1, b""),))


_ACTS: dict[str, tuple[Callable[[Log], Act], int]] = {
    "add": (_add, 6),
    "stop": (lambda log: acts.Stop(_other(log).id, _cuts(log)), 4),
    "lift": (lambda log: acts.Lift(_other(log).id), 4),
    "remove": (_remove, 4),
    "leave": (lambda log: acts.Leave(), 1),
    "role": (lambda log: acts.SetRole(_other(log).id, log.rng.choice(list(Role))), 4),
    "create": (
        lambda log: acts.CreateCompartment(log.rng.choice(COMPANIES), (_other(log).user, _other(log).user)),
        3,
    ),
    "grant": (lambda log: acts.Grant(log.rng.choice(COMPANIES), _other(log).user), 3),
    "withdraw": (lambda log: acts.Withdraw(log.rng.choice(COMPANIES), _other(log).user, _cuts(log)), 2),
    "epoch": (_epoch, 8),
    "share": (_share, 3),
    "carry": (_carry, 2),
    "accept": (lambda log: acts.Accept((log.rng.randbytes(32),)), 1),
    "require": (lambda log: acts.Require(log.rng.randrange(9)), 1),
    "decline": (lambda log: acts.Decline((log.rng.randbytes(32),)), 1),
    "sheet": (lambda log: acts.EndorseRoot(log.sheet.public), 4),
    "unknown": (lambda log: acts.Unknown(99, b"from a newer program"), 1),
}
