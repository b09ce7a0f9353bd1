"""Stop notices: what suspends a device at once, for everybody, until an administrator answers (settled 34).

A notice is there for the stolen laptop, so it must hold against the laptop's own keys, an administrator's
too: whoever has it cannot void a notice by removing its author, nor lift it alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from app.sharing.membership.acts import CutMark, Lift, Stop
from app.sharing.membership.authority import Ruling
from app.sharing.membership.history import History
from app.sharing.membership.standing import is_voided


@dataclass(frozen=True, slots=True)
class StopNotice:
    """A notice that counts and was not lifted: entry number and id, who gave it, about which device."""

    number: int
    entry: bytes
    author: bytes
    device: bytes
    cuts: tuple[CutMark, ...]


@dataclass(frozen=True, slots=True)
class LiftedNotices:
    """An administrator's word that the notices for a device, as far as entry `number` knew them, are over."""

    number: int
    author: bytes
    device: bytes


@dataclass(frozen=True, slots=True)
class Heard:
    """Notices and lifts that have counted in some ruling: this only grows, so that judging comes to an end.

    A notice bars acts, and what is barred may be what voided another notice or a lift.
    """

    notices: frozenset[StopNotice] = frozenset()
    lifts: frozenset[LiftedNotices] = frozenset()

    def also(self, ruling: Ruling) -> Heard:
        """With what counts in this ruling."""
        given = (notice for notice in _given(ruling) if has_weight(ruling, notice))
        return Heard(self.notices.union(given), self.lifts.union(_lifts(ruling)))


def standing_notices(history: History, heard: Heard) -> tuple[StopNotice, ...]:
    """Notices that nobody who could has lifted, in the order of entries.

    A lift counts if its author is not itself under a notice; lifts are gathered until no more count, so
    neither of two devices under notice frees itself or the other.
    """
    standing = set(heard.notices)
    while True:
        lifted = {
            notice
            for lift in heard.lifts
            if not is_under_notice(history, lift, standing)
            for notice in standing
            if notice.device == lift.device and history.knew(lift.number, notice.number)
        }
        if not lifted:
            return tuple(sorted(standing, key=lambda notice: (notice.number, notice.device)))
        standing -= lifted


def barred_by(history: History, notices: Iterable[StopNotice]) -> int:
    """Bits of the entries that notices void: those of a suspended device that its notice did not know.

    Notices by the suspended device still count, and so does its leaving.
    """
    by_device: Mapping[bytes, list[int]] = _numbers(notices)
    barred = 0
    for number, entry in enumerate(history.entries):
        against = by_device.get(entry.author, ())
        if any(is_voided(history, number, notice) for notice in against):
            barred |= 1 << number
    return barred


def has_weight(ruling: Ruling, notice: StopNotice) -> bool:
    """Whether a notice counts: its author was one of the team, as far as the notice knew.

    A removal of the author that did not know the notice voids it only if the remover could also have
    removed the device: any administrator for most, a more senior one for an administrator's.
    """
    if notice.author in ruling.roots:
        return ruling.standings.survives(notice.author, notice.number)
    standing = ruling.standings.of(notice.author)
    knew = ruling.history.knew
    if not any(knew(notice.number, admission) for admission in standing.admissions):
        return False
    return not any(
        knew(notice.number, removal)
        or (is_voided(ruling.history, notice.number, removal) and outranks(ruling, removal, notice))
        for removal in standing.removals
    )


def outranks(ruling: Ruling, removal: int, notice: StopNotice) -> bool:
    """Whether the author of a removal is senior to the device under notice, or the notice's own author."""
    remover = ruling.history.entries[removal].author
    if remover == notice.author:
        return True
    place = ruling.seniority.get(notice.device)
    return place is None or ruling.seniority[remover] < place


def _given(ruling: Ruling) -> Iterable[StopNotice]:
    for number, entry in enumerate(ruling.history.entries):
        for act in entry.acts:
            if isinstance(act, Stop) and act.device not in ruling.roots and act.device != entry.author:
                yield StopNotice(number, entry.id, entry.author, act.device, act.cuts)


def _lifts(ruling: Ruling) -> Iterable[LiftedNotices]:
    for number, entry, act in ruling.acts():
        if isinstance(act, Lift):
            yield LiftedNotices(number, entry.author, act.device)


def is_under_notice(history: History, lift: LiftedNotices, standing: Collection[StopNotice]) -> bool:
    """Whether a notice that stands, and did not know the lift, suspends the lift's author."""
    return any(
        notice.device == lift.author and is_voided(history, lift.number, notice.number) for notice in standing
    )


def _numbers(notices: Iterable[StopNotice]) -> Mapping[bytes, list[int]]:
    by_device: defaultdict[bytes, list[int]] = defaultdict(list)
    for notice in notices:
        by_device[notice.device].append(notice.number)
    return by_device
