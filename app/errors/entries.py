"""What a person entered into a field."""

from __future__ import annotations

from app.errors.cases import AppError


class InvalidInput(AppError):
    """The value of `field` (its word on screen, such as 「設立日」) cannot be understood."""

    code = "input.invalid"

    def __init__(self, *, field: str) -> None:
        super().__init__(field=field)


class InputMissing(AppError):
    """`field` (its word on screen) must be filled and is blank."""

    code = "input.missing"

    def __init__(self, *, field: str) -> None:
        super().__init__(field=field)


class InputTooMany(AppError):
    """There is room for `limit` of what `field` (its word on screen) names, and they are all there."""

    code = "input.too_many"

    def __init__(self, *, field: str, limit: int) -> None:
        super().__init__(field=field, limit=limit)


class DatesReversed(AppError):
    """An end lies before its start."""

    code = "input.dates_reversed"
