"""The plain faults of a 置き場 told as what a person can act on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app import errors
from app.errors import AppError
from app.sharing.places.address import AddressUnusable
from app.sharing.places.place import Failed, Trouble

_CASES: Final[Mapping[Trouble, type[AppError]]] = {
    Trouble.UNREACHABLE: errors.PlaceUnreachable,
    Trouble.CUT: errors.PlaceLineCut,
    Trouble.BUSY: errors.PlaceBusy,
    Trouble.FULL: errors.PlaceFull,
    Trouble.READ_ONLY: errors.PlaceReadOnly,
    Trouble.REFUSED: errors.PlaceRefused,
    Trouble.CLOCK: errors.PlaceClockApart,
    Trouble.UNTRUSTED: errors.PlaceUntrusted,
    Trouble.ABSENT: errors.PlaceAbsent,
    Trouble.TOO_LARGE: errors.PlaceObjectTooLarge,
}
_ADDRESS_CASES: Final[Mapping[str, type[AppError]]] = {
    AddressUnusable.SECRET: errors.PlaceAddressWithSecret,
    AddressUnusable.UNENCRYPTED: errors.PlaceAddressUnencrypted,
}


def place_fault(failure: Failed) -> AppError:
    """The case that a verb's failure is."""
    case = _CASES.get(failure.trouble)
    return case() if case else errors.PlaceAnswersOddly(status=failure.status)


def address_fault(unusable: AddressUnusable) -> AppError:
    """The case that an address is which cannot be used."""
    return _ADDRESS_CASES.get(unusable.reason, errors.PlaceAddressUnusable)()
