"""Colours by role, read from `resources/theme/<name>.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from importlib.resources import files
from typing import Literal

from PySide6.QtGui import QColor

ThemeName = Literal["light", "dark", "contrast"]


@dataclass(frozen=True, slots=True)
class Tokens:
    """One theme's colours; the toml files say where each one is used."""

    bg: QColor
    surface: QColor
    surface2: QColor
    divider: QColor
    text: QColor
    sub: QColor
    border: QColor
    primary: QColor
    on_primary: QColor
    selection: QColor
    focus: QColor
    danger: QColor
    danger_tint: QColor
    warn: QColor
    warn_tint: QColor
    ok: QColor
    ok_tint: QColor
    info: QColor
    info_tint: QColor
    secret: QColor
    secret_tint: QColor

    def by_name(self) -> dict[str, QColor]:
        """Role name to colour, for the style sheet and for tests."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


def load_tokens(name: ThemeName) -> Tokens:
    """The colours of one theme. Raises TypeError when a role is missing or unknown."""
    text = files("resources").joinpath("theme", f"{name}.toml").read_text(encoding="utf-8")
    return Tokens(**{role: QColor(value) for role, value in tomllib.loads(text).items()})
