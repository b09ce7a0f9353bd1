"""The team as a person looks at it: people with their devices, keys on their way, sheets that wait."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from uuid import UUID

from app.domain.terms import DeviceStatus, TeamRole
from app.rows.sharing import DeviceRow, MemberRow, RenewalRow, SheetRow, TeamStanding
from app.services.sharing_sheets import digits_of_root, offered_roots
from app.services.sharing_standing import Standing
from app.sharing.membership.acts import Role, Stop
from app.sharing.membership.names import ROSTER, TEAM
from app.sharing.membership.sealing import sealing_epoch
from app.sharing.membership.state import Device, Status
from app.sharing.objects import segment
from app.sharing.objects.container import parse
from app.sharing.objects.malformed import MalformedObject
from db.base import Connection
from db.mirror import Mirror
from db.reading import Reading

ROLES: Mapping[Role, TeamRole] = {role: TeamRole[role.name] for role in Role}
STATUSES: Mapping[Status, DeviceStatus] = {status: DeviceStatus[status.name] for status in Status}
_IN_USE_FIRST = {Status.ACTIVE: 0, Status.SUSPENDED: 1, Status.REMOVED: 2}


def standing_here(standing: Standing) -> TeamStanding:
    """How this device stands to its team."""
    own = standing.own
    if own is None:
        return TeamStanding.WAITING
    return {
        Status.ACTIVE: TeamStanding.MEMBER,
        Status.SUSPENDED: TeamStanding.SUSPENDED,
        Status.REMOVED: TeamStanding.OUT,
    }[own.status]


class TeamView:
    """What a team shows, as one reading of the store has it. `sent` is what `last_sent` gives."""

    def __init__(self, connection: Connection, standing: Standing) -> None:
        self._connection = connection
        self._standing = standing
        self._membership = standing.membership
        self._reasons = {
            (entry.id, act.device): act.reason
            for entry in standing.log.entries.values()
            for act in entry.acts
            if isinstance(act, Stop)
        }
        self.sent = last_sent(connection, standing)

    def devices(self) -> tuple[DeviceRow, ...]:
        """Every device there ever was, by name."""
        found = sorted(self._membership.devices.values(), key=lambda each: (each.name, each.id))
        return tuple(self._device(each) for each in found)

    def members(self) -> tuple[MemberRow, ...]:
        """People with a device that is not out, oneself first; those who are out come last."""
        by_user: dict[bytes, list[Device]] = {}
        for device in self._membership.devices.values():
            by_user.setdefault(device.user, []).append(device)
        rows = [self._member(user, devices) for user, devices in by_user.items()]
        return tuple(sorted(rows, key=lambda row: (not _is_in(row), not row.is_own, row.name, row.user)))

    def renewal(self) -> RenewalRow | None:
        """None as long as no device was ever stopped or removed."""
        out = {each.id for each in self._membership.devices.values() if not each.is_active}
        if not out:
            return None
        read = [each for each in self._membership.compartments() if self._was_readable(each, out)]
        left = [each for each in read if sealing_epoch(self._membership, each) is None]
        seen = self.seen()
        awaited = {
            self.name_of(device.user) for each in left for device in self._membership.administrators(each)
        }
        total = [each for each in read if each in seen]
        done = [each for each in total if each not in left]
        return RenewalRow(len(done), len(total), not left, tuple(sorted(awaited)))

    def sheets(self) -> tuple[SheetRow, ...]:
        """New recovery sheets that do not count yet."""
        there = {each.id: each for each in self._membership.administrators()}
        own = self._standing.identity.device
        return tuple(
            SheetRow(
                public.root_id.hex(),
                digits_of_root(public),
                tuple(sorted(self.name_of(there[each].user) for each in authors if each in there)),
                tuple(sorted(self.name_of(each.user) for each in there.values() if each.id not in authors)),
                own in authors,
            )
            for public, authors in offered_roots(self._standing)
        )

    def _device(self, device: Device) -> DeviceRow:
        sent = self.sent.get(device.id, 0)
        reason, stopped_by = self._why_stopped(device)
        return DeviceRow(
            device.id.hex(),
            device.name,
            ROLES[device.role],
            STATUSES[device.status],
            device.id == self._standing.identity.device,
            datetime.fromtimestamp(sent / 1000, UTC).isoformat() if sent else "",
            reason,
            stopped_by,
        )

    def _why_stopped(self, device: Device) -> tuple[str, str]:
        for notice in self._membership.notices:
            if notice.device == device.id:
                author = self._membership.devices.get(notice.author)
                name = self.name_of(author.user) if author else ""
                return self._reasons.get((notice.entry, device.id), ""), name
        return "", ""

    def _member(self, user: bytes, devices: Iterable[Device]) -> MemberRow:
        ordered = sorted(devices, key=lambda each: (_IN_USE_FIRST[each.status], each.name, each.id))
        in_use = [each for each in ordered if each.is_active] or ordered
        own = self._standing.own
        companies = (str(UUID(bytes=each)) for each in self.seen() if user in self._membership.users[each])
        return MemberRow(
            str(UUID(bytes=user)),
            self.name_of(user),
            ROLES[min(each.role for each in in_use)],
            tuple(companies),
            tuple(self._device(each) for each in ordered),
            own is not None and own.user == user,
        )

    def seen(self) -> list[bytes]:
        """Companies whose records this device may read."""
        own = self._standing.own
        if own is None:
            return []
        return [company for company, users in self._membership.users.items() if own.user in users]

    def _was_readable(self, compartment: bytes, devices: set[bytes]) -> bool:
        return any(
            not epoch.holders.isdisjoint(devices) for epoch in self._membership.epochs_of(compartment)
        ) and (compartment in {ROSTER, TEAM} or bool(self._membership.entitled(compartment)))

    def name_of(self, user: bytes) -> str:
        """As the person is called in the team's records, else as the joiner named the first device."""
        found = Reading(self._connection).record("person", str(UUID(bytes=user)))
        if found is not None and found["name"]:
            return str(found["name"])
        named = sorted(
            (_IN_USE_FIRST[each.status], each.name)
            for each in self._membership.devices.values()
            if each.user == user
        )
        return named[0][1].partition("（")[0] if named else ""


def last_sent(connection: Connection, standing: Standing) -> dict[bytes, int]:
    """Of each device when it last sealed what arrived here, in Unix ms, by its own word."""
    mirror = Mirror(connection)
    found: dict[bytes, int] = {}
    for number, device, epoch in mirror.newest_segments():
        key = standing.compartments.get(epoch)
        if key is None:
            continue
        try:
            body = parse(mirror.bytes_of(number), standing.identity.vault).open_body(key[1])
            found[device] = max(found.get(device, 0), segment.sealed_ms_of(body))
        except MalformedObject:
            continue
    return found


def _is_in(row: MemberRow) -> bool:
    return any(device.status is not DeviceStatus.REMOVED for device in row.devices)
