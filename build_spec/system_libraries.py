"""The libraries of a Linux system that Qt needs and that no Python package can bring along."""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping

from build_spec.environment import SetUpFailed, say, venv_is_missing

DRAWING: Mapping[str, str] = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
}
WINDOWS_ON_X11: Mapping[str, str] = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


def loads(library: str) -> bool:
    """Tell whether the dynamic loader finds this library, by loading it."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_packages(*, windows: bool) -> list[str]:
    """Return the Debian packages this system lacks, for drawing alone or for windows as well."""
    if sys.platform != "linux":
        return []
    wanted = {**DRAWING, **WINDOWS_ON_X11} if windows else DRAWING
    missing = [package for library, package in wanted.items() if not loads(library)]
    return ["python3-venv", *missing] if venv_is_missing() else missing


def may_install() -> bool:
    """Tell whether installing system packages is ours to do: on Debian and its kin, as root."""
    return shutil.which("apt-get") is not None and os.geteuid() == 0


def provide(packages: Iterable[str]) -> None:
    """Install system packages where that is ours to do (Debian, as root). Raises SetUpFailed otherwise."""
    wanted = list(packages)
    if not wanted:
        return
    if not may_install():
        raise SetUpFailed(
            "システムの部品が足りません。次を実行してから、もう一度実行してください。"
            f"\n  sudo apt-get install -y {' '.join(wanted)}"
            "\n（名前は Debian と Ubuntu のものです。ほかの Linux では、同じ部品を入れてください。）"
        )
    say(f"システムの部品を入れています: {' '.join(wanted)}")
    _apt_get("update")
    _apt_get("install", "-y", "--no-install-recommends", *wanted)


def _apt_get(*words: str) -> None:
    done = subprocess.run(
        ["apt-get", "-q", *words],
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SetUpFailed(
            f"apt-get {words[0]} が止まりました。ネットワークを確かめて、もう一度実行してください。"
            f"\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
        )
