"""The real window under a real input method: ibus with anthy, keys pressed by xdotool.

`dev.py input-method [FOLDER]` types into a visit of the practice region, presses every shortcut of the
program in the middle of a conversion, clicks elsewhere, and ends the program by force in the middle of
another one. After each step the store itself is asked, beside the open window. Pictures of the steps go into
the folder (default `build/input-method`). Needs Linux and the Debian packages in PACKAGES; an X server, a
session bus and an input method are started for the run and end with it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from app.rows.support_sessions import DraftRow, SessionSheet
from app.services.directory import Services
from app.services.stores import store_at, unlock
from app.workplace import session_scope
from build_spec.environment import ROOT
from build_spec.system_libraries import missing_packages
from ui.actions import COMMANDS

PACKAGES = {
    "Xvfb": "xvfb",
    "dbus-run-session": "dbus",
    "ibus-daemon": "ibus",
    "/usr/libexec/ibus-engine-anthy": "ibus-anthy python3-gi gir1.2-gtk-3.0",
    "xdotool": "xdotool",
    "import": "imagemagick",
}
NOT_AVAILABLE, FAILED = 69, 1
PATIENCE_S, SETTLE_S = 60.0, 1.5
X_NAMES = {"+": "plus", ";": "semicolon", "=": "equal", "-": "minus", "Return": "Return", "Enter": "KP_Enter"}
_TODAY = (60, 112)
"""今日 in the left bar of a window at the upper left."""
OWN_KEYS = {"Ctrl+Return", "Ctrl+Enter"}
"""Enter ends a conversion in every input method, with Ctrl too: it is no test of the program."""


def main(arguments: list[str]) -> int:
    """Start screen, bus and input method, and play inside them."""
    if sys.platform != "linux":
        print("この検査は Linux でだけ動きます。", file=sys.stderr)
        return NOT_AVAILABLE
    missing = sorted({package for name, package in PACKAGES.items() if shutil.which(name) is None})
    missing += missing_packages(windows=True)
    if missing:
        print(f"次の部品が要ります。\n  sudo apt-get install -y {' '.join(missing)}", file=sys.stderr)
        return NOT_AVAILABLE
    pictures = Path(arguments[0] if arguments else "build/input-method").absolute()
    pictures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, _screen() as display:
        inside = [sys.executable, "-P", "-m", "build_spec.real_input_method", "--inside", str(pictures)]
        environment = {**os.environ, **_surroundings(Path(home)), "DISPLAY": display}
        return subprocess.run(["dbus-run-session", "--", *inside], env=environment, check=False).returncode


def _surroundings(home: Path) -> dict[str, str]:
    return {
        "HOME": str(home),
        "BANSO_HOME": str(home / "banso"),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_CACHE_HOME": str(home / ".cache"),
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(ROOT),
        "QT_QPA_PLATFORM": "xcb",
        "QT_IM_MODULE": "ibus",
        "XMODIFIERS": "@im=ibus",
    }


@contextmanager
def _screen() -> Iterator[str]:
    """An X server without a screen; gives its display."""
    told, tells = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(tells), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
        pass_fds=(tells,),
        stderr=subprocess.DEVNULL,
    )
    os.close(tells)
    try:
        with os.fdopen(told) as numbers:
            yield f":{numbers.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


# inside


@dataclass
class Play:
    """One run: the program, its store, and what was found."""

    pictures: Path
    store: Path
    failures: list[str] = field(default_factory=list)
    program: subprocess.Popen[bytes] | None = None
    steps: int = 0

    def start(self) -> None:
        """Open the practice region; the window has the keyboard."""
        command = [sys.executable, "-P", "-m", "ui", "demo", "--store", str(self.store)]
        self.program = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        window = _said("xdotool", "search", "--sync", "--onlyvisible", "--name", "伴走カルテ").split()[0]
        _run("xdotool", "windowfocus", "--sync", window)
        time.sleep(2 * SETTLE_S)

    def keys(self, *names: str) -> None:
        """Press combinations one after the other."""
        for name in names:
            _run("xdotool", "key", name)
            time.sleep(0.05)
        time.sleep(SETTLE_S)

    def type(self, letters: str) -> None:
        """Type Latin letters, which the input method takes."""
        _run("xdotool", "type", "--delay", "60", letters)
        time.sleep(SETTLE_S)

    def click(self, x: int, y: int) -> None:
        """Press the left button somewhere."""
        _run("xdotool", "mousemove", str(x), str(y), "click", "1")
        time.sleep(SETTLE_S)

    def picture(self, name: str) -> None:
        """Keep what is on the screen."""
        self.steps += 1
        _run("import", "-window", "root", str(self.pictures / f"{self.steps:02}-{name}.png"))

    def expect(self, told: str, is_so: Callable[[Services], bool]) -> None:
        """Ask the store until something is so; note what never was."""
        end = time.monotonic() + PATIENCE_S / 4
        while True:
            with self._services() as services:
                found = is_so(services)
            if found or time.monotonic() > end:
                break
            time.sleep(0.5)
        print(f"{'  よし' if found else '  だめ'}  {told}", flush=True)
        if not found:
            self.failures.append(told)

    @contextmanager
    def _services(self) -> Iterator[Services]:
        unlocked = unlock(store_at(self.store), None)
        with unlocked.opened() as place:
            yield Services(place, unlocked.folder, unlocked.key, is_practice=True)

    def count_visits(self) -> int:
        """How many visits there are, for what must not be begun by a key."""
        with self._services() as services:
            return sum(len(services.companies.card(row.id).course) for row in services.companies.list_rows())


def inside(pictures: Path) -> int:
    """The walk itself, with screen and bus there."""
    _start_input_method()
    play = Play(pictures, Path(os.environ["HOME"]) / "store")
    play.start()
    _walk(play)
    if play.program is not None:
        play.program.kill()
    print("本物の日本語入力での検査: " + ("だめなところがあります" if play.failures else "すべてよし"))
    return FAILED if play.failures else 0


def _start_input_method() -> None:
    # Its engine is written for the system's own Python.
    environment = {**os.environ, "PATH": "/usr/bin:/bin"}
    command = ["ibus-daemon", "--daemonize", "--replace", "--panel=disable", "--cache=refresh"]
    subprocess.run(command, env=environment, check=True)
    end = time.monotonic() + PATIENCE_S
    while _said("ibus", "engine").strip() != "anthy" and time.monotonic() < end:
        subprocess.run(["ibus", "engine", "anthy"], capture_output=True, check=False)
        time.sleep(0.5)


def _walk(play: Play) -> None:
    for name in ("ctrl+Tab", "Return", "ctrl+n"):
        play.keys(name)
    before = play.count_visits()
    play.keys("Zenkaku_Hankaku")
    play.type("kikai")
    play.keys("space")
    play.picture("converting")
    play.keys(*(_x_name(keys) for known in COMMANDS for keys in known.keys if keys not in OWN_KEYS))
    play.picture("every-shortcut-pressed")
    play.expect("変換の間は、どのキーも面談を始めない", lambda _: play.count_visits() == before)
    play.expect("変換の間は、どのキーも印を付けない", lambda s: not any(_marks(s)))
    play.keys("Return")
    play.expect("確定した文が面談の控えにある", lambda s: bool(_texts(s)[-1]))
    play.keys("ctrl+3")
    play.picture("marked")
    play.expect("確定のあとは Ctrl+3 で決定になる", lambda s: _marks(s)[-1:] == ["decision"])
    play.keys("Return")
    play.type("suzuki")
    play.picture("converting-second-line")
    play.click(*_TODAY)
    play.expect("変換の途中でほかの場所を押しても、文は残る", lambda s: "すずき" in _texts(s))
    play.picture("clicked-elsewhere")
    play.keys("alt+Left")
    play.keys("ctrl+End", "Return")
    play.type("misaki")
    play.expect("変換前の文字が控えにある", lambda s: "みさき" in [draft.preedit for draft in _drafts(s)])
    if play.program is not None:
        play.program.kill()
        play.program.wait()
    play.start()
    play.picture("after-a-sudden-end")
    play.expect(
        "強制終了のあとも、行と変換前の文字がある", lambda s: "すずき" in _texts(s) and bool(_drafts(s))
    )


def _newest(services: Services) -> SessionSheet:
    companies = [services.companies.card(row.id) for row in services.companies.list_rows()]
    visits = [visit for card in companies for visit in card.course if visit.starts_at is not None]
    begun = [visit for visit in visits if str(visit.starts_at) <= str(services.place.wall_time())]
    return services.support_sessions.sheet(max(begun, key=lambda visit: str(visit.starts_at)).id)


def _drafts(services: Services) -> tuple[DraftRow, ...]:
    return services.drafts.of(session_scope(_newest(services).id))


def _texts(services: Services) -> list[str]:
    """The lines, as the record or a draft has them."""
    drafted = [draft.text for draft in _drafts(services)]
    return [line.text for line in _newest(services).lines] + [text for text in drafted if text] or [""]


def _marks(services: Services) -> list[str]:
    return [str(line.mark) for line in _newest(services).lines if line.mark]


def _x_name(keys: str) -> str:
    """A key of the program as xdotool names it; the plus sign ends some of them."""
    *modifiers, last = keys.replace("++", "+plus").split("+")
    return "+".join([*(each.lower() for each in modifiers), X_NAMES.get(last, last)])


def _run(*words: str) -> None:
    subprocess.run(words, check=True, timeout=PATIENCE_S)


def _said(*words: str) -> str:
    ran = subprocess.run(words, check=False, timeout=PATIENCE_S, capture_output=True, text=True)
    return ran.stdout


if __name__ == "__main__":
    if sys.argv[1:2] == ["--inside"]:
        sys.exit(inside(Path(sys.argv[2])))
    sys.exit(main(sys.argv[1:]))
