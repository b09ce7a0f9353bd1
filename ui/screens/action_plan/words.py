"""Words of 計画: periods, states and what a row says as a whole."""

from __future__ import annotations

from app.domain.terms import ActionStatus
from app.rows.action_plans import ActionRow
from ui.day_words import month_day, overdue_words
from ui.theme.paint import NEWER_STATE, State

_STATES = {
    ActionStatus.OPEN: State("flat", ActionStatus.OPEN.term),
    ActionStatus.DOING: State("info", ActionStatus.DOING.term, "right"),
    ActionStatus.REQUESTED: State("info", ActionStatus.REQUESTED.term),
    ActionStatus.DONE: State("ok", ActionStatus.DONE.term),
    ActionStatus.DROPPED: State("off", ActionStatus.DROPPED.term, "minus"),
}
_TONES = {
    ActionStatus.OPEN: "sub",
    ActionStatus.DOING: "primary",
    ActionStatus.REQUESTED: "info",
    ActionStatus.DONE: "ok",
    ActionStatus.DROPPED: "sub",
}
NOBODY = "担当なし"


def status_tone(status: ActionStatus) -> str:
    """The colour of its word."""
    return _TONES.get(status, "sub")


def late_words(action: ActionRow) -> str:
    """「超過 5日」, or "" when it is not late."""
    return overdue_words(action.overdue_days) if action.is_overdue else ""


def state_of(action: ActionRow) -> State:
    """状態 as a chip; being late goes before all else, 進行 says how far."""
    if action.is_overdue:
        return State("danger", late_words(action))
    if action.status is ActionStatus.DOING and action.progress_percent:
        return State("info", f"{ActionStatus.DOING.term} {action.progress_percent}%", "right")
    return _STATES.get(action.status, NEWER_STATE)


def period_words(action: ActionRow) -> str:
    """「7/22 – 8/5」; a single day known stands alone."""
    start, due = (month_day(day) if day else "" for day in (action.start_on, action.due_on))
    if start and due and start != due:
        return f"{start} – {due}"
    return due or (f"{start} –" if start else "")


def spoken_row(action: ActionRow) -> str:
    """Everything a row says, in one sentence for a screen reader."""
    period = period_words(action).replace(" – ", "から").replace(" –", "から")
    parts = (str(action.number), action.title, action.owner or NOBODY, period or "日にち未定")
    stage = action.stage.term if action.stage else ""
    return "、".join(part for part in (*parts, state_of(action).text, stage) if part)
