"""What the program leaves of the changes that PySide6 makes to Python's own import."""

import linecache
import sys
from pathlib import Path

import pytest

from ui.application import make_application


def test_a_module_that_is_imported_leaves_its_source_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_application()
    probe = tmp_path / "banso_probe.py"
    probe.write_text("WORDS = 1\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "banso_probe", raising=False)
    assert __import__("banso_probe").WORDS == 1
    monkeypatch.delitem(sys.modules, "banso_probe")
    assert str(probe) not in linecache.cache
