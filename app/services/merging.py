"""What is written when a company that was entered twice becomes one: within one action of the caller.

Records keep their ids, their lines their marks, and both companies their history; what moves gets another
company, 支援 or plan. Of what a company has once for each 年度 or question, the one that stays takes it over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from app.domain.folding import fold
from app.domain.ids import dependent_id
from app.domain.links import LinkKind
from app.domain.masters import FieldKind, IntakeField
from app.services.links import set_link
from app.services.merged_cells import Choices, Found, Twins
from app.services.plan_sheets import plan_id_of
from db.cells import BY_NAME
from db.reading import Reading
from db.repositories import duplicates
from db.unit_of_work import UnitOfWork

_GONE = 1
_FREE = (FieldKind.TEXT, FieldKind.LONG_TEXT)


class Merging:
    """One company going into another, read in one moment."""

    def __init__(
        self, reading: Reading, kept: Found, merged: Found, fields: Mapping[str, IntakeField]
    ) -> None:
        self._reading = reading
        self._kept = kept
        self._merged = merged
        self._fields = fields
        self._engagements = dict(self._same_year())
        self._people = dict(self._same_person())
        self._plans = tuple(self._plans_taken_over())

    def twins(self) -> Iterator[Twins]:
        """Every pair of records that become one."""
        yield Twins("company", "company", self._kept, self._merged)
        for merged, kept in self._engagements.values():
            yield Twins("engagement", f"engagement {kept['fiscal_year']}", kept, merged)
        for merged, target in self._plans:
            standing = self._reading.record("action_plan", target)
            if standing is not None and standing["deleted"] != _GONE:
                yield Twins("action_plan", f"action_plan {target}", standing, merged)
        yield from self._answer_twins()
        for merged, kept in self._people.values():
            yield Twins("person", f"person {kept['id']}", kept, merged)

    def write(self, work: UnitOfWork, choices: Choices) -> None:
        """Write everything; the merged company goes to ごみ箱 and points to the one that stays."""
        for twins in list(self.twins()):
            work.save(twins.record_type, twins.kept["id"], twins.written(choices))
        self._write_plans(work)
        self._write_answers(work)
        self._write_engagements(work)
        self._write_people(work)
        for record_type, found in duplicates.moving(self._reading, self._merged["id"]):
            for record in found:
                work.save(record_type, record["id"], self._moved(record))
        kept_id, merged_id = self._kept["id"], self._merged["id"]
        set_link(work, merged_id, LinkKind.MERGED_INTO, kept_id, present=True, compartment=merged_id)
        work.delete("company", merged_id)

    # what there is

    def _same_year(self) -> Iterator[tuple[str, tuple[Found, Found]]]:
        own = {each["fiscal_year"]: each for each in self._of("engagement", self._kept)}
        for merged in self._of("engagement", self._merged):
            if kept := own.get(merged["fiscal_year"]):
                yield merged["id"], (merged, kept)

    def _same_person(self) -> Iterator[tuple[str, tuple[Found, Found]]]:
        own = {fold(each["name"] or ""): each for each in self._of("person", self._kept)}
        for merged in self._of("person", self._merged):
            if kept := own.get(fold(merged["name"] or "")):
                yield merged["id"], (merged, kept)

    def _plans_taken_over(self) -> Iterator[tuple[Found, str]]:
        """(plan, id of the plan that takes it over) where that is another record."""
        for plan in self._of("action_plan", self._merged):
            target = plan_id_of(self._kept["id"], self._engagement_of(plan))
            if target != plan["id"]:
                yield plan, target

    def _engagement_of(self, plan: Found) -> Found | None:
        if plan["engagement_id"] in self._engagements:
            return self._engagements[plan["engagement_id"]][1]
        return self._reading.record("engagement", plan["engagement_id"]) if plan["engagement_id"] else None

    def _answer_twins(self) -> Iterator[Twins]:
        own = {each["code"]: each for each in self._of("intake_answer", self._kept)}
        for merged in self._of("intake_answer", self._merged):
            if kept := own.get(merged["code"]):
                field = self._fields.get(merged["code"] or "")
                is_free = field is None or field.kind in _FREE
                yield Twins("intake_answer", f"answer {merged['code']}", kept, merged, is_free)

    def _of(self, record_type: str, company: Found) -> list[Found]:
        return self._reading.records(record_type, company_id=company["id"])

    # writing

    def _write_plans(self, work: UnitOfWork) -> None:
        for plan, target in self._plans:
            engagement = self._engagement_of(plan)
            owner = {"company_id": self._kept["id"], "engagement_id": engagement and engagement["id"]}
            self._take_over(work, "action_plan", plan, target, owner)
        for plan in self._of("action_plan", self._merged):
            work.save("action_plan", plan["id"], {"company_id": self._kept["id"]})

    def _write_answers(self, work: UnitOfWork) -> None:
        for answer in self._of("intake_answer", self._merged):
            target = dependent_id(self._kept["id"], "intake_answer", answer["code"] or "")
            self._take_over(work, "intake_answer", answer, target, {"company_id": self._kept["id"]})

    def _take_over(
        self, work: UnitOfWork, record_type: str, found: Found, target: str, owner: Mapping[str, object]
    ) -> None:
        """Write what one record says under the id that the other company has for it, unless it has one."""
        standing = self._reading.record(record_type, target)
        if standing is None or standing["deleted"] == _GONE:
            if standing is not None:
                work.undelete(record_type, target)
            columns = BY_NAME[record_type].cell_of_column
            values = {column: found[column] for column in columns} | dict(owner)
            work.save(record_type, target, values, compartment=self._kept["id"])
        work.delete(record_type, found["id"])

    def _write_engagements(self, work: UnitOfWork) -> None:
        for engagement in self._of("engagement", self._merged):
            twin = self._engagements.get(engagement["id"])
            if twin is None:
                work.save("engagement", engagement["id"], {"company_id": self._kept["id"]})
                continue
            self._relink(work, LinkKind.ASSIGNEE, engagement["id"], twin[1]["id"])
            work.delete("engagement", engagement["id"])

    def _relink(self, work: UnitOfWork, kind: LinkKind, old: str, new: str) -> None:
        for _, right in self._reading.linked(kind, left_ids=[old]):
            set_link(work, new, kind, right, present=True, compartment=self._kept["id"])

    def _write_people(self, work: UnitOfWork) -> None:
        """The same name in both companies is one person; who was there, and who does what, follows."""
        for merged, kept in self._people.values():
            for session, _ in self._reading.linking(LinkKind.ATTENDEE, right_ids=[merged["id"]]):
                for person, present in ((kept["id"], True), (merged["id"], False)):
                    set_link(
                        work,
                        session,
                        LinkKind.ATTENDEE,
                        person,
                        present=present,
                        compartment=self._merged["id"],
                    )
            for action in self._reading.records("action_item", owner_id=merged["id"]):
                work.save("action_item", action["id"], {"owner_id": kept["id"]})
            work.delete("person", merged["id"])

    def _moved(self, record: Found) -> dict[str, object]:
        values: dict[str, object] = {"company_id": self._kept["id"]}
        if record.get("engagement_id") in self._engagements:
            values["engagement_id"] = self._engagements[record["engagement_id"]][1]["id"]
        plans = {plan["id"]: target for plan, target in self._plans}
        if record.get("action_plan_id") in plans:
            values["action_plan_id"] = plans[record["action_plan_id"]]
        return values
