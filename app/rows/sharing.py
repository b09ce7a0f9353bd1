"""What the screens and the command line show of sharing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, StrEnum
from typing import NamedTuple

from app.domain.terms import DeviceStatus, TeamRole
from app.rows.conflicts import ConflictRow


class ClockWitness(StrEnum):
    """Who shows that the clock of this device goes wrong."""

    NOBODY = ""
    PLACE = "place"
    """The server of the 置き場."""
    DEVICES = "devices"
    """Most of the others."""
    ONE_DEVICE = "one_device"
    """The only other one: either may be wrong."""


class Contact(NamedTuple):
    """What another device last put into the 置き場 tells of it, with times in ms since 1970.

    `device` is its id, `clock_ms` what its clock showed, `held_ms` when this device had sealed the newest of
    its own work that the other one held by then, 0 for none. `app` and `schema` are the version of the
    program there and what it knows.
    """

    device: str
    name: str
    clock_ms: int
    held_ms: int = 0
    app: str = ""
    schema: int = 0


@dataclass(frozen=True, slots=True)
class RoundReport:
    """What one round did. Counts of changes, but `damaged`, `healed` and `no_key`, which count objects.

    `waiting` are changes here that are not sealed or not seen in the 置き場 yet; `missing` says by device
    how many objects others have told of that are not here. `is_waiting_for_approval`: the team has not
    admitted this device yet. `is_stopped`: it has suspended or removed it; `is_out`: removed it.
    `handed_over` has (company's id, changes) of what this round gave to administrators as 預かり because the
    company was lost; the words stay in the store. `held_work` counts what lies there for this administrator
    to look at. `files_...` count attached files. `too_large` counts changes of saves that are too large to be
    sent. `needs_newer`: something can only be read by a newer program. `is_too_old`: the team has agreed on
    newer programs, from `least_app` on, and this one sends nothing. `fault` is the code of what kept the
    round from sending; receiving went on.

    `contacts` tell of the others; `keys_from` names the devices of those who can give this one keys that it
    should have; `clock_off_ms` is how far this clock is ahead (below 0: behind), 0 where nobody says so, and
    `clock_witness` who does.
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
    is_out: bool = False
    needs_newer: bool = False
    is_too_old: bool = False
    least_app: str = ""
    too_large: int = 0
    handed_over: tuple[tuple[str, int], ...] = ()
    held_work: int = 0
    fault: str = ""
    files_sent: int = 0
    files_received: int = 0
    files_waiting: int = 0
    contacts: tuple[Contact, ...] = ()
    keys_from: tuple[str, ...] = ()
    clock_off_ms: int = 0
    clock_witness: ClockWitness = ClockWitness.NOBODY


class HeldWorkKind(Enum):
    """Why work does not count by itself."""

    HANDED_OVER = "渡された未送信"
    AFTER_THE_STOP = "止めた後に届いたもの"


class HeldWorkState(Enum):
    """What became of it. Nothing is ever thrown away: what was declined may still be accepted."""

    OPEN = "未決"
    ACCEPTED = "受け入れ済み"
    DECLINED = "見送り"


@dataclass(frozen=True, slots=True)
class HeldWorkRow:
    """預かり as an administrator sees it: one parcel of work that counts only once it is accepted.

    `id` is for `accept` and `decline`. `device` is the name of whose device made it. `company` is the
    company's name as this store knows it, empty for one that is unknown here or for the team's own records.
    `at` is when its author sealed it, by the author's clock. `changes` counts them; `lines` are the first of
    them in words, 秘密 lines only as such. `can_accept` is False where this device lacks the company's key.
    """

    id: str
    kind: HeldWorkKind
    state: HeldWorkState
    device: str
    company_id: str
    company: str
    at: datetime
    changes: int
    lines: tuple[str, ...]
    can_accept: bool


@dataclass(frozen=True, slots=True)
class HandedOverRow:
    """預かり as the member sees it who handed it over: `changes` of a company, and what became of it.

    What was accepted is shown only to who can still read the key log.
    """

    id: str
    state: HeldWorkState
    company_id: str
    company: str
    at: datetime
    changes: int


class TeamStanding(StrEnum):
    """How this device stands to a team."""

    ALONE = "alone"
    """It shares with nobody, and never did."""
    WAITING = "waiting"
    """It has asked to join and is not approved yet."""
    MEMBER = "member"
    SUSPENDED = "suspended"
    """A stop notice stands against it."""
    OUT = "out"
    """It was removed, or has left; it comes back as a new device."""


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
    """A device of the team; `is_own` marks this one.

    `last_sent` is when it last sealed something that arrived here (ISO 8601, UTC; "" for never): its own
    word. While it is suspended, `reason` and `stopped_by` say why, and by whom.
    """

    id: str
    name: str
    role: TeamRole
    status: DeviceStatus
    is_own: bool
    last_sent: str = ""
    reason: str = ""
    stopped_by: str = ""


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A person of the team with all devices, those in use first.

    `role` is the most that one of the devices in use may do. `companies` are ids of those which this device
    may see too; there may be others, which nobody learns of here (settled 18).
    """

    user: str
    name: str
    role: TeamRole
    companies: tuple[str, ...]
    devices: tuple[DeviceRow, ...]
    is_own: bool


@dataclass(frozen=True, slots=True)
class RequestRow:
    """Somebody who asks to join; the digits are compared by voice.

    `invitation` is the id of the invitation that it answers, `rivals` how many other requests answer the same
    one. `is_late`: the invitation has expired, or another device joined with it.
    """

    name: str
    digits: str
    invitation: str = ""
    rivals: int = 0
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class InvitedRow:
    """What was meant for whoever comes with an invitation. `expires` in ISO 8601, UTC; `is_open` until then,
    or until somebody came.
    """

    invitation: str
    name: str
    role: TeamRole
    companies: tuple[str, ...]
    expires: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class RenewalRow:
    """How far new keys have come after devices were stopped.

    `total` counts companies that this device may see and that a stopped device could read; `done` those with
    keys which none of these has. `is_over` also tells of all the rest. `awaited` are names of people whose
    programs renew what is left.
    """

    done: int
    total: int
    is_over: bool
    awaited: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A new recovery sheet that waits for the word of every administrator.

    `root` is its id, `digits` what is printed on it. `vouched` and `awaited` are names.
    """

    root: str
    digits: str
    vouched: tuple[str, ...]
    awaited: tuple[str, ...]
    is_vouched_here: bool


@dataclass(frozen=True, slots=True)
class TeamOverview:
    """Devices, those who ask to join, and where the 置き場 is.

    `digits` are this device's own while it waits to be admitted; empty afterwards. `unknown_requests` counts
    those who know no secret of an invitation from here, `held_work` the 預かり that wait for this
    administrator.
    """

    address: str
    devices: tuple[DeviceRow, ...]
    requests: tuple[RequestRow, ...]
    digits: str
    standing: TeamStanding = TeamStanding.ALONE
    is_administrator: bool = False
    members: tuple[MemberRow, ...] = ()
    renewal: RenewalRow | None = None
    sheets: tuple[SheetRow, ...] = ()
    invited: tuple[InvitedRow, ...] = ()
    unknown_requests: int = 0
    held_work: int = 0


@dataclass(frozen=True, slots=True)
class DeviceVersionRow:
    """The program on a device of the team; `app` is "" as long as nothing was heard of it."""

    id: str
    name: str
    app: str
    schema: int
    is_own: bool


@dataclass(frozen=True, slots=True)
class TeamVersions:
    """What programs the team uses. From version `least_app` on they may send; "" is any.

    `choices` are versions that this device may require, its own last.
    """

    own_app: str
    least_app: str
    least_schema: int
    choices: tuple[str, ...]
    devices: tuple[DeviceVersionRow, ...]

    def left_behind_by(self, app: str) -> tuple[DeviceVersionRow, ...]:
        """Devices that would not send if the team required a version."""
        least = max((each.schema for each in self.devices if each.app == app), default=0)
        return tuple(each for each in self.devices if each.app and each.schema < least)


NO_TEAM = TeamOverview("", (), (), "")


@dataclass(frozen=True, slots=True)
class ActNote:
    """An act on the team that counts here from now on: whom it was about, and, where the 置き場 could not be
    told yet, the code of what is in the way.
    """

    name: str
    fault: str = ""
