"""The invariants of the design, judged by plain means from the logs and views of a world."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.sync import form, merge
from app.sync.merge import CellView, LoggedChange, cells, references
from app.sync.merge.changes import NO_IDS
from tests.sync.model import CHILD, DELETED, NEWER_KIND, PARENT, RECORDS, Device, Key, World, sentences_of
from tests.sync.play import play, play_in_turn


def breaches_of(seed: int) -> World:
    """Play with a seed, and look at everything now and then and afterwards."""
    world = play(seed, judge_device)
    judge_agreement(world)
    for device in world.devices:
        judge_device(world, device)
    judge_removal(world)
    judge_upgrade(world)
    return world


def judge_device(world: World, device: Device) -> None:
    """What holds on each device at any moment, however little has reached it."""
    for key, view in device.store.views.items():
        changes = list(device.store.log[key].values())
        judge_loss(world, device, key, view, changes)
        judge_invention(world, device, key, view, changes)
        judge_order(world, device, key, view, changes)
        judge_newer_kinds(world, device, key, view, changes)
    judge_deletions(world, device)


def breaches_in_turn(seed: int) -> World:
    """The same for people who work one after the other, then for parts of what they wrote."""
    world = play_in_turn(seed)
    for device in world.devices:
        listed = [key for key, view in device.store.views.items() if view.conflicts]
        flagged = [record for record in RECORDS if device.record(record).needs_decision]
        if listed or flagged:
            world.breach(5, f"{listed} {flagged}")
        for record in RECORDS:
            if device.view(record, DELETED).value is True and _may_hide(device, record):
                world.breach(10, f"{record} was deleted and nobody has changed it since")
    judge_missing_middle(world)
    return world


def judge_agreement(world: World) -> None:
    """1, view part: after quiet, devices of one version show the same."""
    for is_new in (True, False):
        same = [device for device in world.devices if device.is_new is is_new]
        for device in same[1:]:
            if device.store.views != same[0].store.views:
                world.breach(1, "views differ")
            if any(device.record(record) != same[0].record(record) for record in RECORDS):
                world.breach(1, "bins differ")


def judge_loss(
    world: World, device: Device, key: Key, view: CellView, changes: Sequence[LoggedChange]
) -> None:
    """2: every write is displayed, equal to what is displayed, listed, or was seen by another author."""
    for change in changes:
        if not is_accounted_for(device, key, view, change, changes):
            world.breach(2, f"{key}: {change.value!r} is gone, shown is {view.value!r}")


def is_accounted_for(
    device: Device, key: Key, view: CellView, change: LoggedChange, changes: Iterable[LoggedChange]
) -> bool:
    kind = device.as_understood(change).kind
    if kind == merge.ACK or change.id in view.conflicts:
        return True
    if any(change.id in other.seen for other in changes if other.id != change.id):
        return True
    if kind != merge.SET:
        return view.read_only
    if merge.same_value(change.value, view.value) or (view.merged and change.id in view.heads):
        return True
    return device.policy(key) == "true-wins" and view.value is True and change.id in view.heads


def judge_invention(
    world: World, device: Device, key: Key, view: CellView, changes: Sequence[LoggedChange]
) -> None:
    """4: somebody wrote the displayed value; of a merged text, every sentence."""
    values = [change.value for change in changes if device.as_understood(change).kind == merge.SET]
    if not view.merged:
        if view.value is not None and not any(merge.same_value(view.value, value) for value in values):
            world.breach(4, f"{key}: nobody wrote {view.value!r}")
        return
    written = {each for value in values if isinstance(value, str) for each in sentences_of(value)}
    invented = [each for each in sentences_of(str(view.value)) if each not in written]
    if invented:
        world.breach(4, f"{key}: nobody wrote {invented}")


def judge_order(
    world: World, device: Device, key: Key, view: CellView, changes: Sequence[LoggedChange]
) -> None:
    """7: neither order, nor repetition, nor batches, nor the short cut for chains changes a view."""
    in_time = sorted(changes, key=lambda change: (change.time, change.id))
    mixed = world.rng.sample(in_time, len(in_time)) + in_time[::2]
    for again in (in_time, in_time[::-1], mixed):
        if device.resolve(key, again) != view:
            world.breach(7, f"{key} looks different after a rebuild")
    whole = references.gather([device.as_understood(change) for change in changes], NO_IDS)
    if cells.view_of_graph(whole, device.policy(key)) != view:
        world.breach(7, f"{key} looks different by the long way")
    if view.is_plain:
        token = form.token_of(view)
        successor = LoggedChange(b"next........", merge.SET, "次", 0, token.seen, token.known)
        if device.resolve(key, [*changes, successor]) != device.resolve(
            key, [replace(successor, seen=NO_IDS, known=NO_IDS)]
        ):
            world.breach(7, f"{key} is not as plain as it says")


def judge_newer_kinds(
    world: World, device: Device, key: Key, view: CellView, changes: Sequence[LoggedChange]
) -> None:
    """14, view part: what an older program cannot read keeps it from writing."""
    replaced = {known for change in changes if change.kind != merge.ACK for known in change.known}
    newer = [c.id for c in changes if c.kind == NEWER_KIND and c.id not in replaced]
    if not device.is_new and newer and not view.read_only:
        world.breach(14, f"{key} may be written over")


def judge_upgrade(world: World) -> None:
    """14, view part: an upgraded program shows what one shows that was always new, from the same log."""
    new = next(device for device in world.devices if device.is_new)
    for old in [device for device in world.devices if not device.is_new]:
        if old.store.log != new.store.log:
            world.breach(14, "an older program changed or lost what it did not know")
        upgraded = Device(world, is_new=True, skew_ms=0)
        upgraded.receive(old.store.entries())
        if upgraded.store.views != new.store.views:
            world.breach(14, "an upgraded program shows something else")


def judge_deletions(world: World, device: Device) -> None:
    """10: what a deletion did not know of keeps the record on the screen; so does a child on the screen."""
    for record in RECORDS:
        if not device.record(record).is_visible and _uncovered(device, record):
            world.breach(10, f"{record} is hidden with a change that no deletion knew of")
    if device.record(CHILD).is_visible and not device.record(PARENT).is_visible:
        world.breach(10, "a child is on the screen and its parent is not")


def _uncovered(device: Device, record: str) -> set[bytes]:
    log = device.store.log
    covered = {each for change in log.get((record, DELETED), {}).values() for each in change.covers}
    current: set[bytes] = set()
    for key, changes in log.items():
        if key[0] == record and key[1] != DELETED:
            writes = [change for change in changes.values() if change.kind != merge.ACK]
            replaced = {known for change in writes for known in change.known}
            current |= {change.id for change in writes} - replaced
    return current - covered


def _may_hide(device: Device, record: str) -> bool:
    """Whether a deleted record is visible although nothing in it, nor its child, is a reason."""
    has_reason = _uncovered(device, record) or (record == PARENT and device.record(CHILD).is_visible)
    return device.record(record).is_visible and not has_reason


def judge_removal(world: World) -> None:
    """12: without the last work of a removed device, everything honest is still accounted for."""
    device = world.devices[0]
    written = [change.id for _key, change in device.store.entries()]
    removed = frozenset(world.rng.sample(written, len(written) // 4))
    for key, changes in device.store.log.items():
        every = [device.as_understood(change) for change in changes.values()]
        view = merge.resolve(every, device.policy(key), removed)
        if merge.resolve(every[::-1], device.policy(key), removed) != view:
            world.breach(12, f"{key} depends on the order")
        honest = [change for change in every if change.id not in removed]
        for change in honest:
            if not is_accounted_for(device, key, view, change, honest):
                world.breach(12, f"{key}: the honest {change.value!r} is gone")


def judge_missing_middle(world: World) -> None:
    """18: of work that met nowhere, whatever has not arrived yet, nobody is asked anything.

    Undeletions always arrive here: an edit made after one does not refer to it.
    """
    device = world.devices[0]
    for _try in range(6):
        part = Device(world, is_new=True, skew_ms=0)
        part.receive([e for e in device.store.entries() if e[0][1] == DELETED or world.rng.random() < 0.7])
        for key, view in part.store.views.items():
            if view.needs_decision:
                world.breach(18, f"{key} asks about {view.conflicts}")
        for record in RECORDS:
            if part.record(record).needs_decision:
                world.breach(18, f"{record} asks whether it is deleted")


def judge_forgery(seed: int) -> World:
    """19: any references, also to oneself, in circles and to nothing, leave a cell that shows something."""
    world = World(seed)
    names = [world.rng.randbytes(12) for _name in range(world.rng.randint(1, 7))]
    changes = [forged(world, identity, names) for identity in names]
    if world.rng.random() < 0.2:
        changes.append(replace(world.rng.choice(changes), value="別の内容"))
    quarantined = frozenset(name for name in names if world.rng.random() < 0.1)
    doubled = {c.id for c in changes} if len(changes) == len(names) else {changes[-1].id}
    for policy in merge.Policy:
        view = merge.resolve(changes, policy, quarantined)
        if merge.resolve(changes[::-1], policy, quarantined) != view:
            world.breach(19, "forged references make the order count")
        aside = quarantined | (doubled if len(changes) > len(names) else set())
        counted = [c for c in changes if c.kind == merge.SET and c.id not in aside]
        if counted and (not view.heads or (view.winner is None and not view.conflicts)):
            world.breach(19, f"{policy}: an empty cell out of {len(counted)} writes")
    deletions = [replace(change, value=True) for change in changes]
    merge.resolve_record(deletions, {"name": merge.resolve(changes, "latest")}, quarantined=quarantined)
    return world


def forged(world: World, identity: bytes, names: list[bytes]) -> LoggedChange:
    rng = world.rng
    known = frozenset(name for name in [*names, b"nobody wrote"] if rng.random() < 0.4)
    seen = frozenset(name for name in known if rng.random() < 0.5)
    kind = rng.choice((merge.SET, merge.SET, merge.ACK, NEWER_KIND))
    value = rng.choice(("一。", "一。二。", True, None, 7, ["一", {"二": 3.5}], float("nan")))
    return LoggedChange(identity, kind, value, rng.choice((0, 1, 2**64 - 1)), seen, known, known)
