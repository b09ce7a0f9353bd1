"""What F1 says of a screen, from `resources/wording/help.toml`: Japanese, short, there without a network."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ui.navigation import Route


@dataclass(frozen=True, slots=True)
class HelpText:
    """A title and a few sentences."""

    title: str
    lines: tuple[str, ...]


def help_for(route: Route) -> HelpText:
    """The help of the tab where there is one, else of its screen. Raises KeyError for a screen without."""
    texts = _texts()
    return texts.get(f"{route.screen}.{route.tab}") or texts[route.screen]


@cache
def _texts() -> Mapping[str, HelpText]:
    source = files("resources").joinpath("wording", "help.toml").read_text(encoding="utf-8")
    return {
        name: HelpText(entry["title"], tuple(entry["lines"])) for name, entry in tomllib.loads(source).items()
    }
