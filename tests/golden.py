"""Texts kept beside the tests, reviewed like code whenever they change."""

from pathlib import Path


def compare(kept: Path, text: str, *, renew: bool) -> None:
    """Assert that a text is the kept one; with `renew`, keep it instead."""
    if renew:
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(text, encoding="utf-8", newline="\n")
    assert kept.exists(), f"{kept.name} was never kept: look at the text, then use --renew-golden"
    assert text == kept.read_text(encoding="utf-8"), f"{kept.name} differs: if it should, use --renew-golden"
