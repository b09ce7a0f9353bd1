"""What opens a 置き場. It is kept in the system's key ring only, and shows itself in no text."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Credentials:
    """WebDAV: name and (app) password. S3: access key and secret key. Azure: the account, and its key or a
    SAS token.
    """

    user: str = field(repr=False)
    secret: str = field(repr=False)
