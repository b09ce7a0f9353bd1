"""What WebDAV servers answer once in a year, and what the adapter asks of them."""

import logging
import ssl
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import formatdate
from ipaddress import IPv4Address
from pathlib import Path

import pytest
import truststore
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from app.sharing.places import webdav
from app.sharing.places.address import WebDavAddress
from app.sharing.places.credentials import Credentials
from app.sharing.places.patience import Patience
from app.sharing.places.place import (
    Content,
    Deleted,
    Entry,
    Failed,
    Listing,
    Missing,
    NotYet,
    Place,
    Stored,
    Trouble,
)
from app.sharing.places.stopping import Stop
from app.sharing.places.webdav import WebDavPlace
from tests.sharing.places import servers
from tests.sharing.places.conftest import site_or_skip
from tests.sharing.places.scripted import Answer, Scripted, scripted_server
from tests.sharing.places.sites import Site
from tests.troubled_disk import fill, small_disk

NAME = "h/00112233445566778899aabbccddeeff.osy"
MARK = "planted-secret-4711"


async def no_pause(_: float) -> None:
    pass


@pytest.fixture
def place(server: Scripted) -> Iterator[WebDavPlace]:
    place = WebDavPlace(WebDavAddress(server.url), Credentials("ito", MARK), patience=Patience(no_pause))
    yield place
    place.close()


def trouble_of(answer: object) -> tuple[Trouble, float | None]:
    assert isinstance(answer, Failed), answer
    return answer.trouble, answer.retry_after_s


def listed(*hrefs: str) -> bytes:
    rows = "".join(
        f"<response><href>{href}</href><propstat><prop><getcontentlength>7</getcontentlength>"
        "<getetag>&quot;t&quot;</getetag></prop></propstat></response>"
        for href in hrefs
    )
    return f'<multistatus xmlns="DAV:">{rows}</multistatus>'.encode()


class TestStatuses:
    @pytest.mark.parametrize(
        ("status", "trouble", "is_tried_again"),
        [
            (401, Trouble.REFUSED, False),
            (403, Trouble.READ_ONLY, False),
            (407, Trouble.REFUSED, False),
            (413, Trouble.TOO_LARGE, False),
            (423, Trouble.BUSY, True),
            (429, Trouble.BUSY, True),
            (500, Trouble.ODD, False),
            (502, Trouble.BUSY, True),
            (503, Trouble.BUSY, True),
            (507, Trouble.FULL, False),
            (302, Trouble.ODD, False),
            (418, Trouble.ODD, False),
        ],
    )
    def test_a_refused_put_is_told(
        self, server: Scripted, place: Place, status: int, trouble: Trouble, is_tried_again: bool
    ) -> None:
        server.says(Answer(status))
        answer = place.put(NAME, b"x", Stop())
        assert isinstance(answer, Failed)
        assert (answer.trouble, answer.status) == (trouble, status)
        assert len(server.asked) == (3 if is_tried_again else 1)

    def test_a_lock_that_passes_costs_nothing(self, server: Scripted, place: Place) -> None:
        server.says(Answer(423), Answer(201))
        assert place.put(NAME, b"x", Stop()) == Stored()

    @pytest.mark.parametrize("as_date", [False, True])
    def test_a_server_that_asks_for_patience_gets_it(
        self, server: Scripted, place: Place, as_date: bool
    ) -> None:
        header = formatdate(time.time() + 900, usegmt=True) if as_date else "900"
        server.says(Answer(503, headers={"Retry-After": header}))
        for answer in (place.put(NAME, b"x", Stop()), place.get(NAME, Stop()), place.list("h/", Stop())):
            trouble, after_s = trouble_of(answer)
            assert trouble is Trouble.BUSY
            assert after_s is not None
            assert 30 < after_s <= 900
        assert len(server.asked) == 1

    def test_a_full_server_may_say_when_to_come_back(self, server: Scripted, place: Place) -> None:
        server.says(Answer(507, headers={"Retry-After": "3600"}))
        assert trouble_of(place.put(NAME, b"x", Stop())) == (Trouble.FULL, 3600.0)
        server.says(Answer(200, b"x"))
        assert place.get(NAME, Stop()) == Content(b"x")

    def test_a_password_is_not_carried_elsewhere(self, server: Scripted, place: Place) -> None:
        with scripted_server() as other:
            server.says(Answer(301, headers={"Location": other.url}))
            for answer in (place.get(NAME, Stop()), place.put(NAME, b"x", Stop()), place.list("", Stop())):
                assert trouble_of(answer)[0] is Trouble.ODD
            assert other.asked == []

    def test_an_object_may_be_gone_in_two_ways(self, server: Scripted, place: Place) -> None:
        for status in (404, 410):
            server.says(Answer(status))
            assert place.get(NAME, Stop()) == Missing()
            assert place.delete(NAME, Stop()) == Deleted()

    def test_an_empty_answer_is_no_object(self, server: Scripted, place: Place) -> None:
        server.says(Answer(200))
        assert place.get(NAME, Stop()) == NotYet()

    def test_a_packed_answer_is_not_unpacked(self, server: Scripted, place: Place) -> None:
        server.says(Answer(200, b"\x1f\x8b bomb", {"Content-Encoding": "gzip"}))
        assert trouble_of(place.get(NAME, Stop()))[0] is Trouble.ODD
        assert server.asked[0].headers["Accept-Encoding"] == "identity"

    def test_what_a_cache_on_the_way_keeps_is_not_wanted(self, server: Scripted, place: Place) -> None:
        server.says(Answer(200, b"x", {"ETag": '"a-1"'}))
        assert place.get(NAME, Stop()) == Content(b"x", "a-1")
        assert server.asked[0].headers["Cache-Control"] == "no-cache"


class TestDirectories:
    def test_a_directory_is_made_when_it_is_missed_and_asked_for_no_more(
        self, server: Scripted, place: Place
    ) -> None:
        server.says(Answer(409), Answer(201), Answer(201))
        assert place.put(NAME, b"x", Stop()) == Stored()
        assert [asked.method for asked in server.asked] == ["PUT", "MKCOL", "PUT"]
        assert place.put(NAME, b"x", Stop()) == Stored()
        assert [asked.method for asked in server.asked][3:] == ["PUT"]

    def test_one_that_somebody_else_made_in_between_is_fine(self, server: Scripted, place: Place) -> None:
        server.says(Answer(404), Answer(405), Answer(204))
        assert place.put(NAME, b"x", Stop()) == Stored()

    def test_those_above_are_made_too(self, server: Scripted, place: Place) -> None:
        server.says(Answer(409), Answer(409), Answer(201), Answer(201), Answer(201))
        assert place.put("s/aa/x.osy", b"x", Stop()) == Stored()
        assert [(asked.method, asked.path) for asked in server.asked] == [
            ("PUT", "/files/s/aa/x.osy"),
            ("MKCOL", "/files/s/aa/"),
            ("MKCOL", "/files/s/"),
            ("MKCOL", "/files/s/aa/"),
            ("PUT", "/files/s/aa/x.osy"),
        ]

    def test_the_place_itself_is_not_made(self, server: Scripted, place: Place) -> None:
        server.says(Answer(409))
        assert trouble_of(place.put("s/aa/x.osy", b"x", Stop())) == (Trouble.ABSENT, None)
        assert {asked.path for asked in server.asked if asked.method == "MKCOL"} == {
            "/files/s/aa/",
            "/files/s/",
        }

    def test_a_directory_that_may_not_be_made_is_told(self, server: Scripted, place: Place) -> None:
        server.says(Answer(409), Answer(403), Answer(409))
        assert trouble_of(place.put(NAME, b"x", Stop())) == (Trouble.READ_ONLY, None)

    def test_a_directory_that_another_made_at_the_same_moment_is_used(
        self, server: Scripted, place: Place
    ) -> None:
        server.says(Answer(409), Answer(403), Answer(201))
        assert place.put(NAME, b"x", Stop()) == Stored()


class TestListings:
    def test_objects_below_the_directory_count_and_nothing_else(self, server: Scripted, place: Place) -> None:
        objects = ("/files/h/a.osy", f"http://127.0.0.1:{server.port}/files/h/b%20(1).osy")
        foreign = ("/files/h/", "/files/h/readme.txt", "/files/h/..%2f..%2fe.osy", "", "g.osy")
        elsewhere = ("/files/k/c.osy", "/files/h/x/d.osy", "/other/h/f.osy")
        body = listed(*objects, *foreign, *elsewhere)
        server.says(Answer(207, body))
        listing = place.list("h/", Stop())
        assert isinstance(listing, Listing)
        assert listing.entries == (Entry("h/a.osy", 7, "t"), Entry("h/b (1).osy", 7, "t"))

    def test_the_clock_of_the_server_comes_with_it(self, server: Scripted, place: Place) -> None:
        server.says(Answer(207, listed()))
        listing = place.list("h/", Stop())
        assert isinstance(listing, Listing)
        assert listing.server_ms is not None
        assert listing.server_ms > 1_700_000_000_000

    def test_a_directory_costs_one_small_request(self, server: Scripted, place: Place) -> None:
        server.says(Answer(207, listed("/files/h/", *(f"/files/h/{n:032x}.osy" for n in range(30)))))
        listing = place.list("h/", Stop())
        assert isinstance(listing, Listing)
        assert len(listing.entries) == 30
        (asked,) = server.asked
        assert (asked.method, asked.headers["Depth"]) == ("PROPFIND", "1")
        assert len(asked.body) < 200

    @pytest.mark.parametrize("body", [b"<html>Log in", b"", b'<!DOCTYPE x [<!ENTITY a "a">]><x>&a;</x>'])
    def test_an_answer_that_is_no_listing_is_told(self, server: Scripted, place: Place, body: bytes) -> None:
        server.says(Answer(207, body))
        assert trouble_of(place.list("h/", Stop()))[0] is Trouble.ODD

    def test_a_page_that_asks_to_log_in_is_no_listing(self, server: Scripted, place: Place) -> None:
        server.says(Answer(200, b"<html>Welcome to the wireless network"))
        assert trouble_of(place.list("h/", Stop()))[0] is Trouble.ODD

    def test_directories_without_end_are_not_all_looked_at(
        self, server: Scripted, place: Place, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(webdav, "MOST_DIRECTORIES", 5)
        many = [f"/files/b/{n}/" for n in range(100)]
        server.says(Answer(207, listed("/files/b/", *many)), Answer(207, listed()))
        assert isinstance(place.list("b/", Stop()), Listing)
        assert len(server.asked) == 6


class TestTrust:
    @pytest.fixture
    def certificate(self, tmp_path: Path) -> Path:
        """A certificate for 127.0.0.1 that only a store which was given it trusts, with its key."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
        now = datetime.now(UTC)  # noqa: TID251 - OpenSSL asks the real clock
        made = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(1)
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), True)
            .sign(key, hashes.SHA256())
        )
        path = tmp_path / "certificate.pem"
        secret = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + secret)
        return path

    @pytest.fixture
    def secure_server(self, certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scripted]:
        for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.delenv(name, raising=False)
        with scripted_server(certificate) as server:
            server.says(Answer(200, b"x"))
            yield server

    def test_a_server_that_nobody_vouches_for_is_told_nothing(self, secure_server: Scripted) -> None:
        place = WebDavPlace(
            WebDavAddress(secure_server.url.replace("http:", "https:")), Credentials("ito", MARK)
        )
        answer = place.get(NAME, Stop())
        place.close()
        assert trouble_of(answer) == (Trouble.UNTRUSTED, None)
        assert secure_server.asked == []

    def test_a_certificate_in_the_trust_store_is_enough(
        self, secure_server: Scripted, certificate: Path
    ) -> None:
        trust = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        trust.load_verify_locations(certificate)
        address = WebDavAddress(secure_server.url.replace("http:", "https:"))
        place = WebDavPlace(address, Credentials("ito", MARK), trust=trust)
        answer = place.get(NAME, Stop())
        place.close()
        assert answer == Content(b"x")


class TestProxies:
    def test_the_way_leads_through_the_proxy_that_the_system_names(
        self, server: Scripted, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with scripted_server() as proxy:
            proxy.says(Answer(200, b"through the proxy"))
            monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{proxy.port}")
            place = WebDavPlace(WebDavAddress(server.url), Credentials("ito", MARK))
            answer = place.get(NAME, Stop())
            place.close()
            assert answer == Content(b"through the proxy")
            assert proxy.asked[0].path == f"{server.url}{NAME}"
        assert server.asked == []


def test_nothing_secret_gets_into_logs_or_results(
    server: Scripted, place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    said = []
    for status in (200, 401, 403, 500, 503, 507):
        server.says(Answer(status, MARK.encode()))
        said += [place.put(NAME, b"x", Stop()), place.list("h/", Stop()), place.delete(NAME, Stop())]
    assert all("Authorization" in asked.headers for asked in server.asked)
    assert MARK not in f"{said} {caplog.text} {vars(place)}"


def test_apache_on_a_full_disk_takes_nothing_and_still_gives(sites_of: Callable[[str], Site]) -> None:
    site_or_skip("apache", sites_of)
    with (
        servers.public_folder() as folder,
        small_disk(folder / "disk", 400) as disk,
        servers.apache(disk) as (port, files),
    ):
        address = WebDavAddress(f"http://127.0.0.1:{port}/files/")
        place = WebDavPlace(address, Credentials(servers.USER, servers.SECRET))
        assert place.put(NAME, b"old", Stop()) == Stored()
        fill(files, leaving=4096)
        assert trouble_of(place.put(NAME, bytes(range(256)) * 1000, Stop()))[0] is Trouble.FULL
        got = place.get(NAME, Stop())
        place.close()
    assert isinstance(got, Content)
    assert got.content == b"old"
