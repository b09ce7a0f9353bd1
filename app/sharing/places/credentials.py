"""What opens a 置き場. It is kept in the system's key ring only, and shows itself in no text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

_PLAIN: Final = re.compile(r"[!-~]{1,1000}")


class CredentialsUnusable(ValueError):
    """They cannot be what the server gave out; they are not repeated."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """WebDAV: name and (app) password. S3: access key and secret key. Azure: the account, and its key or a
    SAS token.
    """

    user: str = field(repr=False)
    secret: str = field(repr=False)


def check_plain(*texts: str) -> None:
    """Raise CredentialsUnusable for what no request can carry: obstore ends the program over it."""
    if not all(_PLAIN.fullmatch(text) for text in texts):
        raise CredentialsUnusable
