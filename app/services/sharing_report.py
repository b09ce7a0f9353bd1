"""What a round has to tell besides its counts, and the last report as the store keeps it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import UTC, datetime
from statistics import median
from typing import Any

from app.rows.sharing import RoundReport
from app.services.sharing_looking import SeenHead
from app.services.sharing_standing import Standing
from app.sharing.membership.names import ROSTER, TEAM
from db.base import Connection
from db.store import read_marker, write_marker

_LAST = "sharing_last"
CLOCK_SLACK_MS = 5 * 60 * 1000
"""Clocks that are no further apart than this are not spoken of (design-sync 5)."""


def with_news(report: RoundReport, standing: Standing, heads: Iterable[SeenHead], now_ms: int) -> RoundReport:
    """The report with who was heard of, whose keys are waited for, and whether the clock is behind."""
    others = [each for each in heads if each.device != standing.identity.device]
    devices = standing.membership.devices
    contacts = tuple(
        (each.device.hex(), devices[each.device].name, each.head.clock_ms)
        for each in others
        if each.device in devices
    )
    ahead = [clock_ms - now_ms for _, _, clock_ms in contacts]
    is_behind = bool(ahead) and median(ahead) > CLOCK_SLACK_MS
    return replace(
        report,
        contacts=contacts,
        keys_from=_keys_from(standing),
        clock_ahead_ms=round(median(ahead)) if is_behind else 0,
    )


def _keys_from(standing: Standing) -> tuple[str, ...]:
    own = standing.own
    if own is None or not own.is_active:
        return ()
    known = standing.membership
    compartments = dict.fromkeys((ROSTER, TEAM, *known.users))
    entitled = [each for each in compartments if own.id in {device.id for device in known.entitled(each)}]
    if all(standing.key_to_seal(each) for each in entitled):
        return ()
    return tuple(each.name for each in standing.membership.administrators() if each.id != own.id)


def keep_report(connection: Connection, report: RoundReport, now_ms: int) -> None:
    """Keep what a round told, with the devices of earlier ones that this one heard nothing new of."""
    before = last_report(connection)
    known = {each[0]: each for each in (before[0].contacts if before else ())}
    known.update({each[0]: each for each in report.contacts})
    kept = asdict(replace(report, contacts=tuple(known.values())))
    write_marker(connection, _LAST, [now_ms, kept])


def last_report(connection: Connection) -> tuple[RoundReport, datetime] | None:
    """The report of the last round that came to its end, and when that was."""
    kept: Any = read_marker(connection, _LAST)
    if kept is None:
        return None
    at_ms, fields = kept
    known = {name: fields[name] for name in RoundReport.__dataclass_fields__ if name in fields}
    for name in ("missing", "contacts"):
        known[name] = tuple(tuple(each) for each in known.get(name, ()))
    known["keys_from"] = tuple(known.get("keys_from", ()))
    return RoundReport(**known), datetime.fromtimestamp(at_ms / 1000, UTC)
