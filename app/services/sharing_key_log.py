"""New entries of the key log come in from the 置き場, and what follows from them is settled at once."""

from __future__ import annotations

from dataclasses import replace

from app.services.sharing_looking import Listed, Looking
from app.services.sharing_quarantine import due_for_settling, settle_quarantine
from app.services.sharing_standing import (
    Standing,
    add_entries,
    keep_keys,
    remember,
    standing_of,
)
from app.services.sharing_state import TeamIdentity
from app.sharing.objects.container import ObjectType, SealedObject
from app.sharing.objects.names import read_name
from app.sharing.places.place import Entry
from app.sharing.rounds.key_log import read_key_log
from db.mirror import Mirror
from db.store import Store
from db.unsent import has_unsent


class KeyLogReading:
    """Reads for one identity. `entries` is what lies there, None until it was listed.

    `touched` are (type, id) of records that new entries made count, or no longer count.
    """

    def __init__(self, store: Store, looking: Looking, identity: TeamIdentity) -> None:
        self._store = store
        self._looking = looking
        self._identity = identity
        self.entries: tuple[Entry, ...] | None = None
        self.touched: frozenset[tuple[str, str]] = frozenset()

    def stored(self) -> Standing:
        """Where the device stands by what the store holds."""
        with self._store.reading() as connection:
            return standing_of(connection, self._identity)

    def is_wanted(self, standing: Standing, listed: Listed) -> bool:
        """Whether to look for new entries: something is to go out, or the heads hint at some."""
        if standing.own is None or not listed.entries or listed.has_unread:
            return True
        if any(each not in standing.log.entries for seen in listed.heads for each in seen.head.key_log):
            return True
        with self._store.reading() as connection:
            return has_unsent(connection) or bool(Mirror(connection).to_place())

    def read(self, standing: Standing) -> Standing:
        """Take in what is new."""
        self.entries = self._looking.below("k/")
        ids = {named.id: each.name for each in self.entries if (named := read_name(each.name)) and named.id}
        with self._store.reading() as connection:
            mirror = Mirror(connection)
            missing = [ids[each] for each in mirror.missing(ids)]
        odd = [each.name for each in self.entries if read_name(each.name) is None]
        new = list(self._looking.objects([*missing, *odd], ObjectType.KEY_LOG_ENTRY))
        if not new:
            return standing
        keys, root = self._identity.keys, self._identity.root
        log = read_key_log(new, standing.ring, keys, root, read=standing.log.entries)
        return self._keep(replace(standing, log=log), [each for each in new if each.id in log.entries])

    def settle(self, standing: Standing) -> frozenset[tuple[str, str]]:
        """Settle what own acts left to be settled: a notice that was lifted here lets work count again."""
        with self._store.reading() as connection:
            is_due = bool(due_for_settling(connection, standing))
        if not is_due:
            return frozenset()
        with self._store.writing_raw() as connection:
            return settle_quarantine(self._store, connection, standing)

    def _keep(self, standing: Standing, kept: list[SealedObject]) -> Standing:
        with self._store.writing_raw() as connection:
            add_entries(connection, kept, placed=None)
            keep_keys(connection, standing.ring)
            remember(connection, standing)
            self.touched = settle_quarantine(self._store, connection, standing)
        return standing
