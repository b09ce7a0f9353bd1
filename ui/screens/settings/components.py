"""What the program is made of: its parts with their versions and licences, as they are installed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, PackagePath, distribution
from importlib.resources import files

LIBRARIES = {
    "PySide6-Essentials": "LGPL-3.0",
    "shiboken6": "LGPL-3.0",
    "SQLAlchemy": "MIT",
    "sqlcipher3": "Zlib",
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
    "httpx": "BSD",
    "obstore": "MIT",
    "truststore": "MIT",
    "anyio": "MIT",
    "backports.tarfile": "MIT",
    "certifi": "MPL-2.0",
    "cffi": "MIT",
    "charset-normalizer": "MIT",
    "h11": "MIT",
    "httpcore": "BSD",
    "idna": "BSD",
    "importlib-metadata": "Apache-2.0",
    "jaraco.classes": "MIT",
    "jaraco.context": "MIT",
    "jaraco.functools": "MIT",
    "jeepney": "MIT",
    "lazy-importer": "MIT",
    "more-itertools": "MIT",
    "packaging": "Apache-2.0 / BSD",
    "pycparser": "BSD",
    "pywin32-ctypes": "BSD",
    "SecretStorage": "BSD",
    "sniffio": "MIT / Apache-2.0",
    "typing-extensions": "PSF-2.0",
    "zipp": "MIT",
}
"""The libraries the program is delivered with, and under which of their licences it uses them. Those of
another system are passed over."""
_KEPT = {
    "BIZ UDゴシック": ("OFL-1.1", ("fonts", "OFL-BIZUDGothic.txt")),
    "JPFallback (Noto Sans JP)": ("OFL-1.1", ("fonts", "OFL-NotoSansJP.txt")),
    "SQLCipher": ("BSD", ("licences", "SQLCipher.txt")),
    "OpenSSL": ("Apache-2.0", ("licences", "Apache-2.0.txt")),
}
"""Fonts, and what came inside a library without its licence: their licences lie with the resources."""
_WITHOUT_LICENCE = {"obstore": ("licences", "obstore.txt")}
"""Libraries that come without theirs, and with a list of the parts inside them (CycloneDX)."""
_LGPL = (
    "Qt for Python は GNU Lesser General Public License (LGPL) 第3版で使っています。"
    "共有ライブラリとして読み込まれ、差し替えられます。\n"
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
    """The program, its fonts and icons, its libraries. Reads some dozen files: off the window's thread."""
    return (*_program(), *_kept(), *_libraries())


def _program() -> Iterator[Component]:
    text = _resource("licences", "Apache-2.0.txt")
    yield Component("伴走カルテ", version(), "Apache-2.0", text)
    words = "アイコンは伴走カルテのために描いたもので、プログラムと同じ条件で使えます。"
    yield Component("アイコン", "", "Apache-2.0", f"{words}\n\n{text}")


def _kept() -> Iterator[Component]:
    for name, (licence, place) in _KEPT.items():
        yield Component(name, "", licence, _resource(*place))


def _libraries() -> Iterator[Component]:
    for name, licence in LIBRARIES.items():
        try:
            found = distribution(name)
        except PackageNotFoundError:
            continue
        text = _lgpl() if licence.startswith("LGPL") else _licence_text(found)
        if name in _WITHOUT_LICENCE:
            text = "\n".join((_resource(*_WITHOUT_LICENCE[name]), *_parts_inside(found)))
        yield Component(name, found.version, licence, text)


def _lgpl() -> str:
    texts = (_resource("licences", "LGPL-3.0.txt"), _resource("licences", "GPL-3.0.txt"))
    return "\n\n".join((_LGPL, *texts))


def _licence_text(found: Distribution) -> str:
    """The licence files that came with a library, one after the other."""
    named = [file for file in found.files or () if ".dist-info" in file.parts[0] and _is_licence(file)]
    return "\n\n".join(_decoded(file.read_binary()).strip() for file in named)


def _parts_inside(found: Distribution) -> Iterator[str]:
    """A line for each part that was compiled into a library, and the licence that most of them have."""
    for file in found.files or ():
        if "sboms" in file.parts:
            for part in json.loads(file.read_text("utf-8"))["components"]:
                terms = [each.get("expression") or each["license"].get("id", "") for each in part["licenses"]]
                yield f"{part['name']} {part['version']}: {' '.join(terms)}"
    yield f"\n{_resource('licences', 'Apache-2.0.txt')}"


def _decoded(text: bytes) -> str:
    """Some old licence texts are in Latin-1, with the copyright sign."""
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        return text.decode("latin-1")


def _is_licence(file: PackagePath) -> bool:
    return "licenses" in file.parts or file.name.upper().startswith(("LICENSE", "COPYING", "NOTICE"))


def _resource(*place: str) -> str:
    return files("resources").joinpath(*place).read_text("utf-8")
