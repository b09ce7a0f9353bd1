"""What sharing has to tell in three parts, and where the next step leads. No widgets."""

from __future__ import annotations

from app.errors import (
    AppError,
    ClockFast,
    ClocksApart,
    ClockSlow,
    DeviceOut,
    DeviceStopped,
    NewerProgramWrote,
    ProgramTooOld,
    WorkHandedOver,
)
from app.rows.sharing import ClockWitness, RoundReport, SharingState
from ui.background_rounds import RoundsState
from ui.navigation import Place, Route
from ui.sharing_words import apart_words, needs_person
from ui.wording import Message, error_message, message

_WITNESSES = {ClockWitness.PLACE: "置き場", ClockWitness.DEVICES: "ほかの人の端末"}
_TO_PLACE = ("place.refused", "place.keys_missing", "place.other_team", "place.emptied")
"""What the page of the 置き場 can put right: other credentials, or another place."""
_CARRIED = ("place.full", "place.read_only", "place.object_too_large")
"""What does not go there can be given by files."""
TRIED_AGAIN = (
    "place.clock_apart",
    "place.answers_oddly",
    ClockFast.code,
    ClockSlow.code,
    ClocksApart.code,
)
"""What a person puts right elsewhere, and then wants to see it gone."""
_STEPS = {
    **dict.fromkeys(_TO_PLACE, Route(Place.TEAM, tab="place")),
    **dict.fromkeys(_CARRIED, Route(Place.SYNC, tab="carry")),
    **dict.fromkeys((DeviceStopped.code, DeviceOut.code, WorkHandedOver.code), Route(Place.TEAM)),
    **dict.fromkeys((ProgramTooOld.code, NewerProgramWrote.code), Route(Place.SETTINGS, tab="about")),
}


def step_of(code: str) -> Route | None:
    """Where the next step of a message leads; None where it leads nowhere."""
    return _STEPS.get(code)


def trouble_of(state: SharingState, rounds: RoundsState) -> Message | None:
    """What 同期 tells as long as it holds: what waiting does not mend, the gravest first."""
    if rounds.fault is not None:
        return error_message(rounds.fault) if needs_person(rounds.fault) else None
    report = state.report
    if report is None:
        return None
    if (case := out_of_team(report)) is not None:
        return error_message(case)
    if report.fault:
        return message(report.fault, {"status": 0})
    case = _too_old(report) or _clock(report) or (NewerProgramWrote() if report.needs_newer else None)
    return error_message(case) if case else None


def out_of_team(report: RoundReport) -> AppError | None:
    """Whether, and how, this device is out of the team."""
    if report.is_out:
        return DeviceOut()
    return DeviceStopped() if report.is_stopped else None


def news_of(before: SharingState | None, state: SharingState) -> Message | None:
    """What a round brought that is told once, wherever one is."""
    report, known = state.report, (before.report if before else None) or RoundReport()
    if report is None or (before is not None and before.shared_at == state.shared_at):
        return None
    case = out_of_team(report)
    if case is not None and type(case) is not type(out_of_team(known)):
        return error_message(case)
    if before is not None and report.handed_over:
        return error_message(WorkHandedOver(changes=sum(count for _, count in report.handed_over)))
    is_news = before is not None and report.needs_newer and not known.needs_newer
    return error_message(NewerProgramWrote()) if is_news else None


def _too_old(report: RoundReport) -> AppError | None:
    return (
        ProgramTooOld(app=f"版 {report.least_app} " if report.least_app else "新しい版")
        if report.is_too_old
        else None
    )


def _clock(report: RoundReport) -> AppError | None:
    off_ms, witness = report.clock_off_ms, report.clock_witness
    if not off_ms:
        return None
    apart = apart_words(abs(off_ms))
    if witness is ClockWitness.ONE_DEVICE:
        return ClocksApart(apart=apart)
    kind = ClockFast if off_ms > 0 else ClockSlow
    return kind(apart=apart, witness=_WITNESSES[witness])
