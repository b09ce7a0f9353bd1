"""What 今日 says, as rows for its lists. No widgets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app.clock import JAPAN
from app.domain.calendar import WEEKDAYS
from app.domain.time_reading import read_time
from app.rows.sharing import SharingState
from app.rows.today import ComingSession, OpenHomework, TodayBoard, Waiting, WaitingKind
from app.services.today import CONFLICT, DAYS_AHEAD, SETTINGS
from ui.background_rounds import RoundsState
from ui.day_words import SOON_DAYS, month_day, overdue_words, short_day_weekday
from ui.models.row_list_model import Entry, ListHeading, ListRow
from ui.navigation import Place, Route
from ui.sharing_words import standing_words
from ui.theme.paint import State


@dataclass(frozen=True, slots=True)
class DeviceFacts:
    """State of this device: when it last saved, when its last backup was made, how far the team has it.

    `sharing` is None as long as it shares with nobody.
    """

    saved_at: datetime | None
    backed_up_at: datetime | None
    sharing: SharingState | None = None
    now: datetime | None = None


def day_words(day: date) -> str:
    """「7月22日(火)」."""
    return f"{day.month}月{day.day}日({WEEKDAYS[day.weekday()]})"


def span_words(today: date) -> str:
    """The week that the agenda covers."""
    last = today + timedelta(days=DAYS_AHEAD - 1)
    return f"{month_day(today)}–{month_day(last)}"


def agenda(board: TodayBoard) -> Sequence[Entry]:
    """Today's 面談 first, then those of the coming days."""
    today = [each for each in board.sessions if each.on == board.today]
    later = [each for each in board.sessions if each.on > board.today]
    entries: list[Entry] = [_session_row(number, each, board) for number, each in _keyed(board, today)]
    if later:
        entries += [
            ListHeading("このあとの予定"),
            *(_session_row(n, each, board) for n, each in _keyed(board, later)),
        ]
    return entries


def session_route(session: ComingSession, now: datetime) -> Route:
    """Where a row of the agenda leads: 訪問準備 until the 面談 has begun, then the 面談 itself.

    `now` is what a clock on the wall shows.
    """
    has_begun = session.id is not None and (session.is_finished or _start(session) <= now)
    tab = "sessions" if has_begun else "preparation"
    return Route(Place.COMPANIES, company_id=session.company_id, tab=tab, item_id=session.id)


def _start(session: ComingSession) -> datetime:
    """When a 面談 begins; the end of its day where no time was said."""
    at = read_time(session.time) or time(23, 59)
    return datetime.combine(session.on, at)


def sheet_route(session: ComingSession) -> Route:
    """The 訪問シート of a 面談."""
    return Route(
        Place.DOCUMENTS, company_ids=(session.company_id,), item_id=session.id, document="visit-sheet"
    )


def homework(items: Sequence[OpenHomework], today: date) -> Sequence[Entry]:
    """Open すること of all companies, soonest first, with a tick box."""
    return [_homework_row(each, today) for each in items]


def waiting(items: Sequence[Waiting]) -> Sequence[Entry]:
    """What waits for the person."""
    return [_waiting_row(str(number), each) for number, each in enumerate(items)]


def waiting_route(item: Waiting) -> Route:
    """Where the thing that waits is dealt with."""
    place, _, section = item.form.partition(":")
    if place == SETTINGS:
        return Route(Place.SETTINGS, tab=section)
    if place == CONFLICT:
        return Route(Place.SYNC, item_id=section)
    if item.kind is WaitingKind.CONFLICTS:
        return Route(Place.SYNC)
    if item.company_id is None:
        return Route(Place.COMPANIES, tab="new" if item.kind is WaitingKind.DRAFTS else None)
    if item.support_session_id is not None:
        return Route(
            Place.COMPANIES, company_id=item.company_id, tab=_tab(item), item_id=item.support_session_id
        )
    if item.kind is WaitingKind.DRAFTS:
        # The scope of 概要 is the company's own.
        tab = None if item.form == "company" else item.form
    else:
        tab = "plan" if item.kind is WaitingKind.UNASSIGNED else "history"
    return Route(Place.COMPANIES, company_id=item.company_id, tab=tab)


def _tab(item: Waiting) -> str:
    """Which screen of a 面談 the thing is dealt with on."""
    if item.kind is WaitingKind.LEFTOVER_LINES:
        return "leftover"
    is_read_back = item.kind is WaitingKind.READ_BACK or item.form == "read_back"
    return "read_back" if is_read_back else "sessions"


def device(facts: DeviceFacts) -> Sequence[Entry]:
    """State of this device in words that promise nothing."""
    saved = ListRow(
        "saved", "この端末に保存済み", icon="check", icon_tone="ok", right=_moment(facts.saved_at)
    )
    if facts.backed_up_at is None:
        kept = ListRow("backup", "控えはまだありません", icon="question", icon_tone="warn")
    else:
        words = _moment(facts.backed_up_at)
        kept = ListRow("backup", "確かめた控えがあります", icon="device", icon_tone="ok", right=words)
    return [saved, _shared(facts), kept]


def _shared(facts: DeviceFacts) -> ListRow:
    if facts.sharing is None or facts.now is None:
        return ListRow("alone", "この端末だけで使っています", quiet="困ることはありません", icon="lock")
    said = standing_words(facts.sharing, RoundsState(), facts.now, is_online=True)
    return ListRow("sharing", said.words, icon=said.icon, icon_tone=said.tone)


def _keyed(board: TodayBoard, chosen: Sequence[ComingSession]) -> list[tuple[str, ComingSession]]:
    return [(str(board.sessions.index(each)), each) for each in chosen]


def _session_row(key: str, session: ComingSession, board: TodayBoard) -> ListRow:
    is_today = session.on == board.today
    method = session.method.term if session.method else ""
    where = "・".join(dict.fromkeys(part for part in (method, session.place) if part))
    states: tuple[State, ...] = ()
    if session.is_finished:
        states = (State("ok", "記録済み"),)
    elif session.open_homework:
        states = (State("flat", f"宿題 {session.open_homework}"),)
    return ListRow(
        key,
        session.company_name,
        quiet=f"第{session.ordinal}回面談  {where}",
        lead=session.time or "時刻未定" if is_today else short_day_weekday(session.on, board.today),
        bold=is_today,
        states=states,
    )


def _homework_row(item: OpenHomework, today: date) -> ListRow:
    quiet = "  ".join(part for part in (item.company_name, item.owner or "担当なし") if part)
    if item.due_on is None:
        return ListRow(item.id, item.title, quiet=quiet, right="期日なし", ticked=False)
    if item.overdue_days:
        words = f"! {month_day(item.due_on)} {overdue_words(item.overdue_days)}"
        return ListRow(item.id, item.title, quiet=quiet, right=words, right_tone="danger", ticked=False)
    soon = (item.due_on - today).days <= SOON_DAYS
    tone = "warn" if soon else "sub"
    due = short_day_weekday(item.due_on, today)
    return ListRow(item.id, item.title, quiet=quiet, right=due, right_tone=tone, ticked=False)


_WAITING = {
    WaitingKind.CONFLICTS: ("確認が必要な変更", "question"),
    WaitingKind.DRAFTS: ("書きかけの文", "pencil"),
    WaitingKind.LEFTOVER_LINES: ("印のない行", "note"),
    WaitingKind.READ_BACK: ("読み合わせの前の行", "people"),
    WaitingKind.UNASSIGNED: ("担当のない宿題", "person"),
}


def _waiting_row(key: str, item: Waiting) -> ListRow:
    words, icon = _WAITING[item.kind]
    ordinal = f"第{item.session_ordinal}回面談" if item.session_ordinal else ""
    quiet = "  ".join(part for part in (item.company_name, ordinal) if part)
    return ListRow(key, f"{words} {item.count}件", quiet=quiet, icon=icon, icon_tone="warn", right="見る")


def _moment(at: datetime | None) -> str:
    if at is None:
        return ""
    local = at.astimezone(JAPAN)
    return f"{month_day(local)} {local:%H:%M}"
