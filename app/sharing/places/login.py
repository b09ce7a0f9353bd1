"""The password of a WebDAV server: Basic (RFC 7617), or Digest (RFC 7616) where that alone is taken."""

from __future__ import annotations

from collections.abc import Generator

import httpx

_REFUSED = 401


class Login(httpx.Auth):
    """Basic with every request, until a server asks for Digest; then that, without a further question."""

    def __init__(self, user: str, secret: str) -> None:
        self._basic = httpx.BasicAuth(user, secret)
        self._digest = httpx.DigestAuth(user, secret)
        self._wants_digest = False

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """See httpx.Auth. A kind of Digest that httpx does not know leaves the refusal as it is."""
        try:
            if self._wants_digest:
                yield from self._digest.auth_flow(request)
                return
            answer = yield next(self._basic.auth_flow(request))
            if answer.status_code == _REFUSED and _asks_for_digest(answer):
                self._wants_digest = True
                del request.headers["Authorization"]
                answering = self._digest.auth_flow(request)
                next(answering)  # what it would ask first was answered already
                yield answering.send(answer)
        except (KeyError, NotImplementedError, httpx.ProtocolError):
            return


def _asks_for_digest(answer: httpx.Response) -> bool:
    challenges = [each.strip().lower() for each in answer.headers.get_list("WWW-Authenticate")]
    takes_basic = any(each.startswith("basic") for each in challenges)
    return not takes_basic and any(each.startswith("digest") for each in challenges)
