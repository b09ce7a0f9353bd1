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
