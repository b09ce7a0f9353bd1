"""The program's own source, read as text and syntax trees so that rules can be checked on it."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LAYERS = ("app", "db", "resources", "ui")


@dataclass(frozen=True)
class Source:
    """One module. `name` is its dotted name; a package's own name stands for its `__init__`."""

    name: str
    text: str
    is_package: bool = False

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree; every rule reads the same one."""
        return ast.parse(self.text)

    def is_in(self, package: str) -> bool:
        """Tell whether this is the package itself or lies below it."""
        return f"{self.name}.".startswith(f"{package}.")


@cache
def modules(*packages: str) -> tuple[Source, ...]:
    """Read every module of these top-level packages (all four layers when none is named)."""
    return tuple(
        _module(path) for package in packages or LAYERS for path in sorted((ROOT / package).rglob("*.py"))
    )


def calls(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Yield every called name, dotted as written (`self.view.setStyleSheet`), with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (name := dotted(node.func)):
            yield name, node.lineno


def dotted(node: ast.expr) -> str:
    """Return `a.b.c` for such an expression; for anything else only the part after the last call."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return ""


def _module(path: Path) -> Source:
    parts = path.relative_to(ROOT).with_suffix("").parts
    is_package = parts[-1] == "__init__"
    name = ".".join(parts[:-1] if is_package else parts)
    return Source(name, path.read_text(encoding="utf-8"), is_package)
