"""What the screens and the command line show of sharing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


@dataclass(frozen=True, slots=True)
class RoundReport:
    """What one round did. Counts of changes, but `damaged`, `healed` and `no_key`, which count objects.

    `waiting` are changes here that are not sealed or not seen in the 置き場 yet; `missing` says by device
    how many objects others have told of that are not here. `is_waiting_for_approval`: the team has not
    admitted this device yet. `is_stopped`: it has suspended or removed it. `handed_over` has (company's id,
    changes) of what this round gave to administrators as 預かり because the company was lost; the words stay
    in the store. `held_work` counts what lies there for this administrator to look at. `fault` is the code of
    what kept the round from sending; receiving went on.
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
    handed_over: tuple[tuple[str, int], ...] = ()
    held_work: int = 0
    fault: str = ""


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
