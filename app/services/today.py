"""今日: the coming 面談, homework of all companies, and what waits for the person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from app.domain.action_rules import overdue_days
from app.domain.calendar import fiscal_year
from app.domain.terms import ActionStatus, SessionMethod
from app.rows.building import row
from app.rows.conflicts import ConflictRow
from app.rows.today import ComingSession, OpenHomework, TodayBoard, Waiting, WaitingKind, YearStanding
from app.services.conflicts import ConflictService
from app.services.drafts import CHOICES
from app.services.plan_sheets import day_of
from app.services.read_back import unanswered
from app.sync.clock import COUNTER_BITS
from app.workplace import Workplace
from db.reading import Found, Reading
from db.repositories import drafts
from db.repositories import today as found_today
from db.store import LAST_TIME, read_marker

DAYS_AHEAD = 7
"""今日と今週: today and the six days after it, so that a Friday shows Monday's visit."""
LEFTOVER_DAYS = 14
"""How long after a 面談 its lines without a mark, and those not read back, are brought up."""
HOMEWORK_SHOWN = 50
SETTINGS, CONFLICT = "settings", "conflict"
"""Scopes of drafts that belong to no company: 「settings:people」, or a question of 同期."""
_ELSEWHERE = (SETTINGS, CONFLICT)


_OF_VISITS = ("support_session", "session_panel", "read_back")
"""First parts of the scopes of drafts that name a 面談."""


class TodayService:
    """Reads the board that the program opens on."""

    def __init__(self, place: Workplace) -> None:
        self._place = place

    def board(self) -> TodayBoard:
        """Everything S01 shows, of one moment."""
        today = self._place.today()
        questions = [row for row in ConflictService(self._place).rows() if row.is_asked]
        with self._place.reading() as reading:
            homework = found_today.open_homework(reading, HOMEWORK_SHOWN)
            counts = found_today.open_counts(reading, today.isoformat())
            lately = (today - timedelta(days=LEFTOVER_DAYS)).isoformat(), _next_day(today)
            return TodayBoard(
                today=today,
                year=self._year(reading, today),
                sessions=_sessions(reading, today, {each["company_id"]: each["open"] for each in counts}),
                homework=tuple(_homework(action, today) for action in homework),
                homework_count=sum(each["open"] for each in counts),
                overdue_count=sum(each["overdue"] for each in counts),
                waiting=(
                    *_asked(questions),
                    *self._drafts(reading),
                    *_leftover(reading, *lately),
                    *_not_read_back(reading, *lately),
                    *_unassigned(counts),
                ),
                saved_at=_saved_at(reading),
            )

    def homework(self) -> tuple[OpenHomework, ...]:
        """All open homework of all companies, soonest due first: what 「一覧」 opens."""
        today = self._place.today()
        with self._place.reading() as reading:
            return tuple(_homework(action, today) for action in found_today.open_homework(reading))

    def kept_until(self) -> datetime | None:
        """When something typed was last put on disk: as a change or as a draft that is still there."""
        with self._place.reading() as reading:
            kept = [draft["kept_at"] for draft in drafts.every(reading.connection)]
            saved = _saved_at(reading)
        return max((*kept, saved) if saved else kept, default=None)

    def _year(self, reading: Reading, today: date) -> YearStanding:
        year = fiscal_year(today)
        team = reading.record("team", self._place.team_id) or {}
        years = reading.records("project_year", fiscal_year=year)
        return YearStanding(
            region=team.get("region") or "",
            fiscal_year=year,
            year_number=years[0]["year_number"] if years else None,
            supported=found_today.supported(reading, year),
        )

    def _drafts(self, reading: Reading) -> Iterator[Waiting]:
        """One entry for each 面談 or form that has text left, a company not yet taken in among them."""
        scopes = Counter(
            draft["scope"] for draft in drafts.every(reading.connection) if draft["text"] or draft["preedit"]
        )
        for scope, count in scopes.items():
            kind, _, record_id = scope.partition(":")
            if kind == CHOICES:
                continue  # written by itself
            session = reading.record("support_session", record_id) if kind in _OF_VISITS else None
            company_id = session["company_id"] if session else record_id if kind not in _ELSEWHERE else None
            company = reading.record("company", company_id) if company_id else None
            yield Waiting(
                WaitingKind.DRAFTS,
                count,
                company_id if company else None,
                (company or {}).get("name") or "",
                session["id"] if session else None,
                form=scope if kind in _ELSEWHERE else kind,
            )


def _asked(questions: Sequence[ConflictRow]) -> Iterator[Waiting]:
    """One entry for each company, or the team, that somebody is asked about."""
    counts = Counter((row.company_id, row.company_name) for row in questions)
    for (company_id, name), count in counts.items():
        yield Waiting(WaitingKind.CONFLICTS, count, company_id, name)


def _sessions(reading: Reading, today: date, open_of: Mapping[str, int]) -> tuple[ComingSession, ...]:
    days = today.isoformat(), (today + timedelta(days=DAYS_AHEAD)).isoformat()
    held = [_held(session, open_of) for session in found_today.held(reading, *days)]
    noted = [_noted(session, open_of) for session in found_today.noted(reading, *days)]
    return tuple(sorted((*held, *noted), key=lambda session: (session.on, session.time, session.company_id)))


def _held(session: Found, open_of: Mapping[str, int]) -> ComingSession:
    starts_at = datetime.fromisoformat(session["starts_at"])
    return row(
        ComingSession,
        session,
        noted_in=None,
        on=starts_at.date(),
        time=f"{starts_at:%H:%M}",
        ends_at=datetime.fromisoformat(session["ends_at"]) if session["ends_at"] else None,
        is_finished=session["finished_at"] is not None,
        open_homework=open_of.get(session["company_id"], 0),
    )


def _noted(session: Found, open_of: Mapping[str, int]) -> ComingSession:
    return ComingSession(
        id=None,
        noted_in=session["noted_in"],
        company_id=session["company_id"],
        company_name=session["company_name"] or "",
        ordinal=session["earlier"] + 1,
        on=date.fromisoformat(session["next_on"]),
        time=session["next_time"] or "",
        ends_at=None,
        method=SessionMethod(session["method"]) if session["method"] else None,
        place=session["place"] or "",
        purpose=session["next_topic"] or "",
        is_finished=False,
        open_homework=open_of.get(session["company_id"], 0),
    )


def _homework(action: Found, today: date) -> OpenHomework:
    status, due_on = ActionStatus(action["status"] or ActionStatus.OPEN), day_of(action["due_on"])
    late = overdue_days(status, due_on, today)
    return row(OpenHomework, action, due_on=due_on, status=status, overdue_days=late)


def _leftover(reading: Reading, first: str, after: str) -> Iterator[Waiting]:
    for session in found_today.leftover_lines(reading, first, after):
        yield _of_session(WaitingKind.LEFTOVER_LINES, session["lines"], session)


def _not_read_back(reading: Reading, first: str, after: str) -> Iterator[Waiting]:
    for session in found_today.to_read_back(reading, first, after):
        if count := unanswered(reading, session["support_session_id"]):
            yield _of_session(WaitingKind.READ_BACK, count, session)


def _of_session(kind: WaitingKind, count: int, session: Found) -> Waiting:
    return Waiting(
        kind,
        count,
        session["company_id"],
        session["company_name"] or "",
        session["support_session_id"],
        session["ordinal"],
    )


def _next_day(day: date) -> str:
    return (day + timedelta(days=1)).isoformat()


def _unassigned(counts: Sequence[Found]) -> Iterator[Waiting]:
    for found in sorted(counts, key=lambda found: (-found["unassigned"], found["company_name"] or "")):
        if found["unassigned"]:
            name = found["company_name"] or ""
            yield Waiting(WaitingKind.UNASSIGNED, found["unassigned"], found["company_id"], name)


def _saved_at(reading: Reading) -> datetime | None:
    """When this device last wrote an action; None in a store without any."""
    last = read_marker(reading.connection, LAST_TIME)
    return datetime.fromtimestamp((last >> COUNTER_BITS) / 1000, UTC) if isinstance(last, int) else None
