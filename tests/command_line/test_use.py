"""How the command line is read, what it says of itself, and that it needs no window."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from app import errors
from app.errors import AppError
from tests.architecture.sources import ROOT
from tests.command_line.conftest import Banso
from ui.command_line import running, windows
from ui.command_line.exit_codes import ExitCode, exit_code_of
from ui.command_line.windows import has_display

COMMANDS = ["demo", "print", "check", "backup", "restore", "export", "import"]


def test_the_help_names_every_command_and_every_exit_code(banso: Banso) -> None:
    said = banso("--help")
    assert said.exit_code == 0
    assert [command for command in COMMANDS if f"\n    {command} " not in said.out] == []
    assert [code for code in ExitCode if f"\n  {code.value:<3} {code.words}" not in said.out] == []
    assert "usage" not in said.out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_in_japanese(banso: Banso, command: str) -> None:
    said = banso(command, "--help")
    assert said.exit_code == 0
    assert said.out.startswith(f"使い方: banso {command}")
    assert [word for word in ("usage", "options", "positional", "show this") if word in said.out] == []


def test_the_version_is_the_one_that_is_packaged(banso: Banso) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert banso("--version").out == f"Banso {project['version']}\n"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["print"], "帳票, --out を書いてください。"),
        (["print", "history", "--out", "x"], "--company --all のどれかを書いてください。"),
        (["print", "diary", "--all", "--out", "x"], "帳票 に 'diary' は使えません。"),
        (["print", "plan", "--all", "--out"], "--out の後に値を書いてください。"),
        (["print", "plan", "--all", "--company", "x", "--out", "x"], "--all は一緒に使えません。"),
        (["print", "plan", "--all", "--level", "秘密", "--out", "x"], "--level: 担当者限り チーム限り"),
        (["check", "--fast"], "--fast は分かりません。"),
        (["chekc"], "命令 に 'chekc' は使えません。"),
        (["restore"], "--from を書いてください。"),
        (["import"], "FILE を書いてください。"),
    ],
)
def test_wrong_use_is_told_in_japanese(banso: Banso, words: list[str], told: str) -> None:
    said = banso(*words)
    assert (said.exit_code, said.out) == (2, "")
    assert told in said.err
    assert "使い方: banso" in said.err


def cases(above: type[AppError] = AppError) -> list[type[AppError]]:
    return [
        case
        for below in above.__subclasses__()
        for case in (below, *cases(below))
        if case.__module__.startswith("app.errors.")
    ]


def test_every_case_that_a_command_meets_has_an_exit_code_of_its_own_kind() -> None:
    never_met = {"program", "settings", "clock", "record", "decision", "undo"}
    met = [case for case in cases() if "code" in vars(case) and case.code.partition(".")[0] not in never_met]
    assert met
    assert [case.code for case in met if exit_code_of(case.__new__(case)) in {0, ExitCode.DEFECT}] == []
    assert exit_code_of(errors.StoreInUse(process_id=0)) == 4
    assert exit_code_of(errors.StoreDamaged()) == 3
    assert exit_code_of(errors.Defect()) == 1


def test_a_defect_is_said_without_its_words_and_logged(
    banso: Banso, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> int:
        raise RuntimeError("北国精密の秘密")

    monkeypatch.setattr(running, "_command", lambda name: broken)
    said = banso("check")
    assert said.exit_code == 1
    assert "E-999" in said.err
    assert "RuntimeError" in said.err
    assert "北国" not in said.err
    assert "defect" in caplog.text


def test_an_interrupted_command_says_nothing_more(banso: Banso, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(running, "_command", lambda name: interrupted)
    said = banso("check")
    assert (said.exit_code, said.out, said.err) == (130, "", "")


PROBE = """
import sys
from ui.command_line.running import run
for words in {lines!r}:
    code = run(words)
    assert code == 0, (words, code)
loaded = sorted(name for name in sys.modules if name.partition(".")[0] in ("PySide6", "shiboken6"))
assert not loaded, loaded
"""


def test_no_command_loads_qt_unless_a_window_opens(practice: Path, tmp_path: Path) -> None:
    store = ["--store", str(practice)]
    lines = [
        ["demo", "--no-window", *store],
        ["print", "history", "--all", "--out", str(tmp_path / "out.pdf"), *store],
        ["check", *store],
        ["backup", *store],
        ["export", "--out", str(tmp_path / "all.zip"), *store],
        ["restore", "--from", "newest", "--yes", *store],
    ]
    ended = subprocess.run(
        [sys.executable, "-c", PROBE.format(lines=lines)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr.count("Traceback")) == (0, 0), ended.stderr


@pytest.mark.parametrize(
    ("environ", "system", "shown"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"QT_QPA_PLATFORM": "offscreen"}, "linux", True),
        ({}, "win32", True),
        ({}, "darwin", True),
    ],
)
def test_only_linux_can_lack_a_display(environ: dict[str, str], system: str, shown: bool) -> None:
    assert has_display(environ, system) is shown


@pytest.mark.parametrize("words", [[], ["demo"]])
def test_without_a_display_the_commands_that_work_are_named(
    banso: Banso, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.setattr(windows, "has_display", lambda *_: False)
    said = banso(*words)
    assert said.exit_code == 69
    assert "banso demo --no-window" in said.err


def test_the_windows_are_opened_on_the_named_stores(
    banso: Banso, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import ui.window_start

    opened: list[tuple[str, Path]] = []
    for name in ("open_window", "open_practice_window"):
        monkeypatch.setattr(
            ui.window_start, name, lambda folder, name=name: opened.append((name, folder.path)) or 7
        )
    assert banso("--store", tmp_path / "mine").exit_code == 7
    assert banso("demo", "--store", tmp_path / "practice").exit_code == 7
    assert opened == [("open_window", tmp_path / "mine"), ("open_practice_window", tmp_path / "practice")]
