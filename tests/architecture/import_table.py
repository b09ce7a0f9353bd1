"""Who may import whom: the table that keeps rules free of windows and windows free of the store."""

import ast
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tests.architecture.sources import Source, calls, dotted

FILES_AND_NETWORK = frozenset(
    ("asyncio", "http", "pathlib", "shutil", "socket", "sqlite3", "subprocess", "tempfile", "urllib")
)
OUTSIDE_WORLD = FILES_AND_NETWORK | {"io", "os", "random", "secrets", "threading", "time"}
WALL_CLOCK = frozenset(("datetime.now", "datetime.utcnow", "datetime.today", "date.today"))


@dataclass(frozen=True)
class Allowed:
    """What one package may import besides itself and the standard library without `never`."""

    names: frozenset[str]
    never: frozenset[str] = frozenset()
    wall_clock: bool = True


PURE = Allowed(frozenset(("app.domain",)), never=OUTSIDE_WORLD, wall_clock=False)
_APP = frozenset(
    ("app", "db", "resources", "filelock", "httpx", "keyring", "obstore", "platformdirs", "reportlab")
)
_SHARING = frozenset(("app.domain", "app.sync", "msgpack", "cryptography"))
ABOUT_THE_PROGRAM = frozenset(
    (
        "app.clock",
        "app.logs",
        "app.making_way",
        "app.masters",
        "app.paths",
        "app.settings",
        "app.store_keys",
        "app.workplace",
    )
)
"""What the window needs beside rows and services: folders, settings, new keys, undo scopes, making way."""

TABLE: Mapping[str, Allowed] = {
    "db": Allowed(frozenset(("sqlalchemy", "sqlcipher3", "msgpack"))),
    "resources": Allowed(frozenset()),
    "app": Allowed(_APP),
    "app.domain": PURE,
    "app.sync.merge": PURE,
    "app.sync.clock": PURE,
    "app.sharing.membership": Allowed(
        frozenset(("app.domain", "app.sharing.objects", "cryptography", "msgpack")),
        never=FILES_AND_NETWORK,
        wall_clock=False,
    ),
    "app.crypto": Allowed(
        frozenset(("app.domain", "app.errors", "cryptography", "mnemonic")), never=FILES_AND_NETWORK
    ),
    "app.sharing": Allowed(_SHARING),
    "app.sharing.objects": Allowed(_SHARING, never=FILES_AND_NETWORK),
    "app.sharing.places": Allowed(frozenset(("httpx", "obstore", "truststore"))),
    "app.reports": Allowed(_APP | {"uharfbuzz", "pikepdf"}),
    "ui": Allowed(
        frozenset(("app.services", "app.rows", "app.errors", "app.changes", "app.bootstrap", "app.domain"))
        | ABOUT_THE_PROGRAM
        | {"resources", "PySide6", "shiboken6", "pypdfium2"}
    ),
}


def broken_rules(source: Source) -> list[str]:
    """Say which imports of a module (and which looks at the wall clock) the table does not allow."""
    package = max((name for name in TABLE if source.is_in(name)), key=len)
    allowed = TABLE[package]
    told = [
        f"{source.name}:{line} imports {name}"
        for name, line in imports(source)
        if not _is_allowed(name, package, allowed)
    ]
    if not allowed.wall_clock:
        told += [
            f"{source.name}:{line} asks {name}"
            for name, line in calls(source.tree)
            if any(f".{name}".endswith(f".{asked}") for asked in WALL_CLOCK)
        ]
    return told


def imports(source: Source) -> Iterator[tuple[str, int]]:
    """Yield every imported dotted name with its line: local, conditional, and by literal name as well."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(source, node)
            yield from ((f"{base}.{alias.name}", node.lineno) for alias in node.names)
        elif isinstance(node, ast.Call) and (name := _imported_by_call(node)):
            yield name, node.lineno


def _is_allowed(name: str, package: str, allowed: Allowed) -> bool:
    top = name.partition(".")[0]
    if top in sys.stdlib_module_names:
        return top not in allowed.never
    return any(f"{name}.".startswith(f"{one}.") for one in allowed.names | {package})


def _absolute(source: Source, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    parts = source.name.split(".")
    kept = parts[: len(parts) - node.level + source.is_package]
    return ".".join([*kept, node.module] if node.module else kept)


def _imported_by_call(node: ast.Call) -> str | None:
    called = dotted(node.func).rpartition(".")[2]
    first = node.args[0] if node.args else None
    if called in {"import_module", "__import__"} and isinstance(first, ast.Constant):
        return str(first.value)
    return None
