import hashlib
import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT
from tests.architecture.test_top_level import OURS

REQUIREMENTS = ROOT / "build_spec" / "requirements.txt"
TEXTS = {".md", ".py", ".sql", ".toml", ".txt", ".json"}
_PIN = re.compile(r"^(?P<name>[a-z0-9-]+)==\S+(?: ; .*?)? \\$", re.MULTILINE)
_REGISTRY = re.compile(
    r"\bpypi\.org\b|\bpythonhosted\.org\b|(?:index-url|find-links)[= ]+\S*/", re.IGNORECASE
)


def wrong_sums(listing: str, folder: Path) -> list[str]:
    """Name the listed files whose content differs, in the format of `sha256sum`."""
    pairs = [line.split(maxsplit=1) for line in listing.splitlines()]
    return [name for told, name in pairs if hashlib.sha256((folder / name).read_bytes()).hexdigest() != told]


def own_texts() -> Iterator[tuple[str, str]]:
    """Yield path and text of every text file of the project."""
    for top in sorted(OURS):
        for path in [ROOT / top, *(ROOT / top).rglob("*")]:
            if path.is_file() and (path.suffix in TEXTS or path.name in {"run", "LICENSE"}):
                yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")


def test_fonts_are_the_ones_that_were_reviewed() -> None:
    folder = files("resources") / "fonts"
    assert isinstance(folder, Path)
    listing = (folder / "SHA256SUMS").read_text(encoding="utf-8")
    assert wrong_sums(listing, folder) == []
    assert {line.split()[1] for line in listing.splitlines()} == {font.name for font in folder.glob("*.ttf")}


def test_a_changed_font_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.ttf").write_bytes(b"changed")
    assert wrong_sums(f"{hashlib.sha256(b'reviewed').hexdigest()}  a.ttf\n", tmp_path) == ["a.ttf"]


def test_every_pinned_package_has_hashes_and_no_address() -> None:
    text = REQUIREMENTS.read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\S)", text.strip())
    assert "://" not in text
    assert len(entries) == len(_PIN.findall(text)) > 30
    assert all("--hash=sha256:" in entry for entry in entries)


def test_what_only_the_fuzzer_needs_has_hashes_and_no_address() -> None:
    text = (REQUIREMENTS.parent / "requirements-fuzz.txt").read_text(encoding="utf-8")
    assert "://" not in text
    assert len(_PIN.findall(text)) == 1
    assert "--hash=sha256:" in text


def test_every_dependency_of_the_project_file_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    names = {re.split(r"[<>=!~ ;\[]", one)[0].lower().replace("_", "-") for one in wanted}
    assert names <= set(_PIN.findall(REQUIREMENTS.read_text(encoding="utf-8")))


def test_no_file_says_where_packages_come_from() -> None:
    here = Path(__file__).relative_to(ROOT)
    told = {path for path, text in own_texts() if _REGISTRY.search(text)}
    assert told - {str(here)} == set()


@pytest.mark.parametrize(
    "line", ["see https://pypi.org/simple", "--index-url https://mirror/", "find-links=/opt/w"]
)
def test_an_address_of_a_registry_is_told(line: str) -> None:
    assert _REGISTRY.search(line)
