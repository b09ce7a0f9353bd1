"""The team, and joining one."""

from __future__ import annotations

from app.errors.cases import AppError


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


class HeldWorkMissing(AppError):
    """No parcel of 預かり, or several of them, are what was named."""

    code = "held_work.missing"


class CompanyKeyMissing(AppError):
    """The device lacks the key of the company, so it could not send what it let in."""

    code = "held_work.no_key"


class LastAdministrator(AppError):
    """Nobody would be left who looks after people and keys."""

    code = "team.last_administrator"


class SeniorAdministrator(AppError):
    """Who became an administrator before is changed by somebody more senior only, or by the sheet."""

    code = "team.senior_administrator"


class LastHolder(AppError):
    """Nobody would be left who can open the company."""

    code = "team.last_holder"


class OwnDevice(AppError):
    """One cannot stop or remove the device that one sits at; one leaves with it."""

    code = "team.own_device"


class StopMissing(AppError):
    """No stop notice stands against the device."""

    code = "team.stop_missing"


class SheetOfAnotherTeam(AppError):
    """The words of a recovery sheet do not open the team of this 置き場."""

    code = "sheet.other_team"


class SheetUnknown(AppError):
    """The new recovery sheet that was to be vouched for is not there, or counts already."""

    code = "sheet.unknown"


class DigitsDiffer(AppError):
    """The 20 digits on the two screens are not the same; the request was refused."""

    code = "invitation.digits_differ"


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


class ClockFast(AppError):
    """The clock of this device is `apart` ahead, as `witness` shows."""

    code = "team.clock_fast"

    def __init__(self, *, apart: str, witness: str) -> None:
        super().__init__(apart=apart, witness=witness)


class ClockSlow(AppError):
    """The clock of this device is `apart` behind, as `witness` shows."""

    code = "team.clock_slow"

    def __init__(self, *, apart: str, witness: str) -> None:
        super().__init__(apart=apart, witness=witness)


class ClocksApart(AppError):
    """The clocks of this device and of the only other one are `apart`; which is wrong, nobody can tell."""

    code = "team.clocks_apart"

    def __init__(self, *, apart: str) -> None:
        super().__init__(apart=apart)


class DeviceStopped(AppError):
    """A stop notice stands against this device."""

    code = "team.device_stopped"


class DeviceOut(AppError):
    """The team removed this device, or it has left."""

    code = "team.device_out"


class ProgramTooOld(AppError):
    """The team has agreed on programs from `app` on, a word such as 「版 0.2.0」; this one does not send."""

    code = "team.program_too_old"

    def __init__(self, *, app: str) -> None:
        super().__init__(app=app)


class NewerProgramWrote(AppError):
    """Something lies in the 置き場 that only a newer program reads; it is kept and passed on."""

    code = "team.newer_program_wrote"


class WorkHandedOver(AppError):
    """`changes` that were not sent yet went to administrators as 預かり: their company was lost."""

    code = "team.work_handed_over"

    def __init__(self, *, changes: int) -> None:
        super().__init__(changes=changes)


class VersionUnknown(AppError):
    """No device of the team is known to use the version, or it is newer than the one here."""

    code = "team.version_unknown"


class OnlyHere(AppError):
    """`count` things are on this device only; the store was not deleted."""

    code = "team.only_here"

    def __init__(self, *, count: int) -> None:
        super().__init__(count=count)
