"""A 置き場 of every kind in every state that the contract's tests want."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import obstore
from obstore.store import MemoryStore

from app.sharing.places.address import read_address
from app.sharing.places.credentials import Credentials
from app.sharing.places.folder import FolderPlace
from app.sharing.places.object_store import ObjectStorePlace
from app.sharing.places.opening import open_place
from app.sharing.places.place import Place
from tests.sharing.places import servers
from tests.sharing.places.line import FaultyLine

Plant = Callable[[str, bytes], None]
ROUND_TRIP_S = 0.1


def _no_such_state() -> Place:
    raise AssertionError("this kind has no such state")


@dataclass
class Site:
    """One kind; `plant` puts a foreign object there by another way. Without a server it has a place only."""

    usual: Callable[[], Place]
    plant: Plant
    absent: Callable[[], Place] = _no_such_state
    read_only: Callable[[], Place] = _no_such_state
    wrong_credentials: Callable[[], Place] = _no_such_state
    unreachable: Callable[[], Place] = _no_such_state
    line: FaultyLine | None = None
    url: str = ""


@contextmanager
def folder_site(folder: Path) -> Iterator[Site]:
    root = folder / "place"
    root.mkdir()
    yield Site(lambda: FolderPlace(root), _planter(root), lambda: FolderPlace(folder / "unplugged"))


@contextmanager
def memory_site() -> Iterator[Site]:
    """No server: the object store adapter over obstore's own store in memory."""
    store = MemoryStore()
    yield Site(lambda: ObjectStorePlace(store), lambda name, content: _put(store, name, content))


@contextmanager
def apache_site(delay_s: float, bytes_per_s: float | None = None) -> Iterator[Site]:
    with servers.apache() as (port, files), _line(port, delay_s, bytes_per_s) as line:
        usual = f"http://127.0.0.1:{line.port}/files/team"
        _planter(files / "team")("readme.txt", b"no object")
        yield Site(
            _opener(usual),
            _planter(files / "team"),
            _opener(f"http://127.0.0.1:{line.port}/files/elsewhere"),
            _opener(f"http://127.0.0.1:{line.port}/readonly/team"),
            _opener(usual, "wrong"),
            _opener(f"http://127.0.0.1:{servers.free_port()}/files/team"),
            line,
            f"{usual}/",
        )


@contextmanager
def bare_apache_site() -> Iterator[Site]:
    """Apache without a line before it, for measuring."""
    with servers.apache() as (port, files):
        _planter(files / "team")("readme.txt", b"no object")
        url = f"http://127.0.0.1:{port}/files/team/"
        yield Site(_opener(url), _planter(files / "team"), url=url)


@contextmanager
def azurite_site(delay_s: float) -> Iterator[Site]:
    keys = _Keys(servers.azure_key(), servers.azure_reading_token(), "d3Jvbmc=")
    with servers.azurite() as port, _line(port, delay_s) as line:
        yield _object_site(f"azure://{servers.USER}", f"/{servers.USER}", line, keys)


@contextmanager
def rados_site(delay_s: float) -> Iterator[Site]:
    keys = _Keys(servers.SECRET, servers.SECRET, "wrong", reader=servers.READER)
    with servers.rados_gateway() as gateway, _line(gateway.port, delay_s) as line:
        yield _object_site("s3:/", "", line, keys)


@dataclass(frozen=True)
class _Keys:
    """Secrets that open all, open for reading, and open nothing; and who reads."""

    all: str
    reading: str
    wrong: str
    reader: str = servers.USER


def _object_site(start: str, account: str, line: FaultyLine, keys: _Keys) -> Site:
    def address(container: str, port: int) -> str:
        return f"{start}/{container}/team?endpoint=http://127.0.0.1:{port}{account}"

    usual = _opener(address("vault", line.port), keys.all)

    def plant(name: str, content: bytes) -> None:
        place = usual()
        assert isinstance(place, ObjectStorePlace)
        _put(place._store, name, content)
        place.close()

    return Site(
        usual,
        plant,
        _opener(address("elsewhere", line.port), keys.all),
        _opener(address("vault", line.port), keys.reading, keys.reader),
        _opener(address("vault", line.port), keys.wrong),
        _opener(address("vault", servers.free_port()), keys.all),
        line,
    )


def _opener(address: str, secret: str = servers.SECRET, user: str = servers.USER) -> Callable[[], Place]:
    return lambda: open_place(read_address(address), Credentials(user, secret))


def _planter(root: Path) -> Plant:
    def plant(name: str, content: bytes) -> None:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        for folder in path.relative_to(root).parents:
            (root / folder).chmod(0o777)  # for a server that runs as somebody else
        path.write_bytes(content)

    return plant


def _put(store: object, name: str, content: bytes) -> None:
    obstore.put(store, name, content)  # type: ignore[arg-type]


@contextmanager
def _line(port: int, delay_s: float, bytes_per_s: float | None = None) -> Iterator[FaultyLine]:
    line = FaultyLine(port, delay_s, bytes_per_s)
    try:
        yield line
    finally:
        line.close()
