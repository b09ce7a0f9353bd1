"""What befalls a team: work on every device, rounds, faults, restores, clones, people who come and go."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache

from app.rows.sharing import HeldWorkState
from app.services.sharing_held_work import HeldWorkService, can_accept, held_work, state_of
from app.services.sharing_quarantine import settle_quarantine
from app.services.sharing_standing import publish
from app.sharing.membership.acts import CutMark, Role
from app.sharing.membership.batch import Draft, RosterKeyMissing
from app.sharing.membership.desk import Desk
from app.sharing.membership.state import Membership
from app.sharing.rounds.packing import PackRules
from app.sync.merge import LoggedChange
from db.mirror import Mirror
from tests.sharing.worlds.light_store import LightStore, Saved
from tests.sharing.worlds.members import Member
from tests.sharing.worlds.quickening import CHANCE
from tests.sharing.worlds.team import COMPANY, HOMES, START_MS, founded
from tests.sharing.worlds.transports import Access, Bucket, CloudFolder, Transport
from tests.sync.model import RECORDS, CrashError, Device, World
from tests.sync.play import ACTS, SKEWS_MS, exchange, save

SIZES, MOST_DEVICES = (5, 6, 7), 8
"""Clones come on top of those who begin."""
STEPS = 30
MOST_PASSES = 8
FIRST_SEED = 10**9
"""Not that of any world: save ids come from it."""
EAGER = PackRules(segments=2, age_ms=0, keep_loose_ms=0, between_tidying_ms=0)
"""Packs as soon as there are two segments, and leaves nothing loose beside them."""

NewTransport = Callable[[random.Random, dict[str, bytes]], Transport]
TRANSPORTS: dict[str, NewTransport] = {"object store": Bucket, "synced folder": CloudFolder}


@dataclass(frozen=True)
class Begun:
    """A team whose devices all hold the first records: their stores, the place, and what was written."""

    stores: tuple[Saved, ...]
    objects: dict[str, bytes]
    users: tuple[bytes, ...]
    written: dict[bytes, LoggedChange]


@cache
def begun(size: int) -> Begun:
    """The same for all worlds of a size: making it takes longer than a world does."""
    CHANCE.rng.seed(f"chance of {size}")
    start, world = founded(size), World(FIRST_SEED)
    world.true_ms = START_MS
    transport = Bucket(world.rng, start.objects)
    members = [
        Member(
            world,
            is_new=False,
            skew_ms=0,
            store=LightStore(HOMES, saved),
            user=user,
            access=Access(transport, object()),
        )
        for saved, user in zip(start.stores, start.users, strict=True)
    ]
    for record in RECORDS:
        text = "".join(f"{record}の秘密の文{number}。" for number in range(4))
        first = {"name": record, "memo": text, "label": "team", "flag": False, "approval": 0}
        save(members[0], members[0].load(record), first)
    for member in [*members, *members]:
        member.round(look_through=True)
    stores = tuple(member.store.saved() for member in members)
    return Begun(stores, dict(transport.everything()), start.users, dict(world.written))


@dataclass(frozen=True)
class Backup:
    """A copy of one device's disk."""

    member: Member
    saved: Saved


class SharedWorld(World):
    """A world whose devices exchange what they have by rounds through a place.

    `gone` are ids of changes that may be lost: they never left a disk that was lost.
    """

    def __init__(self, seed: int, transport: str, *, is_packing: bool = False) -> None:
        super().__init__(seed)
        self.true_ms = START_MS + 60_000
        self.size = self.rng.choice(SIZES)
        start = begun(self.size)
        CHANCE.rng.seed(f"chance {seed}")
        self.transport = TRANSPORTS[transport](self.rng, start.objects)
        self.rate = self.rng.choice((0.0, 0.05, 0.15))
        self.packs = EAGER if is_packing or self.rng.random() < 0.3 else PackRules()
        self.backups: list[Backup] = []
        self.gone: set[bytes] = set()
        self.puts: list[tuple[str, bytes]] = []
        self.members: list[Member] = []
        self.written.update(start.written)
        for number, saved in enumerate(start.stores):
            is_new = number == 0 or self.rng.random() < 0.5
            skew_ms = self.rng.choice(SKEWS_MS)
            self.add(LightStore(HOMES, saved), start.users[number], is_new=is_new, skew_ms=skew_ms)
        self.members[-1].is_new = False

    def add(self, store: LightStore, user: bytes, *, is_new: bool, skew_ms: int) -> Member:
        access = Access(self.transport, object(), lambda found: self.breach(9, found), puts=self.puts)
        member = Member(self, is_new=is_new, skew_ms=skew_ms, store=store, user=user, access=access)
        member.packs = self.packs
        self.members.append(member)
        self.devices.append(member)
        return member

    def exchange(self, giver: Device, taker: Device, share: float) -> None:
        """One of the two has a round, or both."""
        for member in self.members:
            if member is taker or (member is giver and share > self.rng.random()):
                self.round(member)

    def round(self, member: Member) -> None:
        """A round that may be stopped, or killed at one of its writes or verbs."""
        doing = self.rng.random()
        if doing < 0.05:
            member.store.fuse = self.rng.randrange(12)
        elif doing < 0.15:
            member.access.verbs_left = self.rng.randrange(14)
            member.access.dies = doing < 0.1
        member.round(look_through=self.rng.random() < 0.15)

    def quiet(self) -> None:
        """Nothing goes wrong any more, and everybody has rounds until nobody has anything to say."""
        self.transport.trouble(0)
        self._pass(look_through=False)
        before, left = (), MOST_PASSES
        while before != (before := self._pass(look_through=True)):
            left -= 1
            if not left:
                self.breach(1, "there is no end of it")
                return

    def _pass(self, *, look_through: bool) -> tuple[int, ...]:
        """Everybody has one round; how much each holds after it, and what waits."""
        self.transport.settle()
        for member in self.members:
            member.round(look_through=look_through)
        self.transport.settle()
        return tuple(each for member in self.members for each in member.store.amounts())

    # who is where

    def first(self) -> Member:
        """The administrator who is never stopped here."""
        return self.members[0]

    def others(self) -> list[Member]:
        """Everybody but the two administrators and their copies."""
        chiefs = {member.identity.device for member in self.members[:2]}
        return [member for member in self.members if member.identity.device not in chiefs]

    def entitled(self) -> list[Member]:
        """Devices that may write everywhere, by the first administrator's account."""
        membership = self.first().standing.membership
        users = membership.users.get(COMPANY, frozenset())
        found = []
        for member in self.members:
            device = membership.devices[member.identity.device]
            if device.may_write and device.user in users:
                found.append(member)
        return found

    def decide(self, member: Member, draft: Callable[[Desk, Membership, Mirror], Draft]) -> None:
        """An administrator, or whoever gives a stop notice, adds an entry to the key log."""
        with member.store.writing_raw() as connection:
            standing = member.standing
            if standing.own is None or not standing.own.is_active:
                return
            with suppress(RosterKeyMissing):
                made = draft(standing.desk(max(0, member.wall_ms())), standing.membership, Mirror(connection))
                settle_quarantine(member.store, connection, publish(connection, standing, made))


def cuts_of(mirror: Mirror, device: bytes) -> list[CutMark]:
    """What of a device has arrived."""
    return [CutMark(stream, last) for stream, (_, last, _) in sorted(mirror.streams_of(device).items())]


# what can happen besides what people type


def spoil(world: SharedWorld, _: Member) -> None:
    world.transport.befall()


def back_up(world: SharedWorld, member: Member) -> None:
    world.backups.append(Backup(member, member.store.saved()))


def restore(world: SharedWorld, _: Member) -> None:
    """A disk is lost; an old copy takes its place. What nobody else has may be lost with it."""
    if not world.backups:
        return
    backup = world.rng.choice(world.backups)
    member = backup.member
    others = [each for each in world.members if each is not member]
    elsewhere = {change.id for each in others for _, change in each.store.entries()}
    world.gone |= {change.id for _, change in member.store.entries()} - elsewhere
    member.store.restore(backup.saved)
    member.reopen()


def clone(world: SharedWorld, member: Member) -> None:
    """A profile is copied to a second laptop, and both run on."""
    if len(world.members) < MOST_DEVICES:
        copy = LightStore(HOMES, member.store.saved())
        world.add(copy, member.user, is_new=member.is_new, skew_ms=world.rng.choice(SKEWS_MS))


def stop(world: SharedWorld, member: Member) -> None:
    """Somebody gives a stop notice, or an administrator removes a device or makes it 閲覧."""
    chosen = world.rng.choice(world.others())
    device = chosen.identity.device
    if member.identity.device == device:
        return

    def draft(desk: Desk, membership: Membership, mirror: Mirror) -> Draft:
        cuts = cuts_of(mirror, device)
        if not membership.devices[member.identity.device].is_administrator:
            return desk.stop(device, cuts)
        doing = world.rng.random()
        if doing < 0.4:
            return desk.remove({device: cuts})
        return desk.stop(device, cuts) if doing < 0.7 else desk.set_role(device, Role.VIEWER, cuts)

    world.decide(member, draft)


def let_back(world: SharedWorld, _: Member) -> None:
    """Stop notices are lifted, 閲覧 become members again, and companies are given back."""
    administrator = world.rng.choice(world.members[:2])

    def draft(desk: Desk, membership: Membership, _: Mirror) -> Draft:
        if membership.notices and world.rng.random() < 0.6:
            return desk.lift(world.rng.choice(membership.notices).device)
        chosen = world.rng.choice([each for _, each in sorted(membership.devices.items())])
        if chosen.role is Role.VIEWER and chosen.is_active:
            return desk.set_role(chosen.id, Role.MEMBER)
        return desk.grant(COMPANY, chosen.user)

    world.decide(administrator, draft)


def withdraw(world: SharedWorld, _: Member) -> None:
    """A member loses the company."""
    chosen = world.rng.choice(world.others())

    def draft(desk: Desk, membership: Membership, mirror: Mirror) -> Draft:
        return desk.withdraw(COMPANY, chosen.user, cuts_of(mirror, chosen.identity.device))

    world.decide(world.rng.choice(world.members[:2]), draft)


def look_at_held_work(world: SharedWorld, _: Member) -> None:
    """An administrator lets some of 預かり in, and leaves some out."""
    administrator = world.rng.choice(world.members[:2])
    own = administrator.standing.own
    if own is None or not own.is_administrator:
        return
    with administrator.store.reading() as connection:
        standing = administrator.standing
        found = [
            each
            for each in held_work(connection, standing)
            if state_of(standing, each.held.id) is not HeldWorkState.ACCEPTED and can_accept(standing, each)
        ]
    if found:
        service = HeldWorkService(administrator.place)  # type: ignore[arg-type]
        chosen = [world.rng.choice(found).held.id.hex()]
        (service.accept if world.rng.random() < 0.6 else service.decline)(chosen)


BEFALLING: dict[Callable[[SharedWorld, Member], None], tuple[int, ...]] = {
    exchange: (40, 100),
    spoil: (0, 20, 50),
    back_up: (6,),
    restore: (0, 8),
    clone: (0, 6),
    stop: (0, 0, 8, 20),
    let_back: (2, 8),
    withdraw: (0, 0, 8, 20),
    look_at_held_work: (6, 20),
}
"""With the weights of which each world draws one."""


def play(
    seed: int, transport: str, look: Callable[[World, Device], None], *, is_packing: bool = False
) -> SharedWorld:
    """The team works and is troubled, and at last all is quiet."""
    world = SharedWorld(seed, transport, is_packing=is_packing)
    rng = world.rng
    doing = {**{act: choices for act, choices in ACTS.items() if act is not exchange}, **BEFALLING}
    weights = [rng.choice(choices) for choices in doing.values()]
    for _ in range(STEPS):
        world.transport.trouble(world.rate)
        world.true_ms += rng.choice((0, 1, 900, 5 * 60_000))
        member = rng.choice(world.members)
        act = rng.choices(list(doing), weights)[0]
        _perhaps_crashing(world, member, lambda act=act, member=member: act(world, member))
        if rng.random() < 0.05:
            look(world, member)
    world.quiet()
    return world


def _perhaps_crashing(world: SharedWorld, member: Member, act: Callable[[], None]) -> None:
    if world.rng.random() < 0.1:
        member.store.fuse = world.rng.randrange(6)
    try:
        act()
    except CrashError:
        for each in world.members:
            each.store.fuse = None
        member.reopen()
    finally:
        member.store.fuse = None
