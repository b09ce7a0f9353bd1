"""What can go wrong, sorted by whose turn it is.

`AppError`: the person can act. `Unavailable`: wait, or go on without it. Anything else that is raised is a
defect and belongs to the last-resort window. Errors carry a code and facts; the words stand in
`resources/wording/ja.toml`, one entry for every code:

    ["keys.wrong_passphrase"]
    number = "E-201"            # shown small, for telephone support; never reused for another case
    title  = "合言葉が違います" # what happened: a fact, no blame
    detail = "内容は消えません。あと {tries_left}回で {wait_minutes}分待ちになります。"  # what is safe
    action = "紙の24語を使う"   # one next step, the text of its button

`{names}` in the words are the facts, which are the keyword arguments of the error's `__init__`. A fact is a
count, a code or a fixed word of the program; never a name, a path or a sentence that a person typed.
"""

from __future__ import annotations

import errno
from typing import ClassVar

Fact = str | int


class AppError(Exception):
    """Something the person can act on."""

    code: ClassVar[str]

    def __init__(self, **facts: Fact) -> None:
        super().__init__(self.code)
        self.facts: dict[str, Fact] = facts

    def __str__(self) -> str:
        """The code and the facts, fit for a log."""
        return " ".join([self.code, *(f"{name}={fact}" for name, fact in sorted(self.facts.items()))])


class Unavailable(AppError):
    """Something outside the program does not answer; work goes on without it."""


# --- The disk under the store


class CannotWrite(AppError):
    """The system refused a write for a reason that has no case of its own."""

    code = "disk.cannot_write"


class DiskFull(AppError):
    """No space is left for the write; what was committed before stays readable."""

    code = "disk.full"


class FolderReadOnly(AppError):
    """The folder, or the drive it is on, does not take writes."""

    code = "disk.read_only"


class FolderVanished(AppError):
    """The drive or folder was there and is gone: unplugged, unmounted, moved."""

    code = "disk.vanished"


class CannotRead(AppError):
    """The system refused to read a file that exists."""

    code = "disk.cannot_read"


DISK_FAULTS = (CannotWrite, DiskFull, FolderReadOnly, FolderVanished)
"""The disk takes no writes now; it may again."""


# --- The store file


class StoreMissing(AppError):
    """There is no store in the folder."""

    code = "store.missing"


class StoreExists(AppError):
    """A store is there already where a new one was to be made."""

    code = "store.exists"


class StoreEmptyFile(AppError):
    """The store file has 0 bytes; opened as it is, it would pass for a valid empty store."""

    code = "store.empty_file"


class StoreDamaged(AppError):
    """The store file does not open although its key is right: cut short, or overwritten in part."""

    code = "store.damaged"


class StoreTooNew(AppError):
    """A newer program wrote the store, with schema `store_schema`; this one knows up to `known_schema`."""

    code = "store.too_new"

    def __init__(self, *, store_schema: int, known_schema: int) -> None:
        super().__init__(store_schema=store_schema, known_schema=known_schema)


class StoreInUse(AppError):
    """Another process holds the store; `process_id` is that process, 0 when unknown."""

    code = "store.in_use"

    def __init__(self, *, process_id: int) -> None:
        super().__init__(process_id=process_id)


class StoreInCloudFolder(AppError):
    """The folder belongs to the cloud client named `client`, which may copy a half-written store."""

    code = "store.in_cloud_folder"

    def __init__(self, *, client: str) -> None:
        super().__init__(client=client)


class MigrationFailed(AppError):
    """A step to the newer schema failed and was undone; `schema` is the one the store still has."""

    code = "store.migration_failed"

    def __init__(self, *, schema: int) -> None:
        super().__init__(schema=schema)


class RecordsUnreadable(AppError):
    """The monthly check found `count` records that the log does not explain; `others` are sound."""

    code = "store.records_unreadable"

    def __init__(self, *, count: int, others: int) -> None:
        super().__init__(count=count, others=others)


class RecordsMended(AppError):
    """The monthly check made `count` records again from the log."""

    code = "store.records_mended"

    def __init__(self, *, count: int) -> None:
        super().__init__(count=count)


class StoreBusy(Unavailable):
    """Another connection kept the store locked for longer than a write waits."""

    code = "store.busy"


# --- Backups


class BackupFailed(AppError):
    """No verified backup could be made; earlier ones are untouched."""

    code = "backup.failed"


class BackupUnreadable(AppError):
    """The chosen backup does not open or fails its check."""

    code = "backup.unreadable"


class NoBackup(AppError):
    """There is no backup to restore from."""

    code = "backup.none"


class RestoreFailed(AppError):
    """The restore stopped half way and the store is as it was before."""

    code = "backup.restore_failed"


class BackupOfAnotherStore(AppError):
    """The chosen backup belongs to a store with another key."""

    code = "backup.other_store"


# --- Keys


class WrongPassphrase(AppError):
    """The passphrase opens nothing; after `tries_left` more wrong ones comes a wait of `wait_minutes`."""

    code = "keys.wrong_passphrase"

    def __init__(self, *, tries_left: int, wait_minutes: int) -> None:
        super().__init__(tries_left=tries_left, wait_minutes=wait_minutes)


class PassphraseMustWait(AppError):
    """Too many wrong passphrases: none is tried for another `wait_minutes` (rounded up)."""

    code = "keys.passphrase_must_wait"

    def __init__(self, *, wait_minutes: int) -> None:
        super().__init__(wait_minutes=wait_minutes)


class KeyFileMissing(AppError):
    """The store is there, its key file and the key file's copy are not."""

    code = "keys.file_missing"


class KeyFileDamaged(AppError):
    """Neither the key file nor its copy can be read, or it contradicts the key it holds."""

    code = "keys.file_damaged"


class KeyFileTooNew(AppError):
    """A newer program wrote the key file: format `file_version`."""

    code = "keys.file_too_new"

    def __init__(self, *, file_version: int) -> None:
        super().__init__(file_version=file_version)


class KeyOfAnotherStore(AppError):
    """The key file opened, and its key does not fit the store beside it."""

    code = "keys.other_store"


class PassphraseTooShort(AppError):
    """A new passphrase has fewer than `shortest` characters."""

    code = "keys.passphrase_too_short"

    def __init__(self, *, shortest: int) -> None:
        super().__init__(shortest=shortest)


class PassphrasesDiffer(AppError):
    """The new passphrase and its repetition are not the same."""

    code = "keys.passphrases_differ"


class PassphrasePublished(AppError):
    """The practice store's published passphrase was chosen for a real store."""

    code = "keys.passphrase_published"


class RecoveryWordsUnknown(AppError):
    """Words at `positions` (counted from 1, such as "3, 17") are not in the list of words."""

    code = "keys.words_unknown"

    def __init__(self, *, positions: str) -> None:
        super().__init__(positions=positions)


class RecoveryWordsMiscounted(AppError):
    """`given` words were typed where `expected` are needed."""

    code = "keys.words_miscounted"

    def __init__(self, *, given: int, expected: int) -> None:
        super().__init__(given=given, expected=expected)


class RecoveryWordsMixedUp(AppError):
    """Every word is in the list, but one was taken for another or two changed places."""

    code = "keys.words_mixed_up"


class RecoveryWordsOfAnotherStore(AppError):
    """The words are sound and open another store, or are older than the last renewal."""

    code = "keys.words_other_store"


class RetypedWordDiffers(AppError):
    """The word typed to prove that the paper was written is not word number `position`."""

    code = "keys.retyped_word_differs"

    def __init__(self, *, position: int) -> None:
        super().__init__(position=position)


class KeyringAbsent(Unavailable):
    """The system has no key ring that may be trusted, or it is locked."""

    code = "keyring.absent"


class KeyringSilent(Unavailable):
    """The key ring did not answer within `wait_seconds`."""

    code = "keyring.silent"

    def __init__(self, *, wait_seconds: int) -> None:
        super().__init__(wait_seconds=wait_seconds)


class KeyringForgot(Unavailable):
    """What the key ring gives back is not what was put in."""

    code = "keyring.forgot"


class KeyringSlotStale(Unavailable):
    """The key ring holds no key for this store, or one that no longer opens it."""

    code = "keyring.slot_stale"


# --- Paper


class PrinterGone(AppError):
    """The printer stopped answering after `pages_done` pages; `next_page` is the first not printed."""

    code = "print.printer_gone"

    def __init__(self, *, pages_done: int, next_page: int) -> None:
        super().__init__(pages_done=pages_done, next_page=next_page)


class NoPrinter(AppError):
    """The system knows no printer."""

    code = "print.no_printer"


class NothingToPrint(AppError):
    """The chosen companies, period and level leave no page."""

    code = "print.nothing"


class FileInTheWay(AppError):
    """The output file exists and may not be replaced, or another program has it open."""

    code = "print.file_in_the_way"


# --- Taking in and giving out


class BundleUnreadable(AppError):
    """The file is not an export bundle, or is cut short."""

    code = "import.bundle_unreadable"


class BundleTooNew(AppError):
    """A newer program wrote the bundle: format `bundle_version`."""

    code = "import.bundle_too_new"

    def __init__(self, *, bundle_version: int) -> None:
        super().__init__(bundle_version=bundle_version)


class StoreNotEmpty(AppError):
    """An import goes only into an empty store; this one holds `records` records."""

    code = "import.store_not_empty"

    def __init__(self, *, records: int) -> None:
        super().__init__(records=records)


class BundleIncomplete(AppError):
    """After the import `differing` records' hashes differ from the bundle's list; nothing was kept."""

    code = "import.bundle_incomplete"

    def __init__(self, *, differing: int) -> None:
        super().__init__(differing=differing)


# --- The 置き場 that a team shares through


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


# --- The team, and joining one


class TeamThere(AppError):
    """The store shares with a team already, or has asked one to."""

    code = "team.there"


class TeamMissing(AppError):
    """The store shares with nobody yet."""

    code = "team.missing"


class TeamNotJoined(AppError):
    """The team has not admitted this device yet."""

    code = "team.not_joined"


class AdministratorOnly(AppError):
    """Only a 管理者 of the team may do it."""

    code = "team.administrator_only"


class TeamMemberMissing(AppError):
    """No device, or several of them (`count`), are what was named."""

    code = "team.member_missing"

    def __init__(self, *, count: int) -> None:
        super().__init__(count=count)


class InvitationUnreadable(AppError):
    """It is no invitation, or was mistyped."""

    code = "invitation.unreadable"


class InvitationExpired(AppError):
    """Its seven days are over."""

    code = "invitation.expired"


class InvitationSpent(AppError):
    """Another device joined with it."""

    code = "invitation.spent"


class InvitationOfAnotherTeam(AppError):
    """The 置き場 is not the one of the team that invited."""

    code = "invitation.other_team"


class JoinRequestMissing(AppError):
    """Nobody who asks to join shows these digits."""

    code = "invitation.request_missing"


# --- What was entered


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


class RecordMissing(AppError):
    """No record with that id is known here."""

    code = "record.missing"


class RecordWithdrawn(AppError):
    """The record is in ごみ箱, so it cannot be changed."""

    code = "record.withdrawn"


class CompanyNotFound(AppError):
    """No company has the name asked for."""

    code = "company.not_found"


class CompanyAmbiguous(AppError):
    """`count` companies have the name asked for."""

    code = "company.ambiguous"

    def __init__(self, *, count: int) -> None:
        super().__init__(count=count)


class DecisionTextMissing(AppError):
    """Homework was to be drawn from a 決定 line that has no text."""

    code = "decision.text_missing"


class UndoMovedOn(AppError):
    """The values a step left have been changed elsewhere since; nothing was taken back."""

    code = "undo.moved_on"


class PracticeOnly(AppError):
    """The act is allowed on a practice store only."""

    code = "practice.only"


class PracticePassphraseFixed(AppError):
    """The passphrase of a practice store is published and stays as it is."""

    code = "practice.passphrase_fixed"


class SettingsUnreadable(AppError):
    """The settings file cannot be read; the program goes on with its defaults."""

    code = "settings.unreadable"


class StoppedBefore(AppError):
    """The last run ended without closing the store; what was typed until `until` is there."""

    code = "program.stopped_before"

    def __init__(self, *, until: str) -> None:
        super().__init__(until=until)


class Defect(AppError):
    """The program met something it was not made for. Shown by the last-resort window only."""

    code = "program.defect"


_BY_ERRNO: dict[int, type[CannotWrite | DiskFull | FolderReadOnly | FolderVanished]] = {
    errno.ENOSPC: DiskFull,
    errno.EDQUOT: DiskFull,
    errno.EROFS: FolderReadOnly,
    errno.EACCES: FolderReadOnly,
    errno.EPERM: FolderReadOnly,
    errno.ENOENT: FolderVanished,
    errno.ENOTDIR: FolderVanished,
    errno.ENODEV: FolderVanished,
    errno.ENXIO: FolderVanished,
    errno.ESTALE: FolderVanished,
}


def write_fault(refused: OSError) -> AppError:
    """The case that a failed write is, by the number the system gave."""
    return _BY_ERRNO.get(refused.errno or 0, CannotWrite)()
