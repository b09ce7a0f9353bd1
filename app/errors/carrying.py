"""Carry files: what cannot be read in."""

from __future__ import annotations

from app.errors.cases import AppError


class CarryUnreadable(AppError):
    """The file is not a carry file, or not as it was made."""

    code = "carry.unreadable"


class CarryOfAnotherTeam(AppError):
    """The carry file is another team's."""

    code = "carry.other_team"


class CarryTooNew(AppError):
    """A newer program made the carry file."""

    code = "carry.too_new"


class CarryPartsMissing(AppError):
    """Of `count` parts those with the numbers in `missing`, from 1, were not given."""

    code = "carry.parts_missing"

    def __init__(self, *, missing: str, count: int) -> None:
        super().__init__(missing=missing, count=count)


class CarryPartDamaged(AppError):
    """The part with this number is not as it was made."""

    code = "carry.part_damaged"

    def __init__(self, *, number: int) -> None:
        super().__init__(number=number)


class NothingToCarry(AppError):
    """What was chosen holds nothing that the receiver lacks."""

    code = "carry.nothing"
