"""What this device remembers of how a person likes the window. No secrets, no client text.

The file is JSON. An older one is brought up to date by a chain of small functions, one per version.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, TypeVar

from app.durable_files import write_durably
from app.errors import SettingsUnreadable, write_fault

VERSION = 1
TEXT_STEPS = (90, 100, 125, 150)
"""文字の大きさ in percent: 小, 標準, 大きめ, 特大."""

_Kept = TypeVar("_Kept")
Theme = Literal["system", "light", "dark", "contrast"]
THEMES: tuple[Theme, ...] = ("system", "light", "dark", "contrast")

UPGRADES: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""From version n to n + 1."""


@dataclass(frozen=True, slots=True)
class PrintUse:
    """How one kind of document was printed last. `period` is "year" (this 年度), "all" or "days"."""

    level: str = "assigned"
    period: str = "year"
    one_each: bool = False
    used_on: str = ""
    """ISO day; empty before the first time."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The person's choices on this device."""

    text_step: int = 100
    theme: Theme = "system"
    for_fingers: bool = False
    """指で使う: everything that one presses is large enough for a finger."""
    print_kind: str = "history"
    print_uses: Mapping[str, PrintUse] = field(default_factory=dict)
    """By the code of the kind of document."""
    printer: str = ""
    """Its queue; empty for the system's own choice."""
    prints_both_sides: bool = True
    pdf_folder: str = ""
    seen_version: str = ""
    """The version whose news were told last; empty before the first start."""
    window_geometry: str = ""
    """Qt's own words for size and place, base64."""

    def __post_init__(self) -> None:
        if self.text_step not in TEXT_STEPS or self.theme not in THEMES:
            raise ValueError("a setting is out of its range")


def load_settings(path: Path) -> Settings:
    """The kept settings, the defaults when there are none yet. Raises SettingsUnreadable."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        version = kept.pop("version")
        while version < VERSION:
            kept = UPGRADES[version](kept)
            version += 1
        kept["print_uses"] = {kind: _known(PrintUse, use) for kind, use in kept.get("print_uses", {}).items()}
        return _known(Settings, kept)
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as unreadable:
        raise SettingsUnreadable from unreadable


def save_settings(path: Path, settings: Settings) -> None:
    """Replace the file durably. Raises what a refused write is."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        written = json.dumps({"version": VERSION, **asdict(settings)}, ensure_ascii=False, indent=1)
        write_durably(path, written.encode())
    except OSError as refused:
        raise write_fault(refused) from refused


def _known(kind: type[_Kept], kept: Mapping[str, Any]) -> _Kept:
    """What this version knows of what was kept."""
    names = {each.name for each in fields(kind)}  # type: ignore[arg-type]
    return kind(**{name: value for name, value in kept.items() if name in names})
