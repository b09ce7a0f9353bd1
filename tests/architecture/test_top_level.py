import importlib
import sys
from collections.abc import Iterable
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.architecture.sources import LAYERS, ROOT

OURS = {*LAYERS, "tests", "build_spec", ".ci", "pyproject.toml", ".gitignore", "LICENSE"} | {
    f"{name}.md" for name in ("README", "README.en", "CHANGELOG", "CONTRIBUTING")
}


def strangers(names: Iterable[str]) -> set[str]:
    """Return the names that are neither ours nor left behind by a tool (`.gitignore`)."""
    ignored = [".git", *(line.rstrip("/") for line in (ROOT / ".gitignore").read_text().splitlines())]
    return {name for name in set(names) - OURS if not any(fnmatch(name, pattern) for pattern in ignored)}


def parents_of_layers() -> set[Path]:
    """Return the directories the four imported packages lie in."""
    found = set()
    for name in LAYERS:
        origin = importlib.import_module(name).__file__
        assert origin is not None, f"{name} has no __init__.py"
        found.add(Path(origin).resolve().parents[1])
    return found


def test_the_top_level_holds_only_what_belongs_there() -> None:
    assert strangers(entry.name for entry in ROOT.iterdir()) == set()


def test_a_stranger_at_the_top_level_is_told() -> None:
    assert strangers(["app", "tools", ".venv"]) == {"tools"}


def test_the_four_packages_are_imported_from_one_directory() -> None:
    assert parents_of_layers() == {ROOT}


def test_another_package_of_the_same_name_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert parents_of_layers() == {ROOT}
    (tmp_path / "resources").mkdir()
    (tmp_path / "resources" / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "resources")
    assert parents_of_layers() == {ROOT, tmp_path}
