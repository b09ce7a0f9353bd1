"""What a user could pick instead: Joplin's command-line client, beside Banso, over the same places.

Method. As many notes as lines are written, each with the words of one line. Both encrypt end to end and send
all of it to a folder, and to Apache behind the same slow line; a second device that has nothing of it yet
receives it. The time that passes is taken; of Joplin the time of the same commands without that last
synchronisation is taken off, and what it receives is not opened yet. A line of Banso is about eight changes,
with its view, projections and search index made. `joplin` is looked for on PATH; it is no part of this
project.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from build_spec.bench.sync_team import Laptop, WrittenLog, copy_to, folder_of, found, joined
from tests.sharing.places import servers, sites

NOTES, CHANGES_A_LINE, BEGINNING = 200, 8, 5_000
_PASSWORD = "速さを測るための合言葉です"  # noqa: S105 - of notes that live for a minute
_TIMEOUT_S = 900


def compare(root: Path, round_trip_s: float, bytes_per_s: float) -> None:
    """Print both, or that there is nothing to compare with."""
    root.mkdir()
    program = shutil.which("joplin")
    if program is None:
        print("くらべる相手: 測れません（PATH に joplin がありません。npm install joplin で入ります）")
        return
    _tell("フォルダ", _ours(root / "ours"), _theirs(program, root / "theirs", _folder_target(root)))
    try:
        with sites.apache_site(round_trip_s, bytes_per_s) as site:
            ours = _ours(root / "ours-dav", site)
        with sites.apache_site(round_trip_s, bytes_per_s) as site:
            theirs = _theirs(program, root / "theirs-dav", _webdav_target(site))
    except servers.ServerMissing as missing:
        print(f"WebDAV: 測れません（{missing} がありません）")
        return
    _tell("WebDAV 往復 100 ms・20 Mbit/s", ours, theirs)


def _tell(place: str, ours: tuple[float, float], theirs: tuple[float, float]) -> None:
    for what, own, other in zip(("送る", "受け取る"), ours, theirs, strict=True):
        print(f"{NOTES}行（Joplin は{NOTES}件）を{what}、{place}: Banso {own:.2f} s、Joplin {other:.2f} s")
        print(
            f"  1行 {own / NOTES * 1000:.1f} ms（1変更 {own / NOTES / CHANGES_A_LINE * 1000:.2f} ms）、"
            f"Joplin 1件 {other / NOTES * 1000:.1f} ms、{other / own:.0f}倍"
        )


def _ours(root: Path, site: sites.Site | None = None) -> tuple[float, float]:
    root.mkdir()
    first = found(root, "a", folder_of(root))
    log = WrittenLog(first)
    log.write(BEGINNING)
    first.sharing.synchronise()
    second = joined(root, "b", first, log.companies)
    second.sharing.synchronise()
    if site is not None:
        copy_to(root / "place", site)
        first.open_place = second.open_place = site.usual
    log.write(NOTES * CHANGES_A_LINE)
    took = _passed(first.sharing.synchronise), _passed(second.sharing.synchronise)
    _close(first, second)
    return took


def _close(*laptops: Laptop) -> None:
    for laptop in laptops:
        laptop.close()


def _passed(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def _folder_target(root: Path) -> dict[str, str]:
    place = root / "joplin-place"
    place.mkdir()
    return {"sync.target": "2", "sync.2.path": str(place)}


def _webdav_target(site: sites.Site) -> dict[str, str]:
    login = {"sync.6.username": servers.USER, "sync.6.password": servers.SECRET}
    return {"sync.target": "6", "sync.6.path": site.url.rstrip("/"), **login}


def _theirs(program: str, root: Path, target: Mapping[str, str]) -> tuple[float, float]:
    """Seconds of sending and of receiving. Keys are made in the same process: the client forgets them."""
    notes = root / "notes"
    notes.mkdir(parents=True)
    for number in range(NOTES):
        (notes / f"{number}.md").write_text(f"{number}: 主力は切削。来期は2割減の見通し", encoding="utf-8")
    to_place = [f"config {name} {value}" for name, value in target.items()]
    ready = [*to_place, f"e2ee enable -p {_PASSWORD}"]
    taking_in = [f"import --format md {notes}"]
    sent = _batch(program, root / "a", [*ready, "sync", *taking_in, "sync"])
    sent -= _batch(program, root / "start-of-a", [*ready, "sync", *taking_in])
    received = _batch(program, root / "b", [*to_place, "sync"])
    return sent, received - _batch(program, root / "start-of-b", to_place)


def _batch(program: str, profile: Path, commands: Sequence[str]) -> float:
    """Seconds that one run of the client with these commands takes. Raises CalledProcessError."""
    profile.mkdir()
    listed = profile.with_suffix(".txt")
    listed.write_text("\n".join(commands) + "\n", encoding="utf-8")
    begun = time.perf_counter()
    subprocess.run(
        [program, "--profile", str(profile), "batch", str(listed)],
        env={**os.environ, "HOME": str(profile)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
        timeout=_TIMEOUT_S,
    )
    return time.perf_counter() - begun
