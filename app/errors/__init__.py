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

One module for each subject; users take every case from here.
"""

from app.errors.attachments import AttachmentErased as AttachmentErased
from app.errors.attachments import AttachmentNotHere as AttachmentNotHere
from app.errors.attachments import AttachmentTooLarge as AttachmentTooLarge
from app.errors.attachments import AttachmentTooYoung as AttachmentTooYoung
from app.errors.attachments import AttachmentUnreadable as AttachmentUnreadable
from app.errors.backups import BackupFailed as BackupFailed
from app.errors.backups import BackupOfAnotherStore as BackupOfAnotherStore
from app.errors.backups import BackupUnreadable as BackupUnreadable
from app.errors.backups import NoBackup as NoBackup
from app.errors.backups import RestoreFailed as RestoreFailed
from app.errors.bundles import BundleIncomplete as BundleIncomplete
from app.errors.bundles import BundleTooNew as BundleTooNew
from app.errors.bundles import BundleUnreadable as BundleUnreadable
from app.errors.bundles import StoreNotEmpty as StoreNotEmpty
from app.errors.carrying import CarryOfAnotherTeam as CarryOfAnotherTeam
from app.errors.carrying import CarryPartDamaged as CarryPartDamaged
from app.errors.carrying import CarryPartsMissing as CarryPartsMissing
from app.errors.carrying import CarryTooNew as CarryTooNew
from app.errors.carrying import CarryUnreadable as CarryUnreadable
from app.errors.carrying import NothingToCarry as NothingToCarry
from app.errors.cases import AppError as AppError
from app.errors.cases import Unavailable as Unavailable
from app.errors.disk import DISK_FAULTS as DISK_FAULTS
from app.errors.disk import CannotRead as CannotRead
from app.errors.disk import CannotWrite as CannotWrite
from app.errors.disk import DiskFull as DiskFull
from app.errors.disk import FolderMissing as FolderMissing
from app.errors.disk import FolderReadOnly as FolderReadOnly
from app.errors.disk import FolderVanished as FolderVanished
from app.errors.disk import outside_fault as outside_fault
from app.errors.disk import write_fault as write_fault
from app.errors.entries import DatesReversed as DatesReversed
from app.errors.entries import InputMissing as InputMissing
from app.errors.entries import InputTooMany as InputTooMany
from app.errors.entries import InvalidInput as InvalidInput
from app.errors.keyring import KeyringAbsent as KeyringAbsent
from app.errors.keyring import KeyringForgot as KeyringForgot
from app.errors.keyring import KeyringSilent as KeyringSilent
from app.errors.keyring import KeyringSlotStale as KeyringSlotStale
from app.errors.keys import KeyFileDamaged as KeyFileDamaged
from app.errors.keys import KeyFileMissing as KeyFileMissing
from app.errors.keys import KeyFileTooNew as KeyFileTooNew
from app.errors.keys import KeyOfAnotherStore as KeyOfAnotherStore
from app.errors.keys import PassphraseMustWait as PassphraseMustWait
from app.errors.keys import PassphrasePublished as PassphrasePublished
from app.errors.keys import PassphrasesDiffer as PassphrasesDiffer
from app.errors.keys import PassphraseTooShort as PassphraseTooShort
from app.errors.keys import RecoveryWordsMiscounted as RecoveryWordsMiscounted
from app.errors.keys import RecoveryWordsMixedUp as RecoveryWordsMixedUp
from app.errors.keys import RecoveryWordsOfAnotherStore as RecoveryWordsOfAnotherStore
from app.errors.keys import RecoveryWordsUnknown as RecoveryWordsUnknown
from app.errors.keys import RetypedWordDiffers as RetypedWordDiffers
from app.errors.keys import WrongPassphrase as WrongPassphrase
from app.errors.paper import FileInTheWay as FileInTheWay
from app.errors.paper import NoPrinter as NoPrinter
from app.errors.paper import NothingToPrint as NothingToPrint
from app.errors.paper import PrinterGone as PrinterGone
from app.errors.places import PlaceAbsent as PlaceAbsent
from app.errors.places import PlaceAddressUnencrypted as PlaceAddressUnencrypted
from app.errors.places import PlaceAddressUnusable as PlaceAddressUnusable
from app.errors.places import PlaceAddressWithSecret as PlaceAddressWithSecret
from app.errors.places import PlaceAnswersOddly as PlaceAnswersOddly
from app.errors.places import PlaceBusy as PlaceBusy
from app.errors.places import PlaceClockApart as PlaceClockApart
from app.errors.places import PlaceEmptied as PlaceEmptied
from app.errors.places import PlaceFull as PlaceFull
from app.errors.places import PlaceInStoreFolder as PlaceInStoreFolder
from app.errors.places import PlaceKeysMissing as PlaceKeysMissing
from app.errors.places import PlaceLineCut as PlaceLineCut
from app.errors.places import PlaceObjectTooLarge as PlaceObjectTooLarge
from app.errors.places import PlaceOfAnotherTeam as PlaceOfAnotherTeam
from app.errors.places import PlaceReadOnly as PlaceReadOnly
from app.errors.places import PlaceRefused as PlaceRefused
from app.errors.places import PlaceTaken as PlaceTaken
from app.errors.places import PlaceUnreachable as PlaceUnreachable
from app.errors.places import PlaceUntrusted as PlaceUntrusted
from app.errors.program import Defect as Defect
from app.errors.program import PracticeOnly as PracticeOnly
from app.errors.program import PracticePassphraseFixed as PracticePassphraseFixed
from app.errors.program import SettingsUnreadable as SettingsUnreadable
from app.errors.program import StoppedBefore as StoppedBefore
from app.errors.records import CompanyAmbiguous as CompanyAmbiguous
from app.errors.records import CompanyNotFound as CompanyNotFound
from app.errors.records import ConflictMovedOn as ConflictMovedOn
from app.errors.records import DecisionTextMissing as DecisionTextMissing
from app.errors.records import RecordMissing as RecordMissing
from app.errors.records import RecordWithdrawn as RecordWithdrawn
from app.errors.records import UndoMovedOn as UndoMovedOn
from app.errors.store import MigrationFailed as MigrationFailed
from app.errors.store import RecordsMended as RecordsMended
from app.errors.store import RecordsUnreadable as RecordsUnreadable
from app.errors.store import StoreBusy as StoreBusy
from app.errors.store import StoreDamaged as StoreDamaged
from app.errors.store import StoreEmptyFile as StoreEmptyFile
from app.errors.store import StoreExists as StoreExists
from app.errors.store import StoreInCloudFolder as StoreInCloudFolder
from app.errors.store import StoreInUse as StoreInUse
from app.errors.store import StoreMissing as StoreMissing
from app.errors.store import StoreTooNew as StoreTooNew
from app.errors.teams import AdministratorOnly as AdministratorOnly
from app.errors.teams import ClockFast as ClockFast
from app.errors.teams import ClocksApart as ClocksApart
from app.errors.teams import ClockSlow as ClockSlow
from app.errors.teams import CompanyKeyMissing as CompanyKeyMissing
from app.errors.teams import DeviceOut as DeviceOut
from app.errors.teams import DeviceStopped as DeviceStopped
from app.errors.teams import DigitsDiffer as DigitsDiffer
from app.errors.teams import HeldWorkMissing as HeldWorkMissing
from app.errors.teams import InvitationExpired as InvitationExpired
from app.errors.teams import InvitationOfAnotherTeam as InvitationOfAnotherTeam
from app.errors.teams import InvitationSpent as InvitationSpent
from app.errors.teams import InvitationUnreadable as InvitationUnreadable
from app.errors.teams import JoinRequestMissing as JoinRequestMissing
from app.errors.teams import LastAdministrator as LastAdministrator
from app.errors.teams import LastHolder as LastHolder
from app.errors.teams import NewerProgramWrote as NewerProgramWrote
from app.errors.teams import OnlyHere as OnlyHere
from app.errors.teams import OwnDevice as OwnDevice
from app.errors.teams import ProgramTooOld as ProgramTooOld
from app.errors.teams import SeniorAdministrator as SeniorAdministrator
from app.errors.teams import SheetOfAnotherTeam as SheetOfAnotherTeam
from app.errors.teams import SheetUnknown as SheetUnknown
from app.errors.teams import StopMissing as StopMissing
from app.errors.teams import TeamMemberMissing as TeamMemberMissing
from app.errors.teams import TeamMissing as TeamMissing
from app.errors.teams import TeamNotJoined as TeamNotJoined
from app.errors.teams import TeamThere as TeamThere
from app.errors.teams import VersionUnknown as VersionUnknown
from app.errors.teams import WorkHandedOver as WorkHandedOver
