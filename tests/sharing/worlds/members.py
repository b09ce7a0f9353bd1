"""A member of the model of merging who shares by real rounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from app.changes import ChangeFeed
from app.errors import AppError
from app.rows.sharing import RoundReport
from app.services.sharing_rounds import Round, RoundWishes
from app.services.sharing_standing import Standing, standing_of
from app.services.sharing_state import TeamIdentity, read_identity
from app.sharing.places.stopping import Stop, Stopped
from app.sharing.rounds.packing import PackRules
from app.sync import merge
from app.sync.merge import CellView, LoggedChange
from db.mirror import Mirror
from tests.sharing.worlds.light_store import LightStore
from tests.sharing.worlds.team import COMPANY, VAULT
from tests.sharing.worlds.transports import Access
from tests.sync.model import CrashError, Device, Key, World

A_TURN = 3
"""Changes of one transaction, so that segments enter in several."""


class NoRecords:
    """There are no files attached to anything, and nothing that says so."""

    def records(self, *_: object, **__: object) -> list[object]:
        return []


@dataclass
class Place:
    """As much of a workplace as a round uses."""

    store: LightStore
    member: Member
    team_id: str = str(UUID(bytes=VAULT))
    user_id: str = ""
    feed: ChangeFeed = field(default_factory=ChangeFeed)

    @contextmanager
    def reading(self) -> Iterator[NoRecords]:
        yield NoRecords()

    def now(self) -> datetime:
        return datetime.fromtimestamp(max(0, self.member.wall_ms()) / 1000, UTC)


class Member(Device):
    """A device of the team. `user` is who it belongs to; `access` its way to the place."""

    store: LightStore

    def __init__(
        self, world: World, *, is_new: bool, skew_ms: int, store: LightStore, user: bytes, access: Access
    ) -> None:
        super().__init__(world, is_new=is_new, skew_ms=skew_ms)
        self.user = user
        self.access = access
        self.packs = PackRules()
        self.store = store
        self.place = Place(store, self, user_id=str(UUID(bytes=user)))
        with store.reading() as connection:
            found = read_identity(connection)
        assert found is not None
        self.identity: TeamIdentity = found
        store.resolve = self.resolve
        store.observe = lambda time: self.clock.observe(time)
        store.author = (user, self.identity.device)

    @property
    def standing(self) -> Standing:
        with self.store.reading() as connection:
            return standing_of(connection, self.identity)

    @property
    def is_entitled(self) -> bool:
        """Whether what it writes anywhere counts, as far as it knows."""
        own, users = self.standing.own, self.standing.membership.users
        return own is not None and own.may_write and own.user in users.get(COMPANY, ())

    def resolve(self, key: Key, changes: Iterable[LoggedChange]) -> CellView:
        understood = [self.as_understood(change) for change in changes]
        return merge.resolve(understood, self.policy(key), self.store.aside)

    def round(self, *, look_through: bool = False, refill: bool = True) -> RoundReport | None:
        """One round, which anything may end; None if something did."""
        wishes = RoundWishes(
            look_through, refill, healing_delay_ms=lambda: 0, packs=self.packs, most_changes=A_TURN
        )
        sealed = self._own_segments()
        report = None
        try:
            with suppress(AppError, Stopped):
                report = Round(self.place, self.identity, self.access, Stop(), wishes).run()
        except CrashError:
            self.reopen()
        finally:
            self.store.fuse = self.access.verbs_left = None
        for held, other in self.store.twins:
            self.world.breach(9, f"{held.id.hex()} came with {held.value!r} and with {other.value!r}")
        self._judge_sealing([each for each in self._own_segments() if each not in sealed])
        return report

    def _own_segments(self) -> list[tuple[bytes, bytes]]:
        """(object, epoch) in the streams that this device writes on."""
        with self.store.reading() as connection:
            mirror = Mirror(connection)
            own, held = mirror.own_streams(), mirror.segments(mirror.authors())
        return [(each.id, each.epoch) for _, each in held if each.stream in own]

    def _judge_sealing(self, new: Sequence[tuple[bytes, bytes]]) -> None:
        """13, E2: nothing is sealed under a key that somebody has who is known to be out."""
        if not new:
            return
        membership = self.standing.membership
        out = {each.id for each in membership.devices.values() if not each.is_active}
        holders = {epoch.id: epoch.holders for epoch in membership.epochs.values()}
        if any(holders[epoch] & out for _, epoch in new if epoch in holders):
            self.world.breach(13, "something was sealed for who is out")
