"""What holds for every kind of 置き場 (design-sync 6.1), whatever its storage and its line do."""

import hashlib
import threading
from collections.abc import Callable
from itertools import count

import pytest

from app.sharing.places.many import get_many, put_many
from app.sharing.places.place import (
    Content,
    Deleted,
    Failed,
    Listing,
    Missing,
    NotYet,
    Place,
    Stored,
    Trouble,
)
from app.sharing.places.stopping import Stop, Stopped
from tests.sharing.places.conftest import SERVED, site_or_skip
from tests.sharing.places.sites import Site

Open = Callable[[Callable[[], Place]], Place]
LARGE = 32 << 20
_numbers = count()


@pytest.fixture
def device() -> str:
    """A device id that no other test uses; the place keeps what they left."""
    return hashlib.sha256(f"device {next(_numbers)}".encode()).hexdigest()[:32]


def names_of(listing: Listing | Failed) -> set[str]:
    assert isinstance(listing, Listing), listing
    return {entry.name for entry in listing.entries}


def bytes_of(got: Content | Missing | NotYet | Failed) -> bytes:
    assert isinstance(got, Content), got
    return got.content


def large() -> bytes:
    return hashlib.sha256(b"large").digest() * (LARGE // 32)


class TestEveryPlace:
    def test_what_is_put_is_there(self, place: Place, device: str, stop: Stop) -> None:
        name = f"s/{device}/0/12345678-00000000-{device}.osy"
        assert place.put(name, b"sealed", stop) == Stored()
        assert bytes_of(place.get(name, stop)) == b"sealed"
        listing = place.list(f"s/{device}/", stop)
        assert isinstance(listing, Listing)
        assert [(entry.name, entry.size) for entry in listing.entries] == [(name, 6)]

    def test_a_head_is_overwritten(self, place: Place, device: str, stop: Stop) -> None:
        name = f"h/{device}.osy"
        for content in (b"first head", b"second", b"third and longest of heads"):
            assert place.put(name, content, stop) == Stored()
            assert bytes_of(place.get(name, stop)) == content
        assert names_of(place.list("h/", stop)) >= {name}

    def test_a_tag_differs_when_the_content_does(self, place: Place, device: str, stop: Stop) -> None:
        name = f"h/{device}.osy"
        tags = []
        for content in (b"head 1", b"head no. 2"):
            place.put(name, content, stop)
            got = place.get(name, stop)
            assert isinstance(got, Content)
            listing = place.list("h/", stop)
            assert isinstance(listing, Listing)
            assert got.tag == next(each.tag for each in listing.entries if each.name == name)
            tags.append(got.tag)
        assert tags[0] != tags[1] or tags == ["", ""]

    def test_an_unknown_name_is_missing(self, place: Place, device: str, stop: Stop) -> None:
        assert place.get(f"k/{device}.osy", stop) == Missing()
        assert place.get(f"s/{device}/0/{device}.osy", stop) == Missing()

    def test_a_directory_that_is_not_there_lists_nothing(self, place: Place, device: str, stop: Stop) -> None:
        assert place.put(f"h/{device}.osy", b"so that the place is not empty", stop) == Stored()
        assert names_of(place.list(f"p/{device}/", stop)) == set()

    def test_a_listing_reaches_every_depth_and_no_further_than_its_directory(
        self, place: Place, device: str, stop: Stop
    ) -> None:
        below = [f"s/{device}/{bucket}/{bucket}-{device}.osy" for bucket in range(3)]
        beside = f"s/{device[::-1]}/0/0-{device}.osy"
        for name in (*below, beside):
            assert place.put(name, b"x", stop) == Stored()
        assert names_of(place.list(f"s/{device}/", stop)) == set(below)
        assert names_of(place.list("", stop)) >= {*below, beside}

    def test_a_deleted_object_is_gone_and_may_be_deleted_again(
        self, place: Place, device: str, stop: Stop
    ) -> None:
        name = f"s/{device}/0/{device}.osy"
        place.put(name, b"packed since", stop)
        assert place.delete(name, stop) == Deleted()
        assert place.get(name, stop) == Missing()
        assert place.delete(name, stop) == Deleted()

    def test_a_name_that_is_none_is_never_written(self, place: Place, stop: Stop) -> None:
        for name in ("../x.osy", "h/X.osy", "h/.x.osy", "h/x.tmp", "/h/x.osy", "h//x.osy", "", "h/x y.osy"):
            with pytest.raises(ValueError, match="name"):
                place.put(name, b"x", stop)

    def test_conflict_copies_are_objects_and_foreign_files_are_not(
        self, site: Site, place: Place, device: str, stop: Stop
    ) -> None:
        copies = [f"b/{device}/x{tail}.osy" for tail in (" (1)", "-PC", " のコピー")]
        foreign = [f"b/{device}/{name}" for name in ("desktop.ini", ".x.osy", "x.osy.tmp", "~$x.docx")]
        for name in (*copies, *foreign):
            site.plant(name, b"somebody put it here")
        assert names_of(place.list(f"b/{device}/", stop)) == set(copies)
        assert [bytes_of(place.get(name, stop)) for name in copies] == [b"somebody put it here"] * 3

    def test_an_empty_object_is_on_its_way(self, site: Site, place: Place, device: str, stop: Stop) -> None:
        site.plant(f"b/{device}/x.osy", b"")
        assert place.get(f"b/{device}/x.osy", stop) == NotYet()

    def test_a_torn_object_is_made_whole_by_putting_it_again(
        self, site: Site, place: Place, device: str, stop: Stop
    ) -> None:
        name = f"b/{device}/x.osy"
        site.plant(name, b"the whole obj")
        assert bytes_of(place.get(name, stop)) == b"the whole obj"
        assert place.put(name, b"the whole object", stop) == Stored()
        assert bytes_of(place.get(name, stop)) == b"the whole object"

    def test_an_old_listing_does_no_harm(self, place: Place, device: str, stop: Stop) -> None:
        old, new = (f"b/{device}/{name}.osy" for name in ("old", "new"))
        place.put(old, b"old", stop)
        listed = names_of(place.list(f"b/{device}/", stop))
        place.delete(old, stop)
        place.put(new, b"new", stop)
        assert listed == {old}
        assert place.get(old, stop) == Missing()
        assert bytes_of(place.get(new, stop)) == b"new"

    def test_a_large_object_arrives_whole(self, place: Place, device: str, stop: Stop) -> None:
        name = f"p/{device}/0-9-{device}.osy"
        assert place.put(name, large(), stop) == Stored()
        assert hashlib.sha256(bytes_of(place.get(name, stop))).digest() == hashlib.sha256(large()).digest()
        assert place.delete(name, stop) == Deleted()

    def test_more_than_one_asked_for_is_not_read(self, place: Place, device: str, stop: Stop) -> None:
        name = f"b/{device}/x.osy"
        place.put(name, bytes(range(256)) * 40, stop)
        got = place.get(name, stop, at_most=1000)
        assert isinstance(got, Failed)
        assert got.trouble is Trouble.TOO_LARGE
        assert got.retry_after_s is None

    def test_many_at_once_arrive_each_under_its_name(self, place: Place, device: str, stop: Stop) -> None:
        objects = {
            f"s/{device}/{n % 3}/{n:08}-{device}.osy": f"object {n}".encode() * n for n in range(1, 60)
        }
        assert dict(put_many(place, objects.items(), stop)) == dict.fromkeys(objects, Stored())
        assert names_of(place.list(f"s/{device}/", stop)) == set(objects)
        got = {name: bytes_of(answer) for name, answer in get_many(place, objects, stop)}
        assert got == objects

    def test_what_is_stopped_before_asks_nothing(self, place: Place, device: str, stop: Stop) -> None:
        stop.ask()
        for verb in (place.get, place.delete):
            with pytest.raises(Stopped):
                verb(f"k/{device}.osy", stop)
        with pytest.raises(Stopped):
            place.put(f"k/{device}.osy", b"x", stop)
        with pytest.raises(Stopped):
            place.list(f"k/{device}/", stop)
        assert place.get(f"k/{device}.osy", Stop()) == Missing()

    def test_a_stop_ends_a_long_put_and_the_place_goes_on(
        self, place: Place, device: str, stop: Stop
    ) -> None:
        name = f"p/{device}/0-9-{device}.osy"
        threading.Timer(0.02, stop.ask).start()
        with pytest.raises(Stopped):
            all(place.put(name, large(), stop) for _ in range(1000))
        whole = bytes_of(place.get(name, Stop())) if names_of(place.list(f"p/{device}/", Stop())) else large()
        assert whole == large()
        assert place.put(name, b"the next one", Stop()) == Stored()
        assert bytes_of(place.get(name, Stop())) == b"the next one"


class TestEveryServer:
    @pytest.fixture(params=SERVED)
    def site(self, request: pytest.FixtureRequest, sites_of: Callable[[str], Site]) -> Site:
        return site_or_skip(request.param, sites_of)

    def test_a_place_that_is_not_there_says_so_and_is_not_made(
        self, site: Site, open_it: Open, device: str, stop: Stop
    ) -> None:
        place = open_it(site.absent)
        for answer in (place.put(f"h/{device}.osy", b"x", stop), place.list("", stop)):
            assert isinstance(answer, Failed)
            assert answer.trouble is Trouble.ABSENT
            assert answer.retry_after_s is None

    def test_wrong_credentials_are_told(self, site: Site, open_it: Open, device: str, stop: Stop) -> None:
        place = open_it(site.wrong_credentials)
        name = f"h/{device}.osy"
        for answer in (place.put(name, b"x", stop), place.get(name, stop), place.list("h/", stop)):
            assert isinstance(answer, Failed)
            assert answer.trouble is Trouble.REFUSED
            assert answer.retry_after_s is None

    def test_read_only_storage_still_gives(
        self, site: Site, place: Place, open_it: Open, device: str, stop: Stop
    ) -> None:
        reader = open_it(site.read_only)
        name = f"h/{device}.osy"
        place.put(name, b"from another device", stop)
        assert bytes_of(reader.get(name, stop)) == b"from another device"
        assert names_of(reader.list("h/", stop)) >= {name}
        for answer in (reader.put(name, b"x", stop), reader.delete(name, stop)):
            assert isinstance(answer, Failed)
            assert answer.trouble is Trouble.READ_ONLY
            assert answer.retry_after_s is None

    def test_no_server_is_the_ordinary_state_of_being_offline(
        self, site: Site, open_it: Open, device: str, stop: Stop
    ) -> None:
        place = open_it(site.unreachable)
        for answer in (place.get(f"h/{device}.osy", stop), place.list("h/", stop)):
            assert isinstance(answer, Failed)
            assert answer.trouble is Trouble.UNREACHABLE
            assert answer.retry_after_s

    def test_a_lost_acknowledgement_costs_a_second_try(
        self, site: Site, place: Place, device: str, stop: Stop
    ) -> None:
        assert site.line
        name = f"h/{device}.osy"
        place.put(name, b"the line is warm", stop)
        site.line.cut_down(0)
        assert place.put(name, b"done, and nobody said so", stop) == Stored()
        assert bytes_of(place.get(name, stop)) == b"done, and nobody said so"

    def test_a_put_cut_in_its_body_is_sent_again(
        self, site: Site, place: Place, device: str, stop: Stop
    ) -> None:
        assert site.line
        name, content = f"p/{device}/0-1-{device}.osy", large()[: 1 << 20]
        site.line.cut_up(300_000)
        assert place.put(name, content, stop) == Stored()
        assert bytes_of(place.get(name, stop)) == content

    def test_a_body_cut_on_its_way_here_is_asked_for_again(
        self, site: Site, place: Place, device: str, stop: Stop
    ) -> None:
        assert site.line
        name, content = f"p/{device}/0-1-{device}.osy", large()[: 1 << 20]
        assert place.put(name, content, stop) == Stored()
        site.line.cut_down(300_000)
        assert bytes_of(place.get(name, stop)) == content

    def test_a_line_that_always_breaks_is_told_and_nothing_half_is_given(
        self, site: Site, place: Place, device: str, stop: Stop
    ) -> None:
        assert site.line
        name, content = f"p/{device}/0-1-{device}.osy", large()[: 1 << 20]
        assert place.put(name, content, stop) == Stored()
        site.line.cut_down(300_000, times=50)
        got = place.get(name, stop)
        site.line.mend()
        assert isinstance(got, Failed)
        assert got.trouble in {Trouble.CUT, Trouble.ODD}
        assert got.retry_after_s
