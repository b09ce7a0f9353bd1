"""Attached files between this device and the 置き場: they go out after the words, and come when asked for.

Design-sync 7 with two changes (decision 141): segments go before blobs, and a file that was taken in before
there was a team is sealed anew for the team.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

from app.changes import Changes
from app.services.attachments import Sealing, blob_of
from app.services.blob_files import BlobFiles
from app.services.sharing_standing import Standing
from app.sharing.objects.container import KEY_BYTES, NAME_ID_BYTES, ObjectType
from app.sharing.objects.malformed import MalformedObject
from app.sharing.objects.names import Name
from app.sharing.places.many import get_many
from app.sharing.places.place import Content, Deleted, Failed, Listing, Place, Stored
from app.sharing.places.stopping import Stop
from app.workplace import Workplace
from db.blobs import Blobs, BlobState
from db.reading import Found


@dataclass
class BlobReport:
    """What a round did with attached files; `missing` were asked for and do not lie there."""

    sent: int = 0
    received: int = 0
    waiting: int = 0
    missing: int = 0
    fault: Failed | None = None


class BlobCourier:
    """Works under one standing; streams nothing plain to the disk."""

    def __init__(self, workplace: Workplace, files: BlobFiles, place: Place, stop: Stop) -> None:
        self._workplace = workplace
        self._store = workplace.store
        self._files = files
        self._place = place
        self._stop = stop
        self.report = BlobReport()

    def seal_anew(self, standing: Standing) -> None:
        """Seal for the team what was taken in before there was one, with a key of its own."""
        identity = standing.identity
        sealing = Sealing(identity.vault, identity.device, identity.keys.sign)
        for found in self._records_of(each.id for each in self._to_place()):
            blob = blob_of(found)
            if self._is_foreign(blob, identity.vault):
                self._stop.check()
                self._seal_one(sealing, found, blob)

    def send(self) -> None:
        """Put what was not seen in the 置き場 yet, then believe what a listing shows in its full size."""
        waiting = self._to_place()
        live = {blob_of(found) for found in self._records_of(each.id for each in waiting)}
        waiting = self._unseen(each for each in waiting if each.id in live)
        for state in waiting:
            self._stop.check()
            try:
                data = self._files.bytes_of(state.id)
            except OSError:
                self._lost(state.id)
                continue
            answer = self._place.put(name_of_blob(state.id), data, self._stop)
            if not isinstance(answer, Stored):
                self.report.fault = answer
                break
        left = self._unseen(waiting)
        self.report.sent = len(waiting) - len(left)
        self.report.waiting = len(left)

    def fetch(self, standing: Standing) -> None:
        """Fetch what somebody here asked for."""
        with self._store.reading() as connection:
            wanted = {name_of_blob(each.id): each.id for each in Blobs(connection).wanted()}
        for name, blob in list(wanted.items()):
            if self._lies_here(blob):
                del wanted[name]
        came: set[bytes] = set()
        for name, answer in get_many(self._place, wanted, self._stop):
            if isinstance(answer, Content) and self._take(wanted[name], answer.content, standing):
                came.add(wanted[name])
        self.report.received = len(came)
        self.report.missing = len(wanted) - len(came)
        if came:
            named = self._records_of(came, include_deleted=True)
            touched = {("attachment", found["id"]) for found in named}
            self._workplace.feed.publish(Changes(frozenset(touched), origin="place"))

    def take(self, data: bytes, blob: bytes, standing: Standing) -> bool:
        """Take in a file that came another way, if a record names it."""
        is_known = bool(self._records_of([blob], include_deleted=True))
        return is_known and self._take(blob, data, standing)

    def heal(self) -> None:
        """Let what is gone from the 置き場, or cut short there, go out again, whoever put it there."""
        listing = self._place.list("b/", self._stop)
        if not isinstance(listing, Listing):
            return
        sizes = {entry.name: entry.size for entry in listing.entries}
        again = [
            each.id
            for each in self._states()
            if each.is_held and each.placed is not False and sizes.get(name_of_blob(each.id)) != each.size
        ]
        if again:
            with self._store.writing_raw() as connection:
                Blobs(connection).placed(again, seen=False)

    def erase(self, standing: Standing) -> None:
        """Let go of files that an administrator erased; who made one, or is an administrator, removes it."""
        records = self._records()
        erased = {blob_of(found) for found in records if found["erased_at"]}
        kept = {blob_of(found) for found in records if not found["erased_at"]}
        may_remove = standing.own is not None and standing.own.is_administrator
        for state in self._states():
            if state.id not in erased - kept:
                continue
            removes = may_remove or state.placed is not None
            if removes and not self._is_removed(state.id):
                continue
            self._files.remove(state.id)
            with self._store.writing_raw() as connection:
                Blobs(connection).forget(state.id)

    # what these are made of

    def _seal_one(self, sealing: Sealing, found: Found, blob: bytes) -> None:
        try:
            content = b"".join(self._files.content(blob, bytes.fromhex(found["blob_key"])))
        except (OSError, MalformedObject, ValueError):
            self._lost(blob)
            return
        key = os.urandom(KEY_BYTES)
        fresh, size = self._files.put(sealing.blob(BytesIO(content), len(content), key))
        values = {
            "blob_id": fresh.hex(),
            "blob_key": key.hex(),
            "size": found["size"],
            "media_type": found["media_type"],
        }
        with self._workplace.action("資料をチームのために閉じる", None) as work:
            work.save("attachment", found["id"], values)
            blobs = Blobs(work.connection)
            blobs.hold(fresh, size, placed=False)
            if picture := blobs.pictures([blob]).get(blob):
                blobs.keep_picture(fresh, picture)
            blobs.forget(blob)
        self._files.remove(blob)

    def _take(self, blob: bytes, data: bytes, standing: Standing) -> bool:
        """Keep a file that is the one of its id."""
        try:
            found, _ = self._files.put([data])
        except OSError:
            return False
        if found != blob:
            self._files.remove(found)
            return False
        is_own = self._author(blob) == standing.identity.device
        with self._store.writing_raw() as connection:
            Blobs(connection).hold(blob, len(data), placed=True if is_own else None)
        return True

    def _lies_here(self, blob: bytes) -> bool:
        """Whether the file is here after all, as after going back to a backup."""
        try:
            with self._files.opened(blob) as found:
                size = found.size
        except (OSError, MalformedObject):
            return False
        with self._store.writing_raw() as connection:
            Blobs(connection).hold(blob, size, placed=None)
        return True

    def _author(self, blob: bytes) -> bytes:
        with self._files.opened(blob) as found:
            return found.header.device

    def _unseen(self, states: Iterable[BlobState]) -> list[BlobState]:
        """Those that no listing shows in their full size; the others are noted as placed."""
        states = list(states)
        directories = {name_of_blob(each.id).rpartition("/")[0] for each in states}
        sizes: dict[str, int] = {}
        for directory in sorted(directories):
            listing = self._place.list(f"{directory}/", self._stop)
            if isinstance(listing, Listing):
                sizes.update((entry.name, entry.size) for entry in listing.entries)
        seen = [each for each in states if sizes.get(name_of_blob(each.id)) == each.size]
        if seen:
            with self._store.writing_raw() as connection:
                Blobs(connection).placed([each.id for each in seen], seen=True)
        return [each for each in states if each not in seen]

    def _is_removed(self, blob: bytes) -> bool:
        return isinstance(self._place.delete(name_of_blob(blob), self._stop), Deleted)

    def _is_foreign(self, blob: bytes, vault: bytes) -> bool:
        try:
            header = self._files.header_of(blob)
        except (OSError, MalformedObject):
            return False
        return header.vault != vault or not any(header.device)

    def _lost(self, blob: bytes) -> None:
        with self._store.writing_raw() as connection:
            Blobs(connection).lost(blob)

    def _states(self) -> list[BlobState]:
        with self._store.reading() as connection:
            return list(Blobs(connection).all().values())

    def _to_place(self) -> list[BlobState]:
        with self._store.reading() as connection:
            return Blobs(connection).to_place()

    def _records(self) -> list[Found]:
        with self._workplace.reading() as reading:
            return reading.records("attachment", include_deleted=True)

    def _records_of(self, blobs: Iterable[bytes], *, include_deleted: bool = False) -> list[Found]:
        """The records that name these files."""
        blobs = list(blobs)
        if not blobs:
            return []
        with self._workplace.reading() as reading:
            found = (
                reading.records("attachment", blob_id=blob.hex(), include_deleted=include_deleted)
                for blob in blobs
            )
            return [each for part in found for each in part]


def name_of_blob(blob: bytes) -> str:
    """Where a blob lies in the 置き場."""
    return Name(ObjectType.BLOB, id=blob[:NAME_ID_BYTES]).path
