"""One 置き場 of every kind for the contract's tests.

In the suite: a folder, obstore in memory, Apache. With `-m servers` (`dev.py servers`) every server, each
behind a line of 100 ms; there a server that is not installed fails the run instead of being passed over.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from functools import partial

import pytest

from app.sharing.places.place import Place
from app.sharing.places.stopping import Stop
from tests.sharing.places import sites
from tests.sharing.places.scripted import Scripted, scripted_server
from tests.sharing.places.servers import ServerMissing
from tests.sharing.places.sites import ROUND_TRIP_S, Site

_SLOW = {
    "apache, 100 ms": partial(sites.apache_site, ROUND_TRIP_S),
    "azurite, 100 ms": partial(sites.azurite_site, ROUND_TRIP_S),
    "radosgw, 100 ms": partial(sites.rados_site, ROUND_TRIP_S),
}
SERVED = ["apache", *(pytest.param(kind, marks=pytest.mark.servers) for kind in _SLOW)]


@pytest.fixture(scope="session")
def sites_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Site]]:
    """Each kind's site, started when first asked for and kept until the end, in whatever order tests run."""
    started: dict[str, Site] = {}
    openers: dict[str, Callable[[], AbstractContextManager[Site]]] = {
        "folder": partial(sites.folder_site, tmp_path_factory.mktemp("place")),
        "memory": sites.memory_site,
        "apache": partial(sites.apache_site, 0.0),
        **_SLOW,
    }
    with ExitStack() as stack, pytest.MonkeyPatch.context() as patch:
        _without_proxies(patch)

        def site_of(kind: str) -> Site:
            if kind not in started:
                started[kind] = stack.enter_context(openers[kind]())
            return started[kind]

        yield site_of


@pytest.fixture(params=["folder", "memory", *SERVED])
def site(request: pytest.FixtureRequest, sites_of: Callable[[str], Site]) -> Site:
    """A place of one kind; its content stays from test to test, so each uses names of its own."""
    return site_or_skip(request.param, sites_of)


def site_or_skip(kind: str, sites_of: Callable[[str], Site]) -> Site:
    """The site; where its server is not installed, the test is passed over, or fails in `dev.py servers`."""
    try:
        return sites_of(kind)
    except ServerMissing as missing:
        if kind in _SLOW:
            pytest.fail(f"not installed: {missing}")
        pytest.skip(f"not installed: {missing}")


@pytest.fixture
def open_it() -> Iterator[Callable[[Callable[[], Place]], Place]]:
    """Open a place, and close it after the test."""
    opened: list[Place] = []

    def open_it(opener: Callable[[], Place]) -> Place:
        opened.append(opener())
        return opened[-1]

    yield open_it
    for place in opened:
        place.close()


@pytest.fixture
def place(site: Site, open_it: Callable[[Callable[[], Place]], Place]) -> Place:
    """The usual place of the kind, with nothing wrong on its line."""
    if site.line:
        site.line.mend()
    return open_it(site.usual)


@pytest.fixture
def stop() -> Stop:
    return Stop()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Scripted]:
    _without_proxies(monkeypatch)
    with scripted_server() as script:
        yield script


def _without_proxies(patch: pytest.MonkeyPatch) -> None:
    """The way to a server on this machine must not lead through a proxy that the shell names."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        patch.delenv(name, raising=False)
        patch.delenv(name.upper(), raising=False)
