"""One command per purpose: `python3 build_spec/dev.py demo` (or run, test, pictures, bench, fuzz, long).

This file keeps to words that Python 3.7 can read, so that an old Python gets an answer instead of a
syntax error. Everything else is in commands.py.
"""

import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST, TOO_NEW = (3, 11), (3, 15)
SET_UP_FAILED = 71


def python_refused(version):
    """Return what to tell a person whose Python (major, minor) does not fit, or None."""
    if OLDEST <= tuple(version) < TOO_NEW:
        return None
    fitting = [f"python3.{minor}" for minor in range(TOO_NEW[1] - 1, OLDEST[1] - 1, -1)]
    found = next((name for name in fitting if shutil.which(name)), None)
    major, minor = version
    lines = [f"この Python は {major}.{minor} です。Banso には 3.11 から 3.14 までの Python が必要です。"]
    if found:
        lines.append(f"この端末の {found} が使えます。次のように実行してください。")
        lines.append(f"  {found} build_spec/dev.py {' '.join(sys.argv[1:])}")
    else:
        lines.append("合う版の Python を入れてから、もう一度実行してください。")
    return "\n".join(lines)


def main():
    """Run the command named on the command line and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")
    refused = python_refused(sys.version_info[:2])
    if refused:
        print(refused, file=sys.stderr)
        return SET_UP_FAILED
    sys.path[0] = str(ROOT)
    from build_spec.commands import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
