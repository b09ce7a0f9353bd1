"""Making a frozen row from what the store returns: codes become terms, the rest stays."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields
from functools import cache
from types import UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from app.domain.terms import Term

Row = TypeVar("Row")


def row(kind: type[Row], found: Mapping[str, Any], **more: object) -> Row:
    """A row of a dataclass from the columns of the same names, with `more` fields given by hand."""
    values = {
        name: convert(found[name])
        for name, convert in _converters(cast(Hashable, kind))
        if name in found and name not in more
    }
    return kind(**values, **more)


def _same(value: Any) -> Any:
    return value


@cache
def _converters(kind: Hashable) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    hints = get_type_hints(kind)
    return tuple((field.name, _converter(hints[field.name])) for field in fields(cast(Any, kind)))


def _converter(hint: Any) -> Callable[[Any], Any]:
    choices = get_args(hint) if get_origin(hint) is UnionType else (hint,)
    terms: list[Callable[[Any], Any]] = [
        choice for choice in choices if isinstance(choice, type) and issubclass(choice, Term)
    ]
    if terms:
        term = terms[0]
        return lambda value: None if value is None else term(value)
    if bool in choices and type(None) not in choices:
        return bool
    if str in choices and type(None) not in choices:
        return lambda value: "" if value is None else value
    return _same
