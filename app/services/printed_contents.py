"""Gathering what a document says of one company, leaving out what must stay inside.

What is left out is absent from the content, so that it cannot be in the file: lines marked 秘密, homework
that came from them, and items less open than the chosen 取扱.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time

from app.clock import JAPAN
from app.domain.calendar import fiscal_year, fiscal_year_span
from app.domain.confidentiality import effective_level, may_leave
from app.domain.links import LinkKind
from app.domain.terms import ActionStatus, Confidentiality, Mark, PersonSide, SessionMethod, Stage
from app.errors import CompanyNotFound
from app.making_way import COURTESY
from app.reports import content
from app.rows.printing import LeftOut
from app.services.analysis_sheets import perspective_id
from app.services.masters import worded
from app.services.questions import questions_of
from app.services.read_back import disagreements
from app.workplace import Workplace
from db.reading import Found, Reading
from db.repositories import printing as found_printing

EARLIER_VISITS = 3
"""How many visits 訪問シート looks back on."""


class CompanyContents:
    """Reads one company within one moment at one 取扱."""

    def __init__(
        self,
        reading: Reading,
        place: Workplace,
        company_id: str,
        level: Confidentiality,
        secret_derived: frozenset[str],
    ) -> None:
        self._reading = reading
        self._place = place
        self._level = level
        found = reading.record("company", company_id)
        if found is None:
            raise CompanyNotFound
        self._company = found
        self._company_level = _level(found["confidentiality"])
        self._secret_derived = secret_derived
        self._stayed: dict[str, bool] = {}
        """Ids of the items that stay inside, and whether for being 秘密."""

    @property
    def left_out(self) -> LeftOut:
        """How much stayed inside so far. An item that two parts of a page asked for counts once."""
        secret = sum(self._stayed.values())
        return LeftOut(secret=secret, closed=len(self._stayed) - secret)

    @property
    def company(self) -> content.Company:
        """The company: its name and number always, the rest where its 取扱 lets it."""
        found = self._company
        number = found["corporate_number"] or ""
        if not self._may_leave(None):
            return content.Company(found["name"] or "", number)
        address = "".join(found[part] or "" for part in ("prefecture", "city", "street"))
        representative = (found["representative_title"], found["representative_name"])
        return content.Company(
            found["name"] or "",
            number,
            " ".join(part for part in representative if part),
            self._place.masters.industry_term(found["industry_major"], found["industry_middle"]),
            address,
            found["employees_regular"],
        )

    # visits

    def visits(self, since: date | None, until: date | None) -> tuple[content.Visit, ...]:
        """Visits that may leave, within the bounds, oldest first, numbered as the company counts them."""
        found = found_printing.sessions(self._reading, self._company["id"])
        numbered = [(number, session) for number, session in enumerate(found, 1) if session["starts_at"]]
        wanted = [(number, session) for number, session in numbered if _within(session, since, until)]
        return self._visits(wanted)

    def visit(self, session_id: str) -> content.Visit | None:
        """One visit, None when it may not leave."""
        found = found_printing.sessions(self._reading, self._company["id"])
        wanted = [(number, each) for number, each in enumerate(found, 1) if each["id"] == session_id]
        visits = self._visits([(number, session) for number, session in wanted if session["starts_at"]])
        return visits[0] if visits else None

    @property
    def next_number(self) -> int:
        """What number the next visit will have, as the company counts them."""
        return len(found_printing.sessions(self._reading, self._company["id"])) + 1

    def next_session_id(self, today: date) -> str | None:
        """The next planned visit of the company, from today on."""
        for session in found_printing.sessions(self._reading, self._company["id"]):
            if session["starts_at"] and session["starts_at"].date() >= today and not session["finished_at"]:
                return str(session["id"])
        return None

    def _visits(self, numbered: Sequence[tuple[int, Found]]) -> tuple[content.Visit, ...]:
        open_ones = [(number, session) for number, session in numbered if self._keeps(session)]
        ids = [session["id"] for _, session in open_ones]
        lines = self._lines(ids)
        people = self._people(ids)
        return tuple(
            _visit(number, session, lines.get(session["id"], ()), people.get(session["id"], ()))
            for number, session in open_ones
        )

    def _lines(self, session_ids: Sequence[str]) -> dict[str, tuple[content.NoteLine, ...]]:
        theirs = disagreements(self._reading, self._company["id"], session_ids)
        homework = self._homework(session_ids, theirs)
        gathered: dict[str, list[content.NoteLine]] = {}
        for line in found_printing.lines(self._reading, session_ids):
            COURTESY.make_way()
            if line["text"] and line["text"].strip() and self._keeps(line, _level(line["session_level"])):
                at = line["stamped_at"].astimezone(JAPAN).time()
                mark = Mark(line["mark"]) if line["mark"] else None
                drawn = tuple(homework.get(line["id"], ()))
                gathered.setdefault(line["support_session_id"], []).append(
                    content.NoteLine(
                        _with_theirs(line["text"], theirs.get(line["id"])),
                        mark,
                        time(at.hour, at.minute),
                        drawn,
                    )
                )
        return {session: tuple(lines) for session, lines in gathered.items()}

    def _homework(
        self, session_ids: Sequence[str], theirs: Mapping[str, str]
    ) -> dict[str, list[content.Homework]]:
        drawn: dict[str, list[content.Homework]] = {}
        for action in found_printing.homework(self._reading, session_ids):
            if self._keeps_action(action):
                status = ActionStatus(action["status"] or ActionStatus.OPEN)
                item = content.Homework(
                    _with_theirs(action["title"] or "", theirs.get(action["id"])),
                    action["owner"],
                    action["due_on"],
                    status is ActionStatus.DONE,
                )
                drawn.setdefault(action["source_line_id"], []).append(item)
        return drawn

    def _people(self, session_ids: Sequence[str]) -> dict[str, tuple[content.Person, ...]]:
        links = self._reading.linked(LinkKind.ATTENDEE, left_ids=session_ids)
        ids = list({person for _, person in links})
        found = {each["id"]: each for each in self._reading.records("person", ids=ids, include_deleted=True)}
        present: dict[str, tuple[content.Person, ...]] = {}
        for session, person in links:
            if person in found:
                present[session] = (*present.get(session, ()), _person(found[person]))
        return present

    # the plan

    def plan(self, year: int, imprint: content.Imprint) -> content.Plan | None:
        """The plan of a 年度; None when it may not leave."""
        engagements = self._reading.records("engagement", company_id=self._company["id"], fiscal_year=year)
        engagement_id = engagements[0]["id"] if engagements else ""
        plans = self._reading.records("action_plan", engagement_id=engagement_id)
        plan: Found = plans[0] if plans else {}
        if not self._keeps(plan):
            return None
        first, last = fiscal_year_span(year)
        plan_id = plan.get("id", "")
        return content.Plan(
            company=self.company,
            goal=plan.get("goal") or "",
            since=plan.get("starts_on") or first,
            until=plan.get("ends_on") or last,
            imprint=imprint,
            indicators=self._indicators(plan_id),
            milestones=self._milestones(plan_id),
            actions=self._actions(engagement_id, first),
            issues=self._issues(engagement_id),
        )

    def _indicators(self, plan_id: str) -> tuple[content.Indicator, ...]:
        found = self._reading.records("indicator", action_plan_id=plan_id, order=("order_key", "seq"))
        return tuple(
            content.Indicator(
                _with_unit(each["name"], each["unit"]),
                each["baseline"] or "",
                each["target"] or "",
                each["actual"] or "",
            )
            for each in found
        )

    def _milestones(self, plan_id: str) -> tuple[content.Milestone, ...]:
        found = self._reading.records("milestone", action_plan_id=plan_id, order=("due_on", "seq"))
        return tuple(
            content.Milestone(each["title"] or "", each["due_on"]) for each in found if each["due_on"]
        )

    def _actions(self, engagement_id: str, first: date) -> tuple[content.PlannedAction, ...]:
        found = found_printing.actions(self._reading, self._company["id"], engagement_id, first.isoformat())
        kept = [each for each in found if self._keeps_action(each)]
        keys = {each["id"] for each in kept}
        ordered = _parents_first(kept)
        return tuple(_planned(each, keys) for each in ordered)

    def _issues(self, engagement_id: str) -> tuple[content.Issue, ...]:
        found = self._reading.records("issue", engagement_id=engagement_id, order=("order_key", "seq"))
        kept = [each for each in found if each["id"] not in self._secret_derived and self._keeps(each)]
        looked_at: dict[str, list[str]] = {}
        terms = self._perspective_terms()
        for issue, perspective in self._reading.linked(
            LinkKind.PERSPECTIVE, left_ids=[each["id"] for each in kept]
        ):
            looked_at.setdefault(issue, []).append(terms.get(perspective, ""))
        return tuple(
            content.Issue(
                each["title"] or "", each["response"] or "", "、".join(looked_at.get(each["id"], []))
            )
            for each in kept
        )

    def _perspective_terms(self) -> dict[str, str]:
        return {
            perspective_id(entry.code): entry.word
            for entry in worded(self._reading, self._place.masters).ip_perspectives
        }

    # the visit sheet

    def open_homework(self) -> tuple[content.Homework, ...]:
        """Open すること of the company, soonest first."""
        found = found_printing.open_actions(self._reading, self._company["id"])
        return tuple(
            content.Homework(each["title"] or "", each["owner"], each["due_on"])
            for each in found
            if self._keeps_action(each)
        )

    def questions(self) -> tuple[str, ...]:
        """What was not asked at this company yet, as the team words it."""
        found = questions_of(self._reading, self._place.masters, self._company["id"])
        return tuple(each.text or each.word for each in found if not each.is_asked)

    def dates_to_watch(self, today: date) -> tuple[content.DateToWatch, ...]:
        """Milestones of this year's plan that are still to come."""
        year = fiscal_year(today)
        engagements = self._reading.records("engagement", company_id=self._company["id"], fiscal_year=year)
        plans = (
            self._reading.records("action_plan", engagement_id=engagements[0]["id"]) if engagements else []
        )
        milestones = self._milestones(plans[0]["id"]) if plans and self._keeps(plans[0]) else ()
        return tuple(content.DateToWatch(each.on, each.title) for each in milestones if each.on >= today)

    # what stays inside

    def _keeps(self, item: Found, *parents: Confidentiality | None) -> bool:
        secret = bool(item.get("is_secret"))
        own = _level(item.get("confidentiality"))
        leaves = may_leave(effective_level(own, *parents, self._company_level), self._level, secret)
        if not leaves:
            self._stayed[item.get("id", "")] = secret
        return leaves

    def _keeps_action(self, action: Found) -> bool:
        """An action without its own 取扱 has that of the line it came from."""
        parents = _level(action["line_level"]), _level(action["session_level"])
        return action["id"] not in self._secret_derived and self._keeps(action, *parents)

    def _may_leave(self, own: Confidentiality | None) -> bool:
        return may_leave(effective_level(own, self._company_level), self._level, secret=False)


def _with_theirs(text: str, their_wording: str | None) -> str:
    """Our words, and after them how the client puts it where they did not agree."""
    if their_wording is None:
        return text
    theirs = f"。先方の言い方: {their_wording}" if their_wording else ""
    return f"{text}（見解の相違{theirs}）"


def _visit(
    number: int, session: Found, lines: tuple[content.NoteLine, ...], people: tuple[content.Person, ...]
) -> content.Visit:
    starts, ends = session["starts_at"], session["ends_at"]
    return content.Visit(
        number=number,
        on=starts.date(),
        starts=starts.time(),
        ends=ends.time() if ends else None,
        method=SessionMethod(session["method"] or SessionMethod.VISIT),
        location=session["place"] or "",
        people=people,
        purpose=session["purpose"] or "",
        lines=lines,
        next_on=session["next_on"],
        next_starts=_time_of_day(session["next_time"]),
    )


def _person(found: Found) -> content.Person:
    where = " ".join(part for part in (found["body"], found["role"]) if part)
    return content.Person(found["name"] or "", PersonSide(found["side"] or PersonSide.COMPANY), where)


def _planned(found: Found, keys: set[str]) -> content.PlannedAction:
    return content.PlannedAction(
        key=found["id"],
        title=found["title"] or "",
        owner=found["owner"],
        starts_on=found["start_on"],
        due_on=found["due_on"],
        done_on=found["done_on"],
        progress=found["progress_percent"] or 0,
        status=ActionStatus(found["status"] or ActionStatus.OPEN),
        stage=Stage(found["stage"]) if found["stage"] else None,
        parent=found["parent_id"] if found["parent_id"] in keys else None,
    )


def _parents_first(actions: Sequence[Found]) -> Iterable[Found]:
    ids = {action["id"] for action in actions}
    parts: dict[str, list[Found]] = {}
    for action in actions:
        if action["parent_id"] in ids:
            parts.setdefault(action["parent_id"], []).append(action)
    for action in actions:
        if action["parent_id"] not in ids:
            yield from _with_parts(action, parts, frozenset())


def _with_parts(action: Found, parts: dict[str, list[Found]], above: frozenset[str]) -> Iterable[Found]:
    """An action and what hangs below it; a ring of parents, which only a forged log makes, ends here."""
    yield action
    for part in parts.get(action["id"], []):
        if part["id"] not in above:
            yield from _with_parts(part, parts, above | {action["id"]})


def _within(session: Found, since: date | None, until: date | None) -> bool:
    day = session["starts_at"].date()
    return (since is None or since <= day) and (until is None or day <= until)


def _with_unit(name: str | None, unit: str | None) -> str:
    return f"{name or ''}（{unit}）" if unit else name or ""


def _time_of_day(text: str | None) -> time | None:
    try:
        return time.fromisoformat(text) if text else None
    except ValueError:
        return None


def _level(code: str | None) -> Confidentiality | None:
    return None if code is None else Confidentiality(code)
