"""A practice company's analysis and plan, as a team wrote them down in the past year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from functools import partial

from app.domain.action_rules import FULL_PERCENT
from app.domain.calendar import fiscal_year
from app.domain.confidentiality import level_of
from app.domain.ids import dependent_id
from app.domain.links import LinkKind
from app.domain.terms import ActionStatus
from app.services.analysis_sheets import perspective_id
from app.services.links import set_link
from app.services.practice_course import Act, Course
from app.services.practice_files import Table
from db.unit_of_work import UnitOfWork

_SORTING_OUT = timedelta(hours=3)
"""How long after a visit its lines are sorted into issues and seeds."""

_REQUIREMENTS = ("useful", "non_public", "managed")


class PlanActs:
    """Sorts out what a company has, and plans from it."""

    def __init__(self, course: Course) -> None:
        self._course = course

    def all(self) -> Iterator[Act]:
        """Every act, in no particular order."""
        course, table = self._course, self._course.table
        for number, issue in enumerate(table["issues"]):
            yield Act(self._sorted_out(issue), partial(self._write_issue, issue, number))
        for number, seed in enumerate(table["seeds"]):
            yield Act(self._sorted_out(seed), partial(self._write_seed, seed, number))
        if "plan" in table:
            yield Act(course.moment(table["plan"]["start"], time(17, 0)), self._write_plan)
            yield Act(course.reviewed, self._write_actuals)
        for number, action in enumerate(table["actions"]):
            yield Act(self._begun(action), partial(self._write_action, action, number))
            yield from self._progress_acts(action)

    def _save(self, work: UnitOfWork, record_type: str, record_id: str, values: Mapping[str, object]) -> None:
        company_id = self._course.company_id
        work.save(record_type, record_id, {"company_id": company_id, **values}, compartment=company_id)

    def _link(self, work: UnitOfWork, left: str, kind: LinkKind, rights: Iterable[str]) -> None:
        for right in rights:
            set_link(work, left, kind, right, present=True, compartment=self._course.company_id)

    # issues and seeds

    def _sorted_out(self, item: Table) -> datetime:
        """After the first visit that speaks of the issue or seed."""
        first = min(self._course.lines[key][0].ends for key in item["evidence"])
        return min(first + _SORTING_OUT, self._course.reviewed)

    def _write_issue(self, issue: Table, number: int, work: UnitOfWork) -> None:
        issue_id = self._course.id_of(f"issue/{issue['key']}")
        values = {
            "engagement_id": self._course.engagement_now,
            "title": issue["title"],
            "management_code": issue["code"],
            "response": issue["response"],
            "order_key": self._course.order_key(number),
            "confidentiality": level_of(issue.get("confidentiality")),
        }
        self._save(work, "issue", issue_id, values)
        self._link(work, issue_id, LinkKind.PERSPECTIVE, map(perspective_id, issue["perspectives"]))
        self._link(work, issue_id, LinkKind.EVIDENCE, self._evidence(issue))

    def _write_seed(self, seed: Table, number: int, work: UnitOfWork) -> None:
        seed_id = self._course.id_of(f"seed/{seed['key']}")
        values = {
            "engagement_id": self._course.engagement_now,
            "name": seed["name"],
            "kind": seed["kind"],
            "description": seed["description"],
            "protection": seed.get("protection"),
            "protection_reason": seed.get("reason"),
            "order_key": self._course.order_key(number),
            "confidentiality": level_of(seed.get("confidentiality")),
        }
        for requirement in _REQUIREMENTS:
            values[f"{requirement}_state"], values[f"{requirement}_note"] = seed[requirement]
        self._save(work, "ip_seed", seed_id, values)
        self._link(work, seed_id, LinkKind.EVIDENCE, self._evidence(seed))

    def _evidence(self, item: Table) -> tuple[str, ...]:
        return self._course.evidence_ids(tuple(item["evidence"]))

    # the plan

    @property
    def _plan_id(self) -> str:
        return dependent_id(self._course.engagement_now, "action_plan")

    def _period(self) -> tuple[date, date]:
        """The plan's period in whole months."""
        plan = self._course.table["plan"]
        last = self._course.days.on(plan["end"]).replace(day=28) + timedelta(days=4)
        return self._course.days.on(plan["start"]).replace(day=1), last.replace(day=1) - timedelta(days=1)

    def _write_plan(self, work: UnitOfWork) -> None:
        plan = self._course.table["plan"]
        starts_on, ends_on = self._period()
        values = {
            "engagement_id": self._course.engagement_now,
            "goal": plan["goal"],
            "starts_on": starts_on,
            "ends_on": ends_on,
            "confidentiality": level_of(plan.get("confidentiality")),
        }
        self._save(work, "action_plan", self._plan_id, values)
        for number, (name, unit, baseline, target, _) in enumerate(plan["indicators"]):
            values = {"action_plan_id": self._plan_id, "name": name, "unit": unit, "baseline": baseline}
            values |= {"target": target, "actual": "", "order_key": self._course.order_key(number)}
            self._save(work, "indicator", self._indicator_id(number), values)
        for number, (title, when) in enumerate(plan["milestones"]):
            due_on = self._course.days.on(when)
            values = {"action_plan_id": self._plan_id, "title": title, "due_on": due_on}
            self._save(work, "milestone", self._course.id_of(f"milestone/{number}"), values)

    def _write_actuals(self, work: UnitOfWork) -> None:
        for number, (*_, actual) in enumerate(self._course.table["plan"]["indicators"]):
            self._save(work, "indicator", self._indicator_id(number), {"actual": actual})

    def _indicator_id(self, number: int) -> str:
        return self._course.id_of(f"indicator/{number}")

    # actions

    def _action_id(self, key: str) -> str:
        return self._course.id_of(f"action/{key}")

    def _begun(self, action: Table) -> datetime:
        """When an action was taken up: with its line, else on its first day."""
        source = self._course.sources.get(action["key"])
        begun = source[0].ends if source else self._course.moment(action["start"], time(9, 0))
        return min(begun + timedelta(minutes=15), self._course.reviewed)

    def _engagement_of(self, action: Table) -> str:
        """The engagement of now for what the plan holds, else that of the year it was due in."""
        due_on, this_year = self._course.days.on(action["due"]), fiscal_year(self._course.today)
        in_plan = "plan" not in self._course.table or due_on >= self._period()[0]
        return self._course.engagement_id(this_year if in_plan else min(fiscal_year(due_on), this_year))

    def _write_action(self, action: Table, number: int, work: UnitOfWork) -> None:
        course = self._course
        owner = course.people[action["owner"]]
        source = course.sources.get(action["key"])
        values = {
            "engagement_id": self._engagement_of(action),
            "title": action["title"],
            "owner_id": owner.id,
            "owner_name": owner.name,
            "start_on": course.days.on(action["start"]),
            "due_on": course.days.on(action["due"]),
            "status": ActionStatus.OPEN,
            "done_on": None,
            "progress_percent": 0,
            "parent_id": self._action_id(action["parent"]) if "parent" in action else None,
            "stage": action["stage"],
            "source_line_id": source[0].line_id(source[1]) if source else None,
            "source_seed_id": course.id_of(f"seed/{action['seed']}") if "seed" in action else None,
            "source_issue_id": course.id_of(f"issue/{action['issue']}") if "issue" in action else None,
            "note": course.days.words(action.get("note", "")),
            "order_key": course.order_key(number),
            "confidentiality": level_of(action.get("confidentiality")),
        }
        self._save(work, "action_item", self._action_id(action["key"]), values)

    def _progress_acts(self, action: Table) -> Iterator[Act]:
        """What became of an action since it was taken up."""
        status = ActionStatus(action["status"])
        if status is ActionStatus.DONE:
            done_on = self._course.days.on(action["done"])
            at = max(self._course.moment(action["done"], time(17, 30)), self._begun(action))
            yield Act(at, partial(self._write_progress, action, status, done_on, FULL_PERCENT))
        elif status is not ActionStatus.OPEN:
            percent = action.get("progress", 0)
            yield Act(self._course.reviewed, partial(self._write_progress, action, status, None, percent))

    def _write_progress(
        self, action: Table, status: ActionStatus, done_on: date | None, percent: int, work: UnitOfWork
    ) -> None:
        values = {"status": status, "done_on": done_on, "progress_percent": percent}
        self._save(work, "action_item", self._action_id(action["key"]), values)
