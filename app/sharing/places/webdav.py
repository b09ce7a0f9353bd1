"""A WebDAV collection (RFC 4918) as a 置き場: Nextcloud, Apache, a NAS.

Directories are made when a put finds them missing; the collection itself is never made. Redirections are not
followed: they would carry the password elsewhere.
"""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import partial
from typing import Final, TypeVar
from urllib.parse import quote, unquote, urlsplit

import httpx
import truststore

from app.sharing.places.address import WebDavAddress
from app.sharing.places.credentials import Credentials
from app.sharing.places.login import Login
from app.sharing.places.multistatus import QUESTION, Multistatus, OddAnswer, Resource
from app.sharing.places.names import (
    checked_found_name,
    checked_name,
    checked_prefix,
    is_directory,
    is_object,
)
from app.sharing.places.patience import Patience, retry_after_s
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
from app.sharing.places.stopping import Stop

CONNECTIONS: Final = 8
MOST_DIRECTORIES: Final = 2000
"""On one level; the layout makes one for each device, one for each thousand segments, 256 for blobs."""
_TIMEOUT: Final = httpx.Timeout(30.0, connect=10.0, pool=None)
_TROUBLES: Final = {
    401: Trouble.REFUSED,
    403: Trouble.REFUSED,
    407: Trouble.REFUSED,
    413: Trouble.TOO_LARGE,
    507: Trouble.FULL,
} | dict.fromkeys((408, 423, 425, 429, 502, 503, 504), Trouble.BUSY)
_STORED: Final = frozenset((200, 201, 204))
_NO_PARENT: Final = frozenset((404, 409))
_MADE: Final = frozenset((201, 405))
_GONE: Final = frozenset((404, 410))

_Done = TypeVar("_Done")
_Headers = dict[str, str]


@dataclass(frozen=True, slots=True)
class _Seen:
    """One directory: its objects, the directories in it, and the server's clock."""

    entries: tuple[Entry, ...]
    directories: tuple[str, ...]
    server_ms: int | None


class WebDavPlace:
    """Objects as files below a collection."""

    parallel = CONNECTIONS

    def __init__(
        self,
        address: WebDavAddress,
        credentials: Credentials | None,
        *,
        trust: ssl.SSLContext | None = None,
        patience: Patience | None = None,
    ) -> None:
        self._root = address.url
        self._root_path = unquote(urlsplit(address.url).path)
        self._patience = patience or Patience()
        self._loop = RequestLoop()
        self._client = httpx.AsyncClient(
            auth=Login(credentials.user, credentials.secret) if credentials else None,
            verify=trust or truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
            limits=httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS),
            timeout=_TIMEOUT,
            headers={"Accept-Encoding": "identity", "Cache-Control": "no-cache", "User-Agent": "Banso"},
        )

    def put(self, name: str, content: bytes, stop: Stop) -> Stored | Failed:
        """See Place."""
        checked_name(name)
        return self._loop.run(lambda: self._patience.through(lambda: self._put(name, content)), stop)

    def get(
        self, name: str, stop: Stop, at_most: int = LARGEST_OBJECT
    ) -> Content | Missing | NotYet | Failed:
        """See Place."""
        checked_found_name(name)
        return self._loop.run(lambda: self._patience.through(lambda: self._get(name, at_most)), stop)

    def list(self, prefix: str, stop: Stop) -> Listing | Failed:
        """See Place. One request for each directory."""
        checked_prefix(prefix)
        return self._loop.run(lambda: self._list(prefix), stop)

    def delete(self, name: str, stop: Stop) -> Deleted | Failed:
        """See Place."""
        checked_name(name)
        return self._loop.run(lambda: self._patience.through(lambda: self._delete(name)), stop)

    def close(self) -> None:
        """See Place."""
        self._loop.close(self._client.aclose)

    async def _put(self, name: str, content: bytes) -> Stored | Failed:
        answer = await self._in_directory(name, lambda: self._send("PUT", name, content))
        if isinstance(answer, Failed):
            return answer
        return Stored() if answer in _STORED else _refused_write(answer)

    async def _make(self, directory: str) -> Stored | Failed:
        """Make a directory, and those above it where they are missing too."""
        if not directory:
            return failed(Trouble.ABSENT)
        answer = await self._in_directory(directory, lambda: self._send("MKCOL", f"{directory}/"))
        if isinstance(answer, Failed):
            return answer
        return Stored() if answer in _MADE else _refused_write(answer)

    async def _in_directory(self, name: str, attempt: Callable[[], Awaitable[int | Failed]]) -> int | Failed:
        """What came of the attempt; where its directory was missing, once that is there.

        Of two who make one directory at once Apache refuses one with 403; whether it is there, the attempt
        tells.
        """
        answer = await attempt()
        if isinstance(answer, Failed) or answer not in _NO_PARENT:
            return answer
        made = await self._make(name.rpartition("/")[0])
        if isinstance(made, Failed) and made.trouble is not Trouble.READ_ONLY:
            return made
        again = await attempt()
        return made if isinstance(made, Failed) and again in _NO_PARENT else again

    async def _delete(self, name: str) -> Deleted | Failed:
        answer = await self._send("DELETE", name)
        if isinstance(answer, Failed):
            return answer
        return Deleted() if answer in _STORED | _GONE else _refused_write(answer)

    async def _send(self, method: str, name: str, content: bytes | None = None) -> int | Failed:
        """The status of the answer, or what is wrong whatever was asked."""

        async def send() -> int | Failed:
            async with self._answer(method, name, content) as answer:
                return self._trouble(answer) or answer.status_code

        return await _through_the_line(send)

    async def _get(self, name: str, at_most: int) -> Content | Missing | NotYet | Failed:
        async def receive() -> Content | Missing | NotYet | Failed:
            async with self._answer("GET", name) as answer:
                if answer.status_code in _GONE:
                    return Missing()
                if (trouble := self._trouble(answer)) or answer.status_code != 200:
                    return trouble or _refused(answer.status_code)
                if answer.headers.get("Content-Encoding", "identity") != "identity":
                    return failed(Trouble.ODD)
                content = await _received(answer, at_most)
            if content is None:
                return failed(Trouble.TOO_LARGE)
            return Content(content, answer.headers.get("ETag", "").strip('"')) if content else NotYet()

        return await _through_the_line(receive)

    async def _list(self, prefix: str) -> Listing | Failed:
        entries: list[Entry] = []
        server_ms = None
        level = [prefix]
        while level:
            looks = [self._patience.through(partial(self._look, below)) for below in level]
            level = []
            for seen in await asyncio.gather(*looks):
                if isinstance(seen, Failed):
                    return seen
                entries += seen.entries
                level += seen.directories
                server_ms = seen.server_ms or server_ms
            del level[MOST_DIRECTORIES:]
        return Listing(tuple(entries), server_ms)

    async def _look(self, below: str) -> _Seen | Failed:
        async def look() -> _Seen | Failed:
            headers = {"Depth": "1", "Content-Type": "application/xml"}
            async with self._answer("PROPFIND", below, QUESTION, headers) as answer:
                server_ms = _clock_ms(answer.headers.get("Date", ""))
                if answer.status_code in _GONE:
                    return _Seen((), (), server_ms) if below else failed(Trouble.ABSENT)
                if (trouble := self._trouble(answer)) or answer.status_code != 207:
                    return trouble or _refused(answer.status_code)
                if answer.headers.get("Content-Encoding", "identity") != "identity":
                    return failed(Trouble.ODD)
                told = Multistatus()
                async for piece in answer.aiter_raw():
                    told.feed(piece)
                return self._seen(told.close(), below, server_ms)

        try:
            return await _through_the_line(look)
        except OddAnswer:
            return failed(Trouble.ODD, status=207)

    def _seen(self, resources: Iterable[Resource], below: str, server_ms: int | None) -> _Seen:
        named = [(self._name(resource.href, below), resource) for resource in resources]
        return _Seen(
            tuple(
                Entry(name, each.size or 0, each.tag.strip('"'))
                for name, each in named
                if name and name[-1] != "/"
            ),
            tuple(name for name, _ in named if name.endswith("/")),
            server_ms,
        )

    def _name(self, href: str, below: str) -> str:
        """The object's name, or a directory's with a slash at its end; empty for all else."""
        path = unquote(urlsplit(href).path if "://" in href else href.partition("?")[0], errors="replace")
        directory = self._root_path + below
        name = path[len(self._root_path) :]
        rest = path[len(directory) :].rstrip("/")
        if not path.startswith(directory) or not rest or "/" in rest:
            return ""
        if path.endswith("/"):
            return name if is_directory(name.rstrip("/")) else ""
        return name if is_object(name) else ""

    @asynccontextmanager
    async def _answer(
        self, method: str, name: str, content: bytes | None = None, headers: _Headers | None = None
    ) -> AsyncIterator[httpx.Response]:
        url = self._root + quote(name)
        async with self._client.stream(method, url, content=content, headers=headers) as answer:
            yield answer

    def _trouble(self, answer: httpx.Response) -> Failed | None:
        trouble = _TROUBLES.get(answer.status_code)
        if trouble is None:
            return None
        after_s = retry_after_s(answer.headers.get("Retry-After", ""), time.time())
        if trouble is Trouble.BUSY and after_s:
            self._patience.asked_for(after_s)
        is_refused_write = answer.status_code == 403 and answer.request.method in {"PUT", "MKCOL", "DELETE"}
        return failed(
            Trouble.READ_ONLY if is_refused_write else trouble,
            retry_after_s=after_s if trouble in {Trouble.BUSY, Trouble.FULL} else None,
            status=answer.status_code,
        )


async def _through_the_line(ask: Callable[[], Awaitable[_Done | Failed]]) -> _Done | Failed:
    """The answer, or why none came. What the library says about it is dropped: it quotes addresses."""
    try:
        return await ask()
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError) as refused:
        return failed(Trouble.UNTRUSTED if _is_untrusted(refused) else Trouble.UNREACHABLE)
    except httpx.TransportError:
        return failed(Trouble.CUT)


def _is_untrusted(refused: BaseException) -> bool:
    """Does the failure come from a certificate that does not hold?"""
    cause: BaseException | None = refused
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError) or "CERTIFICATE_VERIFY_FAILED" in str(cause):
            return True
        cause = cause.__cause__ or cause.__context__
    return False


async def _received(answer: httpx.Response, at_most: int) -> bytes | None:
    """The body as it came; None if it is longer than `at_most`."""
    content = bytearray()
    async for piece in answer.aiter_raw():
        content += piece
        if len(content) > at_most:
            return None
    return bytes(content)


def _refused(status: int) -> Failed:
    return failed(Trouble.ODD, status=status)


def _refused_write(status: int) -> Failed:
    return failed(Trouble.ABSENT if status in _NO_PARENT else Trouble.ODD, status=status)


def _clock_ms(date: str) -> int | None:
    try:
        return int(parsedate_to_datetime(date).timestamp() * 1000)
    except (ValueError, OverflowError):
        return None
