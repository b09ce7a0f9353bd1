"""One parser under libFuzzer, until it is told to stop; started by `build_spec.fuzz`."""

from __future__ import annotations

import shlex
import sys
from contextlib import suppress

import atheris

with atheris.instrument_imports(include=["app.sharing", "tests.sharing"]):
    from app.sharing.objects.malformed import MalformedObject
    from build_spec.fuzz.targets import TARGETS


def main() -> None:
    """Take the parser's name from the command line; the rest is libFuzzer's."""
    name = sys.argv.pop(1)
    feed = TARGETS[name].feed
    # Merging starts this program again, by a shell.
    sys.argv[0] = shlex.join([sys.executable, "-P", "-m", "build_spec.fuzz.one", name])

    def once(data: bytes) -> None:
        with suppress(MalformedObject):
            feed(data)

    atheris.Setup(sys.argv, once)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
