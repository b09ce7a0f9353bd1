"""Where a 置き場 is, as a person writes it and as it is kept: without anything secret.

/media/stick/Banso, or a drive or share of Windows         a folder
https://cloud.example.jp/remote.php/dav/files/ito/Banso/   WebDAV
s3://bucket/prefix?endpoint=https://s3.example.jp&region=… S3-compatible
azure://account/container/prefix                           Azure Blob
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit

_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]+)://", re.IGNORECASE)  # one letter is a drive of Windows
_BUCKET: Final = re.compile(r"[a-z0-9](?:[a-z0-9.-]{1,61})[a-z0-9]")
_ACCOUNT: Final = re.compile(r"[a-z0-9]{3,24}")
_CONTAINER: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{1,61})[a-z0-9]")
_REGION: Final = re.compile(r"[a-z0-9-]{1,40}")
_HOST: Final = re.compile(r"(?:[a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
_LONGEST: Final = 2000
_SECRET_WORDS: Final = frozenset(("sig", "signature", "secret", "token", "key", "password"))
_LOOPBACK: Final = frozenset(("127.0.0.1", "::1", "localhost"))
DEFAULT_REGION: Final = "us-east-1"


class AddressUnusable(ValueError):
    """`reason` is one of the words below; what was written is not repeated, it may hold a secret."""

    EMPTY, SECRET, UNENCRYPTED, UNKNOWN, INCOMPLETE = (
        "empty",
        "secret",
        "unencrypted",
        "unknown",
        "incomplete",
    )

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class FolderAddress:
    """A folder, by its absolute path."""

    path: Path

    def __str__(self) -> str:
        return str(self.path)


@dataclass(frozen=True, slots=True)
class WebDavAddress:
    """A collection, by its URL with a slash at its end."""

    url: str

    def __str__(self) -> str:
        return self.url


@dataclass(frozen=True, slots=True)
class S3Address:
    """A bucket and a prefix without slashes at its ends. An empty `endpoint` is Amazon's own."""

    bucket: str
    prefix: str
    endpoint: str
    region: str

    def __str__(self) -> str:
        asked = {"endpoint": self.endpoint, "region": self.region if self.region != DEFAULT_REGION else ""}
        return _written("s3", (self.bucket, self.prefix), asked)


@dataclass(frozen=True, slots=True)
class AzureAddress:
    """A container of an account and a prefix. An empty `endpoint` is Azure's own."""

    account: str
    container: str
    prefix: str
    endpoint: str

    def __str__(self) -> str:
        return _written("azure", (self.account, self.container, self.prefix), {"endpoint": self.endpoint})


Address = FolderAddress | WebDavAddress | S3Address | AzureAddress


def read_address(text: str) -> Address:
    """The address. Raises AddressUnusable."""
    text = text.strip()
    if len(text) > _LONGEST or _CONTROL.search(unquote(text)):
        raise AddressUnusable(AddressUnusable.INCOMPLETE)
    if not text:
        raise AddressUnusable(AddressUnusable.EMPTY)
    scheme = _SCHEME.match(text)
    if scheme is None:
        return FolderAddress(Path(text).expanduser().absolute())
    try:
        parts = urlsplit(text)
        _check_no_secret(parts)
        return _READERS[scheme[1].lower()](parts)
    except KeyError:
        raise AddressUnusable(AddressUnusable.UNKNOWN) from None
    except AddressUnusable:
        raise
    except ValueError:
        raise AddressUnusable(AddressUnusable.INCOMPLETE) from None


def _web_dav(parts: SplitResult) -> WebDavAddress:
    if parts.query or parts.fragment:
        raise AddressUnusable(AddressUnusable.UNKNOWN)
    return WebDavAddress(f"{_checked_endpoint(parts)}{parts.path.rstrip('/')}/")


def _s3(parts: SplitResult) -> S3Address:
    asked = _asked(parts, {"endpoint", "region"})
    bucket, _, prefix = _path(parts).partition("/")
    region = asked.get("region", DEFAULT_REGION)
    if not _BUCKET.fullmatch(bucket) or not _REGION.fullmatch(region):
        raise AddressUnusable(AddressUnusable.INCOMPLETE)
    return S3Address(bucket, prefix, _endpoint(asked), region)


def _azure(parts: SplitResult) -> AzureAddress:
    asked = _asked(parts, {"endpoint"})
    account, container, prefix = [*_path(parts).split("/", 2), "", ""][:3]
    if not _ACCOUNT.fullmatch(account) or not _CONTAINER.fullmatch(container):
        raise AddressUnusable(AddressUnusable.INCOMPLETE)
    return AzureAddress(account, container, prefix, _endpoint(asked))


_READERS: Final[Mapping[str, Callable[[SplitResult], Address]]] = {
    "https": _web_dav,
    "http": _web_dav,
    "s3": _s3,
    "azure": _azure,
}


def _check_no_secret(parts: SplitResult) -> None:
    """Refuse what would be kept in the settings and shown on the screen."""
    asked = {name.lower() for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    if "@" in parts.netloc or asked & _SECRET_WORDS:
        raise AddressUnusable(AddressUnusable.SECRET)


def _checked_endpoint(parts: SplitResult) -> str:
    """Scheme, host and port. Passwords go over encrypted lines only, or stay on this machine."""
    scheme, host = parts.scheme.lower(), parts.hostname
    if not host or parts.port == 0 or not _HOST.fullmatch(parts.netloc.lower()):
        raise AddressUnusable(AddressUnusable.INCOMPLETE)
    if scheme != "https" and host not in _LOOPBACK:
        raise AddressUnusable(AddressUnusable.UNENCRYPTED)
    return f"{scheme}://{parts.netloc.lower()}"


def _endpoint(asked: Mapping[str, str]) -> str:
    if not (text := asked.get("endpoint", "")):
        return ""
    parts = urlsplit(text)
    _check_no_secret(parts)
    if parts.scheme.lower() not in {"http", "https"} or parts.query or parts.fragment:
        raise AddressUnusable(AddressUnusable.INCOMPLETE)
    return f"{_checked_endpoint(parts)}{parts.path.rstrip('/')}"


def _asked(parts: SplitResult, known: set[str]) -> Mapping[str, str]:
    asked = parse_qsl(parts.query, keep_blank_values=True)
    if parts.fragment or {name for name, _ in asked} - known:
        raise AddressUnusable(AddressUnusable.UNKNOWN)
    return dict(asked)


def _path(parts: SplitResult) -> str:
    path = unquote(f"{parts.netloc}{parts.path}", errors="strict").strip("/")
    if "//" in path or any(part in {".", ".."} for part in path.split("/")):
        raise AddressUnusable(AddressUnusable.INCOMPLETE)
    return path


def _written(scheme: str, path: tuple[str, ...], asked: Mapping[str, str]) -> str:
    query = urlencode({name: value for name, value in asked.items() if value}, safe=":/")
    return f"{scheme}://{quote('/'.join(part for part in path if part))}{'?' if query else ''}{query}"
