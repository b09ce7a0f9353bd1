"""The project's own Python environment in `.venv`: made once, checked by a stamp, never half-finished."""

import hashlib
import importlib.util
import platform
import re
import shutil
import subprocess
import sys
from collections import deque
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "build_spec" / "requirements.txt"
PIP = ("-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--retries", "2")
HASHED_WHEELS = ("--require-hashes", "--only-binary", ":all:", "--progress-bar", "off")

_LARGE_FILE = re.compile(r"Downloading (?P<name>\w+)-(?P<version>[^-]+)-\S+ \((?P<size>[\d.]+ MB)\)")
_CAUSES = (
    (
        r"No space left|Errno 28",
        "ディスクの空きが足りません。1 GB ほど空けてから、もう一度実行してください。",
    ),
    (
        r"NewConnectionError|NameResolutionError|name resolution|ConnectTimeout|ReadTimeout|ProxyError"
        r"|Network is unreachable|Connection refused",
        "部品の配布元につながりませんでした。ネットワークにつないで、もう一度実行してください。"
        "\n（最初の一度だけ必要です。そのあとはネットワークなしで動きます。）",
    ),
    (
        r"DO NOT MATCH THE HASHES",
        "届いた部品が、控えてある中身と違いました。安全のため組み込みを止めました。"
        "\n時間をおくか別のネットワークで、もう一度実行してください。",
    ),
    (
        r"No matching distribution",
        "この端末に合う部品が見つかりません。次の端末で動きます: "
        "\nWindows (x64)、macOS 15 以降 (Apple シリコン)、Linux (x64 は glibc 2.34 以降、arm64 は 2.39 以降)",
    ),
)


class SetUpFailed(Exception):
    """The set-up cannot go on. The text tells the person what happened and what to do."""


def python_of(environment: Path) -> Path:
    """Return where an environment keeps its interpreter on this system."""
    return environment / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def stamp_of(requirements: bytes, python_version: str) -> str:
    """Return the text that changes whenever the environment has to be looked at again."""
    return f"{hashlib.sha256(requirements).hexdigest()} {python_version}\n"


def ready_python(environment: Path = ROOT / ".venv") -> Path:
    """Return the environment's interpreter, after making or updating the environment when needed.

    Raises SetUpFailed.
    """
    python = python_of(environment)
    stamp_file = environment / "banso-stamp.txt"
    stamp = stamp_of(REQUIREMENTS.read_bytes(), platform.python_version())
    if python.exists() and _text(stamp_file) == stamp:
        return python
    if not _runs_this_python(python):
        _make(environment)
    say("部品を取り寄せています（最初の一度だけ、150 MB ほど）。")
    _install(python, REQUIREMENTS)
    stamp_file.write_text(stamp, encoding="utf-8")
    say("準備ができました。")
    return python


def fetch(requirements: Path, folder: Path, python: Path) -> None:
    """Put packages that one command alone needs into a folder of their own, once. Raises SetUpFailed."""
    stamp_file = folder / "banso-stamp.txt"
    stamp = stamp_of(requirements.read_bytes(), platform.python_version())
    if _text(stamp_file) == stamp:
        return
    say("この命令だけが使う部品を取り寄せています（最初の一度だけ）。")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    _install(python, requirements, "--target", folder)
    stamp_file.write_text(stamp, encoding="utf-8")


def venv_is_missing() -> bool:
    """Tell whether this Python came without the parts that make environments (Debian splits them off)."""
    return any(importlib.util.find_spec(name) is None for name in ("venv", "ensurepip"))


def explain(pip_output: str) -> str:
    """Turn the end of pip's output into what the person can do."""
    for signs, advice in _CAUSES:
        if re.search(signs, pip_output):
            return advice
    return f"部品の組み込みが途中で止まりました。pip の答え:\n{pip_output}"


def say(text: str) -> None:
    """Show progress; on standard error, so that a command's own output stays clean."""
    print(text, file=sys.stderr, flush=True)


def _runs_this_python(python: Path) -> bool:
    if not python.exists():
        return False
    asked = subprocess.run([python, "-c", "import platform; print(platform.python_version())"],
                           capture_output=True, text=True, check=False)  # fmt: skip
    return asked.stdout.strip() == platform.python_version()


def _make(environment: Path) -> None:
    if venv_is_missing():
        raise SetUpFailed(
            "この Python には、環境を作る部品 (venv) がありません。Debian や Ubuntu では次で入ります。"
            "\n  sudo apt install python3-venv"
        )
    say(f"Python の環境を作っています: {environment}")
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", environment],
                          capture_output=True, text=True, check=False)  # fmt: skip
    if made.returncode:
        raise SetUpFailed(f"環境を作れませんでした: {environment}\n{made.stdout}{made.stderr}")


def _install(python: Path, requirements: Path, *where: str | Path) -> None:
    command = [python, *PIP, *HASHED_WHEELS, "-r", requirements, *where]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as pip:
        ending = _follow(line.decode(errors="replace") for line in pip.stdout or ())
    if pip.returncode:
        raise SetUpFailed(explain(ending))


def _follow(pip_output: Iterable[str]) -> str:
    """Show the large files as they arrive; return the last lines."""
    ending: deque[str] = deque(maxlen=40)
    for line in pip_output:
        ending.append(line)
        if large := _LARGE_FILE.search(line):
            say(f"  {large['name']} {large['version']} ({large['size']})")
        elif line.startswith("Installing collected packages"):
            say("組み込んでいます。")
    return "".join(ending)


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.exists() else ""
