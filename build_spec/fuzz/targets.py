"""The parsers of foreign bytes, by name: how each is fed, and where its corpus is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.sharing.membership import fuzz_targets as membership
from tests.sharing.objects import fuzz_targets as objects


@dataclass(frozen=True, slots=True)
class Target:
    """`feed` may raise MalformedObject; anything else it raises is a finding."""

    name: str
    feed: Callable[[bytes], None]
    corpus: Path


TARGETS: Mapping[str, Target] = {
    name: Target(name, feed, family.CORPUS / name)
    for family in (objects, membership)
    for name, feed in family.TARGETS.items()
}
