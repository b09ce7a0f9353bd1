"""What a person asks to be carried out of the device, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from app.domain.terms import Term

CARRY_FILE = "carry"
"""What an `issued_document` of a carry file is called."""


class CarryWay(Term):
    """How a carry file travels."""

    STICK = "stick", "USBメモリーなどで手渡し"
    MAIL = "mail", "メールに添付"


@dataclass(frozen=True, slots=True)
class CarryScope:
    """What to carry: everything, what came after record number `after`, or what device `lacking` lacks.

    `after` is the `mark` of an earlier carry record. `lacking` is a device id of the team as hex text. The
    attached files of what is carried go along `with_files`, as far as they are on this device.
    """

    after: int = 0
    lacking: str = ""
    words: str = "全部"
    with_files: bool = False


@dataclass(frozen=True, slots=True)
class CarryRequest:
    """Who receives it, how it travels, what it holds, and the most bytes of one file (None: one file)."""

    receiver: str
    way: CarryWay
    scope: CarryScope
    part_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class CarryOutlook:
    """What would leave: changes, companies that they are of, attached files, and bytes."""

    changes: int
    companies: int
    attachments: int
    size: int


@dataclass(frozen=True, slots=True)
class CarriedFile:
    """One file that was written: its name and bytes."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class CarryRecord:
    """持出し記録: what left, when, by whom, to whom. It says nothing of the contents.

    `digest` is the SHA-256 of the whole carry file, in hexadecimal; it names the parts as well. `mark` is
    where a later carrying out goes on.
    """

    carried_at: datetime
    carried_by: str
    device_name: str
    receiver: str
    way: CarryWay
    scope: str
    changes: int
    companies: int
    attachments: int
    size: int
    files: tuple[CarriedFile, ...]
    digest: str
    mark: int

    def kept(self) -> dict[str, Any]:
        """As the store keeps it."""
        fields = {name: getattr(self, name) for name in self.__dataclass_fields__}
        files = [[each.name, each.size] for each in self.files]
        return {**fields, "carried_at": self.carried_at.isoformat(), "way": self.way.value, "files": files}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> CarryRecord:
        """From what the store keeps."""
        files = tuple(CarriedFile(name, size) for name, size in kept["files"])
        at = datetime.fromisoformat(kept["carried_at"])
        return cls(**{**kept, "carried_at": at, "way": CarryWay(kept["way"]), "files": files})


@dataclass(frozen=True, slots=True)
class CarriedOut:
    """What was written: the files, and the record of it."""

    paths: tuple[Path, ...]
    record: CarryRecord


@dataclass(frozen=True, slots=True)
class CarriedIn:
    """What a carry file brought: from whose device (empty if unknown), changes, attached files.

    `missing`, `no_key`, `damaged` and `is_waiting_for_approval` as in RoundReport.
    """

    sender: str
    changes: int
    attachments: int
    missing: tuple[tuple[str, int], ...]
    no_key: int
    damaged: int
    needs_newer: bool
    is_waiting_for_approval: bool
