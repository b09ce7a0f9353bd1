"""分析: drawing 課題 and 知財の種 from the lines of 面談, and planning from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from app.domain.calendar import fiscal_year
from app.domain.links import LinkKind
from app.domain.masters import Prompt, prompts_for
from app.domain.order_keys import seeded_from
from app.domain.terms import ActionStatus, Protection, SeedKind, Stage
from app.errors import InputMissing, RecordMissing
from app.rows.analysis import AnalysisSheet
from app.services.analysis_sheets import AnalysisReader, perspective_id
from app.services.links import set_link, set_links
from app.services.masters import offered, worded
from app.workplace import Workplace, company_scope
from db.forms import Form
from db.reading import Found, Reading
from db.repositories import engagements
from db.unit_of_work import UnitOfWork

ItemType = Literal["issue", "ip_seed"]
CLOSED = (ActionStatus.DONE, ActionStatus.DROPPED)

_WORDS_COLUMN: Mapping[str, tuple[str, str]] = {"issue": ("title", "課題"), "ip_seed": ("name", "知財の種")}
_STEPS: Mapping[Protection | None, str] = {
    Protection.FILE: "「{}」を出願する",
    Protection.SECRET: "「{}」を秘密として管理する",
    Protection.PUBLISH: "「{}」を公開する",
    Protection.CONTRACT: "「{}」を契約で守る",
    None: "「{}」の守り方を決める",
}
"""What a seed becomes in the plan, by how it is to be protected."""


class AnalysisService:
    """What a person does on 分析. Deleting is `TrashService.delete`."""

    def __init__(self, place: Workplace) -> None:
        self._place = place

    # reading

    def sheet(self, company_id: str) -> AnalysisSheet:
        """Lines, issues and seeds of a company, each with what it rests on and what follows from it."""
        with self._place.reading() as reading:
            return AnalysisReader(reading, worded(reading, self._place.masters)).sheet(company_id)

    def prompts(self, management_code: str) -> tuple[Prompt, ...]:
        """The prompts that fit a 経営課題, those that name it first before the others."""
        with self._place.reading() as reading:
            return prompts_for(management_code, offered(reading, self._place.masters).prompts)

    def form(self, item_type: ItemType, item_id: str) -> Form:
        """An issue or seed as an edit of it starts, with the tokens that its saving needs."""
        with self._place.reading() as reading:
            return self._place.store.form(reading.connection, item_type, item_id)

    # issues and seeds

    def add_issue(self, company_id: str, values: Mapping[str, object]) -> str:
        """Add a 課題 with columns such as `title`; return its id. Raises InputMissing without a title."""
        return self._add("issue", company_id, values, "課題を足す")

    def add_seed(self, company_id: str, kind: SeedKind, values: Mapping[str, object]) -> str:
        """Add a 知財の種 with columns such as `name`; return its id. Raises InputMissing without a name."""
        return self._add("ip_seed", company_id, {"kind": kind, **values}, "知財の種を足す")

    def add_issue_from_line(self, line_id: str) -> str:
        """Draw a 課題 from a line, which becomes its evidence; return its id.

        A 秘密 line lends no words: the item gets a name to be replaced. Raises RecordMissing, and
        InputMissing for a line without text.
        """
        return self._draw("issue", line_id, {}, "課題にする")

    def add_seed_from_line(self, line_id: str, kind: SeedKind) -> str:
        """Draw a 知財の種 from a line, as `add_issue_from_line` does; return its id."""
        return self._draw("ip_seed", line_id, {"kind": kind}, "知財の種にする")

    def change(
        self, item_type: ItemType, item_id: str, values: Mapping[str, object], form: Form | None = None
    ) -> None:
        """Write columns of an issue or seed; `form` is the load that the edit started from.

        `confidentiality` None takes the company's 取扱. Raises InputMissing when the words would be empty.
        """
        _require_words(item_type, values, is_new=False)
        label = f"{_WORDS_COLUMN[item_type][1]}を直す"
        with self._place.action(label, self._scope(item_type, item_id)) as work:
            work.save(item_type, item_id, values, form)

    def set_perspectives(self, issue_id: str, codes: Iterable[str]) -> None:
        """Make the 知財の視点 of an issue be exactly these."""
        with self._place.reading() as reading:
            perspectives = worded(reading, self._place.masters).ip_perspective
        known = [perspective_id(code) for code in codes if code in perspectives]
        company_id = self._company_of("issue", issue_id)
        with self._place.action("知財の視点を選ぶ", company_scope(company_id)) as work:
            set_links(work, issue_id, LinkKind.PERSPECTIVE, known, compartment=company_id)

    # evidence

    def attach(self, item_type: ItemType, item_id: str, line_id: str) -> None:
        """Rest an issue or seed on one more line."""
        self._set_evidence(item_type, item_id, line_id, present=True)

    def detach(self, item_type: ItemType, item_id: str, line_id: str) -> None:
        """Take a line away from what an issue or seed rests on."""
        self._set_evidence(item_type, item_id, line_id, present=False)

    # planning

    def to_plan(self, item_type: ItemType, item_id: str) -> str:
        """計画に入れる: make a すること of an issue or seed; return its id.

        An item that already has one that is open keeps it: that id is returned and nothing is written.
        """
        source = {"issue": "source_issue_id", "ip_seed": "source_seed_id"}[item_type]
        with self._place.reading() as reading:
            item = _require(reading, item_type, item_id)
            for action in reading.records("action_item", company_id=item["company_id"]):
                if action[source] == item_id and action["status"] not in CLOSED:
                    return str(action["id"])
            engagement = engagements.newest(reading, item["company_id"], self._this_year())
        return self._plan(item_type, item, source, engagement)

    def _plan(self, item_type: ItemType, item: Found, source: str, engagement: Found | None) -> str:
        action_id, company_id = self._place.new_id(), item["company_id"]
        organising = (engagement["stage"] if engagement else None) or Stage.ORGANISE
        values = {
            "company_id": company_id,
            "engagement_id": engagement["id"] if engagement else None,
            "title": _step(item_type, item),
            "status": ActionStatus.OPEN,
            "stage": Stage.PROTECT if item_type == "ip_seed" else organising,
            source: item["id"],
            "confidentiality": item["confidentiality"],
            "order_key": seeded_from(self._place.now()),
        }
        with self._place.action("計画に入れる", company_scope(company_id)) as work:
            work.save("action_item", action_id, values, compartment=company_id)
        return action_id

    # steps shared by the above

    def _add(self, item_type: ItemType, company_id: str, values: Mapping[str, object], label: str) -> str:
        _require_words(item_type, values, is_new=True)
        with self._place.action(label, company_scope(company_id)) as work:
            return self._add_in(work, item_type, company_id, values)

    def _draw(self, item_type: ItemType, line_id: str, values: Mapping[str, object], label: str) -> str:
        with self._place.reading() as reading:
            line = _require(reading, "note_line", line_id)
        company_id = line["company_id"]
        words = {_WORDS_COLUMN[item_type][0]: _drawn_words(item_type, line), **values}
        _require_words(item_type, words, is_new=True)
        with self._place.action(label, company_scope(company_id)) as work:
            item_id = self._add_in(work, item_type, company_id, words)
            set_link(work, item_id, LinkKind.EVIDENCE, line_id, present=True, compartment=company_id)
        return item_id

    def _add_in(
        self, work: UnitOfWork, item_type: ItemType, company_id: str, values: Mapping[str, object]
    ) -> str:
        engagement = engagements.newest(Reading(work.connection), company_id, self._this_year())
        placed = {
            "company_id": company_id,
            "engagement_id": engagement["id"] if engagement else None,
            "order_key": seeded_from(self._place.now()),
        }
        item_id = self._place.new_id()
        work.save(item_type, item_id, {**placed, **values}, compartment=company_id)
        return item_id

    def _set_evidence(self, item_type: ItemType, item_id: str, line_id: str, *, present: bool) -> None:
        company_id = self._company_of(item_type, item_id)
        label = "根拠の行を足す" if present else "根拠の行を外す"
        with self._place.action(label, company_scope(company_id)) as work:
            set_link(work, item_id, LinkKind.EVIDENCE, line_id, present=present, compartment=company_id)

    def _scope(self, item_type: ItemType, item_id: str) -> str:
        return company_scope(self._company_of(item_type, item_id))

    def _company_of(self, item_type: ItemType, item_id: str) -> str:
        with self._place.reading() as reading:
            return str(_require(reading, item_type, item_id)["company_id"])

    def _this_year(self) -> int:
        return fiscal_year(self._place.today())


def _require(reading: Reading, record_type: str, record_id: str) -> Found:
    found = reading.record(record_type, record_id)
    if found is None:
        raise RecordMissing
    return found


def _require_words(item_type: ItemType, values: Mapping[str, object], *, is_new: bool) -> None:
    column, term = _WORDS_COLUMN[item_type]
    if (is_new or column in values) and not str(values.get(column) or "").strip():
        raise InputMissing(field=term)


def _drawn_words(item_type: ItemType, line: Found) -> str:
    """The line's text; a 秘密 line lends none, or its words would leave through the item."""
    if line["is_secret"]:
        return f"秘密の行による{_WORDS_COLUMN[item_type][1]}"
    return (line["text"] or "").strip()


def _step(item_type: ItemType, item: Found) -> str:
    if item_type == "issue":
        return str(item["response"] or item["title"] or "")
    protection = Protection(item["protection"]) if item["protection"] else None
    return _STEPS[protection].format(item["name"] or "")
