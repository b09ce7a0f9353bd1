"""What object stores answer once in a year: S3 and Azure through the same adapter."""

import logging
import os
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit
from xml.sax.saxutils import escape

import pytest

from app.sharing.places import object_store
from app.sharing.places.address import AzureAddress, S3Address
from app.sharing.places.credentials import Credentials
from app.sharing.places.object_store import ObjectStorePlace, azure_store, s3_store
from app.sharing.places.place import Content, Failed, Listing, Missing, Place, Stored, Trouble
from app.sharing.places.stopping import Stop
from tests.sharing.places import servers
from tests.sharing.places.scripted import Answer, Asked, Scripted, scripted_server
from tests.sharing.places.servers import ServerMissing

NAME = "h/00112233445566778899aabbccddeeff.osy"
MARK = "cGxhbnRlZC1zZWNyZXQtNDcxMQ=="
STATUSES = {
    "AccessDenied": 403,
    "AuthenticationFailed": 403,
    "ContainerNotFound": 404,
    "EntityTooLarge": 400,
    "InvalidAccessKeyId": 403,
    "NoSuchBucket": 404,
    "QuotaExceeded": 403,
    "RequestTimeTooSkewed": 403,
    "ServerBusy": 503,
    "SignatureDoesNotMatch": 403,
    "SlowDown": 503,
    "XMinioStorageFull": 507,
}


@pytest.fixture(autouse=True)
def no_retries(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library's own pauses would make the tests slow."""
    monkeypatch.setitem(object_store._RETRY, "max_retries", 0)


@pytest.fixture(params=["s3", "azure"])
def place(request: pytest.FixtureRequest, server: Scripted) -> Iterator[ObjectStorePlace]:
    endpoint = f"http://127.0.0.1:{server.port}"
    place = ObjectStorePlace(
        s3_store(S3Address("vault", "team", endpoint, "jp-1"), Credentials("ito", MARK))
        if request.param == "s3"
        else azure_store(AzureAddress("ito", "vault", "team", endpoint), Credentials("ito", MARK))
    )
    yield place
    place.close()


def error(code: str) -> Answer:
    return Answer(STATUSES[code], f"<Error><Code>{code}</Code><Message>{MARK}</Message></Error>".encode())


def trouble_of(answer: object) -> Trouble:
    assert isinstance(answer, Failed), answer
    return answer.trouble


@pytest.mark.parametrize(
    ("code", "writing", "reading"),
    [
        ("AccessDenied", Trouble.READ_ONLY, Trouble.REFUSED),
        ("AuthenticationFailed", Trouble.REFUSED, Trouble.REFUSED),
        ("ContainerNotFound", Trouble.ABSENT, Trouble.ABSENT),
        ("EntityTooLarge", Trouble.TOO_LARGE, Trouble.TOO_LARGE),
        ("InvalidAccessKeyId", Trouble.REFUSED, Trouble.REFUSED),
        ("NoSuchBucket", Trouble.ABSENT, Trouble.ABSENT),
        ("QuotaExceeded", Trouble.FULL, Trouble.FULL),
        ("RequestTimeTooSkewed", Trouble.CLOCK, Trouble.CLOCK),
        ("ServerBusy", Trouble.BUSY, Trouble.BUSY),
        ("SignatureDoesNotMatch", Trouble.REFUSED, Trouble.REFUSED),
        ("SlowDown", Trouble.BUSY, Trouble.BUSY),
        ("XMinioStorageFull", Trouble.FULL, Trouble.FULL),
    ],
)
def test_a_code_is_told(
    server: Scripted, place: Place, code: str, writing: Trouble, reading: Trouble
) -> None:
    server.says(error(code))
    assert trouble_of(place.put(NAME, b"x", Stop())) is writing
    assert trouble_of(place.get(NAME, Stop())) is reading
    assert trouble_of(place.list("h/", Stop())) is reading


@pytest.mark.parametrize(
    ("status", "trouble"),
    [
        (401, Trouble.REFUSED),
        (413, Trouble.TOO_LARGE),
        (429, Trouble.BUSY),
        (500, Trouble.ODD),
        (502, Trouble.BUSY),
        (507, Trouble.FULL),
    ],
)
def test_a_status_without_a_code_is_told(
    server: Scripted, place: Place, status: int, trouble: Trouble
) -> None:
    server.says(Answer(status))
    assert trouble_of(place.put(NAME, b"x", Stop())) is trouble


def test_an_unknown_name_is_missing(server: Scripted, place: Place) -> None:
    server.says(Answer(404, b"<Error><Code>NoSuchKey</Code></Error>"))
    assert place.get(NAME, Stop()) == Missing()


def test_an_answer_that_is_no_listing_is_told(server: Scripted, place: Place) -> None:
    for body in (b"<html>Log in", b"", b'<!DOCTYPE x [<!ENTITY a "a">]><x>&a;</x>'):
        server.says(Answer(200, body))
        assert place.list("h/", Stop()) in (Listing(()), *(Failed(Trouble.ODD, 300.0, n) for n in (0, 200)))


def test_a_verb_that_takes_too_long_ends(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(object_store, "PATIENCE_S", 0.0)
    monkeypatch.setattr(object_store, "SLOWEST_BYTES_S", 1e12)
    assert trouble_of(place.put(NAME, b"x", Stop())) is Trouble.CUT


def test_nothing_secret_gets_into_logs_or_results(
    server: Scripted, place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    said: list[object] = []
    for code in STATUSES:
        server.says(error(code))
        said += [place.put(NAME, b"x", Stop()), place.list("h/", Stop()), place.delete(NAME, Stop())]
    assert MARK not in f"{said} {caplog.text}"


def test_the_way_leads_through_the_proxy_that_the_system_names(
    server: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    with scripted_server() as proxy:
        proxy.says(
            Answer(
                200, b"through the proxy", {"ETag": '"1"', "Last-Modified": "Thu, 02 Apr 2026 00:00:00 GMT"}
            )
        )
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{proxy.port}")
        endpoint = f"http://127.0.0.1:{server.port}"
        place = ObjectStorePlace(s3_store(S3Address("vault", "", endpoint, "jp-1"), Credentials("ito", MARK)))
        answer = place.get(NAME, Stop())
        place.close()
        assert answer == Content(b"through the proxy", "1")
    assert server.asked == []


def test_the_shells_own_keys_are_not_used(server: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.setitem(os.environ, name, "FROMTHESHELL")
    monkeypatch.setitem(os.environ, "AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    server.says(Answer(404))
    endpoint = f"http://127.0.0.1:{server.port}"
    place = ObjectStorePlace(s3_store(S3Address("vault", "", endpoint, "jp-1"), Credentials("ito", MARK)))
    place.get(NAME, Stop())
    place.close()
    assert "Credential=ito/" in server.asked[0].headers["authorization"]
    assert "FROMTHESHELL" not in f"{server.asked[0].headers}"


@pytest.mark.servers
def test_a_gateway_whose_quota_is_used_up_is_full_and_still_gives() -> None:
    try:
        with servers.rados_gateway() as gateway:
            endpoint = f"http://127.0.0.1:{gateway.port}"
            address = S3Address("vault", "", endpoint, "us-east-1")
            place = ObjectStorePlace(s3_store(address, Credentials(servers.USER, servers.SECRET)))
            assert place.put(NAME, b"old", Stop()) == Stored()
            gateway.limit(4096)
            assert trouble_of(place.put("b/x.osy", bytes(range(256)) * 1000, Stop())) is Trouble.FULL
            listing = place.list("", Stop())
            assert isinstance(listing, Listing)
            assert [entry.name for entry in listing.entries] == [NAME]
            gateway.limit(None)
            assert place.put("b/x.osy", b"new", Stop()) == Stored()
            place.close()
    except ServerMissing as missing:
        pytest.fail(f"not installed: {missing}")


def a_bucket(*keys: str) -> bytes:
    """All of a bucket as S3 lists it; prefix, delimiter and start-after are for the server to mind."""
    rows = "".join(
        f"<Contents><Key>{key}</Key><LastModified>2025-07-22T00:00:00.000Z</LastModified>"
        "<ETag>&quot;t&quot;</ETag><Size>7</Size></Contents>"
        for key in keys
    )
    head = "<ListBucketResult><Name>v</Name><IsTruncated>false</IsTruncated>"
    return f"{head}{rows}</ListBucketResult>".encode()


class Bucket:
    """Answers listings as S3 does: by prefix, by level, and from a key on."""

    def __init__(self, *keys: str) -> None:
        self._keys = sorted(keys)

    def told(self, asked: Asked) -> Answer:
        wanted = dict(parse_qsl(urlsplit(asked.path).query))
        prefix, after = wanted.get("prefix", ""), wanted.get("start-after", "")
        found = [key for key in self._keys if key.startswith(prefix) and key > after]
        if "delimiter" not in wanted:
            return Answer(200, a_bucket(*map(escape, found)))
        rests = [key[len(prefix) :] for key in found]
        levels = {f"{prefix}{rest.partition('/')[0]}/" for rest in rests if "/" in rest}
        body = a_bucket(*(escape(prefix + rest) for rest in rests if "/" not in rest))
        told = "".join(f"<CommonPrefixes><Prefix>{escape(each)}</Prefix></CommonPrefixes>" for each in levels)
        return Answer(200, body.replace(b"</ListBucketResult>", f"{told}</ListBucketResult>".encode()))


@pytest.mark.parametrize(
    "odd", ["team/{}/x", "team/{}../x", "team/{}\x0bx", "team/{}", "team/{}名前 (1).txt"]
)
@pytest.mark.parametrize("where", ["s/", "s/{0}/", "s/{0}/00000/", "k/"])
def test_a_foreign_key_costs_no_more_than_itself(
    server: Scripted, monkeypatch: pytest.MonkeyPatch, odd: str, where: str
) -> None:
    device = "00112233445566778899aabbccddeeff"
    other = device[::-1]
    names = [f"s/{each}/00000/0011aabb-{{:08}}-{each}.osy" for each in (device, other)]
    ours = {name.format(number) for name in names for number in range(3)}
    bucket = Bucket(*(f"team/{key}" for key in ours), odd.format(where.format(device)))
    monkeypatch.setattr(server, "told", bucket.told)
    place = ObjectStorePlace(
        s3_store(
            S3Address("vault", "team", f"http://127.0.0.1:{server.port}", "jp-1"), Credentials("ito", MARK)
        )
    )
    listing = place.list("s/", Stop())
    place.close()
    assert isinstance(listing, Listing)
    assert {entry.name for entry in listing.entries} == ours
