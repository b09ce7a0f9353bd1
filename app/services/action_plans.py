"""行動計画: its goal, indicators and milestones, and the すること that carry it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.domain.action_rules import FULL_PERCENT, Progress, leads_back, moved, progressed
from app.domain.calendar import fiscal_year
from app.domain.order_keys import seeded_from
from app.domain.terms import ActionStatus, Stage
from app.errors import DatesReversed, InputMissing, InputTooMany, InvalidInput, RecordMissing
from app.rows.action_plans import PlanSheet
from app.services.masters import worded
from app.services.plan_sheets import PlanReader, plan_id_of, progress_of
from app.workplace import Workplace, company_scope
from db.forms import Form
from db.reading import Found, Reading
from db.repositories import engagements
from db.unit_of_work import UnitOfWork

INDICATOR_LIMIT = 5
"""As many 指標 as a plan has room for on its page."""

_PROGRESS = ("status", "done_on", "progress_percent")


class ActionPlanService:
    """What a person does on 計画. Deleting is `TrashService.delete`."""

    def __init__(self, place: Workplace) -> None:
        self._place = place

    # reading

    def sheet(self, company_id: str, year: int | None = None) -> PlanSheet:
        """The plan of a 年度 (this one by default), with what is still open from earlier ones."""
        with self._place.reading() as reading:
            reader = PlanReader(reading, worded(reading, self._place.masters), self._place.today())
            return reader.sheet(company_id, year or self._this_year())

    def form(self, record_type: str, record_id: str) -> Form | None:
        """A plan, action, indicator or milestone as an edit of it starts; None when it is not written yet."""
        with self._place.reading() as reading:
            if reading.record(record_type, record_id) is None:
                return None
            return self._place.store.form(reading.connection, record_type, record_id)

    # actions

    def add_action(self, company_id: str, values: Mapping[str, object]) -> str:
        """Add a すること to this 年度 with columns such as `title`; return its id.

        Without a `stage` it gets that of the company. Raises InputMissing, InvalidInput, DatesReversed.
        """
        with self._place.action("することを足す", company_scope(company_id)) as work:
            engagement = engagements.newest(Reading(work.connection), company_id, self._this_year())
            defaults = {
                "company_id": company_id,
                "engagement_id": engagement["id"] if engagement else None,
                "stage": (engagement["stage"] if engagement else None) or Stage.ORGANISE,
                "order_key": seeded_from(self._place.now()),
            }
            action_id = self._place.new_id()
            checked = self._checked_action(work, {"id": action_id, "title": None, **defaults}, values)
            work.save("action_item", action_id, {**defaults, **checked}, compartment=company_id)
        return action_id

    def change_action(self, action_id: str, values: Mapping[str, object], form: Form | None = None) -> None:
        """Write columns of a すること; `form` is the load that the edit started from.

        状態, its day and its percent follow each other. Raises InputMissing, InvalidInput, DatesReversed.
        """
        self._write_action("することを直す", action_id, values, form)

    def set_done(self, action_id: str, *, is_done: bool) -> None:
        """Set 済 with today's date, or take it back to 未着手."""
        status = ActionStatus.DONE if is_done else ActionStatus.OPEN
        self._write_action("済にする" if is_done else "済を取り消す", action_id, {"status": status})

    def shift(self, action_id: str, days: int) -> None:
        """Move start and due day by some days (negative: earlier). What has no dates stays as it is."""
        found = self._require("action_item", action_id)
        dates = {name: moved(found[name], days) for name in ("start_on", "due_on")}
        self._write_action("日をずらす", action_id, dates)

    def _write_action(
        self, label: str, action_id: str, values: Mapping[str, object], form: Form | None = None
    ) -> None:
        found = self._require("action_item", action_id)
        with self._place.action(label, company_scope(found["company_id"])) as work:
            work.save("action_item", action_id, self._checked_action(work, found, values), form)

    # plan, indicators, milestones

    def change_plan(
        self,
        company_id: str,
        values: Mapping[str, object],
        form: Form | None = None,
    ) -> None:
        """Write `goal`, `starts_on`, `ends_on` or `confidentiality` of this 年度's plan."""
        with self._place.action("計画を書く", company_scope(company_id)) as work:
            reading = Reading(work.connection)
            plan_id = self._written_plan(work, company_id)
            after = {**(reading.record("action_plan", plan_id) or {}), **values}
            _require_order(after.get("starts_on"), after.get("ends_on"))
            work.save("action_plan", plan_id, values, form)

    def add_indicator(self, company_id: str, values: Mapping[str, object]) -> str:
        """Add a 指標 (`name`, `unit`, `baseline`, `target`, `actual`); its id.

        Raises InputTooMany beyond five, InputMissing without a name.
        """
        _require_text(values, "name", "指標の名前")
        with self._place.action("指標を足す", company_scope(company_id)) as work:
            plan_id = self._written_plan(work, company_id)
            kept = Reading(work.connection).records("indicator", action_plan_id=plan_id)
            if len(kept) >= INDICATOR_LIMIT:
                raise InputTooMany(field="指標", limit=INDICATOR_LIMIT)
            order = {"order_key": seeded_from(self._place.now())}
            return self._add_to_plan(work, "indicator", company_id, plan_id, {**order, **values})

    def change_indicator(
        self, indicator_id: str, values: Mapping[str, object], form: Form | None = None
    ) -> None:
        """Write columns of a 指標. Raises InputMissing when its name would be empty."""
        self._write_part("indicator", indicator_id, "指標を直す", values, form)

    def add_milestone(self, company_id: str, values: Mapping[str, object]) -> str:
        """Add a 主要期日 (`title`, `due_on`); its id. Raises InputMissing without a title."""
        _require_text(values, "title", "主要期日")
        with self._place.action("主要期日を足す", company_scope(company_id)) as work:
            plan_id = self._written_plan(work, company_id)
            return self._add_to_plan(work, "milestone", company_id, plan_id, values)

    def change_milestone(
        self, milestone_id: str, values: Mapping[str, object], form: Form | None = None
    ) -> None:
        """Write columns of a 主要期日. Raises InputMissing when its title would be empty."""
        self._write_part("milestone", milestone_id, "主要期日を直す", values, form)

    def _written_plan(self, work: UnitOfWork, company_id: str) -> str:
        engagement = engagements.newest(Reading(work.connection), company_id, self._this_year())
        plan_id = plan_id_of(company_id, engagement)
        if Reading(work.connection).record("action_plan", plan_id) is None:
            owner = {"company_id": company_id, "engagement_id": engagement["id"] if engagement else None}
            work.save("action_plan", plan_id, owner, compartment=company_id)
        return plan_id

    def _add_to_plan(
        self,
        work: UnitOfWork,
        record_type: str,
        company_id: str,
        plan_id: str,
        values: Mapping[str, object],
    ) -> str:
        record_id = self._place.new_id()
        owner = {"company_id": company_id, "action_plan_id": plan_id}
        work.save(record_type, record_id, {**owner, **values}, compartment=company_id)
        return record_id

    def _write_part(
        self, record_type: str, record_id: str, label: str, values: Mapping[str, object], form: Form | None
    ) -> None:
        found = self._require(record_type, record_id)
        column, word = ("name", "指標の名前") if record_type == "indicator" else ("title", "主要期日")
        _require_text({**found, **values}, column, word)
        with self._place.action(label, company_scope(found["company_id"])) as work:
            work.save(record_type, record_id, values, form)

    # checks

    def _checked_action(
        self, work: UnitOfWork, before: Mapping[str, object], values: Mapping[str, object]
    ) -> dict[str, object]:
        """The values to write, 状態 made whole. Raises what the public methods say."""
        after = {**before, **values}
        _require_text(after, "title", "すること")
        _require_order(after.get("start_on"), after.get("due_on"))
        percent = after.get("progress_percent") or 0
        if not isinstance(percent, int) or not 0 <= percent <= FULL_PERCENT:
            raise InvalidInput(field="進み")
        parent = values.get("parent_id")
        if parent and self._leads_back(work, str(before["id"]), str(parent), before["company_id"]):
            raise InvalidInput(field="上のすること")
        if before.get("status") and not any(column in values for column in _PROGRESS):
            return dict(values)
        return {**values, **_columns(progressed(_progress(before), values, self._place.today()))}

    @staticmethod
    def _leads_back(work: UnitOfWork, action_id: str, parent_id: str, company_id: object) -> bool:
        siblings = Reading(work.connection).records("action_item", company_id=company_id)
        return leads_back(action_id, parent_id, {each["id"]: each["parent_id"] for each in siblings})

    def _require(self, record_type: str, record_id: str) -> Found:
        with self._place.reading() as reading:
            found = reading.record(record_type, record_id)
        if found is None:
            raise RecordMissing
        return found

    def _this_year(self) -> int:
        return fiscal_year(self._place.today())


def _progress(before: Mapping[str, object]) -> Progress:
    return progress_of({column: before.get(column) for column in _PROGRESS})


def _columns(progress: Progress) -> dict[str, object]:
    return {
        "status": progress.status,
        "done_on": progress.done_on,
        "progress_percent": progress.percent,
    }


def _require_text(values: Mapping[str, object], column: str, word: str) -> None:
    if not str(values.get(column) or "").strip():
        raise InputMissing(field=word)


def _require_order(first: object, last: object) -> None:
    if isinstance(first, date) and isinstance(last, date) and last < first:
        raise DatesReversed
