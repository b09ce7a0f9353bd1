"""One action as a bar: what was planned, what is done, what is late. Shape and word tell it, not colour."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.domain.calendar import wareki_short
from app.domain.terms import ActionStatus
from app.reports.content import PlannedAction
from app.reports.documents.gantt_scale import Scale
from app.reports.page_kit import styles
from app.reports.page_kit.ink import Fill, Frame, Page, Rule
from app.reports.page_kit.setting import put
from app.reports.page_kit.styles import Style

LATE: Final = "▲遅延"
WORD: Final = Style(7.5, 9, bold=True)
_NOTE: Final = Style(7.5, 9, grey=styles.QUIET)
_PITCH: Final = 2.6
_HATCH_RULE: Final = 0.4
_ENDED: Final = frozenset({ActionStatus.DONE, ActionStatus.DROPPED})


def is_late(action: PlannedAction, today: date) -> bool:
    """Whether it should have been done before `today` and is not."""
    return action.due_on is not None and action.due_on < today and action.status not in _ENDED


def put_bar(
    page: Page, action: PlannedAction, scale: Scale, middle: float, height: float, today: date
) -> None:
    """Draw the bar of `action` with its middle at height `middle`."""
    word = _word(action, today)
    if action.starts_on is None or action.due_on is None:
        _put_note(page, action, scale, middle)
        return
    if not word and (action.starts_on > scale.last_day or action.due_on < scale.first_day):
        _put_note(page, action, scale, middle)
        return
    start, end = scale.start_of(action.starts_on), scale.end_of(action.due_on)
    if end > start:
        bottom = middle - height / 2
        page.drawings.append(Fill(start, bottom, end - start, height, 1.0))
        done = _done_until(action, scale, start, end)
        if done > start:
            page.drawings.append(Fill(start, bottom, done - start, height, styles.BAR_FILL))
        if is_late(action, today) and done < end:
            hatch(page, done, bottom, end - done, height)
        page.drawings.append(Frame(start, bottom, end - start, height, styles.OUTER))
        end = max(end, done)
    if word:
        _put_word(page, word, scale, max(end, start), middle)


def hatch(page: Page, x: float, y: float, width: float, height: float) -> None:
    """Lines at 45 degrees, cut off at the edges of the rectangle."""
    offset = _PITCH
    while offset < width + height:
        start_x, start_y = x + max(0.0, offset - height), y + min(offset, height)
        end_x, end_y = x + min(offset, width), y + max(0.0, offset - width)
        page.drawings.append(Rule(start_x, start_y, end_x, end_y, _HATCH_RULE))
        offset += _PITCH


def _done_until(action: PlannedAction, scale: Scale, start: float, end: float) -> float:
    """How far the filled part reaches: to the day it was done, or by the share that is done."""
    if action.status is ActionStatus.DONE and action.done_on is not None:
        return scale.end_of(action.done_on)
    return start + (end - start) * min(max(action.progress, 0), 100) / 100


def _word(action: PlannedAction, today: date) -> str:
    if is_late(action, today):
        return LATE
    return ActionStatus.DROPPED.term if action.status is ActionStatus.DROPPED else ""


def _put_word(page: Page, word: str, scale: Scale, after: float, middle: float) -> None:
    """▲遅延 or 中止 behind the bar, or over its end where the chart ends."""
    length = WORD.length(word)
    x = min(after + 2, scale.right - length - 1)
    page.drawings.append(Fill(x - 1, middle - WORD.size / 2, length + 2, WORD.size, 1.0))
    put(page, word, WORD, x=x, baseline=middle - 0.36 * WORD.size)


def _put_note(page: Page, action: PlannedAction, scale: Scale, middle: float) -> None:
    """The days in words, where no bar can show them."""
    known = action.due_on or action.starts_on
    if known is None:
        note = "時期未定"
    elif action.due_on is None:
        note = f"{wareki_short(known)}から"
    elif action.starts_on is None:
        note = f"{wareki_short(known)}まで"
    else:
        note = f"{wareki_short(action.starts_on)}～{wareki_short(known)}"
    x = scale.left + 3
    if known is not None:
        x = min(scale.start_of(known) + 2, scale.right - _NOTE.length(note) - 2)
    put(page, note, _NOTE, x=x, baseline=middle - 0.36 * _NOTE.size)
