"""Attached files in the open bundle: readable, and still the very files that the record names."""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from app.making_way import COURTESY
from app.services.attachments import MOST_BYTES, blob_of
from app.services.blob_files import BlobFiles
from app.services.printed_files import fit_for_a_file
from app.sharing.objects.malformed import MalformedObject
from app.workplace import Workplace
from db.blobs import Blobs
from db.reading import Found

_LIST: Final = "files.json"
_FOLDER: Final = "files"


class BundledFiles:
    """Writes and reads the files of one store."""

    def __init__(self, place: Workplace) -> None:
        self._place = place
        self._files = BlobFiles.beside(place.store.path)

    def write(self, file: zipfile.ZipFile, attached: Iterable[Found]) -> tuple[int, int]:
        """Write all files that are here, one at a time; how many, and how many are not here."""
        listed: dict[str, Any] = {}
        away = 0
        for found in attached:
            COURTESY.make_way()
            name = f"{_FOLDER}/{found['id']}/{fit_for_a_file(found['name'] or '')}"
            frame = self._written(file, found, name)
            if frame is None:
                away += not found["erased_at"]
            else:
                listed[found["id"]] = {"file": name, "frame": [part.hex() for part in frame]}
        file.writestr(_LIST, json.dumps(listed, ensure_ascii=False, indent=1))
        return len(listed), away

    def take_in(self, source: Path) -> int:
        """Make the encrypted files again after the record was taken in; how many.

        What does not become the file that the record names is left out: it is then not on this device.
        """
        with self._place.reading() as reading:
            records = {each["id"]: each for each in reading.records("attachment", include_deleted=True)}
        with zipfile.ZipFile(source) as file:
            listed = _listed(file)
            return sum(
                self._took(file, records[record], listed[record]) for record in listed.keys() & records.keys()
            )

    def _written(self, file: zipfile.ZipFile, found: Found, name: str) -> tuple[bytes, bytes] | None:
        blob = blob_of(found)
        try:
            frame, key = self._files.frame_of(blob), bytes.fromhex(found["blob_key"])
            content = b"".join(self._files.content(blob, key))
        except (OSError, MalformedObject, ValueError, TypeError):
            return None
        file.writestr(name, content)
        return frame

    def _took(self, file: zipfile.ZipFile, found: Found, listed: Mapping[str, Any]) -> bool:
        try:
            if file.getinfo(listed["file"]).file_size > MOST_BYTES:
                return False
            head, signature = (bytes.fromhex(part) for part in listed["frame"])
            content, key = file.read(listed["file"]), bytes.fromhex(found["blob_key"])
        except (KeyError, ValueError, TypeError, zipfile.BadZipFile, zlib.error):
            return False
        blob = blob_of(found)
        size = self._files.put_framed(blob, (head, signature), content, key)
        if size is None:
            return False
        with self._place.store.writing_raw() as connection:
            Blobs(connection).hold(blob, size, placed=False)
        return True


def _listed(file: zipfile.ZipFile) -> Mapping[str, Mapping[str, Any]]:
    """What the bundle says of its files; nothing for a bundle of before there were any."""
    try:
        read = json.loads(file.read(_LIST))
    except (KeyError, ValueError, zipfile.BadZipFile, zlib.error):
        return {}
    if not isinstance(read, dict):
        return {}
    return {record: each for record, each in read.items() if isinstance(each, dict)}
