"""What users of a place must do, and what happens to those who do not (design-sync 6.8, 7)."""

from collections.abc import Callable, Mapping
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from app.sharing.places.place import Content, Listing, Place, Stored
from app.sharing.places.stopping import Stop
from tests.sharing.places.troubled_place import TroubledPlace

Send = Callable[[Place, Mapping[str, bytes]], None]
ROUNDS = 60
objects = st.dictionaries(
    st.integers(0, 99).map(lambda n: f"k/{n:032}.osy"), st.binary(min_size=1, max_size=20), max_size=8
)


def until_seen_again(place: Place, outbox: Mapping[str, bytes]) -> None:
    """Send what was not read back whole, round after round; the same bytes each time."""
    waiting = dict(outbox)
    for _ in range(ROUNDS):
        for name, content in list(waiting.items()):
            place.put(name, content, Stop())
            got = place.get(name, Stop())
            if isinstance(got, Content) and got.content == content:
                del waiting[name]
    assert waiting == {}


def until_stored(place: Place, outbox: Mapping[str, bytes]) -> None:
    """Believe what the place says."""
    for name, content in outbox.items():
        while place.put(name, content, Stop()) != Stored():
            pass


def until_listed(place: Place, outbox: Mapping[str, bytes]) -> None:
    """Believe that what is listed is whole."""
    waiting = dict(outbox)
    for _ in range(ROUNDS):
        for name, content in list(waiting.items()):
            place.put(name, content, Stop())
            listing = place.list("k/", Stop())
            assert isinstance(listing, Listing)
            if name in {entry.name for entry in listing.entries}:
                del waiting[name]


def everything_arrives_by(send: Send, *, shrinks: bool = True) -> None:
    """`shrinks` looks for the smallest loss, which takes long where a loss is what is wanted."""

    @settings(phases=tuple(Phase) if shrinks else (Phase.generate,))
    @given(objects, st.integers(0, 2**32))
    def holds(outbox: dict[str, bytes], seed: int) -> None:
        place = TroubledPlace({}, Random(seed), share=0.4)
        send(place, outbox)
        assert place.kept == outbox

    holds()


def test_what_is_sent_until_it_is_seen_again_arrives() -> None:
    everything_arrives_by(until_seen_again)


@pytest.mark.parametrize("send", [until_stored, until_listed])
def test_who_believes_less_than_that_loses_objects(send: Send) -> None:
    with pytest.raises(AssertionError):
        everything_arrives_by(send, shrinks=False)
