"""A4 portrait and where things stand on it, in points from the lower left corner."""

from __future__ import annotations

from typing import Final

MM: Final = 72 / 25.4
WIDTH: Final = 210 * MM
HEIGHT: Final = 297 * MM

LEFT: Final = 25 * MM
"""Room for two punched holes."""
RIGHT: Final = WIDTH - 15 * MM
TOP: Final = HEIGHT - 24 * MM
BOTTOM: Final = 20 * MM
BODY_WIDTH: Final = RIGHT - LEFT

SAFE_EDGE: Final = 8 * MM
"""Office printers leave this much of every edge white."""
