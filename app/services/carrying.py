"""Carry files: what the team shares goes out as one encrypted container, and comes in like a round (6.7)."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

from app.clock import JAPAN
from app.errors import CarryUnreadable, NothingToCarry, TeamMissing, TeamNotJoined, write_fault
from app.faults import told
from app.rows.carrying import (
    CARRY_FILE,
    CarriedFile,
    CarriedIn,
    CarriedOut,
    CarryOutlook,
    CarryRecord,
    CarryRequest,
    CarryScope,
)
from app.services import carry_files
from app.services.attachments import blob_of
from app.services.blob_files import BlobFiles
from app.services.carried_place import CarriedPlace, NowherePlace
from app.services.sharing_contacts import said_to_hold
from app.services.sharing_head import head_of
from app.services.sharing_outbox import Outbox
from app.services.sharing_progress import Progress
from app.services.sharing_rounds import Round, RoundWishes
from app.services.sharing_standing import Standing, standing_of
from app.services.sharing_state import read_identity, read_notes, write_notes
from app.sharing.membership.names import ROSTER, TEAM
from app.sharing.objects.container import ObjectType
from app.sharing.objects.large import LargeObject
from app.sharing.objects.malformed import MalformedObject
from app.sharing.objects.packs import Enclosed, Entry, entry_pieces
from app.sharing.places.stopping import Stop
from app.workplace import Workplace
from db.base import Connection
from db.blobs import Blobs, BlobState
from db.carrying import attachments_in, changes_in
from db.mirror import Mirror, ToCarry
from db.reading import Reading
from db.store import read_marker, write_marker
from db.unsent import waiting_compartments

MAIL_PART_BYTES = 7_000_000
"""Of a file that a mail of 10 MB can take: in a mail it grows by 37 % (RFC 2045, base64 in lines of 76)."""
_RECORDS = "carried_out"
_MOST_RECORDS = 200
_OFFERED_RECORDS = 5
_BYTES_OF_A_CHANGE = 70
"""About as much as a sealed change takes (design-sync 12)."""


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What goes out, by what the store holds now. `companies` are the ids of those that it is of."""

    objects: tuple[ToCarry, ...]
    changes: int
    companies: tuple[str, ...]
    blobs: tuple[BlobState, ...]
    mark: int

    @property
    def size(self) -> int:
        return sum(each.size for each in self.objects) + sum(each.size for each in self.blobs)


class CarryService:
    """What a person carries out and in. Reads and writes files; run it beside the window."""

    def __init__(self, place: Workplace) -> None:
        self._place = place
        self._store = place.store
        self._files = BlobFiles.beside(place.store.path)

    def scopes(self) -> tuple[CarryScope, ...]:
        """What can be chosen: all, what another device lacks, what came after an earlier carrying out.

        Raises TeamMissing.
        """
        standing = self._stands()
        others = [each for each in standing.membership.active() if each.id != standing.identity.device]
        lacking = (
            CarryScope(lacking=each.id.hex(), words=f"{each.name}さんの端末にないもの")
            for each in sorted(others, key=lambda each: (each.name, each.id))
        )
        return CarryScope(), *lacking, *map(self.scope_after, self.records()[:_OFFERED_RECORDS])

    def outlook(self, scope: CarryScope) -> CarryOutlook:
        """What would leave, what waits to be sealed counted in; nothing is sealed yet. Raises TeamMissing."""
        with told():
            chosen = self._chosen(self._stands(), scope)
            with self._store.reading() as connection:
                waiting = waiting_compartments(connection)
        unsealed = sum(waiting.values())
        companies = {*chosen.companies, *(str(UUID(bytes=each)) for each in waiting)} - {self._place.team_id}
        size = chosen.size + unsealed * _BYTES_OF_A_CHANGE
        return CarryOutlook(chosen.changes + unsealed, len(companies), len(chosen.blobs), size)

    def carry_out(self, request: CarryRequest, folder: Path) -> CarriedOut:
        """Write the carry file into a folder, and note it in the history of each company it is of.

        Raises TeamMissing, TeamNotJoined, NothingToCarry, and what a refused write is.
        """
        with told():
            standing = self._sealed()
            chosen = self._chosen(standing, request.scope)
            if not chosen.changes:
                raise NothingToCarry
            now = self._place.now().astimezone(JAPAN)
            pieces = standing.sealer.carrying(list(self._enclosed(standing, chosen)))
            paths, digest = carry_files.put(pieces, folder, now, request.part_bytes)
            record = CarryRecord(
                carried_at=now,
                carried_by=self._own_name(),
                device_name=(standing.own.name if standing.own else "") or platform.node(),
                receiver=request.receiver,
                way=request.way,
                scope=request.scope.words,
                changes=chosen.changes,
                companies=len(chosen.companies),
                attachments=len(chosen.blobs),
                size=sum(path.stat().st_size for path in paths),
                files=tuple(CarriedFile(path.name, path.stat().st_size) for path in paths),
                digest=digest.hex(),
                mark=chosen.mark,
            )
            self._note(record, chosen.companies)
        return CarriedOut(tuple(paths), record)

    def carry_in(self, paths: Sequence[Path], stop: Stop | None = None) -> CarriedIn:
        """Take in what a carry file holds; reading the same again changes nothing.

        Raises TeamMissing and what is wrong with the file.
        """
        with told(), self._store.reading() as connection:
            identity = read_identity(connection)
        if identity is None:
            raise TeamMissing
        with carry_files.opened_carry(paths, identity.vault) as carry:
            place = self._carried(carry)
            wishes = RoundWishes(look_through=True, only_receives=True)
            report = Round(self._place, identity, place, stop or Stop(), wishes).run()
            return CarriedIn(
                sender=self._sender(carry),
                changes=report.received,
                attachments=self._take_files(carry, place.blobs),
                missing=report.missing,
                no_key=report.no_key,
                damaged=report.damaged,
                needs_newer=report.needs_newer,
                is_waiting_for_approval=report.is_waiting_for_approval,
            )

    def records(self) -> tuple[CarryRecord, ...]:
        """What was carried out of this device, newest first."""
        with told(), self._store.reading() as connection:
            kept: Any = read_marker(connection, _RECORDS) or []
        return tuple(CarryRecord.of(each) for each in reversed(kept))

    @staticmethod
    def scope_after(record: CarryRecord) -> CarryScope:
        """What came after an earlier carrying out."""
        words = f"{record.carried_at:%Y/%m/%d %H:%M} の持出しより後"
        return CarryScope(after=record.mark, words=words)

    # going out

    def _stands(self) -> Standing:
        with told(), self._store.reading() as connection:
            identity = read_identity(connection)
            if identity is None:
                raise TeamMissing
            return standing_of(connection, identity)

    def _sealed(self) -> Standing:
        """Where the device stands, after sealing what waits as far as its keys allow."""
        standing = self._stands()
        if standing.own is None:
            raise TeamNotJoined
        return Outbox(self._store, NowherePlace(), Stop(), Progress()).seal(standing, self._now_ms())

    def _chosen(self, standing: Standing, scope: CarryScope) -> _Chosen:
        receiver = bytes.fromhex(scope.lacking)
        with self._store.reading() as connection:
            mirror = Mirror(connection)
            held = said_to_hold(connection, receiver) if receiver else {}
            objects = [each for each in mirror.to_carry(scope.after) if _is_lacking(each, receiver, held)]
            counts = changes_in(connection)
            blobs = self._blobs(connection, objects) if scope.with_files else ()
            mark = mirror.newest_number()
        epochs = {each.epoch for each in objects}
        companies = {
            str(UUID(bytes=compartment))
            for epoch, (compartment, _) in standing.compartments.items()
            if epoch in epochs and compartment not in {ROSTER, TEAM}
        }
        changes = sum(counts.get(each.number, 0) for each in objects)
        return _Chosen(tuple(objects), changes, tuple(sorted(companies)), blobs, mark)

    def _blobs(self, connection: Connection, objects: Sequence[ToCarry]) -> tuple[BlobState, ...]:
        """Files on this device whose records were written in these objects."""
        ids = attachments_in(connection, {each.number for each in objects})
        found = Reading(connection).records("attachment", ids=sorted(ids))
        wanted = {blob_of(each) for each in found if not each["erased_at"]}
        held = Blobs(connection).all().values()
        return tuple(each for each in held if each.id in wanted and each.is_held and self._files.has(each.id))

    def _enclosed(self, standing: Standing, chosen: _Chosen) -> Iterator[Enclosed]:
        yield Enclosed.of(standing.identity.vault_file)
        yield Enclosed.of(self._head(standing))
        for each in chosen.objects:
            yield Enclosed(each.id, each.size, self._pieces(each.number))
        for blob in chosen.blobs:
            yield Enclosed(blob.id, blob.size, self._files.pieces(blob.id))

    def _pieces(self, number: int) -> Iterator[bytes]:
        with self._store.reading() as connection:
            data = Mirror(connection).bytes_of(number)
        yield data

    def _head(self, standing: Standing) -> bytes:
        """What this device holds, so that what comes back leaves that out."""
        key = standing.key_for_head()
        if key is None:
            raise TeamNotJoined
        with self._store.writing_raw() as connection:
            notes = read_notes(connection)
            notes = replace(notes, head=notes.head + 1)
            write_notes(connection, notes)
            head = head_of(connection, standing, notes.head, self._now_ms())
        return standing.sealer.head(head, key.id, key.key).data

    def _note(self, record: CarryRecord, companies: Sequence[str]) -> None:
        with self._store.writing_raw() as connection:
            kept: Any = read_marker(connection, _RECORDS) or []
            write_marker(connection, _RECORDS, [*kept, record.kept()][-_MOST_RECORDS:])
        with self._place.reading() as reading:
            known = [company for company in companies if reading.record("company", company) is not None]
        with self._place.action("持出しを記録する", None) as work:
            for company in known:
                values = {
                    "company_id": company,
                    "kind": CARRY_FILE,
                    "destination": record.way.value,
                    "pages": len(record.files),
                    "sha256": record.digest,
                    "issued_at": record.carried_at,
                }
                work.save("issued_document", self._place.new_id(), values, compartment=company)

    def _own_name(self) -> str:
        with self._place.reading() as reading:
            return str((reading.record("person", self._place.user_id) or {}).get("name") or "")

    def _now_ms(self) -> int:
        return int(self._place.now().timestamp() * 1000)

    # coming in

    def _carried(self, carry: LargeObject) -> CarriedPlace:
        try:
            return CarriedPlace(carry)
        except MalformedObject as malformed:
            raise CarryUnreadable from malformed

    def _take_files(self, carry: LargeObject, blobs: Sequence[Entry]) -> int:
        """Keep the files that a record here names and that are not here yet; how many."""
        with self._place.reading() as reading:
            known = {blob_of(each) for each in reading.records("attachment", include_deleted=True)}
        new = [each for each in blobs if each.id in known and not self._files.has(each.id)]
        return sum(self._took_file(carry, each) for each in new)

    def _took_file(self, carry: LargeObject, entry: Entry) -> bool:
        try:
            made, size = self._files.put(entry_pieces(carry, entry))
        except MalformedObject:
            return False
        except OSError as refused:
            raise write_fault(refused) from refused
        with self._store.writing_raw() as connection:
            Blobs(connection).hold(made, size, placed=None)
        return True

    def _sender(self, carry: LargeObject) -> str:
        """Whose device made the carry file, as far as its signature holds."""
        with told(), self._store.reading() as connection:
            identity = read_identity(connection)
            standing = standing_of(connection, identity) if identity else None
        device = standing.membership.devices.get(carry.header.device) if standing else None
        signer = standing.log.signers.get(carry.header.device) if standing else None
        if device is None or signer is None:
            return ""
        try:
            carry.check_signature(signer)
        except MalformedObject:
            return ""
        return device.name


def _is_lacking(each: ToCarry, receiver: bytes, held: dict[bytes, int]) -> bool:
    if each.type != ObjectType.SEGMENT:
        return True
    return each.device != receiver and each.sequence > held.get(each.stream, -1)
