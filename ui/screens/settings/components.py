"""What the program is made of: its parts with their versions and licences, as they are installed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from importlib.resources import files

_LIBRARIES = {
    "PySide6-Essentials": "LGPL-3.0",
    "shiboken6": "LGPL-3.0",
    "SQLAlchemy": "MIT",
    "sqlcipher3": "Zlib / BSD",
    "msgpack": "Apache-2.0",
    "keyring": "MIT",
    "cryptography": "Apache-2.0 / BSD",
    "mnemonic": "MIT",
    "filelock": "MIT",
    "platformdirs": "MIT",
    "reportlab": "BSD",
    "Pillow": "MIT-CMU",
    "lxml": "BSD",
    "uharfbuzz": "Apache-2.0",
    "pikepdf": "MPL-2.0",
    "pypdfium2": "BSD / Apache-2.0",
}
"""The libraries the program is delivered with, and under which of their licences it uses them."""
_FONTS = {
    "BIZ UDゴシック": ("OFL-1.1", "OFL-BIZUDGothic.txt"),
    "JPFallback (Noto Sans JP)": ("OFL-1.1", "OFL-NotoSansJP.txt"),
}
_LGPL = (
    "Qt for Python は GNU Lesser General Public License (LGPL) 第3版で使っています。"
    "共有ライブラリとして読み込まれ、差し替えられます。\n"
    "全文: https://www.gnu.org/licenses/lgpl-3.0.html\n"
    "ソースコード: https://code.qt.io/"
)


@dataclass(frozen=True, slots=True)
class Component:
    """One part: `licence` in short, `text` in full."""

    name: str
    version: str
    licence: str
    text: str


def version() -> str:
    """The program's own version."""
    return files("resources").joinpath("version.txt").read_text("utf-8").strip()


def components() -> tuple[Component, ...]:
    """The program, its fonts, its libraries. Reads some dozen files: off the window's thread."""
    return (_program(), *_fonts(), *_libraries())


def _program() -> Component:
    text = "伴走カルテは Apache License, Version 2.0 で使えます。\n全文: https://www.apache.org/licenses/LICENSE-2.0"
    return Component("伴走カルテ", version(), "Apache-2.0", text)


def _fonts() -> Iterator[Component]:
    for name, (licence, file) in _FONTS.items():
        text = files("resources").joinpath("fonts", file).read_text("utf-8")
        yield Component(name, "", licence, text)


def _libraries() -> Iterator[Component]:
    for name, licence in _LIBRARIES.items():
        try:
            found = distribution(name)
        except PackageNotFoundError:
            continue
        text = _licence_text(found) or (_LGPL if licence.startswith("LGPL") else licence)
        yield Component(name, found.version, licence, text)


def _licence_text(found: Distribution) -> str:
    """The licence files that came with a library, one after the other."""
    named = [
        file
        for file in found.files or ()
        if ".dist-info" in file.parts[0] and file.name.upper().startswith(("LICENSE", "COPYING"))
    ]
    return "\n\n".join(file.read_text(encoding="utf-8").strip() for file in named[:3])
