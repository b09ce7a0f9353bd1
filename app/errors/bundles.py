"""Taking in and giving out."""

from __future__ import annotations

from app.errors.cases import AppError


class BundleUnreadable(AppError):
    """The file is not an export bundle, or is cut short."""

    code = "import.bundle_unreadable"


class BundleTooNew(AppError):
    """A newer program wrote the bundle: format `bundle_version`."""

    code = "import.bundle_too_new"

    def __init__(self, *, bundle_version: int) -> None:
        super().__init__(bundle_version=bundle_version)


class StoreNotEmpty(AppError):
    """An import goes only into an empty store; this one holds `records` records."""

    code = "import.store_not_empty"

    def __init__(self, *, records: int) -> None:
        super().__init__(records=records)


class BundleIncomplete(AppError):
    """After the import `differing` records' hashes differ from the bundle's list; nothing was kept."""

    code = "import.bundle_incomplete"

    def __init__(self, *, differing: int) -> None:
        super().__init__(differing=differing)
