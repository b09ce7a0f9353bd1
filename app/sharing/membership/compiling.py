"""The state of a team, put together from the entries that count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from app.sharing.membership.acts import (
    NO_INVITATION,
    Accept,
    Add,
    Carry,
    CutMark,
    Decline,
    Leave,
    NewEpoch,
    Remove,
    Require,
    Role,
    SetRole,
    ShareEpoch,
    Stop,
    Unknown,
)
from app.sharing.membership.authority import Ruling, VoidReason
from app.sharing.membership.companies import Companies, Counted
from app.sharing.membership.entries import Entry
from app.sharing.membership.epochs import EpochName
from app.sharing.membership.keys import PublicKeys
from app.sharing.membership.names import ROSTER
from app.sharing.membership.standing import is_voided
from app.sharing.membership.state import Device, Epoch, Membership, Status
from app.sharing.membership.stops import StopNotice


def membership_of(ruling: Ruling, notices: tuple[StopNotice, ...], roots: Iterable[PublicKeys]) -> Membership:
    """The state of the team under a ruling that took the notices into account."""
    counted = tuple(ruling.acts())
    companies = Companies(ruling, counted)
    least_schema, least_app = max(
        ((act.schema, act.app) for _, _, act in counted if isinstance(act, Require)), default=(0, "")
    )
    return Membership(
        roots=tuple(each for each in roots if not ruling.standings.is_removed(each.root_id)),
        devices=_devices(ruling, counted, notices),
        users=companies.users(),
        unadopted=companies.creations.unadopted(),
        withdrawals=companies.withdrawals(),
        epochs=epochs_of(ruling, counted),
        notices=tuple(each for each in notices if not ruling.standings.is_removed(each.device)),
        accepted=_named_by(counted, Accept),
        declined=_named_by(counted, Decline),
        least_schema=least_schema,
        least_app=least_app,
        spent=_spent(counted),
        heads=ruling.history.heads(),
        void=_void(ruling, notices),
        waiting=ruling.history.waiting,
        needs_newer=any(isinstance(act, Unknown) for _, _, act in counted),
    )


def _devices(ruling: Ruling, counted: Counted, notices: Sequence[StopNotice]) -> Mapping[bytes, Device]:
    stopped = {notice.device for notice in notices}
    cuts = _cuts(ruling, counted, notices)
    devices: dict[bytes, Device] = {}
    for _, entry, act in counted:
        if isinstance(act, Add) and act.device not in devices:
            status = status_of(ruling, act.device, stopped)
            role = ruling.standings.role(act.device)
            devices[act.device] = Device(
                act.device,
                act.user,
                act.name,
                act.public,
                role,
                status,
                entry.id,
                ruling.seniority.get(act.device) if role is Role.ADMINISTRATOR else None,
                cuts.get(act.device),
            )
    return devices


def status_of(ruling: Ruling, device: bytes, stopped: set[bytes]) -> Status:
    """Whether a device belongs to the team. Removal is for ever, whatever admits the device again."""
    if ruling.standings.is_removed(device):
        return Status.REMOVED
    return Status.SUSPENDED if device in stopped else Status.ACTIVE


def _cuts(
    ruling: Ruling, counted: Counted, notices: Sequence[StopNotice]
) -> Mapping[bytes, frozenset[CutMark]]:
    """How far the work of each bounded device counts.

    A removal knows more than the notice before it, so the notice's marks hold only until the removal.
    Marks of several removals add up: each says what its author had received while all was well. Who leaves
    says what it had written, unless others had stopped or removed it: then it would speak for the thief.
    """
    removed: defaultdict[bytes, set[CutMark]] = defaultdict(set)
    others: defaultdict[bytes, set[CutMark]] = defaultdict(set)
    for number, entry, act in counted:
        if isinstance(act, Remove):
            removed[act.device].update(act.cuts)
        elif isinstance(act, Leave) and _is_unopposed(ruling, number):
            removed[entry.author].update(act.cuts)
        elif isinstance(act, SetRole) and ruling.standings.role(act.device) is Role.VIEWER:
            others[act.device].update(act.cuts)
    for notice in notices:
        others[notice.device].update(notice.cuts)
    for device in ruling.standings.devices():
        if ruling.standings.role(device) is Role.VIEWER or ruling.standings.is_removed(device):
            others[device].update(())
    return {device: frozenset(marks) for device, marks in {**others, **removed}.items()}


def _is_unopposed(ruling: Ruling, leaving: int) -> bool:
    """Whether nobody removed a device without knowing that it had left; what a notice bars is void anyway."""
    entries = ruling.history.entries
    device = entries[leaving].author
    removals = ruling.standings.of(device).removals
    return not any(
        is_voided(ruling.history, leaving, each) for each in removals if entries[each].author != device
    )


def epochs_of(ruling: Ruling, counted: Counted) -> Mapping[EpochName, Epoch]:
    """Valid epochs with everybody to whom valid entries gave their keys, their authors included."""
    depths: dict[EpochName, int] = {}
    holders: defaultdict[EpochName, set[bytes]] = defaultdict(set)
    carried: defaultdict[EpochName, set[bytes]] = defaultdict(set)
    for number, entry, act in counted:
        if isinstance(act, NewEpoch):
            depths.setdefault(act.epoch_name, ruling.history.depths[number])
            holders[act.epoch_name].add(entry.author)
        if isinstance(act, NewEpoch | ShareEpoch):
            holders[act.epoch_name].update(wrap.recipient for wrap in act.wraps)
        if isinstance(act, NewEpoch | Carry):
            carried[act.epoch_name].update(act.older.ids)
    for number in ruling.valid:
        entry = ruling.history.entries[number]
        if ruling.may_administer(entry.author, number):
            holders[ROSTER, entry.epoch].update(wrap.recipient for wrap in entry.roster_wraps)
    spread(holders, carried)
    return {
        name: Epoch(*name, depth, frozenset(holders[name]), frozenset(carried[name]))
        for name, depth in depths.items()
    }


def spread(holders: dict[EpochName, set[bytes]], carried: Mapping[EpochName, set[bytes]]) -> None:
    """Whoever holds an epoch's key also holds the keys it carries, and those that they carry.

    Without this, a device that was given the newer key only would pass for one that lacks the older.
    """
    ahead = list(holders)
    while ahead:
        name = ahead.pop()
        for older in carried.get(name, ()):
            below = holders.setdefault((name[0], older), set())
            if not holders[name] <= below:
                below |= holders[name]
                ahead.append((name[0], older))


def _named_by(counted: Counted, kind: type[Accept | Decline]) -> frozenset[bytes]:
    return frozenset(each for _, _, act in counted if isinstance(act, kind) for each in act.objects)


def _spent(counted: Counted) -> frozenset[bytes]:
    return frozenset(
        act.invitation for _, _, act in counted if isinstance(act, Add) and act.invitation != NO_INVITATION
    )


def _void(ruling: Ruling, notices: Sequence[StopNotice]) -> Mapping[bytes, VoidReason]:
    counting = {notice.entry for notice in notices}
    entries = ruling.history.entries
    return {
        entries[number].id: reason
        for number, reason in sorted(ruling.void.items())
        if entries[number].id not in counting or not _only_stops(entries[number])
    }


def _only_stops(entry: Entry) -> bool:
    return all(isinstance(act, Stop) for act in entry.acts)
