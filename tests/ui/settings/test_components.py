"""Every part that is handed on stands in the about box with the whole text of its licence."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, requires

from tests.architecture.sources import ROOT
from ui.screens.settings.components import LIBRARIES, components

_NAME = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)")


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def name_of(requirement: str) -> str:
    found = _NAME.match(requirement)
    assert found is not None
    return plain(found[1])


def with_all_they_need(names: set[str]) -> set[str]:
    """The names, and what they need on any system."""
    known: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in known:
            continue
        known.add(name)
        try:
            needed = requires(name) or []
        except PackageNotFoundError:  # a package of another system
            continue
        waiting += [name_of(each) for each in needed if "extra ==" not in each]
    return known


def shipped() -> set[str]:
    """What build_spec/requirements.txt pins, without what only tests and builds need."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    own = with_all_they_need({name_of(each) for each in project["project"]["dependencies"]})
    of_tests = with_all_they_need({name_of(each) for each in project["dependency-groups"]["dev"]})
    pinned = (ROOT / "build_spec" / "requirements.txt").read_text(encoding="utf-8")
    names = {name_of(line) for line in pinned.splitlines() if _NAME.match(line)}
    return names - (of_tests - own)


def test_no_library_that_is_handed_on_is_missing() -> None:
    listed = {plain(name) for name in LIBRARIES}
    assert "pyside6-essentials" in shipped()
    assert shipped() - listed == set()
    assert listed - shipped() == set()


def test_every_part_has_the_whole_text_of_its_licence() -> None:
    found = {each.name: each for each in components()}
    assert {"伴走カルテ", "アイコン", "BIZ UDゴシック", "SQLCipher", "OpenSSL"} <= set(found)
    short = [name for name, each in found.items() if len(each.text) < 500]
    assert short == []
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in found["PySide6-Essentials"].text
    assert "Apache License" in found["伴走カルテ"].text
