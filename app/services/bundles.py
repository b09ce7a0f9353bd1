"""The open bundle: everything out in readable form, and back into an empty store.

A bundle is a zip file, not encrypted:

    はじめに.txt          what this is, in Japanese
    banso.json            format, program, when, counts, and the SHA-256 of each record's changes
    log.jsonl             the log verbatim, one change a line (fields of `db.log_transfer.LogLine`)
    tables/<type>.json    the records as they stand, and the same as tables/<type>.csv for a spreadsheet
    files/<id>/<name>     the attached files that are on this device
    files.json            what is needed beside them to make the encrypted files again, byte for byte
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from app.bootstrap import TEAM
from app.clock import JAPAN
from app.durable_files import open_private
from app.errors import (
    BundleIncomplete,
    BundleTooNew,
    BundleUnreadable,
    FileInTheWay,
    StoreNotEmpty,
    outside_fault,
)
from app.faults import told
from app.making_way import COURTESY
from app.services.bundled_files import BundledFiles
from app.workplace import Workplace
from db.cells import RECORD_TYPES
from db.log_transfer import LogLine, LogRefused, read_log, write_log
from db.reading import Reading
from db.repositories import secret_items
from db.store import write_marker

FORMAT = 1
_MANIFEST, _LOG, _ABOUT = "banso.json", "log.jsonl", "はじめに.txt"


@dataclass(frozen=True, slots=True)
class ExportNote:
    """What an export holds, how many 秘密 lines it left out, and how many files were not on this device."""

    records: int
    changes: int
    secret_left_out: int
    files: int = 0
    files_away: int = 0


@dataclass(frozen=True, slots=True)
class ImportNote:
    """What an import brought in."""

    records: int
    changes: int
    files: int = 0


class BundleService:
    """Writes and reads open bundles."""

    def __init__(self, place: Workplace) -> None:
        self._place = place
        self._files = BundledFiles(place)

    def export(self, out: Path, *, include_secret: bool = False) -> ExportNote:
        """Write a bundle to a file that must not exist yet, readable by its owner only.

        秘密 lines, and what rests on them alone, are left out unless asked for. Raises FileInTheWay and
        what a refused write is.
        """
        if out.exists():
            raise FileInTheWay
        unfinished = out.with_name(out.name + ".part")
        try:
            with (
                self._place.reading() as reading,
                open_private(unfinished) as target,
                zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file,
            ):
                note = self._write(reading, file, include_secret=include_secret)
            unfinished.rename(out)
        except OSError as refused:
            raise outside_fault(refused) from refused
        finally:
            unfinished.unlink(missing_ok=True)
        return note

    def _write(self, reading: Reading, file: zipfile.ZipFile, *, include_secret: bool) -> ExportNote:
        secret = frozenset[str]() if include_secret else secret_items.line_ids(reading)
        without = secret if include_secret else secret | secret_items.derived_ids(reading)
        hashes = RecordHashes()
        with file.open(_LOG, "w") as target:
            for line in read_log(reading.connection, without):
                COURTESY.make_way()
                target.write(hashes.add(line))
        for kind in RECORD_TYPES:
            kept = [found for found in reading.records(kind.name) if found["id"] not in without]
            _write_table(file, kind.name, kept)
        attached = [found for found in reading.records("attachment") if found["id"] not in without]
        files, away = self._files.write(file, attached)
        note = ExportNote(len(hashes.by_record), hashes.changes, len(secret), files, away)
        made_at = self._place.now().astimezone(JAPAN).isoformat(timespec="seconds")
        manifest = {
            "format": FORMAT,
            "program": "伴走カルテ",
            "made_at": made_at,
            "team": self._place.team_id,
            **asdict(note),
            "hashes": hashes.digests(),
        }
        file.writestr(_MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
        file.writestr(_ABOUT, _about(note, made_at))
        return note

    def take_in(self, source: Path) -> ImportNote:
        """Read a bundle into this store, which must hold no records.

        Raises BundleUnreadable, BundleTooNew, StoreNotEmpty, or BundleIncomplete; then nothing was kept.
        """
        manifest, lines = _opened(source)
        hashes = _verified(lines, manifest["hashes"])
        self._require_empty()
        try:
            with told(), self._place.store.writing_raw() as connection:
                write_log(connection, lines)
                write_marker(connection, TEAM, manifest["team"])
                self._place.store.rebuild_in(connection)
        except LogRefused as malformed:
            raise BundleUnreadable from malformed
        self._place.team_id = manifest["team"]
        return ImportNote(len(hashes.by_record), hashes.changes, self._files.take_in(source))

    def _require_empty(self) -> None:
        with self._place.reading() as reading:
            records = int(reading.query("SELECT count(*) AS n FROM rec")[0]["n"])
        if records:
            raise StoreNotEmpty(records=records)


def require_bundle(source: Path) -> None:
    """Raise BundleUnreadable, BundleTooNew or BundleIncomplete unless the file can be taken in."""
    manifest, lines = _opened(source)
    _verified(lines, manifest["hashes"])


class RecordHashes:
    """Gathers the SHA-256 of each record's changes, whatever their order."""

    def __init__(self) -> None:
        self.by_record: dict[str, list[bytes]] = {}
        self.changes = 0

    def add(self, line: LogLine) -> bytes:
        """Count one change; return it as a line of the log."""
        written = json.dumps(asdict(line), ensure_ascii=False, sort_keys=True).encode()
        self.by_record.setdefault(line.record, []).append(sha256(written).digest())
        self.changes += 1
        return written + b"\n"

    def digests(self) -> Mapping[str, str]:
        """Hex digest by record id."""
        return {
            record: sha256(b"".join(sorted(changes))).hexdigest()
            for record, changes in sorted(self.by_record.items())
        }


def _opened(source: Path) -> tuple[Mapping[str, Any], list[LogLine]]:
    try:
        with zipfile.ZipFile(source) as file:
            manifest = json.loads(file.read(_MANIFEST))
            _require_known(manifest)
            lines = [_line(json.loads(written)) for written in file.read(_LOG).splitlines()]
    except (OSError, zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError) as unreadable:
        raise BundleUnreadable from unreadable
    return manifest, lines


def _require_known(manifest: object) -> None:
    match manifest:
        case {"format": int(version)} if version > FORMAT:
            raise BundleTooNew(bundle_version=version)
        case {"format": int(), "team": str(team), "hashes": {}}:
            UUID(team)
        case _:
            raise BundleUnreadable


def _line(read: dict[str, Any]) -> LogLine:
    lists = {name: tuple(read[name]) for name in ("seen", "known", "covers")}
    return LogLine(**{**read, **lists})


def _verified(lines: Iterable[LogLine], listed: Mapping[str, str]) -> RecordHashes:
    hashes = RecordHashes()
    for line in lines:
        hashes.add(line)
    differing = _differing(hashes.digests(), listed)
    if differing:
        raise BundleIncomplete(differing=differing)
    return hashes


def _differing(found: Mapping[str, str], listed: Mapping[str, str]) -> int:
    return sum(found.get(record) != listed.get(record) for record in found.keys() | listed.keys())


def _write_table(file: zipfile.ZipFile, name: str, rows: list[Mapping[str, Any]]) -> None:
    plain = [{column: _plain(value) for column, value in found.items() if column != "seq"} for found in rows]
    file.writestr(f"tables/{name}.json", json.dumps(plain, ensure_ascii=False, indent=1))
    if plain:
        text = io.StringIO()
        writer = csv.DictWriter(text, fieldnames=list(plain[0]))
        writer.writeheader()
        writer.writerows({column: _spreadsheet(value) for column, value in found.items()} for found in plain)
        file.writestr(f"tables/{name}.csv", text.getvalue().encode("utf-8-sig"))


def _plain(value: object) -> object:
    return value if isinstance(value, str | int | bool | None) else str(value)


def _spreadsheet(value: object) -> object:
    """A text that begins like a formula stays text in a spreadsheet."""
    is_formula = isinstance(value, str) and value[:1] in {"=", "+", "-", "@"}
    return f"'{value}" if is_formula else value


def _about(note: ExportNote, made_at: str) -> str:
    away = f"この端末にない資料 {note.files_away}個は入っていません。\n" if note.files_away else ""
    left_out = f"秘密の行 {note.secret_left_out}件は入っていません。\n" if note.secret_left_out else ""
    return (
        "伴走カルテから書き出した記録です。\n"
        "このファイルは暗号化されていません。取り扱いに注意してください。\n\n"
        f"書き出した日時: {made_at}\n記録 {note.records}件、変更 {note.changes}件、資料 {note.files}個\n"
        f"{left_out}{away}\n"
        "banso.json: 件数と照合用の値\nlog.jsonl: すべての変更の履歴 (1行に1件)\n"
        "tables/: 今の内容。csv は表計算ソフトで開けます。\nfiles/: 資料のファイル\n"
        "伴走カルテの空の記録に banso import で取り込めます。\n"
    )
