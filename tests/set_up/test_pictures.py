"""The command that draws every screen."""

from pathlib import Path

import pytest

from build_spec import pictures


def test_a_choice_of_nothing_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert pictures.main([str(tmp_path / "drawn"), "1366x768"]) == 64
    assert "1366x688-100-light" in capsys.readouterr().err
    assert not (tmp_path / "drawn").exists()


def test_a_switch_is_answered_with_the_use_and_draws_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert pictures.main(["--help"]) == 64
    assert "dev.py pictures" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
