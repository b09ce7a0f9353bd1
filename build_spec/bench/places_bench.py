"""Putting and getting objects in a 置き場, beside what its medium gives bare.

Method. 200 segments of 16 KiB and 3 packs of 16 MiB, of random bytes, go there and back through `put_many`
and `get_many`; ours and the floor take turns, the best of three counts. Floors: for the folder, writing,
syncing and reading the same bytes in as many plain files; for Apache, the same requests by a bare
`httpx.Client` on as many threads; for the object stores, obstore called on as many threads. Apache is asked
directly and through a line with a round trip of 100 ms, which tells whether requests run side by side: one
after the other, 200 of them would take 20 s. A kind whose server is not installed is named and passed over.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import obstore

from app.sharing.places.folder import FolderPlace
from app.sharing.places.many import get_many, put_many
from app.sharing.places.object_store import ObjectStorePlace
from app.sharing.places.place import Content, Place, Stored
from app.sharing.places.stopping import Stop
from tests.sharing.places import servers, sites

Objects = dict[str, bytes]
ROUNDS = 3
SIZES = {"16 KiB": (200, 16 << 10), "16 MiB": (3, 16 << 20)}


@dataclass
class Way:
    """One way of storing and of reading all objects."""

    put: Callable[[Objects], None]
    get: Callable[[Objects], None]


def main() -> None:
    """Print every figure with its ratio."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        _compare("フォルダ", _through(FolderPlace(root)), _plain_files(root))
    for kind, site in (
        ("Apache、間に何もなし", sites.bare_apache_site),
        ("Apache、往復 100 ms", partial(sites.apache_site, 0.1)),
        ("Ceph (S3)", partial(sites.rados_site, 0.0)),
        ("Azurite", partial(sites.azurite_site, 0.0)),
    ):
        try:
            with site() as opened, _opened(opened.usual) as place, _floor(place, opened) as floor:
                _compare(kind, _through(place), floor)
        except servers.ServerMissing as missing:
            print(f"{kind}: 測れません（{missing} がありません）")


def _compare(kind: str, ours: Way, floor: Way) -> None:
    for size, (count, length) in SIZES.items():
        took: dict[str, list[float]] = {"put": [], "get": [], "floor put": [], "floor get": []}
        for turn in range(ROUNDS):
            for name, way in (("", ours), ("floor ", floor)):
                objects = {f"p/bench/{turn}-{name.strip()}-{n}.osy": os.urandom(length) for n in range(count)}
                took[f"{name}put"].append(_timed(partial(way.put, objects)))
                took[f"{name}get"].append(_timed(partial(way.get, objects)))
        for verb in ("put", "get"):
            own_s, floor_s = min(took[verb]), min(took[f"floor {verb}"])
            speed = f"{count / own_s:.0f} 個/s {count * length / own_s / 1e6:.1f} MB/s"
            beside = f"床の {own_s / floor_s:.2f}倍の時間（床 {count / floor_s:.0f} 個/s）"
            print(f"{kind} {verb} {count} x {size}: {speed}、{beside}")


def _through(place: Place) -> Way:
    def put(objects: Objects) -> None:
        assert all(answer == Stored() for _, answer in put_many(place, objects.items(), Stop()))

    def get(objects: Objects) -> None:
        for name, answer in get_many(place, objects, Stop()):
            assert isinstance(answer, Content)
            assert answer.content == objects[name]

    return Way(put, get)


def _plain_files(root: Path) -> Way:
    """As many files, each written, synced and renamed, on as many threads."""

    def write(each: tuple[str, bytes]) -> None:
        path = root / each[0]
        with path.with_suffix(".new").open("wb", buffering=0) as file:
            file.write(each[1])
            os.fsync(file.fileno())
        path.with_suffix(".new").replace(path)

    def put(objects: Objects) -> None:
        (root / "p" / "bench").mkdir(parents=True, exist_ok=True)
        _on_threads(FolderPlace.parallel, write, list(objects.items()))

    def get(objects: Objects) -> None:
        _on_threads(
            FolderPlace.parallel, lambda name: (root / name).read_bytes() == objects[name], list(objects)
        )

    return Way(put, get)


@contextmanager
def _floor(place: Place, site: sites.Site) -> Iterator[Way]:
    if isinstance(place, ObjectStorePlace):
        yield _obstore(place)
        return
    with httpx.Client(
        base_url=site.url,
        auth=(servers.USER, servers.SECRET),
        limits=httpx.Limits(max_connections=place.parallel, max_keepalive_connections=place.parallel),
        timeout=60,
        trust_env=False,
    ) as client:
        yield _httpx(client, place.parallel)


def _httpx(client: httpx.Client, parallel: int) -> Way:
    def write(each: tuple[str, bytes]) -> None:
        client.put(each[0], content=each[1]).raise_for_status()

    def read(objects: Objects, name: str) -> None:
        assert client.get(name).raise_for_status().content == objects[name]

    return Way(
        lambda objects: _on_threads(parallel, write, list(objects.items())),
        lambda objects: _on_threads(parallel, partial(read, objects), list(objects)),
    )


def _obstore(place: ObjectStorePlace) -> Way:
    store = place._store  # noqa: SLF001 - the same store without our adapter

    def write(each: tuple[str, bytes]) -> None:
        obstore.put(store, each[0], each[1], use_multipart=False)

    def read(objects: Objects, name: str) -> None:
        assert bytes(obstore.get(store, name).bytes()) == objects[name]

    return Way(
        lambda objects: _on_threads(place.parallel, write, list(objects.items())),
        lambda objects: _on_threads(place.parallel, partial(read, objects), list(objects)),
    )


def _on_threads(count: int, act: Callable[[Any], object], many: Sequence[Any]) -> None:
    with ThreadPoolExecutor(count) as threads:
        list(threads.map(act, many))


@contextmanager
def _opened(opener: Callable[[], Place]) -> Iterator[Place]:
    place = opener()
    try:
        yield place
    finally:
        place.close()


def _timed(act: Callable[[], None]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start
