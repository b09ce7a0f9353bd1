"""The entry point: `banso`, `banso-gui` and `python -m ui`."""

from __future__ import annotations

import sys

from ui.command_line.running import run


def main() -> int:
    """Carry out the command line of this process; without a command the window opens."""
    return run()


if __name__ == "__main__":
    sys.exit(main())
