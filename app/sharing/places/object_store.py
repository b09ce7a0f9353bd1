"""A bucket (S3-compatible) or a container (Azure Blob) as a 置き場, through obstore.

An object store replaces an object whole or not at all, so nothing is ever half-written here. obstore refuses
a whole listing for one foreign key with an empty part, `..` or a control character: then the directories are
listed one by one, and what comes before the first name that could be ours is stepped over.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Coroutine
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, TypeVar
from urllib.request import getproxies, proxy_bypass

import obstore
from obstore.exceptions import BaseError, InvalidPathError, UnauthenticatedError
from obstore.store import AzureStore, S3Store

from app.sharing.places.credentials import Credentials, check_plain
from app.sharing.places.names import (
    checked_found_name,
    checked_name,
    checked_prefix,
    is_directory,
    is_object,
)
from app.sharing.places.place import (
    LARGEST_OBJECT,
    Content,
    Deleted,
    Entry,
    Failed,
    Listing,
    Missing,
    NotYet,
    Stored,
    Trouble,
    failed,
)
from app.sharing.places.request_loop import RequestLoop

if TYPE_CHECKING:
    from collections.abc import Sequence

    from obstore import ObjectMeta
    from obstore.store import AzureCredential, ClientConfig, ObjectStore, RetryConfig, S3Credential

    from app.sharing.places.address import AzureAddress, S3Address
    from app.sharing.places.stopping import Stop

REQUESTS: Final = 12
PATIENCE_S: Final = 30.0
SLOWEST_BYTES_S: Final = 16_384
"""A verb may take PATIENCE_S, and as long as its bytes take on so slow a line."""
_FIRST_OF_OURS: Final = "0"
_MOST_LISTED: Final = 4_000_000
_RETRY: Final[RetryConfig] = {
    "max_retries": 2,
    "retry_timeout": timedelta(seconds=20),
    "backoff": {"init_backoff": timedelta(seconds=0.5), "max_backoff": timedelta(seconds=5), "base": 2},
}
_CODE: Final = re.compile(r"<Code>\s*(\w{1,60})\s*</Code>")
_STATUS: Final = re.compile(r"(?:non-2xx status code|\(code): (\d{3})\b")
_BY_CODE: Final = {
    "AccountIsDisabled": Trouble.REFUSED,
    "AuthenticationFailed": Trouble.REFUSED,
    "AuthorizationFailure": Trouble.REFUSED,
    "ContainerBeingDeleted": Trouble.ABSENT,
    "ContainerNotFound": Trouble.ABSENT,
    "EntityTooLarge": Trouble.TOO_LARGE,
    "ExpiredToken": Trouble.REFUSED,
    "InsufficientAccountPermissions": Trouble.READ_ONLY,
    "InvalidAccessKeyId": Trouble.REFUSED,
    "NoSuchBucket": Trouble.ABSENT,
    "QuotaExceeded": Trouble.FULL,
    "RequestBodyTooLarge": Trouble.TOO_LARGE,
    "RequestTimeTooSkewed": Trouble.CLOCK,
    "ServerBusy": Trouble.BUSY,
    "SignatureDoesNotMatch": Trouble.REFUSED,
    "SlowDown": Trouble.BUSY,
    "XMinioStorageFull": Trouble.FULL,
}
_BY_STATUS: Final = {
    401: Trouble.REFUSED,
    407: Trouble.REFUSED,
    413: Trouble.TOO_LARGE,
    507: Trouble.FULL,
} | dict.fromkeys((408, 423, 425, 429, 502, 503, 504), Trouble.BUSY)
_UNTRUSTED: Final = ("invalid peer certificate", "certificate verify failed", "UnknownIssuer")
_NO_CONNECTION: Final = ("kind: Connect,", "dns error")

_Done = TypeVar("_Done")


def s3_store(address: S3Address, credentials: Credentials) -> ObjectStore:
    """The store that an S3 address names, without the shell's keys. Raises CredentialsUnusable."""
    check_plain(credentials.user, credentials.secret)
    endpoint = address.endpoint or f"https://s3.{address.region}.amazonaws.com"

    def keys() -> S3Credential:
        return {
            "access_key_id": credentials.user,
            "secret_access_key": credentials.secret,
            "token": None,
            "expires_at": None,
        }

    return S3Store(
        address.bucket,
        prefix=address.prefix or None,
        endpoint=endpoint,
        region=address.region,
        virtual_hosted_style_request=False,
        skip_signature=False,
        credential_provider=keys,
        client_options=_client(endpoint),
        retry_config=_RETRY,
    )


def azure_store(address: AzureAddress, credentials: Credentials) -> ObjectStore:
    """The store that an Azure address names, in the same way."""
    endpoint = address.endpoint or f"https://{address.account}.blob.core.windows.net"
    secret = credentials.secret.lstrip("?")
    check_plain(secret)

    def keys() -> AzureCredential:
        if "sig=" in secret:
            return {"sas_token": secret, "expires_at": None}
        return {"access_key": secret, "expires_at": None}

    return AzureStore(
        address.container,
        prefix=address.prefix or None,
        account_name=address.account,
        endpoint=endpoint,
        use_emulator=False,
        skip_signature=False,
        credential_provider=keys,
        client_options=_client(endpoint),
        retry_config=_RETRY,
    )


class ObjectStorePlace:
    """Objects under their names below the store's prefix."""

    parallel = REQUESTS

    def __init__(self, store: ObjectStore) -> None:
        self._store = store
        self._loop = RequestLoop()

    def put(self, name: str, content: bytes, stop: Stop) -> Stored | Failed:
        """See Place. In one piece: what is left of a stopped upload in parts costs money, unseen."""
        checked_name(name)
        return self._loop.run(lambda: self._put(name, content), stop)

    def get(
        self, name: str, stop: Stop, at_most: int = LARGEST_OBJECT
    ) -> Content | Missing | NotYet | Failed:
        """See Place."""
        checked_found_name(name)
        return self._loop.run(lambda: self._get(name, at_most), stop)

    def list(self, prefix: str, stop: Stop) -> Listing | Failed:
        """See Place. One request for each thousand objects."""
        checked_prefix(prefix)
        return self._loop.run(lambda: self._list(prefix), stop)

    def delete(self, name: str, stop: Stop) -> Deleted | Failed:
        """See Place."""
        checked_name(name)
        return self._loop.run(lambda: self._delete(name), stop)

    def close(self) -> None:
        """See Place."""
        self._loop.close()

    async def _put(self, name: str, content: bytes) -> Stored | Failed:
        async def put() -> Stored:
            await obstore.put_async(self._store, name, content, use_multipart=False)
            return Stored()

        return await _told(put(), _allowed_s(len(content)), is_write=True)

    async def _get(self, name: str, at_most: int) -> Content | Missing | NotYet | Failed:
        async def get() -> Content | NotYet | Failed:
            found = await obstore.get_async(self._store, name)
            size = found.meta["size"]
            if size > at_most:
                return failed(Trouble.TOO_LARGE)
            async with asyncio.timeout(_allowed_s(size)):
                content = bytes(await found.bytes_async())
            return Content(content, _tag(found.meta["e_tag"])) if content else NotYet()

        answer = await _told(get(), _allowed_s(at_most))
        return Missing() if answer == _NOTHING else answer

    async def _list(self, prefix: str) -> Listing | Failed:
        async def look() -> Listing:
            return Listing(await self._below(prefix))

        answer = await _told(look(), 20 * PATIENCE_S)
        return failed(Trouble.ABSENT) if answer == _NOTHING else answer

    async def _below(self, prefix: str) -> tuple[Entry, ...]:
        """All objects below a directory, a foreign key that obstore cannot read left out."""
        try:
            return await self._all(prefix)
        except InvalidPathError:
            pass
        try:
            level = await obstore.list_with_delimiter_async(self._store, prefix or None)
        except InvalidPathError:
            return await self._behind_odd_keys(prefix)
        entries = _entries(level["objects"])
        for directory in level["common_prefixes"]:
            if is_directory(directory.rstrip("/")):
                entries += await self._below(f"{directory.rstrip('/')}/")
        return tuple(entries)

    async def _behind_odd_keys(self, prefix: str) -> tuple[Entry, ...]:
        """From the first name on that this program gives: those are hexadecimal, and odd ones sort before."""
        try:
            return await self._all(prefix, f"{prefix}{_FIRST_OF_OURS}")
        except InvalidPathError:
            return ()

    async def _all(self, prefix: str, after: str | None = None) -> tuple[Entry, ...]:
        entries = []
        async for some in obstore.list(self._store, prefix or None, offset=after, chunk_size=1000):
            entries += _entries(some)
            if len(entries) > _MOST_LISTED:
                break
        return tuple(entries)

    async def _delete(self, name: str) -> Deleted | Failed:
        async def delete() -> Deleted:
            await obstore.delete_async(self._store, name)
            return Deleted()

        answer = await _told(delete(), PATIENCE_S, is_write=True)
        return Deleted() if answer == _NOTHING else answer


def _entries(found: Sequence[ObjectMeta]) -> list[Entry]:
    named = (each for each in found if is_object(each["path"]))
    return [Entry(each["path"], each["size"], _tag(each["e_tag"])) for each in named]


_NOTHING: Final = Failed(Trouble.ABSENT, status=404)
"""What was asked for is not there, and the bucket or container is, as far as the answer says."""


async def _told(
    act: Coroutine[Any, Any, _Done], within_s: float, *, is_write: bool = False
) -> _Done | Failed:
    """What came of it. The library's messages are read here and go no further: they quote addresses."""
    forbidden = Trouble.READ_ONLY if is_write else Trouble.REFUSED
    try:
        async with asyncio.timeout(within_s):
            return await act
    except TimeoutError:
        return failed(Trouble.CUT)
    except FileNotFoundError as refused:
        told = _trouble(str(refused), forbidden)
        return told if told.trouble is Trouble.ABSENT and not told.status else _NOTHING
    except UnauthenticatedError:
        return failed(Trouble.REFUSED, status=401)
    except (BaseError, OSError, ValueError) as refused:
        return _trouble(str(refused), forbidden)


def _trouble(message: str, forbidden: Trouble) -> Failed:
    code, status = _CODE.search(message), _STATUS.search(message)
    if code and (named := _BY_CODE.get(code[1])):
        return failed(named)
    if status:
        number = int(status[1])
        usual = forbidden if number == 403 else Trouble.ODD
        return failed(_BY_STATUS.get(number, usual), status=number)
    if any(words in message for words in _UNTRUSTED):
        return failed(Trouble.UNTRUSTED)
    if any(words in message for words in _NO_CONNECTION):
        return failed(Trouble.UNREACHABLE)
    return failed(Trouble.CUT if "error sending request" in message else Trouble.ODD)


def _tag(e_tag: str | None) -> str:
    """Azure quotes it in one answer and not in the other."""
    return (e_tag or "").strip('"')


def _allowed_s(size: int) -> float:
    return PATIENCE_S + size / SLOWEST_BYTES_S


def _client(endpoint: str) -> ClientConfig:
    """Connections of one endpoint, through the system's proxy where it has one."""
    scheme, _, rest = endpoint.partition("://")
    proxy = getproxies().get(scheme)
    options: ClientConfig = {
        "allow_http": scheme == "http",  # the address allows it on this machine only
        "connect_timeout": "10s",
        "timeout": "24h",  # the verbs have their own
        "user_agent": "Banso",
    }
    if proxy and not proxy_bypass(rest.partition("/")[0].partition(":")[0]):
        options["proxy_url"] = proxy
    return options
