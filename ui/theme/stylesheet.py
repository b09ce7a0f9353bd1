"""The one style sheet of the program, from `resources/theme/window.qss`.

The file is written at the 標準 step with role names in place of colours: `@surface2` becomes the token,
every `12px` is scaled to the text step, and lines of 1 px stay.
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
    return _COLOR.sub(lambda found: colors[found[1]], scaled)
