"""What opens a 置き場 stays in the key ring, and its faults have words."""

from pathlib import Path

import pytest

from app import errors
from app.errors import PlaceKeysMissing
from app.place_faults import address_fault, place_fault
from app.place_keys import PlaceKeys, open_with_keys
from app.secrets import KeyRing
from app.sharing.places.address import AddressUnusable, read_address
from app.sharing.places.credentials import Credentials
from app.sharing.places.folder import FolderPlace
from app.sharing.places.object_store import ObjectStorePlace
from app.sharing.places.place import Trouble, failed
from tests.app_outside.fake_key_rings import LockedRing, WorkingRing

ADDRESS = read_address("s3://vault/team")
OTHER = read_address("s3://vault/other")
KEPT = Credentials("利用者", "鍵 with ümlauts")


@pytest.fixture
def ring() -> WorkingRing:
    return WorkingRing()


@pytest.fixture
def keys(ring: WorkingRing) -> PlaceKeys:
    return PlaceKeys(KeyRing(lambda: ring))


def test_what_was_kept_for_an_address_opens_it(keys: PlaceKeys) -> None:
    keys.keep(ADDRESS, KEPT)
    assert keys.read(ADDRESS) == KEPT
    assert keys.read(OTHER) is None
    keys.keep(ADDRESS, Credentials("ito", "Z2VoZWlt"))
    place = open_with_keys(ADDRESS, keys)
    place.close()
    assert isinstance(place, ObjectStorePlace)


def test_what_is_forgotten_opens_nothing(keys: PlaceKeys) -> None:
    keys.keep(ADDRESS, KEPT)
    keys.forget(ADDRESS)
    assert keys.read(ADDRESS) is None
    with pytest.raises(PlaceKeysMissing):
        open_with_keys(ADDRESS, keys)


def test_the_name_in_the_key_ring_says_nothing_about_the_place(ring: WorkingRing, keys: PlaceKeys) -> None:
    keys.keep(ADDRESS, KEPT)
    ((service, _),) = ring.kept
    assert "vault" not in service
    assert len(service) < 60


@pytest.mark.parametrize("secret", ["key\n", "", "鍵", "a b"])
def test_keys_that_no_request_can_carry_are_not_tried(keys: PlaceKeys, secret: str) -> None:
    for address in (ADDRESS, read_address("azure://itokaisha/vault")):
        keys.keep(address, Credentials("ito", secret))
        with pytest.raises(errors.PlaceRefused):
            open_with_keys(address, keys)


@pytest.mark.parametrize("left", [b"", b"geheim", b'{"user": 1}', b"[1, 2]", b'["a"]', b"\xff"])
def test_what_another_program_left_is_no_key(ring: WorkingRing, keys: PlaceKeys, left: bytes) -> None:
    keys.keep(ADDRESS, KEPT)
    ((service, _),) = ring.kept
    KeyRing(lambda: ring).keep(service, left)
    assert keys.read(ADDRESS) is None


def test_a_folder_needs_no_key_ring(tmp_path: Path) -> None:
    keys = PlaceKeys(KeyRing(LockedRing))
    assert isinstance(open_with_keys(read_address(str(tmp_path)), keys), FolderPlace)


def test_without_a_key_ring_a_server_waits() -> None:
    with pytest.raises(errors.Unavailable):
        open_with_keys(ADDRESS, PlaceKeys(KeyRing(LockedRing)))


def test_every_trouble_has_a_case_of_its_own() -> None:
    cases = [type(place_fault(failed(trouble))) for trouble in Trouble]
    assert len(set(cases)) == len(Trouble)


@pytest.mark.parametrize("trouble", [Trouble.UNREACHABLE, Trouble.CUT, Trouble.BUSY])
def test_being_offline_is_nobodys_fault(trouble: Trouble) -> None:
    assert isinstance(place_fault(failed(trouble)), errors.Unavailable)


def test_an_odd_answer_is_told_with_its_number() -> None:
    assert place_fault(failed(Trouble.ODD, status=418)).facts == {"status": 418}


@pytest.mark.parametrize(
    ("reason", "case"),
    [
        (AddressUnusable.EMPTY, errors.PlaceAddressUnusable),
        (AddressUnusable.SECRET, errors.PlaceAddressWithSecret),
        (AddressUnusable.UNENCRYPTED, errors.PlaceAddressUnencrypted),
    ],
)
def test_an_address_that_cannot_be_used_is_told(reason: str, case: type[errors.AppError]) -> None:
    assert type(address_fault(AddressUnusable(reason))) is case
