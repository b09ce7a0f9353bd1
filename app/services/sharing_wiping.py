"""A device that its team stopped or removed: its last words are handed over, then its store may go (8.4).

Nothing is taken off the disk that nobody else has (settled 35).
"""

from __future__ import annotations

from app.errors import OnlyHere, TeamThere
from app.faults import told
from app.services.sharing_access import TeamAccess
from app.services.sharing_rounds import RoundWishes
from app.services.sharing_standing import Standing
from app.sharing.places.stopping import Stop
from db.base import Connection
from db.blobs import Blobs
from db.mirror import Mirror
from db.unsent import waiting_compartments


class LastActs(TeamAccess):
    """What precedes the end of a store."""

    def hand_over_rest(self, stop: Stop | None = None) -> None:
        """Hand over what only this device has.

        Raises TeamThere where it is in use, OnlyHere where something is left, and what the place's failures
        are.
        """
        identity, standing = self._standing()
        _require_out(standing)
        if self._count_only_here():
            with self._opened(identity.address) as (place, _):
                self._round(identity, place, stop or Stop(), RoundWishes())
        self.require_nothing_only_here()

    def require_nothing_only_here(self) -> None:
        """Raises TeamMissing, TeamThere, OnlyHere."""
        _, standing = self._standing()
        _require_out(standing)
        if count := self._count_only_here():
            raise OnlyHere(count=count)

    def _count_only_here(self) -> int:
        """Changes that wait, and objects and files that were not seen in the 置き場."""
        with told(), self._store.reading() as connection:
            files = [each for each in Blobs(connection).all().values() if each.is_held]
            waiting = sum(waiting_compartments(connection).values())
            return waiting + _unseen(connection) + sum(each.placed is False for each in files)


def _unseen(connection: Connection) -> int:
    return len(Mirror(connection).to_place())


def _require_out(standing: Standing) -> None:
    if standing.own is None or standing.own.is_active:
        raise TeamThere
