"""The one style sheet of the program, from `resources/theme/window.qss`.

The file is written at the 標準 step with role names in place of colours: `@surface2` becomes the token,
every `12px` is scaled to the text step, and lines of 1 px stay. Some measures have names of their own.
"""

from __future__ import annotations

import re
from importlib.resources import files

from ui.theme.metrics import Metrics
from ui.theme.tokens import Tokens

_COLOR = re.compile(r"@([a-z][a-z0-9_]*)")
_LENGTH = re.compile(r"\b(\d+)px\b")


def style_sheet(tokens: Tokens, metrics: Metrics) -> str:
    """The sheet for one theme and text step. Raises KeyError for a role that no theme has."""
    colors = {name: color.name() for name, color in tokens.by_name().items()}
    text = files("resources").joinpath("theme", "window.qss").read_text(encoding="utf-8")
    scaled = _LENGTH.sub(lambda found: f"{metrics.px(int(found[1]))}px", text)
    named = colors | _measures(metrics)
    return _COLOR.sub(lambda found: named[found[1]], scaled)


def _measures(metrics: Metrics) -> dict[str, str]:
    """What is larger for fingers than for a mouse; a field's edge of 1 px lies outside its inside."""
    measures = {
        "inside_control": metrics.target(32) - 2,
        "menu_item": metrics.target(32),
        "menu_padding": metrics.px(13 if metrics.for_fingers else 5),
    }
    return {name: f"{pixels}px" for name, pixels in measures.items()}
