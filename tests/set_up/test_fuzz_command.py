from pathlib import Path

import pytest

from build_spec.fuzz import __main__ as fuzz
from build_spec.fuzz.targets import TARGETS


def test_a_parser_that_is_not_there_is_told_with_those_that_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert fuzz.main(["1", "segments"]) == 64
    said = capsys.readouterr().err
    assert all(name in said for name in TARGETS)


def test_a_machine_without_a_fuzzer_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object) -> None:
        raise fuzz.SetUpFailed("この端末に合う部品が見つかりません。")

    monkeypatch.setattr(fuzz, "fetch", refuse)
    assert fuzz.main([]) == 71
    assert "この端末に" in capsys.readouterr().err


def test_what_is_found_makes_the_command_fail(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Ended:
        returncode, stderr = 77, "#9 NEW cov: 12 ft: 30 corp: 4/9b\nstat::number_of_executed_units: 9"

    monkeypatch.setattr(fuzz, "fetch", lambda *_: None)
    monkeypatch.setattr(fuzz, "WORK", tmp_path)
    monkeypatch.setattr(fuzz, "_run", lambda *_: Ended)
    assert fuzz.main(["1", "name"]) == 1
    Ended.returncode = 0
    assert fuzz.main(["1", "name"]) == 0
