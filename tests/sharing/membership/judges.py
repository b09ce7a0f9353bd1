"""Invariant 13, judged by plain means from the entries and the state that was made of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.sharing.membership import acts
from app.sharing.membership.acts import Act, Role
from app.sharing.membership.entries import Entry
from app.sharing.membership.evaluation import evaluate
from app.sharing.membership.names import ROSTER
from app.sharing.membership.sealing import sealing_epoch
from app.sharing.membership.state import Membership, Status
from app.sharing.membership.wraps import Wrap
from tests.sharing.membership.world import COMPANIES, COMPARTMENTS, Log, person, play

HARMLESS = (acts.Stop, acts.Leave)


def breaches_of(seed: int) -> Iterator[str]:
    """What does not hold in the world of this seed."""
    log = play(seed)
    state = log.state()
    judges = (
        judge_order,
        judge_root,
        judge_authors,
        judge_demotions,
        judge_removals,
        judge_notices,
        judge_sheets,
        judge_sealing,
    )
    for judge in judges:
        yield from (f"{judge.__name__}: {found}" for found in judge(log, state))


def counted(log: Log, state: Membership) -> list[Entry]:
    return [
        each for each in log.entries.values() if each.id not in state.void and each.id not in state.waiting
    ]


def done(entries: Iterable[Entry], *kinds: type[Act]) -> Iterator[tuple[Entry, Act]]:
    return ((entry, act) for entry in entries for act in entry.acts if isinstance(act, kinds))


def judge_order(log: Log, state: Membership) -> Iterator[str]:
    """The same entries in any order and with repeats make the same state; so do parts on the way."""
    entries = list(log.entries.values())
    for _ in range(2):
        again = log.rng.sample(entries, len(entries)) + entries[::3]
        if evaluate(again, log.root.public) != state:
            yield "another order, another state"
    part = log.rng.sample(entries, len(entries) // 2)
    if evaluate(part, log.root.public) != evaluate(part[::-1], log.root.public):
        yield "another order, another state of a part"


def judge_root(log: Log, state: Membership) -> Iterator[str]:
    """Whatever happened, the sheet admits an administrator, removes everybody and makes new keys."""
    for entry in log.entries.values():
        of_itself = any(act.device == log.root.id for _, act in done([entry], acts.Remove))
        if entry.author == log.root.id and entry.id in state.void and not of_itself:
            yield "an act of the root is void"
    if state.roots[:1] != (log.root.public,):
        yield "the root is gone"
    new = person(log.rng)
    entries = dict(log.entries)
    wraps = tuple(Wrap(each, 1, b"") for each in (new.id, log.root.id))
    rescue = Entry(
        log.rng.randbytes(32),
        log.root.id,
        b"epoch of roster.",
        state.heads,
        (
            acts.Add(new.public, new.user, Role.ADMINISTRATOR, ""),
            *(acts.Remove(each) for each in sorted(state.devices)),
            acts.NewEpoch(ROSTER, b"the newest epoch", wraps),
        ),
    )
    after = evaluate({**entries, rescue.id: rescue}.values(), log.root.public)
    if [each.id for each in after.active()] != [new.id] or not after.devices[new.id].is_administrator:
        yield "the root cannot begin anew"
    sealing = sealing_epoch(after, ROSTER)
    if sealing is None or sealing.id != b"the newest epoch":
        yield "the root's new key is not used"


def judge_authors(log: Log, state: Membership) -> Iterator[str]:
    """What counts had an admission among its ancestors, and no removal or notice that did not know it."""
    all_that_counts = counted(log, state)
    admissions = list(done(all_that_counts, acts.Add))
    against = [(entry.id, act.device) for entry, act in done(all_that_counts, acts.Remove)]
    against += [
        (entry.id, entry.author)
        for entry, _ in done(all_that_counts, acts.Leave)
        if entry.author != log.sheet.id
    ]
    notices = [(notice.entry, notice.device) for notice in state.notices]
    roots = {root.root_id for root in state.roots} | {log.sheet.id}
    for entry in all_that_counts:
        if all(isinstance(act, HARMLESS) for act in entry.acts) or entry.author == log.root.id:
            continue
        past = log.history[entry.id]
        if entry.author not in roots and not any(
            act.device == entry.author and admitted.id in past for admitted, act in admissions
        ):
            yield "an act of somebody who was not admitted counts"
        for voiding, device in [*against, *notices]:
            if device == entry.author and entry.id not in log.history[voiding]:
                yield "an act concurrent with or after a removal or notice counts"


def judge_demotions(log: Log, state: Membership) -> Iterator[str]:
    """What only an administrator may do stands on a role that nobody took without knowing the act."""
    all_that_counts = counted(log, state)
    raised = [
        (entry, act.device)
        for entry, act in done(all_that_counts, acts.Add, acts.SetRole)
        if act.role is Role.ADMINISTRATOR
    ]
    lowered = [
        (entry, act.device)
        for entry, act in done(all_that_counts, acts.SetRole)
        if act.role is not Role.ADMINISTRATOR
    ]
    roots = {log.root.id, log.sheet.id}
    senior = (
        acts.Add,
        acts.Remove,
        acts.SetRole,
        acts.Grant,
        acts.Withdraw,
        acts.Accept,
        acts.Decline,
        acts.Require,
        acts.EndorseRoot,
    )
    for entry, _ in done(all_that_counts, *senior):
        if entry.author in roots:
            continue
        past = log.history[entry.id]
        taken = [low for low, who in lowered if who == entry.author and entry.id not in log.history[low.id]]
        if not any(
            who == entry.author and up.id in past and all(low.id in log.history[up.id] for low in taken)
            for up, who in raised
        ):
            yield "an act counts whose author was no administrator"


def judge_removals(log: Log, state: Membership) -> Iterator[str]:
    """Removed is removed; and no administrator who was never demoted is removed by juniors alone."""
    all_that_counts = counted(log, state)
    removers: dict[bytes, set[bytes]] = {}
    for entry, act in done(all_that_counts, acts.Remove):
        removers.setdefault(act.device, set()).add(entry.author)
    for entry, _ in done(all_that_counts, acts.Leave):
        removers.setdefault(entry.author, set()).add(entry.author)
    roots = {root.root_id for root in state.roots} | {log.sheet.id}
    demoted = {
        act.device for _, act in done(all_that_counts, acts.SetRole) if act.role is not Role.ADMINISTRATOR
    }
    for device, by in removers.items():
        removed = state.devices.get(device)
        if removed is None:
            continue
        if removed.status is not Status.REMOVED:
            yield "a removed device is back"
        if removed.seniority is None or by & roots or device in by | demoted:
            continue
        ranks = [state.devices[each].seniority for each in by]
        if all(rank is not None and rank > removed.seniority for rank in ranks):
            yield "juniors removed their senior"


def judge_notices(log: Log, state: Membership) -> Iterator[str]:
    """A notice by one of the team holds until somebody else lifts it, whatever the device does.

    The lift may be of somebody who no longer counts: the device, free again, may have demoted its author.
    """
    admissions = list(done(counted(log, state), acts.Add))
    removals = list(done(counted(log, state), acts.Remove))
    left = {entry.author for entry, _ in done(log.entries.values(), acts.Leave)}
    lifts = list(done(log.entries.values(), acts.Lift))
    for entry, act in done(log.entries.values(), acts.Stop):
        author, device = state.devices.get(entry.author), state.devices.get(act.device)
        if author is None or device is None or author.id in {device.id, *left}:
            continue
        against = [by for by, each in removals if each.device == author.id]
        if author.status is Status.REMOVED and (
            not against or any(by.author != device.id or by.id in log.history[entry.id] for by in against)
        ):
            continue
        if not any(each.device == author.id and by.id in log.history[entry.id] for by, each in admissions):
            continue
        freed_by = {
            lift.author
            for lift, lifted in lifts
            if lifted.device == device.id and entry.id in log.history[lift.id]
        }
        if not freed_by - {device.id} and device.status is Status.ACTIVE:
            yield "a device under notice is active"


def judge_sheets(log: Log, state: Membership) -> Iterator[str]:
    """A second root counts only if the first root, or the first administrator, vouched for it.

    Also if that no longer counts: once it is a root, the new one may remove whoever vouched for it.
    """
    vouching = {entry.author for entry, _ in done(log.entries.values(), acts.EndorseRoot)}
    first = state.devices[log.people[0].id]
    if len(state.roots) > 1 and log.root.id not in vouching:
        is_spared = first.status is Status.REMOVED or first.role is not Role.ADMINISTRATOR
        if first.id not in vouching and not is_spared:
            yield "a sheet counts that an administrator did not vouch for"


def judge_sealing(log: Log, state: Membership) -> Iterator[str]:
    """The epoch to seal with is the greatest whose key nobody has who may not have it."""
    all_that_counts = counted(log, state)
    has_key: dict[tuple[bytes, bytes], set[bytes]] = {}
    depths: dict[tuple[bytes, bytes], int] = {}
    for entry, act in done(all_that_counts, acts.NewEpoch):
        has_key.setdefault((act.compartment, act.epoch), set()).add(entry.author)
        depths[act.compartment, act.epoch] = depth(log, entry)
    for _, act in done(all_that_counts, acts.NewEpoch, acts.ShareEpoch):
        has_key.setdefault((act.compartment, act.epoch), set()).update(wrap.recipient for wrap in act.wraps)
    carriers = [
        ((act.compartment, act.epoch), (act.compartment, older))
        for _, act in done(all_that_counts, acts.NewEpoch, acts.Carry)
        for older in act.older.ids
    ]
    for _ in depths:
        for newer, older in carriers:
            has_key.setdefault(older, set()).update(has_key.get(newer, ()))
    for compartment in COMPARTMENTS:
        usable = [
            (depths[name], name[1])
            for name in depths
            if name[0] == compartment
            and not any(is_barred(state, compartment, each) for each in has_key[name])
        ]
        sealing = sealing_epoch(state, compartment)
        if (sealing and (sealing.depth, sealing.id)) != max(usable, default=None):
            yield "another epoch is sealed with"


def is_barred(state: Membership, compartment: bytes, who: bytes) -> bool:
    """Whether somebody must not have new keys of a compartment."""
    if who in {root.root_id for root in state.roots}:
        return False
    device = state.devices.get(who)
    if device is None or device.status is not Status.ACTIVE:
        return True
    return compartment in COMPANIES and device.user not in state.users.get(compartment, ())


def depth(log: Log, entry: Entry) -> int:
    return max((depth(log, log.entries[each]) + 1 for each in entry.parents), default=0)
