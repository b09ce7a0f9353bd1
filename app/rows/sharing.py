"""What the screens and the command line show of sharing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.rows.conflicts import ConflictRow


@dataclass(frozen=True, slots=True)
class RoundReport:
    """What one round did. Counts of changes, but `damaged`, `healed` and `no_key`, which count objects.

    `waiting` are changes here that are not sealed or not seen in the 置き場 yet; `missing` says by device
    how many objects others have told of that are not here. `is_waiting_for_approval`: the team has not
    admitted this device yet. `is_stopped`: it has suspended or removed it. `fault` is the code
    of what kept the round from sending; receiving went on. `contacts` are (device id, its name, the ms since
    1970 that its clock showed) by what others last put there; `keys_from` names the devices of those who can
    give this one keys that it should have; `clock_ahead_ms` is how far the fresh words of others lie in the
    future of this device, 0 where they do not.
    """

    received: int = 0
    sent: int = 0
    waiting: int = 0
    missing: tuple[tuple[str, int], ...] = ()
    damaged: int = 0
    healed: int = 0
    no_key: int = 0
    was_forked: bool = False
    is_waiting_for_approval: bool = False
    is_stopped: bool = False
    needs_newer: bool = False
    fault: str = ""
    contacts: tuple[tuple[str, str, int], ...] = ()
    keys_from: tuple[str, ...] = ()
    clock_ahead_ms: int = 0


@dataclass(frozen=True, slots=True)
class UnsharedRow:
    """A record with changes that no other device can have. `company_id` is None for what is the team's."""

    record_type: str
    record_id: str
    title: str
    type_term: str
    company_id: str | None
    company_name: str
    support_session_id: str | None = None


@dataclass(frozen=True, slots=True)
class SharingState:
    """How far the team has what is written here.

    `unshared` are the ids of records with changes that wait, and of the 面談 and companies that these belong
    to; `unshared_count` counts those that have a name.
    `newer_count` are fields that only a newer program may write. `report` tells of the last round that came
    to its end, `shared_at` when that was (aware).
    """

    address: str
    digits: str
    unshared: frozenset[str]
    unshared_count: int
    questions: tuple[ConflictRow, ...]
    newer_count: int
    report: RoundReport | None
    shared_at: datetime | None

    @property
    def question_count(self) -> int:
        """How many questions somebody is asked."""
        return sum(row.is_asked for row in self.questions)


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """A device of the team. `role` and `status` in words; `is_own` marks this one."""

    id: str
    name: str
    role: str
    status: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class RequestRow:
    """Somebody who asks to join; the digits are compared by voice."""

    name: str
    digits: str


@dataclass(frozen=True, slots=True)
class TeamOverview:
    """Devices, those who ask to join, and where the 置き場 is.

    `digits` are this device's own while it waits to be admitted; empty afterwards.
    """

    address: str
    devices: tuple[DeviceRow, ...]
    requests: tuple[RequestRow, ...]
    digits: str
