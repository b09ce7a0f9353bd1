"""Companies: taking one in, its list, its card, its intake form and its standing by 年度."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from app.domain.calendar import fiscal_year
from app.domain.confidentiality import DEFAULT_LEVEL, level_of
from app.domain.folding import fold
from app.domain.ids import dependent_id
from app.domain.links import LinkKind
from app.domain.terms import Confidentiality, EngagementStatus, PersonSide, Stage
from app.errors import InputMissing
from app.rows.building import row
from app.rows.companies import CompanyCard, CompanyForm, CompanyListRow
from app.services.company_cards import CardReader
from app.services.links import set_link, set_links
from app.workplace import Workplace, company_scope
from db.forms import Form
from db.reading import Found, Reading
from db.repositories import companies as found_companies
from db.unit_of_work import UnitOfWork

REQUIRED = {"name": "商号・屋号"}
"""Columns without which a company is not taken in, with their words on the screen: a first visit waits for
nothing else.
"""


class CompanyService:
    """What a person does with companies."""

    def __init__(self, place: Workplace) -> None:
        self._place = place

    # reading

    def list_rows(self) -> tuple[CompanyListRow, ...]:
        """Every company with its standing in this 年度, supported ones first."""
        with self._place.reading() as reading:
            found = found_companies.in_year(reading, self._this_year(), self._wall_text())
            actions = found_companies.open_actions(reading)
            assignees = self._assignees(reading, [company["engagement_id"] for company in found])
        first: dict[str, Found] = {}
        for action in actions:
            first.setdefault(action["company_id"], action)
        rows = (self._list_row(company, first.get(company["id"]), assignees) for company in found)
        return tuple(sorted(rows, key=_list_order))

    def count(self) -> int:
        """How many companies there are."""
        with self._place.reading() as reading:
            return found_companies.count(reading)

    def card(self, company_id: str) -> CompanyCard:
        """Everything the head and 概要 of 企業カルテ show. Raises CompanyNotFound."""
        with self._place.reading() as reading:
            return CardReader(reading, self._place).card(company_id)

    def form(self, company_id: str) -> CompanyForm:
        """The intake form as it stands, with the tokens that its saving needs."""
        with self._place.reading() as reading:
            answers = reading.records("intake_answer", company_id=company_id)
            return CompanyForm(
                form=self._place.store.form(reading.connection, "company", company_id),
                answers={answer["code"]: answer["value"] or "" for answer in answers},
                answer_levels={answer["code"]: level_of(answer["confidentiality"]) for answer in answers},
            )

    # taking in and changing

    def register(
        self, values: Mapping[str, object], status: EngagementStatus = EngagementStatus.CANDIDATE
    ) -> str:
        """Take a company in and open its engagement of this 年度; return its id.

        Raises InputMissing when a required column is empty.
        """
        for column, word in REQUIRED.items():
            if not values.get(column):
                raise InputMissing(field=word)
        company_id = self._place.new_id()
        with self._place.action("企業を入れる", company_scope(company_id)) as work:
            level = {"confidentiality": DEFAULT_LEVEL}
            work.save("company", company_id, {**level, **values}, compartment=company_id)
            engagement_id = self._open_engagement(work, company_id, status)
            self._assign_user(work, engagement_id, company_id)
            self._add_representative(work, company_id, values)
        return company_id

    def change(self, form: Form, values: Mapping[str, object]) -> None:
        """Save columns of the intake form that were altered since it was loaded."""
        with self._place.action("企業の情報を直す", company_scope(form.id)) as work:
            work.save("company", form.id, values, form)

    def answer(self, company_id: str, code: str, value: str) -> None:
        """Write the answer to one optional intake field."""
        values = {"company_id": company_id, "code": code, "value": value}
        with self._place.action("聞き取りを書く", company_scope(company_id)) as work:
            work.save("intake_answer", _answer_id(company_id, code), values, compartment=company_id)

    def set_answer_level(self, company_id: str, code: str, level: Confidentiality | None) -> None:
        """Set the 取扱 of one answer; None takes the company's."""
        values = {"company_id": company_id, "code": code, "confidentiality": level}
        with self._place.action("取扱を変える", company_scope(company_id)) as work:
            work.save("intake_answer", _answer_id(company_id, code), values, compartment=company_id)

    def set_level(self, company_id: str, level: Confidentiality) -> None:
        """Set the 取扱 of a company."""
        with self._place.action("取扱を変える", company_scope(company_id)) as work:
            work.save("company", company_id, {"confidentiality": level})

    # standing

    def set_standing(self, company_id: str, status: EngagementStatus, reason: str = "") -> None:
        """Make the company 候補, 支援中, 卒業 or 中止 in this 年度, from today."""
        values = {"status": status, "status_reason": reason, "status_on": self._place.today()}
        self._change_engagement(company_id, "状態を変える", values)

    def set_stage(self, company_id: str, stage: Stage) -> None:
        """Move the company to a stage."""
        self._change_engagement(company_id, "段階を変える", {"stage": stage})

    def set_aim(self, company_id: str, aim: str) -> None:
        """Write ねらい."""
        self._change_engagement(company_id, "ねらいを書く", {"aim": aim})

    def set_assignees(self, company_id: str, person_ids: Iterable[str]) -> None:
        """Choose 担当 among the people of the team."""
        with self._place.action("担当を変える", company_scope(company_id)) as work:
            engagement_id = self._engagement_id(work, company_id)
            set_links(work, engagement_id, LinkKind.ASSIGNEE, person_ids, compartment=company_id)

    def engagement_id(self, company_id: str) -> str:
        """The engagement of this 年度, opened as 候補 when there is none yet."""
        with self._place.action("年度の支援を始める", None) as work:
            return self._engagement_id(work, company_id)

    def _change_engagement(self, company_id: str, label: str, values: Mapping[str, object]) -> None:
        with self._place.action(label, company_scope(company_id)) as work:
            work.save("engagement", self._engagement_id(work, company_id), values)

    def _engagement_id(self, work: UnitOfWork, company_id: str) -> str:
        found = Reading(work.connection).records(
            "engagement", company_id=company_id, fiscal_year=self._this_year()
        )
        if found:
            return str(found[0]["id"])
        return self._open_engagement(work, company_id, EngagementStatus.CANDIDATE)

    def _open_engagement(self, work: UnitOfWork, company_id: str, status: EngagementStatus) -> str:
        engagement_id = self._place.new_id()
        values = {
            "company_id": company_id,
            "fiscal_year": self._this_year(),
            "status": status,
            "status_on": self._place.today(),
            "stage": Stage.ORGANISE,
        }
        work.save("engagement", engagement_id, values, compartment=company_id)
        return engagement_id

    def _assign_user(self, work: UnitOfWork, engagement_id: str, company_id: str) -> None:
        """Who takes a company in is its 担当 until others are chosen."""
        user = Reading(work.connection).record("person", self._place.user_id)
        if user is not None:
            set_link(
                work,
                engagement_id,
                LinkKind.ASSIGNEE,
                self._place.user_id,
                present=True,
                compartment=company_id,
            )

    def _add_representative(self, work: UnitOfWork, company_id: str, values: Mapping[str, object]) -> None:
        if not values.get("representative_name"):
            return
        person = {
            "company_id": company_id,
            "side": PersonSide.COMPANY,
            "name": values["representative_name"],
            "kana": values.get("representative_kana"),
            "role": values.get("representative_title"),
        }
        work.save("person", self._place.new_id(), person, compartment=company_id)

    # building

    def _list_row(
        self, company: Found, action: Found | None, assignees: Mapping[str, tuple[str, ...]]
    ) -> CompanyListRow:
        last, due = company["last_session_at"], action["due_on"] if action else None
        return row(
            CompanyListRow,
            company,
            confidentiality=level_of(company["confidentiality"]) or DEFAULT_LEVEL,
            industry_term=self._place.masters.industry_term(
                company["industry_major"], company["industry_middle"]
            ),
            assignees=assignees.get(company["engagement_id"], ()),
            last_session_on=date.fromisoformat(last[:10]) if last else None,
            next_action=action["title"] or "" if action else "",
            next_due_on=date.fromisoformat(due) if due else None,
        )

    @staticmethod
    def _assignees(reading: Reading, engagement_ids: list[str | None]) -> dict[str, tuple[str, ...]]:
        names = {person["id"]: person["name"] or "" for person in reading.records("person", company_id=None)}
        chosen: dict[str, tuple[str, ...]] = {}
        wanted = [engagement_id for engagement_id in engagement_ids if engagement_id]
        for engagement_id, person_id in reading.linked(LinkKind.ASSIGNEE, left_ids=wanted):
            if person_id in names:
                chosen[engagement_id] = (*chosen.get(engagement_id, ()), names[person_id])
        return chosen

    def _this_year(self) -> int:
        return fiscal_year(self._place.today())

    def _wall_text(self) -> str:
        return self._place.wall_time().isoformat(timespec="minutes")


def companies_named(rows: Sequence[CompanyListRow], words: str) -> tuple[CompanyListRow, ...]:
    """The companies that a person means: those with this name, else with this reading or 法人番号, else
    those whose name or reading holds the words.
    """
    wanted = fold(words)
    if not wanted:
        return ()
    named = tuple(listed for listed in rows if fold(listed.name) == wanted)
    read = tuple(listed for listed in rows if wanted in listed.search_key.split(" "))
    holding = tuple(listed for listed in rows if wanted in listed.search_key)
    return named or read or holding


def _answer_id(company_id: str, code: str) -> str:
    return dependent_id(company_id, "intake_answer", code)


def _list_order(listed: CompanyListRow) -> tuple[int, str]:
    rank = {EngagementStatus.SUPPORTED: 0, EngagementStatus.CANDIDATE: 1}
    return (
        rank.get(listed.status, 2 + listed.status.place) if listed.status else 9,
        listed.search_key,
    )
