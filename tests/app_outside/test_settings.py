"""What the device remembers of how a person likes the window."""

import json
from pathlib import Path

import pytest

from app import settings
from app.errors import CannotWrite, FolderReadOnly, SettingsUnreadable
from app.settings import Settings, load_settings, save_settings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "banso" / "settings.json"


def test_without_a_file_everything_is_as_at_first(file: Path) -> None:
    assert load_settings(file) == Settings()


def test_what_is_kept_comes_back(file: Path) -> None:
    kept = Settings(text_step=150, theme="dark", window_geometry="AAA=")
    save_settings(file, kept)
    assert load_settings(file) == kept


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "7", '{"version": 1, "text_step": 7}', '{"text_step": 100}', "\x00"]
)
def test_a_file_that_says_nothing_sensible_is_told(file: Path, text: str) -> None:
    file.parent.mkdir()
    file.write_text(text)
    with pytest.raises(SettingsUnreadable):
        load_settings(file)


def test_names_of_a_later_version_are_passed_over(file: Path) -> None:
    file.parent.mkdir()
    file.write_text(json.dumps({"version": 1, "text_step": 125, "touch": True}))
    assert load_settings(file) == Settings(text_step=125)


def test_an_older_file_is_brought_up_step_by_step(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.parent.mkdir()
    file.write_text(json.dumps({"version": 1, "size": 125}))
    monkeypatch.setattr(settings, "VERSION", 3)
    steps = {
        1: lambda old: {"step": old["size"]},
        2: lambda old: {"text_step": old["step"]},
    }
    monkeypatch.setattr(settings, "UPGRADES", steps)
    assert load_settings(file).text_step == 125


@pytest.mark.parametrize("values", [{"text_step": 110}, {"theme": "blue"}])
def test_no_setting_is_out_of_its_range(values: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="range"):
        Settings(**values)  # type: ignore[arg-type]


def test_a_refused_write_is_named_and_leaves_the_old_file(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_settings(file, Settings(theme="dark"))

    def refuse(*_: object) -> None:
        raise OSError(30, "read-only")

    monkeypatch.setattr(settings, "write_durably", refuse)
    with pytest.raises((CannotWrite, FolderReadOnly)):
        save_settings(file, Settings())
    assert load_settings(file).theme == "dark"
