"""No string of the program, and no word of its resources, says what one never says (design-ux 2.6, U5)."""

import ast
import tomllib
from collections.abc import Iterator

import pytest

from tests.architecture.sources import ROOT, Source, modules

NEVER_SAID = (
    "エラー",
    "アップロード待ち",
    "同期中",
    "同期完了",
    "タイムアウト",
    "コンフリクト",
    "マージ",
    "競合",
    "互換性",
    "復号",
    "マスターキー",
)
OTHERS_WORDS = {"samples", "masters"}
"""Folders of what companies say, and of the field's own words: there 競合 are rival companies."""


def strings(source: Source) -> Iterator[tuple[int, str]]:
    """Every string constant with its line, docstrings left out: they are for those who read the code."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    told = {
        id(node.body[0].value)
        for node in ast.walk(source.tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.lineno, node.value


def said(source: Source) -> list[str]:
    return [
        f"{source.name}:{line} {word}"
        for line, text in strings(source)
        for word in NEVER_SAID
        if word in text
    ]


def words_of(entry: object) -> Iterator[str]:
    """Every text in a table, however deep."""
    if isinstance(entry, str):
        yield entry
    elif isinstance(entry, dict):
        for each in entry.values():
            yield from words_of(each)
    elif isinstance(entry, list):
        for each in entry:
            yield from words_of(each)


def test_no_string_says_what_is_never_said() -> None:
    assert [found for source in modules("app", "ui") for found in said(source)] == []


def test_no_resource_says_what_is_never_said() -> None:
    found = []
    for path in sorted((ROOT / "resources").rglob("*.toml")):
        if path.parent.name not in OTHERS_WORDS:
            texts = words_of(tomllib.loads(path.read_text(encoding="utf-8")))
            found += [f"{path.name}: {text}" for text in texts if any(word in text for word in NEVER_SAID)]
    assert found == []


@pytest.mark.parametrize(("text", "count"), [('x = "同期完了です"', 1), ('"""競合"""\nx = "共有済み"', 0)])
def test_a_forbidden_word_is_told_and_a_docstring_is_not(text: str, count: int) -> None:
    assert len(said(Source("ui.example", text))) == count
