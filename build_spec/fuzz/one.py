"""One parser under libFuzzer, until it is told to stop; started by `build_spec.fuzz`."""

from __future__ import annotations

import sys
from contextlib import suppress

import atheris

with atheris.instrument_imports(include=["app.sharing", "tests.sharing"]):
    from app.sharing.objects.malformed import MalformedObject
    from build_spec.fuzz.targets import TARGETS


def main() -> None:
    """Take the parser's name from the command line; the rest is libFuzzer's."""
    feed = TARGETS[sys.argv.pop(1)].feed

    def once(data: bytes) -> None:
        with suppress(MalformedObject):
            feed(data)

    atheris.Setup(sys.argv, once)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
