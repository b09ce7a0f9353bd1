"""A round beside the window: stopped at any moment, looked at while it runs."""

from __future__ import annotations

from app.faults import told
from app.rows.sharing import RoundReport
from app.services.sharing import SharingService
from app.services.sharing_access import OpenAt
from app.services.sharing_progress import Progress
from app.services.sharing_rounds import RoundWishes
from app.sharing.places.stopping import Stop, Stopped
from app.workplace import Workplace
from db.mirror import Mirror

SLICE_CHANGES = 1_000
"""Of one transaction: what a person saves waits for no more, and search follows record by record."""


class BackgroundRound:
    """One round. `run` is called on a thread of its own, everything else on the window's."""

    def __init__(self, place: Workplace, open_at: OpenAt | None = None) -> None:
        self._place = place
        self._sharing = SharingService(place, open_at)
        self._stop = Stop()
        self.progress = Progress()
        self.was_stopped = False

    def run(self, *, look_through: bool = False, refill: bool = False) -> RoundReport | None:
        """Do it all; None where it was stopped. Raises what the failures of the 置き場 are."""
        wishes = RoundWishes(
            look_through=look_through,
            refill=refill,
            progress=self.progress,
            most_changes=SLICE_CHANGES,
        )
        with told(), self._place.store.reading() as connection:
            self._place.shown.begin(Mirror(connection).newest_number())
        try:
            return self._sharing.synchronise(wishes=wishes, stop=self._stop)
        except Stopped:
            return None
        finally:
            self._place.shown.end()

    def stop(self) -> None:
        """End it soon; what it did so far stays done."""
        self.was_stopped = True
        self._stop.ask()
