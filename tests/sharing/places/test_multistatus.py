import tracemalloc
from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sharing.places import multistatus
from app.sharing.places.multistatus import Multistatus, OddAnswer, Resource

APACHE = b"""<?xml version="1.0" encoding="utf-8"?>
<D:multistatus xmlns:D="DAV:" xmlns:ns0="DAV:">
<D:response xmlns:lp1="DAV:"><D:href>/files/h/</D:href>
<D:propstat><D:prop><lp1:getetag>"1000-64"</lp1:getetag></D:prop>
<D:status>HTTP/1.1 200 OK</D:status></D:propstat>
<D:propstat><D:prop><D:getcontentlength/></D:prop><D:status>HTTP/1.1 404 Not Found</D:status></D:propstat>
</D:response>
<D:response xmlns:lp1="DAV:"><D:href>/files/h/a.osy</D:href>
<D:propstat><D:prop><lp1:getcontentlength>512</lp1:getcontentlength><lp1:getetag>"200-65"</lp1:getetag></D:prop>
<D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>
</D:multistatus>"""
LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lollollollollol">%s]>
<multistatus xmlns="DAV:"><response><href>&z;</href></response></multistatus>""" % b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(25)
)


def read(*pieces: bytes) -> list[Resource]:
    told = Multistatus()
    for piece in pieces:
        told.feed(piece)
    return told.close()


def test_a_collection_is_read() -> None:
    assert read(APACHE) == [
        Resource("/files/h/", None, '"1000-64"'),
        Resource("/files/h/a.osy", 512, '"200-65"'),
    ]


@given(st.lists(st.integers(0, len(APACHE)), max_size=6).map(sorted))
def test_it_does_not_matter_how_the_answer_is_cut_up(cuts: list[int]) -> None:
    edges = [0, *cuts, len(APACHE)]
    assert read(*(APACHE[a:b] for a, b in pairwise(edges))) == read(APACHE)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"<html>Please log in",
        APACHE[:-20],
        LAUGHS,
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>',
        b"<a>" * 30,
        b'<multistatus xmlns="DAV:"><response><href>' + b"x" * 5000 + b"</href></response></multistatus>",
        APACHE.replace(b">512<", b">-1<"),
        APACHE.replace(b">512<", b">1e9<"),
        APACHE.replace(b">512<", b">" + b"9" * 30 + b"<"),
        b'<?xml version="1.0" encoding="no-such-code"?><x/>',
        b"\xff\xfe\x00\x01",
    ],
)
def test_anything_else_is_refused(answer: bytes) -> None:
    with pytest.raises(OddAnswer):
        read(answer)


def test_a_bomb_of_entities_costs_no_memory() -> None:
    tracemalloc.start()
    with pytest.raises(OddAnswer):
        read(LAUGHS)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1 << 20


def test_an_endless_answer_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(multistatus, "LONGEST_ANSWER", 10_000)
    told = Multistatus()
    told.feed(b'<multistatus xmlns="DAV:">')
    with pytest.raises(OddAnswer):
        all(told.feed(b"<x/>" * 100) is None for _ in range(100))


def test_words_of_other_name_spaces_mean_nothing() -> None:
    foreign = b'<m xmlns="urn:x"><response><href>/a.osy</href></response></m>'
    assert read(foreign) == []


@given(st.binary(max_size=400))
def test_whatever_comes_is_read_or_refused(noise: bytes) -> None:
    for answer in (noise, APACHE[:200] + noise):
        with suppress(OddAnswer):
            read(answer)
