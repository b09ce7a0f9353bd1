"""The 置き場 that a team shares through."""

from __future__ import annotations

from app.errors.cases import AppError, Unavailable


class PlaceUnreachable(Unavailable):
    """No connection to the 置き場: offline, or its server is off."""

    code = "place.unreachable"


class PlaceLineCut(Unavailable):
    """The connection to the 置き場 broke in the middle, again and again."""

    code = "place.line_cut"


class PlaceBusy(Unavailable):
    """The 置き場 asks for patience, or another program holds a file in it."""

    code = "place.busy"


class PlaceFull(AppError):
    """The 置き場 has no room left; receiving goes on."""

    code = "place.full"


class PlaceReadOnly(AppError):
    """The 置き場 gives but does not take; receiving goes on."""

    code = "place.read_only"


class PlaceRefused(AppError):
    """The 置き場 does not open to the credentials in the key ring."""

    code = "place.refused"


class PlaceKeysMissing(AppError):
    """The key ring has no credentials for a 置き場 that wants some."""

    code = "place.keys_missing"


class PlaceClockApart(AppError):
    """The 置き場 refuses because the clock here is too far from its own."""

    code = "place.clock_apart"


class PlaceUntrusted(AppError):
    """The certificate of the 置き場 does not hold before the system's trust store."""

    code = "place.untrusted"


class PlaceAbsent(AppError):
    """The folder, collection, bucket or container that is the 置き場 is not there."""

    code = "place.absent"


class PlaceObjectTooLarge(AppError):
    """The 置き場 takes no object of this size, or gives one that no program of ours wrote."""

    code = "place.object_too_large"


class PlaceAnswersOddly(AppError):
    """The 置き場 answers with `status` (HTTP's or the system's; 0 for none), which means nothing here."""

    code = "place.answers_oddly"

    def __init__(self, *, status: int) -> None:
        super().__init__(status=status)


class PlaceAddressUnusable(AppError):
    """What was given as an address of a 置き場 is none."""

    code = "place.address_unusable"


class PlaceInStoreFolder(AppError):
    """A folder of the store itself: erasing this device's records would take the team's with them."""

    code = "place.in_store_folder"


class PlaceAddressWithSecret(AppError):
    """An address holds a user's name or a key; it would be shown and kept."""

    code = "place.address_with_secret"


class PlaceAddressUnencrypted(AppError):
    """An address leads over the network without TLS."""

    code = "place.address_unencrypted"


class PlaceTaken(AppError):
    """A new team was to be made where one shares already."""

    code = "place.taken"


class PlaceOfAnotherTeam(AppError):
    """The 置き場 belongs to another team than this store."""

    code = "place.other_team"


class PlaceEmptied(AppError):
    """The 置き場 holds nothing of the team: the wrong one, or it lost everything."""

    code = "place.emptied"
