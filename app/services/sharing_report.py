"""What a round has to tell besides its counts, and the last report as the store keeps it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any

from app.rows.sharing import ClockWitness, Contact, RoundReport
from app.services.sharing_clocks import clock_off, contact_of
from app.services.sharing_looking import SeenHead
from app.services.sharing_standing import Standing
from app.sharing.membership.names import ROSTER, TEAM
from db.base import Connection
from db.store import read_marker, write_marker

_LAST = "sharing_last"


def with_news(
    connection: Connection,
    report: RoundReport,
    standing: Standing,
    heads: Iterable[SeenHead],
    now_ms: int,
    server_off_ms: int | None,
) -> RoundReport:
    """The report with who was heard of, whose keys are waited for, and whether the clock goes wrong.

    `server_off_ms` is how far this clock is ahead of the server's, None where that tells no time.
    """
    own, devices = standing.identity.device, standing.membership.devices
    contacts = tuple(
        contact_of(connection, standing, each)
        for each in heads
        if each.device != own and each.device in devices
    )
    active = {each.id.hex() for each in standing.membership.active()}
    known = [each for each in _with_earlier(connection, contacts) if each.device in active]
    off_ms, witness = clock_off(known, now_ms, server_off_ms)
    return replace(
        report,
        contacts=contacts,
        keys_from=_keys_from(standing),
        clock_off_ms=off_ms,
        clock_witness=witness,
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
    kept = asdict(replace(report, contacts=_with_earlier(connection, report.contacts)))
    write_marker(connection, _LAST, [now_ms, kept])


def _with_earlier(connection: Connection, contacts: Iterable[Contact]) -> tuple[Contact, ...]:
    """These, and what is known of further devices from earlier rounds."""
    before = last_report(connection)
    known = {each.device: each for each in (before[0].contacts if before else ())}
    known.update({each.device: each for each in contacts})
    return tuple(known.values())


def last_report(connection: Connection) -> tuple[RoundReport, datetime] | None:
    """The report of the last round that came to its end, and when that was."""
    kept: Any = read_marker(connection, _LAST)
    if kept is None:
        return None
    at_ms, fields = kept
    known = {name: fields[name] for name in RoundReport.__dataclass_fields__ if name in fields}
    known["missing"] = tuple(tuple(each) for each in known.get("missing", ()))
    known["contacts"] = tuple(Contact(*each) for each in known.get("contacts", ()))
    known["keys_from"] = tuple(known.get("keys_from", ()))
    known["clock_witness"] = ClockWitness(known.get("clock_witness", ""))
    return RoundReport(**known), datetime.fromtimestamp(at_ms / 1000, UTC)
