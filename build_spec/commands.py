"""What `dev.py` can do: each command is a way of starting the environment's Python."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from build_spec.environment import ROOT, SetUpFailed, ready_python
from build_spec.real_servers import provide_servers
from build_spec.system_libraries import missing_packages, provide

WRONG_USE, NO_DISPLAY, SET_UP_FAILED, INTERRUPTED = 64, 69, 71, 130
ME = f"{'py' if sys.platform == 'win32' else 'python3'} build_spec/dev.py"
WINDOWLESS_COMMANDS = frozenset(("print", "search", "check", "backup", "restore", "export", "import"))
WINDOWLESS_SWITCHES = frozenset(("--no-window", "--version", "--help", "-h"))

USAGE = f"""使い方: {ME} 命令 [引数...]
  demo      練習用データで Banso を開く
  run       Banso を開く（引数はそのまま渡す。例: run print history --help）
  test      すべての検査をする（引数は pytest に渡す）
  long      時間のかかる検査をする
  worlds    共有のチームを無作為に動かし、約束（不変条件）を確かめる（引数はチームの数。既定 20000）
  kills     5人の banso を一つの置き場で働かせ、何度も殺す（引数は回数。既定 300）
  servers   置き場の検査を、本物のサーバー（Apache、Ceph、Azurite）とする（Linux だけ）
  pictures  すべての画面の絵 (PNG) を作り、切れや重なりを調べる
  bench     速さを測る
  fuzz      よそから届くデータの読み取りに、壊れたものを次々に与えて調べる（Linux だけ。引数は秒数）
  input-method  本物の日本語入力 (ibus) で打って確かめる（Linux だけ）
最初の一度だけ、必要な部品を .venv に取り寄せます。
終了コードは命令のもの。ほかに {WRONG_USE} 使い方の誤り、{NO_DISPLAY} 画面なし、{SET_UP_FAILED} 準備できず"""

WITHOUT_DISPLAY = f"""この端末には画面（ディスプレイ）がないため、窓を開けません。
窓がなくても、次のことができます。
  画面の絵を見る        {ME} pictures
  練習用データを作る    {ME} demo --no-window --store 練習用
  帳票を PDF にする     {ME} run print history --store 練習用 --all --out 支援経過記録
  検査をする            {ME} test"""


@dataclass(frozen=True, slots=True)
class Command:
    """How to start one command: words for the interpreter, where it runs, and whether a window opens.

    `servers` says which real servers its tests talk to: none, those of the suite, or every one. `whole` are
    further words for a run of everything, which is one without arguments.
    """

    words: tuple[str, ...]
    in_root: bool = True
    opens_window: bool = False
    servers: Literal["none", "suite", "every"] = "none"
    whole: tuple[str, ...] = ()


COMMANDS: Mapping[str, Command] = {
    "demo": Command(("-m", "ui", "demo"), in_root=False, opens_window=True),
    "run": Command(("-m", "ui"), in_root=False, opens_window=True),
    # A worker takes over what the other has not begun, so that both cores end together.
    "test": Command(("-m", "pytest"), servers="suite", whole=("-n", "auto", "--dist", "worksteal")),
    "servers": Command(("-m", "pytest", "-m", "servers", "tests/sharing/places"), servers="every"),
    "long": Command(("-m", "pytest", "-m", "long")),
    "worlds": Command(("-m", "build_spec.long_lives", "worlds")),
    "kills": Command(("-m", "build_spec.long_lives", "kills")),
    "pictures": Command(("-m", "build_spec.pictures")),
    "bench": Command(("-m", "build_spec.bench")),
    "fuzz": Command(("-m", "build_spec.fuzz")),
    "input-method": Command(("-m", "build_spec.real_input_method")),
}


def run(arguments: Sequence[str]) -> int:
    """Carry out one command line and return its exit code."""
    name, *rest = arguments or [""]
    if name not in COMMANDS:
        print(USAGE, file=sys.stdout if name in {"-h", "--help"} else sys.stderr)
        return 0 if name in {"-h", "--help"} else WRONG_USE
    command = COMMANDS[name]
    windows = command.opens_window and not is_windowless(rest)
    if windows and not has_display(os.environ, sys.platform):
        print(WITHOUT_DISPLAY, file=sys.stderr)
        return NO_DISPLAY
    try:
        provide(missing_packages(windows=windows))
        python = ready_python()
        if command.servers != "none":
            provide_servers(every=command.servers == "every")
        return _start(python, command, rest, windows=windows)
    except SetUpFailed as failure:
        print(failure, file=sys.stderr)
        return SET_UP_FAILED
    except KeyboardInterrupt:
        return INTERRUPTED


def is_windowless(arguments: Sequence[str]) -> bool:
    """Tell whether the program would answer these arguments on the command line, without a window."""
    return not (WINDOWLESS_COMMANDS.isdisjoint(arguments[:1]) and WINDOWLESS_SWITCHES.isdisjoint(arguments))


def has_display(environ: Mapping[str, str], system: str) -> bool:
    """Tell whether a window can open; a platform chosen for Qt by hand counts as one."""
    return system != "linux" or any(
        environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    )


def _start(python: Path, command: Command, rest: Sequence[str], *, windows: bool) -> int:
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    if not windows:
        environ["QT_QPA_PLATFORM"] = "offscreen"
    # -P: a folder named `app` in the person's working directory must not be taken for ours.
    words = (*command.words, *rest) if rest else (*command.words, *command.whole)
    ended = subprocess.run(
        [python, "-P", *words], cwd=ROOT if command.in_root else None, env=environ, check=False
    )
    return ended.returncode if ended.returncode >= 0 else 128 - ended.returncode
