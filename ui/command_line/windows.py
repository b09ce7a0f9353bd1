"""`banso` and `banso demo`: what opens a window. Qt is imported only when one opens."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path
from subprocess import Popen

from app.services.practice_pair import make_practice_pair
from app.services.practice_store import make_practice_store
from app.services.stores import practice_store_at, store_at
from ui.command_line.console import Console
from ui.command_line.exit_codes import ExitCode

_WITHOUT_DISPLAY = """この端末には画面（ディスプレイ）がないため、窓を開けません。
窓がなくても、次のことができます。
  練習用の記録を作る    banso demo --no-window --store 練習用
  帳票を PDF にする     banso print history --store 練習用 --all --out 支援経過記録"""


def window(given: Namespace, console: Console) -> int:
    """Open the window on the user's store, or the one that is named."""
    if not has_display(os.environ, sys.platform):
        console.note(_WITHOUT_DISPLAY)
        return ExitCode.NO_DISPLAY
    from ui.window_start import open_window

    return open_window(store_at(given.store))


def demo(given: Namespace, console: Console) -> int:
    """Make the practice store where there is none, and open the window on it unless told not to."""
    folder = practice_store_at(given.store)
    if given.two:
        return _demo_of_two(folder.path.with_name(f"{folder.path.name}-2"), given, console)
    if given.no_window:
        is_new = make_practice_store(folder)
        place = str(folder.path)
        console.result(_made_lines(place, is_new=is_new), {"store": place, "made": is_new})
        return ExitCode.DONE
    if not has_display(os.environ, sys.platform):
        console.note(_WITHOUT_DISPLAY)
        return ExitCode.NO_DISPLAY
    from ui.window_start import open_practice_window

    return open_practice_window(folder)


def _demo_of_two(folder: Path, given: Namespace, console: Console) -> int:
    """Two devices of one team: a process for the second window, this one for the first."""
    pair, is_new = make_practice_pair(folder)
    if given.no_window or not has_display(os.environ, sys.platform):
        stores = [str(each.path) for each in (pair.first, pair.second)]
        facts = {"stores": stores, "place": str(pair.place), "made": is_new}
        console.result(_pair_lines(stores, str(pair.place), is_new=is_new), facts)
        return ExitCode.DONE if given.no_window else ExitCode.NO_DISPLAY
    from ui.window_start import open_window

    with Popen([*own_command(), "--store", str(pair.second.path)]):  # noqa: S603 - this program itself
        return open_window(pair.first)


def own_command() -> list[str]:
    """How this program is started: as it was frozen, or by Python."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "ui"]


def has_display(environ: Mapping[str, str], system: str) -> bool:
    """Whether a window can open; a platform chosen for Qt by hand counts as one."""
    return system != "linux" or any(
        environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    )


def _pair_lines(stores: Sequence[str], place: str, *, is_new: bool) -> list[str]:
    begun = "練習用の記録を二人分作りました" if is_new else "練習用の記録が二人分あります"
    return [
        f"{begun}。置き場: {place}",
        "一つずつ窓で開くか、命令でやりとりできます:",
        *(f"  banso --store {store}" for store in stores),
        *(f"  banso sync --store {store}" for store in stores),
    ]


def _made_lines(folder: str, *, is_new: bool) -> list[str]:
    begun = "練習用の記録を作りました" if is_new else "練習用の記録があります"
    return [
        f"{begun}: {folder}",
        "次にできること:",
        f"  窓で開く              banso demo --store {folder}",
        f"  支援経過記録を作る    banso print history --all --out 支援経過記録 --store {folder}",
        f"  調べる                banso check --store {folder}",
    ]
