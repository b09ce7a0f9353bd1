"""Rules that hold for every line of the program, each a function from a module to what it found there."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.sources import Source, calls

_REPLACE = re.compile(r"\b(?:INSERT\s+OR\s+REPLACE|REPLACE\s+INTO)\b", re.IGNORECASE)
_COLOUR = re.compile(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b", re.IGNORECASE)


def replaces_rows(source: Source) -> Iterator[str]:
    """`INSERT OR REPLACE` fires no delete trigger: the search index would keep an orphan."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _REPLACE.search(node.value):
            yield _at(source, node.lineno)


def maps_relationships(source: Source) -> Iterator[str]:
    """Projections refer to each other by id; nothing is loaded behind a reader's back."""
    for name, line in calls(source.tree):
        if name.rpartition(".")[2] in {"relationship", "ForeignKey", "ForeignKeyConstraint"}:
            yield _at(source, line)


def styles_one_widget(source: Source) -> Iterator[str]:
    """One stylesheet, made from tokens in `ui.theme`; a style per widget cannot follow light and dark."""
    if source.is_in("ui") and not source.is_in("ui.theme"):
        for name, line in calls(source.tree):
            if name.endswith(".setStyleSheet"):
                yield _at(source, line)


def names_a_colour(source: Source) -> Iterator[str]:
    """Colours have roles and live in `resources/theme`; screens ask `ui.theme` for a role."""
    if source.is_in("ui") and not source.is_in("ui.theme"):
        for node in ast.walk(source.tree):
            if isinstance(node, ast.expr) and _is_fixed_colour(node):
                yield _at(source, node.lineno)


def turns_the_event_loop(source: Source) -> Iterator[str]:
    """`processEvents` runs anything in the middle of anything; a terminated thread keeps its locks."""
    for name, line in calls(source.tree):
        if name.endswith(".processEvents") or (source.is_in("ui") and name.endswith(".terminate")):
            yield _at(source, line)


def finds_data_by_path(source: Source) -> Iterator[str]:
    """Data files come from `importlib.resources`, which also works in a wheel and a frozen bundle."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Name) and node.id == "__file__":
            yield _at(source, node.lineno)


def _is_fixed_colour(node: ast.expr) -> bool:
    match node:
        case ast.Constant(value=str(text)):
            return _COLOUR.search(text) is not None
        case ast.Call(func=ast.Name(id="QColor"), args=[_, *_] as values):
            return all(isinstance(value, ast.Constant) for value in values)
        case ast.Attribute(attr="GlobalColor"):
            return True
    return False


def _at(source: Source, line: int) -> str:
    return f"{source.name}:{line}"
