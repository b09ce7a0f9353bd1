"""What the fuzzer once found interesting, fed to the parsers again (`dev.py fuzz`)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from app.sharing.objects.malformed import MalformedObject
from build_spec.fuzz.targets import TARGETS, Target


def kept() -> Iterator[tuple[Target, Path]]:
    for target in TARGETS.values():
        yield from ((target, file) for file in sorted(target.corpus.iterdir()))


@pytest.mark.parametrize("name", TARGETS)
def test_what_the_fuzzer_found_is_taken_or_refused(name: str) -> None:
    target = TARGETS[name]
    for file in sorted(target.corpus.iterdir()):
        with suppress(MalformedObject):
            target.feed(file.read_bytes())


def test_the_corpus_reaches_both_sides() -> None:
    """For each parser something is kept that it takes, and something that it refuses."""
    sides: dict[str, set[bool]] = {}
    for target, file in kept():
        try:
            target.feed(file.read_bytes())
        except MalformedObject:
            sides.setdefault(target.name, set()).add(False)
        else:
            sides.setdefault(target.name, set()).add(True)
    names_refuse_nothing = {"name": {True}}
    assert sides == {name: {True, False} for name in TARGETS} | names_refuse_nothing


def test_the_corpus_is_small() -> None:
    files = [file for _, file in kept()]
    assert sum(file.stat().st_size for file in files) < 500_000
    assert all(file.stat().st_size < 20_000 for file in files)
