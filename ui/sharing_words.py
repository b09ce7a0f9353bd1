"""The words of status bar and 同期 for sharing (design-ux 2.6). No widgets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.clock import JAPAN
from app.errors import AppError, PlaceUnreachable, Unavailable
from app.rows.sharing import ClockWitness, RoundReport, SharingState
from ui.background_rounds import RoundsState
from ui.day_words import month_day
from ui.wording import message

_MINUTE, _HOUR, _DAY, _YEAR = 60_000, 3_600_000, 86_400_000, 365 * 86_400_000


@dataclass(frozen=True, slots=True)
class Said:
    """One line with its icon and the tone of that."""

    words: str = ""
    icon: str = ""
    tone: str = "sub"


def standing_words(
    state: SharingState | None, rounds: RoundsState, now: datetime, *, is_online: bool
) -> Said:
    """The one line that the status bar has for sharing; nothing without a team."""
    if state is None:
        return Said()
    if rounds.is_going and rounds.total:
        return Said(f"チームに共有中 {rounds.done}/{rounds.total}", "sync")
    waiting = waiting_words(state)
    if rounds.fault is not None:
        trouble = trouble_words(rounds, is_online=is_online)
        return Said("　".join(part for part in (waiting, trouble) if part), "away")
    report = state.report
    if report is not None:
        for said in _of_report(state):
            return said
    if state.digits:
        return Said("チームの承認を待っています", "clock")
    if waiting:
        return Said(waiting, "up")
    return shared_words(state, now)


def waiting_words(state: SharingState) -> str:
    """「未送信 7件」, nothing where nothing waits."""
    return f"未送信 {state.unshared_count}件" if state.unshared_count else ""


def shared_words(state: SharingState, now: datetime) -> Said:
    """「チームに共有済み 14:05」, with the day where it was another one."""
    if state.shared_at is None:
        return Said("これからチームに共有します", "sync")
    return Said(f"チームに共有済み {moment_words(state.shared_at, now)}", "sync", "ok")


def moment_words(at: datetime, now: datetime) -> str:
    """「14:05」 of today, else 「7/21 14:05」."""
    local, today = at.astimezone(JAPAN), now.astimezone(JAPAN).date()
    return f"{local:%H:%M}" if local.date() == today else f"{month_day(local)} {local:%H:%M}"


def trouble_words(rounds: RoundsState, *, is_online: bool) -> str:
    """Why nothing goes, without a code and without alarm."""
    if not is_online and isinstance(rounds.fault, PlaceUnreachable):
        return "オフライン: このまま続けられます"
    if not needs_person(rounds.fault):
        minutes = max(1, round(rounds.retry_s / 60))
        return f"置き場に届きません。この端末の内容は無事です。{minutes}分後にまた試します"
    return "共有は止まっています。この端末の内容は無事です"


def needs_person(fault: AppError | None) -> bool:
    """Whether waiting does not help: 同期 then says what does."""
    return fault is not None and not isinstance(fault, Unavailable) and fault.code != "place.absent"


def _of_report(state: SharingState) -> list[Said]:
    """What the last round has to tell before all else."""
    report = state.report
    if report is None:
        return []
    told = []
    if report.is_stopped:
        told.append(Said("この端末は止められています。書いたものはこの端末に残っています", "alert", "warn"))
    if report.fault:
        reason = f"{message(report.fault).title}。受け取りは続けています"
        told.append(Said("　".join(part for part in (waiting_words(state), reason) if part), "alert", "warn"))
    if report.keys_from:
        whose = "・".join(f"{name}さん" for name in report.keys_from[:2])
        told.append(Said(f"見る権利が届くのを待っています ({whose}の端末)", "key"))
    if report.is_too_old:
        words = "新しい版が必要です。受け取りは続けています"
        told.append(Said("　".join(part for part in (waiting_words(state), words) if part), "up", "warn"))
    if report.clock_off_ms:
        told.append(Said(_clock_words(report), "clock", "warn"))
    if state.newer_count:
        words = (
            f"新しい版で書かれた項目 {state.newer_count}件は読むだけにしています。更新するとすべて扱えます"
        )
        told.append(Said(words, "up"))
    return told


def _clock_words(report: RoundReport) -> str:
    whose = "ほかの端末と時計" if report.clock_witness is ClockWitness.ONE_DEVICE else "この端末の時計"
    apart = apart_words(abs(report.clock_off_ms))
    return f"{whose}が {apart}ずれています。順番は守られますが日付を確かめてください"


def apart_words(milliseconds: int) -> str:
    """「3年」, 「3日」, 「5時間」 or 「12分」."""
    for unit, word in ((_YEAR, "年"), (_DAY, "日"), (_HOUR, "時間")):
        if milliseconds >= unit:
            return f"{round(milliseconds / unit)}{word}"
    return f"{round(milliseconds / _MINUTE)}分"


def question_words(state: SharingState | None) -> str:
    """「確認が必要な変更 1件」, nothing where nobody is asked."""
    count = state.question_count if state else 0
    return f"確認が必要な変更 {count}件" if count else ""
