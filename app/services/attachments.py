"""資料: photos and files of a company, kept encrypted beside the store (design-sync 7)."""

from __future__ import annotations

import mimetypes
import os
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Final
from uuid import UUID

from app.domain.confidentiality import effective_level
from app.domain.photo_places import without_place
from app.domain.terms import Confidentiality
from app.durable_files import open_private
from app.errors import (
    AdministratorOnly,
    AttachmentErased,
    AttachmentNotHere,
    AttachmentTooLarge,
    AttachmentTooYoung,
    AttachmentUnreadable,
    CompanyNotFound,
    FileInTheWay,
    RecordMissing,
    outside_fault,
    write_fault,
)
from app.faults import told
from app.rows.attachments import AttachmentRow, FilesAdded, FilesSheet
from app.rows.printing import COPY_OF_FILE
from app.services.blob_files import BlobFiles
from app.services.known_to_all import deletions, is_known_to_all
from app.services.sharing_standing import Standing, standing_of
from app.services.sharing_state import read_identity
from app.sharing.objects.blobs import sealing_blob
from app.sharing.objects.container import KEY_BYTES, SALT_BYTES, Header, ObjectType, Sign
from app.sharing.objects.malformed import MalformedObject
from app.workplace import Workplace, company_scope
from db.blobs import Blobs, BlobState
from db.forms import Form
from db.reading import Found, Reading

DAYS_BEFORE_ERASING: Final = 180
MOST_BYTES: Final = 100_000_000
_NOBODY: Final = bytes(16)
_SIGNATURE: Final = 64
_MEDIA_TYPES: Final = {
    ".heic": "image/heic",
    ".heif": "image/heif",
    ".webp": "image/webp",
    ".md": "text/plain",
}


@dataclass(frozen=True, slots=True)
class Sealing:
    """For which vault a file is sealed, by which device; before there is a team, for the store itself."""

    vault: bytes
    device: bytes
    sign: Sign

    def blob(self, source: BinaryIO, size: int, key: bytes) -> Iterator[bytes]:
        """The encrypted file in pieces."""
        header = Header(ObjectType.BLOB, self.vault, self.device, os.urandom(SALT_BYTES))
        return sealing_blob(header, source, size, key, self.sign)


@dataclass(frozen=True, slots=True)
class SealedFile:
    """A file that lies encrypted beside the store and is in no record yet."""

    blob: bytes
    sealed_size: int
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class PreparedFiles:
    """Files to be kept, and how many were left out."""

    files: tuple[SealedFile, ...]
    too_large: int
    unreadable: int


class AttachmentService:
    """What a person does with attached files. Deleting is `TrashService.delete`."""

    def __init__(self, place: Workplace, files: BlobFiles) -> None:
        self._place = place
        self._files = files

    # looking

    def sheet(self, company_id: str) -> FilesSheet:
        """Everything that the tab shows of a company. Raises CompanyNotFound."""
        with self._place.reading() as reading:
            company = reading.record("company", company_id)
            if company is None:
                raise CompanyNotFound
            found = reading.records("attachment", company_id=company_id, order=("added_at", "id"))
            visits = reading.records("support_session", company_id=company_id, order=("starts_at", "id"))
            blobs = Blobs(reading.connection)
            states, pictures = blobs.all(), blobs.pictures(blob_of(each) for each in found)
        days = {each["id"]: each["starts_at"].date() for each in reversed(visits) if each["starts_at"]}
        rows = tuple(_row(each, days, states, pictures) for each in reversed(found))
        level = effective_level(_level(company["confidentiality"]))
        return FilesSheet(rows, tuple(days.items()), level)

    def form(self, attachment_id: str) -> Form:
        """A record as an edit of it starts."""
        with self._place.reading() as reading:
            return self._place.store.form(reading.connection, "attachment", attachment_id)

    def content(self, attachment_id: str) -> bytes:
        """What was attached. Raises RecordMissing, AttachmentErased, AttachmentNotHere.

        A file that is not here, or damaged, is asked for with the next round.
        """
        return b"".join(self._chunks(attachment_id))

    # changing

    def add(
        self, company_id: str, paths: Iterable[Path], support_session_id: str | None = None
    ) -> FilesAdded:
        """Take files in, as `prepare` and `keep` do."""
        return self.keep(company_id, self.prepare(paths), support_session_id)

    def prepare(self, paths: Iterable[Path]) -> PreparedFiles:
        """Encrypt files beside the store, photos without their place; nothing is in the record yet.

        May take seconds; writes nothing to the store. Files that are too large or cannot be read are left
        out and counted. Raises the disk's cases.
        """
        made: list[SealedFile] = []
        too_large = unreadable = 0
        sealing = self.sealing()
        for path in paths:
            try:
                made.append(self._sealed(sealing, path))
            except AttachmentTooLarge:
                too_large += 1
            except AttachmentUnreadable:
                unreadable += 1
        return PreparedFiles(tuple(made), too_large, unreadable)

    def keep(
        self, company_id: str, prepared: PreparedFiles, support_session_id: str | None = None
    ) -> FilesAdded:
        """Write prepared files into the record, as one action that one undo takes back."""
        ids = tuple(self._place.new_id() for _ in prepared.files)
        more = {"support_session_id": support_session_id} if support_session_id else {}
        if ids:
            with self._place.action("資料を足す", company_scope(company_id)) as work:
                for record_id, each in zip(ids, prepared.files, strict=True):
                    values = {"company_id": company_id, **more, **each.values, "added_at": self._place.now()}
                    work.save("attachment", record_id, values, compartment=company_id)
                    Blobs(work.connection).hold(each.blob, each.sealed_size, placed=False)
        return FilesAdded(ids, prepared.too_large, prepared.unreadable)

    def change(self, attachment_id: str, values: Mapping[str, object], form: Form | None = None) -> None:
        """Write `name`, `note`, `support_session_id` or `confidentiality`."""
        with self._place.reading() as reading:
            company_id = _require(reading, attachment_id)["company_id"]
        with self._place.action("資料を直す", company_scope(company_id)) as work:
            work.save("attachment", attachment_id, values, form)

    def export(self, attachment_id: str, out: Path) -> None:
        """Write a plain copy to a new file, which only its owner can read, and note that it left.

        Raises FileInTheWay, what `content` raises, and what a refused write is.
        """
        if out.exists():
            raise FileInTheWay
        unfinished = out.with_name(out.name + ".part")
        hashed = sha256()
        try:
            with open_private(unfinished) as file:
                for chunk in self._chunks(attachment_id):
                    hashed.update(chunk)
                    file.write(chunk)
            unfinished.rename(out)
        except OSError as refused:
            raise outside_fault(refused) from refused
        finally:
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)
        self._note_copy(attachment_id, hashed.hexdigest())

    def want(self, attachment_ids: Sequence[str]) -> None:
        """Ask for the content of files: it comes with the next round."""
        with self._place.reading() as reading:
            found = reading.records("attachment", ids=list(attachment_ids))
        with told(), self._place.store.writing_raw() as connection:
            Blobs(connection).want(blob_of(each) for each in found if blob_of(each))

    def erasable(self) -> tuple[AttachmentRow, ...]:
        """Deleted files whose content may be erased for good now, oldest first (design-sync 7.4).

        Their deletion is DAYS_BEFORE_ERASING old, and every active device said to hold it. Raises
        AdministratorOnly in a team for everybody but its administrators.
        """
        with self._place.reading() as reading:
            standing = self._standing(reading)
            since = self._place.now() - timedelta(days=DAYS_BEFORE_ERASING)
            found = [
                each
                for each in deletions(reading)
                if each.at <= since and is_known_to_all(reading.connection, standing, each)
            ]
            records = {each["id"]: each for each in reading.records("attachment", include_deleted=True)}
        waiting = [records[each.record_id] for each in found if not records[each.record_id]["erased_at"]]
        return tuple(_row(each, {}, {}, {}) for each in waiting)

    def erase(self, attachment_ids: Sequence[str]) -> None:
        """Erase the content of deleted files: here now, elsewhere with the next rounds; the records stay.

        Raises AttachmentTooYoung when one of them is not `erasable`.
        """
        allowed = {each.id for each in self.erasable()}
        if not set(attachment_ids) <= allowed:
            raise AttachmentTooYoung(days=DAYS_BEFORE_ERASING)
        with self._place.action("資料を完全に消す", None) as work:
            for each in attachment_ids:
                work.save("attachment", each, {"erased_at": self._place.now()})
                work.delete("attachment", each)  # again: it covers what was just written

    @staticmethod
    def _standing(reading: Reading) -> Standing | None:
        identity = read_identity(reading.connection)
        if identity is None:
            return None
        standing = standing_of(reading.connection, identity)
        if standing.own is None or not standing.own.is_administrator:
            raise AdministratorOnly
        return standing

    def keep_picture(self, attachment_id: str, picture: bytes) -> None:
        """Keep the small picture of a file, encrypted in the store, for this device only."""
        with self._place.reading() as reading:
            found = reading.record("attachment", attachment_id)
        if found and (blob := blob_of(found)):
            with told(), self._place.store.writing_raw() as connection:
                Blobs(connection).keep_picture(blob, picture)

    # what these are made of

    def sealing(self) -> Sealing:
        """How files are sealed now."""
        with told(), self._place.store.reading() as connection:
            identity = read_identity(connection)
        if identity is None:
            return Sealing(UUID(self._place.team_id).bytes, _NOBODY, lambda _: bytes(_SIGNATURE))
        return Sealing(identity.vault, identity.device, identity.keys.sign)

    def _sealed(self, sealing: Sealing, path: Path) -> SealedFile:
        try:
            if path.stat().st_size > MOST_BYTES:
                raise AttachmentTooLarge(most_mb=MOST_BYTES // 1_000_000)
            content = without_place(path.read_bytes())
        except OSError as refused:
            raise AttachmentUnreadable from refused
        name, key = unicodedata.normalize("NFC", path.name), os.urandom(KEY_BYTES)
        try:
            blob, size = self._files.put(sealing.blob(BytesIO(content), len(content), key))
        except OSError as refused:
            raise write_fault(refused) from refused
        values = {
            "name": name,
            "blob_id": blob.hex(),
            "blob_key": key.hex(),
            "size": len(content),
            "media_type": media_type_of(name),
        }
        return SealedFile(blob, size, values)

    def _chunks(self, attachment_id: str) -> Iterator[bytes]:
        with self._place.reading() as reading:
            found = _require(reading, attachment_id)
        if found["erased_at"]:
            raise AttachmentErased
        blob = blob_of(found)
        try:
            yield from self._files.content(blob, bytes.fromhex(found["blob_key"]))
        except (OSError, MalformedObject) as unusable:
            with told(), self._place.store.writing_raw() as connection:
                blobs = Blobs(connection)
                blobs.lost(blob)
                blobs.want([blob])
            raise AttachmentNotHere from unusable

    def _note_copy(self, attachment_id: str, digest: str) -> None:
        with self._place.reading() as reading:
            company_id = _require(reading, attachment_id)["company_id"]
        values = {
            "company_id": company_id,
            "kind": COPY_OF_FILE,
            "destination": "file",
            "sha256": digest,
            "issued_at": self._place.now(),
        }
        with self._place.action("写しを記録する", None) as work:
            work.save("issued_document", self._place.new_id(), values, compartment=company_id)


def media_type_of(name: str) -> str:
    """What a file is, by its ending."""
    ending = Path(name).suffix.lower()
    return _MEDIA_TYPES.get(ending) or mimetypes.guess_type(f"x{ending}")[0] or "application/octet-stream"


def _require(reading: Reading, attachment_id: str) -> Found:
    found = reading.record("attachment", attachment_id)
    if found is None:
        raise RecordMissing
    return found


def blob_of(found: Found) -> bytes:
    """The id of its blob; empty for what a newer program, or somebody with ill intent, wrote there."""
    try:
        blob = bytes.fromhex(found["blob_id"] or "")
    except ValueError:
        return b""
    return blob if len(blob) == 32 else b""


def _row(
    found: Found,
    days: Mapping[str, date],
    states: Mapping[bytes, BlobState],
    pictures: Mapping[bytes, bytes],
) -> AttachmentRow:
    blob = blob_of(found)
    state = states.get(blob)
    return AttachmentRow(
        id=found["id"],
        company_id=found["company_id"],
        name=found["name"] or "",
        note=found["note"] or "",
        size=found["size"] or 0,
        media_type=found["media_type"] or "application/octet-stream",
        added_at=found["added_at"],
        support_session_id=found["support_session_id"],
        visit_on=days.get(found["support_session_id"] or ""),
        level=_level(found["confidentiality"]),
        is_here=state is not None and state.is_held,
        is_coming=state is not None and state.is_wanted,
        is_erased=bool(found["erased_at"]),
        picture=pictures.get(blob, b""),
    )


def _level(code: str | None) -> Confidentiality | None:
    return Confidentiality(code) if code in list(Confidentiality) else None
