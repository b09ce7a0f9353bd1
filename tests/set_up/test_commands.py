import ast
import sys
from pathlib import Path

import pytest

from build_spec import commands, dev
from build_spec.commands import Command, has_display, is_windowless, run


def test_the_entry_can_be_read_by_an_old_python() -> None:
    ast.parse(Path(dev.__file__).read_text(encoding="utf-8"), feature_version=(3, 7))


@pytest.mark.parametrize("version", [(3, 7), (3, 10), (3, 15), (4, 0)])
def test_a_python_that_does_not_fit_is_refused(version: tuple[int, int]) -> None:
    assert "3.11 から 3.14" in dev.python_refused(version)


@pytest.mark.parametrize("version", [(3, 11), (3, 14)])
def test_a_python_that_fits_is_taken(version: tuple[int, int]) -> None:
    assert dev.python_refused(version) is None


def test_a_fitting_python_beside_the_old_one_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev.shutil, "which", lambda name: name if name == "python3.12" else None)
    monkeypatch.setattr(sys, "argv", ["dev.py", "demo"])
    assert dev.python_refused((3, 9)).endswith("  python3.12 build_spec/dev.py demo")


@pytest.mark.parametrize("command", ["demo", "run"])
def test_without_a_display_it_says_what_can_be_done_instead(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(commands, "has_display", lambda *_: False)
    monkeypatch.setattr(commands, "missing_packages", lambda **_: pytest.fail("set-up was begun"))
    assert run([command]) == 69
    said = capsys.readouterr().err
    assert all(word in said for word in ("ディスプレイ", " pictures", "print history", "--no-window"))


@pytest.mark.parametrize("arguments", [[], ["dmeo"]])
def test_an_unknown_command_is_answered_with_all_of_them(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 64
    said = capsys.readouterr().err
    assert all(name in said for name in ("demo", "test", "pictures", "bench", "long"))


def test_a_command_ends_with_the_exit_code_of_what_it_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "missing_packages", lambda **_: [])
    monkeypatch.setattr(commands, "ready_python", lambda: Path(sys.executable))
    ends_with_its_argument = Command(("-c", "import sys; sys.exit(int(sys.argv[1]))"))
    monkeypatch.setattr(commands, "COMMANDS", {"test": ends_with_its_argument})
    assert run(["test", "7"]) == 7


@pytest.mark.parametrize(("arguments", "started_with"), [([], 3), (["7"], 7)])
def test_a_run_of_everything_has_words_of_its_own(
    arguments: list[str], started_with: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "missing_packages", lambda **_: [])
    monkeypatch.setattr(commands, "ready_python", lambda: Path(sys.executable))
    ends_with_its_argument = Command(("-c", "import sys; sys.exit(int(sys.argv[1]))"), whole=("3",))
    monkeypatch.setattr(commands, "COMMANDS", {"test": ends_with_its_argument})
    assert run(["test", *arguments]) == started_with


@pytest.mark.parametrize(
    ("environ", "system", "shown"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ""}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"QT_QPA_PLATFORM": "vnc"}, "linux", True),
        ({}, "darwin", True),
        ({}, "win32", True),
    ],
)
def test_where_a_window_can_open(environ: dict[str, str], system: str, shown: bool) -> None:
    assert has_display(environ, system) is shown


@pytest.mark.parametrize(
    ("arguments", "windowless"),
    [
        ([], False),
        (["--store", "print"], False),
        (["print", "history", "--all"], True),
        (["--store", "x", "--no-window"], True),
        (["--version"], True),
    ],
)
def test_what_runs_without_a_window(arguments: list[str], windowless: bool) -> None:
    assert is_windowless(arguments) is windowless
