from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sharing.places.address import (
    AddressUnusable,
    AzureAddress,
    FolderAddress,
    S3Address,
    WebDavAddress,
    read_address,
)
from app.sharing.places.credentials import Credentials
from app.sharing.places.folder import FolderPlace
from app.sharing.places.names import checked_name, checked_prefix, is_object
from app.sharing.places.object_store import ObjectStorePlace
from app.sharing.places.opening import CredentialsWanted, open_place
from app.sharing.places.webdav import WebDavPlace

ID = "00112233445566778899aabbccddeeff"
LAYOUT = [
    "vault.osy",
    f"k/{ID}.osy",
    f"j/{ID}.osy",
    f"h/{ID}.osy",
    f"s/{ID}/12/a1b2c3d4-00012345-{ID}.osy",
    f"p/{ID}/00000000-00000999-{ID}.osy",
    f"b/00/{ID}.osy",
]
parts = st.lists(st.sampled_from(["a", "b-2", "c", "d", "..", "", "x:y", "c\\d"]), max_size=3).map("/".join)


@pytest.mark.parametrize("name", LAYOUT)
def test_every_name_of_the_layout_may_be_written_and_found(name: str) -> None:
    assert checked_name(name) == name
    assert is_object(name)


@given(parts.map(lambda text: f"{text}.osy"))
def test_what_may_be_written_is_found_again(name: str) -> None:
    try:
        checked_name(name)
    except ValueError:
        return
    assert is_object(name)


def leads_out(name: str) -> bool:
    return any(part in {"", ".", ".."} for part in name.split("/")) or "\\" in name or ":" in name


def no_name_leads_out_by(rule: Callable[[str], bool]) -> None:
    @given(parts.map(lambda text: f"{text}.osy"))
    def holds(name: str) -> None:
        assert not (rule(name) and leads_out(name))

    holds()


def test_no_name_leads_out_of_the_place() -> None:
    no_name_leads_out_by(is_object)


@pytest.mark.parametrize(
    "rule",
    [
        lambda name: name.endswith(".osy"),
        lambda name: is_object(name.replace("..", "a")),
        lambda name: is_object(name.replace(":", "a")),
        lambda name: is_object(name.replace("//", "/").lstrip("/")),
    ],
)
def test_a_laxer_rule_is_noticed(rule: Callable[[str], bool]) -> None:
    with pytest.raises(AssertionError):
        no_name_leads_out_by(rule)


@pytest.mark.parametrize("prefix", ["", "h/", f"s/{ID}/", f"s/{ID}/0/"])
def test_a_directory_of_the_layout_may_be_listed(prefix: str) -> None:
    assert checked_prefix(prefix) == prefix


@pytest.mark.parametrize("prefix", ["h", "/", "../", "h//", "H/", ".x/", "a/" * 8])
def test_another_one_may_not(prefix: str) -> None:
    with pytest.raises(ValueError, match="directory"):
        checked_prefix(prefix)


@pytest.mark.parametrize("text", ["/media/stick/Banso", "/media/stick/共有 (2)/Banso"])
def test_a_path_is_a_folder(text: str) -> None:
    address = read_address(text)
    assert isinstance(address, FolderAddress)
    assert str(read_address(str(address))) == str(address)


def test_a_drive_letter_is_no_scheme() -> None:
    assert isinstance(read_address("C:\\Users\\ito\\Banso"), FolderAddress)
    assert isinstance(read_address("\\\\server\\share\\Banso"), FolderAddress)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (
            "https://Cloud.example.jp/remote.php/dav/files/ito/Banso",
            WebDavAddress("https://cloud.example.jp/remote.php/dav/files/ito/Banso/"),
        ),
        ("http://127.0.0.1:8080/files/", WebDavAddress("http://127.0.0.1:8080/files/")),
        ("s3://vault", S3Address("vault", "", "", "us-east-1")),
        (
            "s3://vault/team/a?endpoint=https://s3.example.jp&region=jp-1",
            S3Address("vault", "team/a", "https://s3.example.jp", "jp-1"),
        ),
        ("azure://itokaisha/vault/team", AzureAddress("itokaisha", "vault", "team", "")),
    ],
)
def test_an_address_is_read_and_written_alike(text: str, address: object) -> None:
    read = read_address(text)
    assert read == address
    assert read_address(str(read)) == read


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (" ", AddressUnusable.EMPTY),
        ("https://ito:geheim@cloud.example.jp/dav/", AddressUnusable.SECRET),
        ("azure://itokaisha/vault?sv=2021&sig=geheim", AddressUnusable.SECRET),
        ("s3://vault?endpoint=https://a:b@s3.example.jp", AddressUnusable.SECRET),
        ("http://cloud.example.jp/dav/", AddressUnusable.UNENCRYPTED),
        ("s3://vault?endpoint=http://10.0.0.1:9000", AddressUnusable.UNENCRYPTED),
        ("ftp://files.example.jp/", AddressUnusable.UNKNOWN),
        ("s3://vault?colour=red", AddressUnusable.UNKNOWN),
        ("https://cloud.example.jp/dav/?a=b", AddressUnusable.UNKNOWN),
        ("https:///dav/", AddressUnusable.INCOMPLETE),
        ("https://cloud example.jp/", AddressUnusable.INCOMPLETE),
        ("s3://vault/a%0Ab", AddressUnusable.INCOMPLETE),
        ("https://cloud.example.jp/" + "a" * 3000, AddressUnusable.INCOMPLETE),
        ("https://cloud.example.jp:99999/dav/", AddressUnusable.INCOMPLETE),
        ("s3://UPPER", AddressUnusable.INCOMPLETE),
        ("s3://vault/../other", AddressUnusable.INCOMPLETE),
        ("azure://itokaisha", AddressUnusable.INCOMPLETE),
    ],
)
def test_an_address_that_cannot_be_used_says_why_and_not_what(text: str, reason: str) -> None:
    with pytest.raises(AddressUnusable) as raised:
        read_address(text)
    assert raised.value.reason == reason
    assert "geheim" not in f"{raised.value!r} {raised.value}"


@given(st.text(max_size=60), st.sampled_from(["", "s3://", "azure://", "https://", "http://"]))
def test_whatever_is_written_is_an_address_or_is_refused(text: str, scheme: str) -> None:
    try:
        address = read_address(scheme + text)
    except AddressUnusable:
        return
    if not isinstance(address, FolderAddress):
        assert read_address(str(address)) == address


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("/media/stick", FolderPlace),
        ("https://cloud.example.jp/dav/", WebDavPlace),
        ("s3://vault/team", ObjectStorePlace),
        ("azure://itokaisha/vault", ObjectStorePlace),
    ],
)
def test_an_address_opens_its_kind_of_place_without_asking_anything(text: str, kind: type) -> None:
    place = open_place(read_address(text), Credentials("ito", "Z2VoZWlt"))
    assert isinstance(place, kind)
    place.close()
    place.close()


def test_a_server_is_not_asked_without_credentials() -> None:
    with pytest.raises(CredentialsWanted):
        open_place(read_address("s3://vault"))


def test_credentials_show_themselves_in_no_text() -> None:
    assert f"{Credentials('ito', 'geheim')!r}" == "Credentials()"
