"""What valid acts have given a device and taken from it, as far as it has been worked out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from app.sharing.membership.acts import Add, Remove, Role, SetRole
from app.sharing.membership.history import History


@dataclass(slots=True)
class Standing:
    """Numbers of the valid entries that bear on one device."""

    admissions: list[int] = field(default_factory=list)
    removals: list[int] = field(default_factory=list)
    raised: list[tuple[int, Role]] = field(default_factory=list)
    lowered: list[tuple[int, Role]] = field(default_factory=list)


class Standings:
    """The standing of every device, from the valid acts noted so far."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._of: defaultdict[bytes, Standing] = defaultdict(Standing)

    def of(self, device: bytes) -> Standing:
        """The standing of a device, empty if nothing was noted."""
        return self._of[device]

    def devices(self) -> Iterable[bytes]:
        """Devices that somebody validly admitted, by id."""
        return sorted(device for device, standing in self._of.items() if standing.admissions)

    def note(self, number: int, act: Add | Remove | SetRole) -> None:
        """Count a valid act. An admission raises and never lowers: it cannot unseat anybody."""
        standing = self._of[act.device]
        if isinstance(act, Remove):
            standing.removals.append(number)
            return
        if isinstance(act, Add):
            standing.admissions.append(number)
        else:
            standing.lowered.append((number, act.role))
        standing.raised.append((number, act.role))

    def could(self, device: bytes, need: Role, at: int) -> bool:
        """Whether entry number `at` of a device stands on an admission and on a role that suffices.

        Both must be among its ancestors, and nothing that took them away may be concurrent with it or
        before it (design-sync 8.3).
        """
        standing, knew = self._of[device], self._history.knew
        if not any(knew(at, admission) for admission in standing.admissions):
            return False
        if not self.survives(device, at):
            return False
        return any(knew(at, raised) for raised in self.bases(standing, need, lambda low: not knew(low, at)))

    def survives(self, device: bytes, at: int) -> bool:
        """Whether entry number `at` of a device was known to everybody who removed the device."""
        return not any(is_voided(self._history, at, removal) for removal in self._of[device].removals)

    def is_removed(self, device: bytes) -> bool:
        """Whether anybody validly removed the device, or it left."""
        return bool(self._of[device].removals)

    def role(self, device: bytes) -> Role:
        """The most that valid acts, none of them taken back, let the device do."""
        standing = self._of[device]
        for role in (Role.ADMINISTRATOR, Role.MEMBER):
            if self.bases(standing, role, lambda low: True):
                return role
        return Role.VIEWER

    def is_administrator_to(self, device: bytes, number: int) -> bool:
        """Whether a device is an administrator as far as entry `number` knew of demotions."""
        knew = self._history.knew
        return bool(self.bases(self._of[device], Role.ADMINISTRATOR, lambda low: knew(number, low)))

    def bases(self, standing: Standing, need: Role, counts: Callable[[int], bool]) -> list[int]:
        """Acts that give the role and knew of every act that counts and takes it."""
        taken = [low for low, role in standing.lowered if role > need and counts(low)]
        knew = self._history.knew
        return [
            raised
            for raised, role in standing.raised
            if role <= need and all(knew(raised, low) for low in taken)
        ]


def is_voided(history: History, act: int, removal: int) -> bool:
    """Whether an act of a device falls to its removal: all do that the removal did not know."""
    return not history.knew(removal, act)
