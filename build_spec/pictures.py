"""Pictures of every screen in every look, each measured: cut text and overlap end the command with 1.

`dev.py pictures [FOLDER [WORD...]]` writes `FOLDER/<kind>/<size>-<text step>-<theme>/<screen>.png`, where the
kind of store is practice, empty or shared; the default folder is `build/pictures`. Only looks whose names
hold all the words, such as `1024x520` or `-dark`, are drawn. The clock stands still, so the same program
draws the same pictures.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from app.paths import StoreFolder
from app.settings import Theme
from build_spec.fitting import misfits
from build_spec.screens import (
    PASSPHRASE,
    SIZES,
    StillClock,
    close,
    leave,
    make_empty,
    make_practice,
    make_shared,
    settle,
    shots,
    show,
    until,
    wait,
)
from ui.application import make_application, show_theme
from ui.program import Program
from ui.theme.metrics import TextStep

THEMES: tuple[Theme, ...] = ("light", "dark", "contrast")


@dataclass(frozen=True, slots=True)
class Look:
    """One way the window is shown: its size, the text step and the theme."""

    width: int
    height: int
    step: TextStep
    theme: Theme
    for_fingers: bool = False

    def __str__(self) -> str:
        hands = "-fingers" if self.for_fingers else ""
        return f"{self.width}x{self.height}-{self.step.value}-{self.theme}{hands}"

    def put_on(self, program: Program) -> None:
        """Show the window like this."""
        show_theme(self.theme, self.step, for_fingers=self.for_fingers)
        program.window.resize(self.width, self.height)
        program.window.activateWindow()
        until(program.window.isActiveWindow)


def looks() -> Iterator[Look]:
    """Every size at every text step in every theme, and every size for fingers."""
    for (width, height), step, theme in product(SIZES, TextStep, THEMES):
        yield Look(width, height, step, theme)
    for width, height in SIZES:
        yield Look(width, height, TextStep.STANDARD, "light", for_fingers=True)


def main(arguments: list[str]) -> int:
    """Draw and measure everything; returns 1 when something does not fit, 64 when it is not clear what."""
    if arguments and arguments[0].startswith("-"):
        print(__doc__, file=sys.stderr)
        return 64
    target = Path(arguments[0] if arguments else "build/pictures").absolute()
    chosen = [look for look in looks() if all(word in str(look) for word in arguments[1:])]
    if not chosen:
        print(f"その組み合わせはありません。次から選べます: {'、'.join(map(str, looks()))}", file=sys.stderr)
        return 64
    make_application()
    told: list[str] = []
    with tempfile.TemporaryDirectory() as home:
        os.environ["BANSO_HOME"] = home
        for kind, make in (("practice", make_practice), ("empty", make_empty), ("shared", make_shared)):
            store = StoreFolder(Path(home) / kind)
            make(store)
            told += _draw(store, target / kind, Path(home), chosen)
    told += _draw_first_run(target / "empty", chosen)
    print(f"できました: {target}")
    print(f"収まらない所: {len(told)}")
    return 1 if told else 0


def _draw(store: StoreFolder, target: Path, home: Path, chosen: Sequence[Look]) -> list[str]:
    told: list[str] = []
    program = open_program(store, home)
    assert program.services is not None
    for number, look in enumerate(chosen, 1):
        look.put_on(program)
        for shot in shots(program.services):
            show(program, shot)
            told += keep(program, target / str(look) / f"{shot.name}.png")
            leave(program, shot)
        program.lock()
        told += keep(program, target / str(look) / "lock.png")
        program.window.hide_lock()
        print(f"{target.name} {look} ({number}/{len(chosen)})", flush=True)
    close(program)
    return told


def _draw_first_run(target: Path, chosen: Sequence[Look]) -> list[str]:
    told: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        program = Program(StoreFolder(Path(folder) / "none"), Path(folder) / "settings.json", StillClock())
        program.start()
        for look in chosen:
            look.put_on(program)
            told += keep(program, target / str(look) / "S13-first-run.png")
        close(program)
    return told


def open_program(store: StoreFolder, home: Path) -> Program:
    """The program over a store, opened."""
    program = Program(store, home / "settings.json", StillClock())
    program.start()
    settle(program)
    if program.services is None:
        program.entrance.open_with_passphrase(PASSPHRASE)
        until(lambda: program.services is not None)
        settle(program)
    return program


def keep(program: Program, path: Path) -> list[str]:
    """Draw the window into a file; returns, and says at once, what does not fit in it."""
    QApplication.sendPostedEvents()
    wait(20)
    path.parent.mkdir(parents=True, exist_ok=True)
    program.window.grab().save(str(path))
    lacks = [f"{path.parent.name} {path.stem}: {lack}" for lack in misfits(program.window)]
    for lack in lacks:
        print(lack, flush=True)
    return lacks


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
