"""Text that the store's disk did not take, sealed in the user's own folder until the disk takes it again."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from app.crypto.key_slots import SALT_BYTES, StoreKey
from app.crypto.sealed_bytes import seal, unseal
from app.durable_files import write_durably
from db.repositories.drafts import Draft

_PURPOSE: Final = "banso rescue"
_log = logging.getLogger(__name__)


class Rescue:
    """One file per store, named by the key's salt, which stands open at the head of the store file too."""

    def __init__(self, folder: Path, key: StoreKey) -> None:
        self._file = folder / f"{key.raw[-SALT_BYTES:].hex()}.rescue"
        self._key = key

    def keep(self, drafts: Sequence[Draft]) -> bool:
        """Keep these drafts and no others; whether they are durably on a disk now."""
        try:
            if not drafts:
                self._file.unlink(missing_ok=True)
                return True
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_durably(self._file, seal(_packed(drafts), self._key, _PURPOSE))
        except OSError as refused:
            _log.warning("text was not rescued: %s", refused.errno)
            return False
        return True

    def kept(self) -> tuple[Draft, ...]:
        """What was kept and not written since; nothing when the file cannot be read."""
        try:
            plain = unseal(self._file.read_bytes(), self._key, _PURPOSE)
        except OSError:
            return ()
        return _unpacked(plain) if plain is not None else ()


def _packed(drafts: Sequence[Draft]) -> bytes:
    rows = [{**asdict(draft), "kept_at": draft.kept_at.isoformat()} for draft in drafts]
    return json.dumps(rows, ensure_ascii=False).encode("utf-8", errors="surrogatepass")


def _unpacked(plain: bytes) -> tuple[Draft, ...]:
    rows: list[dict[str, Any]] = json.loads(plain.decode("utf-8", errors="surrogatepass"))
    return tuple(Draft(**{**row, "kept_at": datetime.fromisoformat(row["kept_at"])}) for row in rows)
