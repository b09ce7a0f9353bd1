"""The store file, and its monthly check."""

from __future__ import annotations

from app.errors.cases import AppError, Unavailable


class StoreMissing(AppError):
    """There is no store in the folder."""

    code = "store.missing"


class StoreExists(AppError):
    """A store is there already where a new one was to be made."""

    code = "store.exists"


class StoreEmptyFile(AppError):
    """The store file has 0 bytes; opened as it is, it would pass for a valid empty store."""

    code = "store.empty_file"


class StoreDamaged(AppError):
    """The store file does not open although its key is right: cut short, or overwritten in part."""

    code = "store.damaged"


class StoreTooNew(AppError):
    """A newer program wrote the store, with schema `store_schema`; this one knows up to `known_schema`."""

    code = "store.too_new"

    def __init__(self, *, store_schema: int, known_schema: int) -> None:
        super().__init__(store_schema=store_schema, known_schema=known_schema)


class StoreInUse(AppError):
    """Another process holds the store; `process_id` is that process, 0 when unknown."""

    code = "store.in_use"

    def __init__(self, *, process_id: int) -> None:
        super().__init__(process_id=process_id)


class StoreInCloudFolder(AppError):
    """The folder belongs to the cloud client named `client`, which may copy a half-written store."""

    code = "store.in_cloud_folder"

    def __init__(self, *, client: str) -> None:
        super().__init__(client=client)


class MigrationFailed(AppError):
    """A step to the newer schema failed and was undone; `schema` is the one the store still has."""

    code = "store.migration_failed"

    def __init__(self, *, schema: int) -> None:
        super().__init__(schema=schema)


class RecordsUnreadable(AppError):
    """The monthly check found `count` records that the log does not explain; `others` are sound."""

    code = "store.records_unreadable"

    def __init__(self, *, count: int, others: int) -> None:
        super().__init__(count=count, others=others)


class RecordsMended(AppError):
    """The monthly check made `count` records again from the log."""

    code = "store.records_mended"

    def __init__(self, *, count: int) -> None:
        super().__init__(count=count)


class StoreBusy(Unavailable):
    """Another connection kept the store locked for longer than a write waits."""

    code = "store.busy"
