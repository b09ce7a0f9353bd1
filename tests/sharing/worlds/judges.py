"""The invariants of design-sync 11, judged over a whole team and what lies in its 置き場."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from app.services.sharing_held_work import held_work
from app.services.sharing_standing import Standing
from app.sharing.membership.quarantine import StreamObject, quarantined
from app.sharing.membership.sealing import sealing_epoch
from app.sharing.membership.state import Membership
from app.sharing.objects import container, packs, plaintext
from app.sharing.objects.container import ObjectType, parse
from app.sharing.objects.malformed import MalformedObject
from db.mirror import Mirror, ObjectState
from tests.sharing.worlds.light_store import LightStore
from tests.sharing.worlds.members import Member
from tests.sharing.worlds.team import HOMES, VAULT
from tests.sharing.worlds.transports import Access
from tests.sharing.worlds.world import SharedWorld, begun, play
from tests.sync import invariants
from tests.sync.model import RECORDS, Device, World

SECRETS = tuple(f"{record}の秘密の文".encode() for record in RECORDS)


def breaches_of(seed: int, transport: str, *, is_packing: bool = False) -> SharedWorld:
    """Play with a seed, and look at everything now and then and afterwards."""
    world = play(seed, transport, look_at, is_packing=is_packing)
    for member in world.members:
        look_at(world, member)
    judge_agreement(world)
    judge_quarantine(world)
    judge_durable(world)
    judge_membership(world)
    judge_healing(world)
    judge_late_comer(world)
    judge_absence(world)
    judge_readable(world)
    judge_old_programs(world)
    return world


def look_at(world: World, member: Device) -> None:
    """What holds on each device at any moment: of what counts, nothing is lost, invented or hidden."""
    assert isinstance(member, Member)
    aside = member.store.aside
    for key, view in member.store.views.items():
        changes = list(member.store.log[key].values())
        honest = [change for change in changes if change.id not in aside]
        before = len(world.breaches)
        invariants.judge_loss(world, member, key, view, honest)
        if aside:  # the same by another name
            world.breaches[before:] = [type(each)(12, each.found) for each in world.breaches[before:]]
        invariants.judge_invention(world, member, key, view, changes)
        invariants.judge_newer_kinds(world, member, key, view, honest)
        if member.resolve(key, changes[::-1]) != view:
            world.breach(12 if aside else 7, f"{key} looks different after a rebuild")
    if not aside:
        invariants.judge_deletions(world, member)


def judge_agreement(world: SharedWorld) -> None:
    """1: after quiet, all who may read everything hold and show the same."""
    entitled = world.entitled()
    for is_new in (True, False):
        same = [member for member in entitled if member.is_new is is_new]
        for member in same[1:]:
            if member.store.views != same[0].store.views:
                world.breach(1, "views differ")
            if any(member.record(record) != same[0].record(record) for record in RECORDS):
                world.breach(1, "bins differ")
    for member in entitled[1:]:
        if member.store.log != entitled[0].store.log:
            world.breach(1, "logs differ")
        if member.store.aside != entitled[0].store.aside:
            world.breach(12, "not the same is put aside")


def judge_quarantine(world: SharedWorld) -> None:
    """12: what does not count follows from the key log and the objects alone."""
    for member in world.entitled():
        standing = member.standing
        with member.store.reading() as connection:
            mirror = Mirror(connection)
            held = dict(mirror.segments(mirror.authors()))
            objects = [_in_stream(standing, mirror.bytes_of(number)) for number in held]
        states = {each.id for each in held.values() if each.state is ObjectState.QUARANTINED}
        unread = {each.id for each in held.values() if each.state is ObjectState.NO_KEY}
        if states != quarantined(standing.membership, objects) - unread:
            world.breach(12, "what counts is not what the key log says")


def _in_stream(standing: Standing, data: bytes) -> StreamObject:
    sealed = parse(data, VAULT)
    header = sealed.header
    compartment = standing.compartments.get(header.epoch, (None, b""))[0]
    return StreamObject(sealed.id, header.device, header.stream, header.previous, compartment)


def judge_durable(world: SharedWorld) -> None:
    """2: whatever was saved is held by those who may read it, or lies in 預かり before an administrator."""
    first = world.first()
    held = {change.id for _, change in first.store.entries()} | set(_parcelled(first))
    held |= {id_ for member in world.members[:2] for id_ in _parcelled(member)}
    for change in world.written.values():
        if change.id not in held and change.id not in world.gone:
            world.breach(2, f"{change.value!r} is lost")


def _parcelled(administrator: Member) -> Iterable[bytes]:
    with administrator.store.reading() as connection:
        for parcel in held_work(connection, administrator.standing):
            changes = parcel.made.changes
            for save, index in zip(changes.save, changes.index, strict=True):
                yield changes.saves[save] + index.to_bytes(4, "big")


def judge_membership(world: SharedWorld) -> None:
    """13: all agree who is in the team, and nobody seals for who is not."""
    memberships = [member.standing.membership for member in world.members if _hears(world, member)]
    for each in memberships[1:]:
        if (each.devices, each.users) != (memberships[0].devices, memberships[0].users):
            world.breach(13, "not the same team")
    for each in memberships:
        for compartment in each.compartments():
            epoch = sealing_epoch(each, compartment)
            if epoch and any(
                not each.devices[held].is_active for held in epoch.holders & each.devices.keys()
            ):
                world.breach(13, "sealed for who is out")
            if epoch is None and (each.entitled(compartment)):
                world.breach(13, "an administrator leaves a gap")


def _hears(world: SharedWorld, member: Member) -> bool:
    """Whether a device is given the keys to read on in the key log."""
    own: Membership = world.first().standing.membership
    return own.devices[member.identity.device].is_active


def judge_healing(world: SharedWorld) -> None:
    """16: what one device of the team holds, the place holds again, by itself or in a pack."""
    packed = set(_in_packs(world))
    for member in world.members:
        with member.store.reading() as connection:
            mirror = Mirror(connection)
            for number, held in mirror.segments(mirror.authors()) + mirror.of_type(ObjectType.DEPOSIT):
                lies_loose = world.transport.holds(held.place_name) == mirror.bytes_of(number)
                if not lies_loose and held.id not in packed:
                    world.breach(16, f"the place lacks {held.place_name}")
            for number, held in mirror.of_type(ObjectType.KEY_LOG_ENTRY):
                if world.transport.holds(held.place_name) != mirror.bytes_of(number):
                    world.breach(16, f"the place lacks {held.place_name}")


def _in_packs(world: SharedWorld) -> Iterable[bytes]:
    for name, content in world.transport.everything().items():
        if name.startswith("p/") and world.transport.holds(name) == content:
            try:
                yield from (entry.id for entry in packs.entries(packs.open_pack(BytesIO(content), VAULT)))
            except MalformedObject:
                continue


def judge_late_comer(world: SharedWorld) -> None:
    """17, 1: who was away from the beginning catches up with all, whatever was packed and tidied away."""
    start = begun(world.size)
    for number, user in enumerate(start.users):
        here = [member for member in world.entitled() if member.user == user and member is not world.first()]
        if here:
            store = LightStore(HOMES, start.stores[number])
            access = Access(world.transport, object())
            late = Member(world, is_new=here[0].is_new, skew_ms=0, store=store, user=user, access=access)
            for _ in range(3):
                world.transport.settle()
                late.round(look_through=True)
            if store.log != world.first().store.log:
                world.breach(17, "who comes late does not get everything")
            return


def judge_absence(world: SharedWorld) -> None:
    """8: whatever is missing in the place, no view changes."""
    member = world.rng.choice(world.members)
    before = dict(member.store.views), member.store.entries()
    names = sorted(world.transport.everything())
    for name in world.rng.sample(names, world.rng.randint(1, len(names))):
        world.transport.lose(name)
    member.round(look_through=True, refill=False)
    if (dict(member.store.views), member.store.entries()) != before:
        world.breach(8, "a view has changed because something is missing")


def judge_readable(world: SharedWorld) -> None:
    """20: nothing that anybody wrote, and no key, stands readable in the place."""
    keys = {key for member in world.members for key in member.standing.ring.all().values()}
    secrets = {*SECRETS, *keys}
    secrets |= {part for member in world.members for part in (member.identity.keys.raw[:32],)}
    for name, content in world.puts:
        if any(secret in content or secret in _unsealed(content) for secret in secrets):
            world.breach(20, f"{name} says it in plain words")


def _unsealed(content: bytes) -> bytes:
    """What an object says to who has no key: nothing."""
    try:
        return plaintext.unwrap(parse(content, VAULT).content[: -container.TAG_BYTES], 1 << 20)
    except MalformedObject:
        return b""


def judge_old_programs(world: SharedWorld) -> None:
    """14: an older program carries what it does not know; upgraded, it shows what a newer one shows."""
    entitled = world.entitled()
    for old in [member for member in entitled if not member.is_new]:
        if any(change != world.written.get(change.id, change) for _, change in old.store.entries()):
            world.breach(14, "an older program has altered what it did not know")
        store = LightStore(HOMES, old.store.saved())
        upgraded = Member(world, is_new=True, skew_ms=0, store=store, user=old.user, access=old.access)
        for new in [member for member in entitled if member.is_new][:1]:
            views = {key: upgraded.resolve(key, each.values()) for key, each in store.log.items()}
            if views != new.store.views:
                world.breach(14, "an upgraded program shows something else")
