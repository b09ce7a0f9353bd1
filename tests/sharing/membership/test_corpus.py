"""What was found by fuzzing, and where it begins: nothing but MalformedObject."""

from __future__ import annotations

from contextlib import suppress

import pytest

from app.sharing.objects.malformed import MalformedObject
from tests.sharing.membership.fuzz_targets import CORPUS, TARGETS


@pytest.mark.parametrize("name", TARGETS)
def test_the_corpus_raises_nothing_else(name: str) -> None:
    inputs = sorted((CORPUS / name).iterdir())
    assert inputs
    for each in inputs:
        with suppress(MalformedObject):
            TARGETS[name](each.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_the_corpus_has_something_that_is_accepted(name: str) -> None:
    def is_accepted(data: bytes) -> bool:
        with suppress(MalformedObject):
            TARGETS[name](data)
            return True
        return False

    assert any(is_accepted(each.read_bytes()) for each in (CORPUS / name).iterdir())
