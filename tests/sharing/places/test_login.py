"""A server that takes no Basic gets Digest; nothing else is ever asked of the person."""

import hashlib
import re
from collections.abc import Iterator

import pytest

from app.sharing.places.address import WebDavAddress
from app.sharing.places.credentials import Credentials
from app.sharing.places.place import Content, Failed, Stored, Trouble
from app.sharing.places.stopping import Stop
from app.sharing.places.webdav import WebDavPlace
from tests.sharing.places.scripted import Answer, Asked, Scripted

NAME = "h/00112233445566778899aabbccddeeff.osy"
USER, SECRET = "ito", "水の山 4711"
CHALLENGE = 'Digest realm="team", nonce="{}", qop="auth", algorithm=SHA-256'


@pytest.fixture
def place(server: Scripted) -> Iterator[WebDavPlace]:
    place = WebDavPlace(WebDavAddress(server.url), Credentials(USER, SECRET))
    yield place
    place.close()


def refusal(*challenges: str) -> Answer:
    return Answer(401, headers={"WWW-Authenticate": ", ".join(challenges)})


def sha256(*parts: str) -> str:
    return hashlib.sha256(":".join(parts).encode()).hexdigest()


def is_right(asked: Asked, nonce: str) -> bool:
    """Whether the answer to the challenge is what RFC 7616 makes of the password."""
    said = asked.headers["Authorization"]
    told = dict(re.findall(r'(\w+)="?([^",]+)"?', said.removeprefix("Digest ")))
    inner = sha256(USER, "team", SECRET), sha256(asked.method, told["uri"])
    wanted = sha256(inner[0], nonce, told["nc"], told["cnonce"], "auth", inner[1])
    return said.startswith("Digest ") and told["response"] == wanted


def test_digest_is_spoken_once_a_server_asks_for_it(server: Scripted, place: WebDavPlace) -> None:
    server.says(refusal(CHALLENGE.format("one")), Answer(201), Answer(200, b"content"))
    assert place.put(NAME, b"content", Stop()) == Stored()
    assert place.get(NAME, Stop()) == Content(b"content")
    first, *others = server.asked
    assert first.headers["Authorization"].startswith("Basic ")
    assert [is_right(each, "one") for each in others] == [True, True]
    assert [each.body for each in server.asked] == [b"content", b"content", b""]


def test_a_nonce_that_grew_old_is_answered_anew(server: Scripted, place: WebDavPlace) -> None:
    server.says(
        refusal(CHALLENGE.format("one")),
        Answer(200, b"content"),
        refusal(CHALLENGE.format("two") + ", stale=true"),
        Answer(200, b"more"),
    )
    assert place.get(NAME, Stop()) == Content(b"content")
    assert place.get(NAME, Stop()) == Content(b"more")
    assert is_right(server.asked[-1], "two")


@pytest.mark.parametrize(
    "challenge",
    [
        'Basic realm="team"',
        'Digest realm="team", nonce="one", qop="auth-int"',
        'Digest realm="team", nonce="one", algorithm=SECRET-9',
        'Digest realm="team"',
        "Negotiate",
        "",
    ],
)
def test_what_is_refused_all_the_same_is_told(server: Scripted, place: WebDavPlace, challenge: str) -> None:
    server.says(refusal(challenge))
    answer = place.get(NAME, Stop())
    assert isinstance(answer, Failed)
    assert (answer.trouble, answer.status) == (Trouble.REFUSED, 401)
    assert len(server.asked) <= 2
