"""From a key press to its glyph in S04, beside a bare QTextEdit with the same text, in one run.

Method. A visit of 2,000 lines is open in the program's window, offscreen, with its records in an encrypted
store. A character is committed by the input method into a line in the middle, 600 times, five in every
line before the caret goes on; each is timed from the event to the end of the paint that shows it. The floor
is the same in a QTextEdit that holds the same text. The second figure is taken while a backup is made, a
bundle is taken into another store and every company is printed, over and over: each on the thread, or in the
process, that does it in the program. Typing goes on until each of these has ended at least once, or for as
long as PATIENCE_S; how often each ended is told.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from build_spec.bench.window_bench import (
    environment_in,
    let_work,
    make_store,
    open_program,
    p99,
    store_key,
    wait_for,
)

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTextEdit

    from ui.program import Program
    from ui.tasks import Ticket

    Work = Callable[[Ticket], object]

LINES, TYPED, IN_A_LINE, PATIENCE_S = 2_000, 600, 5, 600
COMPANIES = 20
_PASSPHRASE = "速さを測るための合言葉です"  # noqa: S105 - of stores that live for a minute


def main() -> None:
    """Print the floor, S04 at rest and S04 under load, with their ratios."""
    with tempfile.TemporaryDirectory() as folder:
        make_store(Path(folder), "notes", (COMPANIES, COMPANIES, COMPANIES * LINES))
        command = [sys.executable, "-m", "build_spec.bench.typing_bench", folder]
        subprocess.run(command, env=environment_in(Path(folder)), check=True)


def _measure(folder: Path) -> None:
    from app.paths import StoreFolder
    from ui.application import make_application
    from ui.program import Program

    make_application()
    program = Program(StoreFolder(folder / "notes"), folder / "settings.json")
    program.start()
    open_program(program, store_key(folder, "notes"))
    editor = _open_visit(program)
    floor = _typed_into(_bare(editor.toPlainText()))
    ours = _typed_into(editor)
    with _load(program, folder) as rounds:
        loaded = _typed_until(editor, lambda: all(rounds.ended().values()))
    _tell("素の QTextEdit", floor, floor)
    _tell("S04", ours, floor)
    _tell("S04 (控え・取り込み・一括印刷の間)", loaded, floor)
    ended = "、".join(f"{name} {done}回" for name, done in rounds.ended().items())
    print(f"  {len(loaded):,}字を打つ間に終わった仕事: {ended}")
    program.window.close()


def _open_visit(program: Program) -> QTextEdit:
    from ui.navigation import Place, Route
    from ui.widgets.notes.note_editor import NoteEditor

    assert program.services is not None
    company = program.services.companies.list_rows()[0].id
    visit = program.services.companies.card(company).course[-1].id
    program.window.open(Route(Place.COMPANIES, company_id=company, tab="sessions", item_id=visit))

    def editors() -> list[NoteEditor]:
        return program.window.findChildren(NoteEditor)

    wait_for(lambda: bool(editors()) and editors()[0].document().blockCount() >= LINES)
    let_work(500)
    editor = editors()[0]
    editor.setFocus()
    return editor


def _bare(text: str) -> QTextEdit:
    from PySide6.QtWidgets import QTextEdit

    editor = QTextEdit()
    editor.setPlainText(text)
    editor.resize(900, 490)
    editor.show()
    editor.setFocus()
    let_work(500)
    return editor


def _typed_into(editor: QTextEdit) -> list[float]:
    """Milliseconds of every character, from its event to the end of its paint."""
    from PySide6.QtCore import QCoreApplication
    from PySide6.QtGui import QInputMethodEvent, QTextCursor

    editor.window().activateWindow()
    editor.setFocus()
    wait_for(editor.hasFocus)
    times = []
    for number in range(TYPED):
        if number % IN_A_LINE == 0:
            block = editor.document().findBlockByNumber(LINES // 2 + number // IN_A_LINE % 20)
            editor.setTextCursor(QTextCursor(block))
            let_work(2)
        event = QInputMethodEvent()
        event.setCommitString("治")
        begun = time.perf_counter()
        QCoreApplication.sendEvent(editor, event)
        editor.viewport().repaint()
        times.append((time.perf_counter() - begun) * 1000)
        let_work(2)
    return times


def _typed_until(editor: QTextEdit, is_enough: Callable[[], bool]) -> list[float]:
    begun = time.monotonic()
    times = _typed_into(editor)
    while not is_enough() and time.monotonic() - begun < PATIENCE_S:
        times += _typed_into(editor)
    return times


class _Rounds:
    """How often each work beside has ended; an import tells of each beginning, in a file."""

    def __init__(self, imports: Path) -> None:
        self.beside = dict.fromkeys(("控え", "一括印刷"), 0)
        self._imports = imports

    def ended(self) -> dict[str, int]:
        return {**self.beside, "取り込み": self.imports_begun() - 1}

    def imports_begun(self) -> int:
        return self._imports.read_bytes().count(b"\n")


@contextmanager
def _load(program: Program, folder: Path) -> Iterator[_Rounds]:
    """Backup, import and printing, each begun again when it has ended, until the block is left."""
    rounds = _Rounds(folder / "imports")
    stopped: list[bool] = []
    _export(program, folder)
    works: dict[str, Work] = {
        "控え": partial(_back_up, program),
        "一括印刷": partial(_print_all, program, folder),
    }
    for name, work in works.items():
        _again_and_again(program, name, work, rounds.beside, stopped)
    with (folder / "imports").open("wb") as told:
        command = [sys.executable, "-m", "build_spec.bench.typing_bench", str(folder), "import"]
        process = subprocess.Popen(command, stdout=told)
        wait_for(lambda: rounds.imports_begun() > 0)
        yield rounds
        stopped.append(True)
        process.kill()
        process.wait()


def _again_and_again(
    program: Program, name: str, work: Work, done: dict[str, int], stopped: list[bool]
) -> None:
    def go_on(_answer: object = None) -> None:
        if not stopped:
            program.tasks.run(work, count, side=True)

    def count(_answer: object) -> None:
        done[name] += 1
        go_on()

    go_on()


def _back_up(program: Program, _ticket: Ticket) -> None:
    assert program.services is not None
    program.services.backups.make()


def _print_all(program: Program, folder: Path, _ticket: Ticket) -> None:
    from app.rows.printing import DocumentKind, PrintRequest

    assert program.services is not None
    companies = [row.id for row in program.services.companies.list_rows()]
    printing = program.services.printing
    printing.files(printing.prepare(PrintRequest(DocumentKind.HISTORY, companies)), one_each=True)


def _export(program: Program, folder: Path) -> None:
    from app.services.bundles import BundleService

    assert program.services is not None
    BundleService(program.services.place).export(folder / "all.zip")


def _import_for_ever(folder: Path) -> None:
    """In a process of its own, as `banso import` is."""
    from app.bootstrap import create_store, open_workplace
    from app.making_way import step_back
    from app.paths import StoreFolder
    from app.services.bundles import BundleService
    from app.store_keys import new_keys

    step_back()
    for number in count():
        print(number, flush=True)
        store = StoreFolder(folder / f"taken-in-{number}")
        keys = new_keys(f"00000000-0000-7000-8000-{number:012}", _PASSPHRASE)
        create_store(store, keys)
        place = open_workplace(store, keys.key)
        BundleService(place).take_in(folder / "all.zip")
        place.store.close()


def _tell(name: str, times: list[float], floor: list[float]) -> None:
    ours, bare = p99(times), p99(floor)
    print(f"{name}: 中央値 {median(times):.1f} ms、p99 {ours:.1f} ms")
    if times is not floor:
        print(f"  素の {ours / bare:.2f}倍 (目標 50 ms、4倍 以下)")


if __name__ == "__main__":
    if sys.argv[2:]:
        _import_for_ever(Path(sys.argv[1]))
    elif sys.argv[1:]:
        _measure(Path(sys.argv[1]))
    else:
        main()
